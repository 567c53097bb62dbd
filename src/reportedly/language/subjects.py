"""Who does it: the subject of a predicate, its own or supplied by grammar (control, coordination, pronouns)."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.language.tree import NOUNS, OBJECTS, PERSONAL, RELATIVE, SUBJECTS, Tree
from reportedly.model import Span

OBJECT_CONTROL = frozenset(
    {
        "order",
        "urge",
        "force",
        "allow",
        "ask",
        "tell",
        "invite",
        "instruct",
        "compel",
        "enable",
        "permit",
        "encourage",
        "persuade",
        "request",
        "command",
        "warn",
        "push",
        "press",
        "help",
        "cause",
        "let",
        "require",
        "call",
        "see",
        "lead",
        "prompt",
        "want",
        "expect",
        "oblige",
    }
)
ACCUSING = frozenset(
    {
        "accuse",
        "blame",
        "suspect",
        "charge",
        "convict",
        "prevent",
        "stop",
        "keep",
        "warn",
        "condemn",
        "criticize",
        "criticise",
        "denounce",
        "praise",
        "thank",
    }
)
# Whoever has or makes a plan is its doer; whoever rejects or discusses it is not.
MAKING = frozenset(
    {"have", "make", "take", "get", "announce", "present", "unveil", "outline", "draw_up", "draft", "devise", "prepare"}
    | {
        "launch",
        "issue",
        "approve",
        "need",
        "seek",
        "find",
        "lose",
        "miss",
        "see",
        "pursue",
        "reveal",
        "disclose",
        "state",
    }
)
GROUPS = frozenset(
    {"group", "army", "government", "party", "ministry", "movement", "organization", "organisation", "state", "country"}
    | {"force", "council", "militia", "alliance", "coalition", "agency", "union", "side", "regime", "faction", "front"}
)
PLURAL_TAGS = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: ``head`` token, its phrase, and whether grammar supplies it from elsewhere (with the reason)."""

    head: int
    span: Span
    implied: bool = False
    why: str = ""


def find_subjects(tree: Tree, verb: int, depth: int = 0) -> list[Subject]:
    """Return the subjects of a predicate (several when coordinated), pronouns replaced where that is safe.

    For a passive these are the grammatical subjects: what undergoes the act.
    """
    if depth > 6:
        return []
    own = tree.children(verb, *SUBJECTS)
    if own:
        best = max(own, key=lambda i: (tree[i].pos in NOUNS | {"PRON"}, i))
        return [s for head in tree.conjuncts(best) for s in _replace_pronoun(tree, head, verb)]
    left = _missed_subject(tree, verb)
    if left is not None:
        return [Subject(left, tree.phrase(left))]
    return _inherited(tree, verb, depth)


def _missed_subject(tree: Tree, verb: int) -> int | None:
    """Return the noun right before a finite verb group that the parser left without a subject.

    Broken syntax ("with more and more groups are declaring") leaves the real subject attached elsewhere;
    agreement in number decides ("are" cannot belong to "the situation").
    """
    auxiliaries = [c for c in tree.children(verb, "aux", "auxpass") if tree[c].tag in {"VBP", "VBZ", "VBD"}]
    first = auxiliaries[0] if auxiliaries else verb
    if tree[first].tag not in {"VBP", "VBZ"} or tree[verb].dep in {"relcl", "conj"} or first == 0:
        return None
    before = first - 1
    if tree[before].pos not in NOUNS or tree[before].sentence != tree[verb].sentence:
        return None
    plural = tree[before].tag in PLURAL_TAGS
    return before if plural == (tree[first].tag == "VBP") else None


def _inherited(tree: Tree, verb: int, depth: int) -> list[Subject]:
    token = tree[verb]
    if token.head == verb:
        return []
    if token.dep == "conj":
        return _implied(find_subjects(tree, token.head, depth + 1), "shared by coordination")
    if token.dep in {"xcomp", "ccomp", "advcl", "dep"}:
        return _controlled(tree, verb, token.head, depth)
    if token.dep == "relcl":
        return [Subject(token.head, tree.phrase(token.head))]
    if token.dep == "acl":
        return _of_modifier(tree, verb, token.head, depth)
    if token.dep in {"pcomp", "pobj"}:
        return _of_gerund(tree, token.head, depth)
    if token.dep in {"acomp", "attr", "oprd"}:
        return find_subjects(tree, token.head, depth + 1)
    return []


def _implied(subjects: list[Subject], why: str) -> list[Subject]:
    return [Subject(s.head, s.span, s.implied, s.why or why) for s in subjects]


def _controlled(tree: Tree, verb: int, head: int, depth: int) -> list[Subject]:
    objects = tree.children(head, *OBJECTS)
    addressed = [n for p, n in tree.preposition_objects(head) if p in {"on", "upon", "to", "for"}]
    if tree[verb].tag == "VB" and addressed and tree[head].lemma in {"call", "appeal"}:
        return [Subject(n, tree.phrase(n)) for n in addressed]  # "called on all sides to respect the truce"
    if tree[verb].dep == "xcomp" and objects and tree[head].lemma in OBJECT_CONTROL:
        return [s for o in tree.conjuncts(objects[0]) for s in _replace_pronoun(tree, o, verb)]
    if tree[verb].dep == "ccomp" and tree.children(verb, "mark"):
        return []
    if tree[head].pos == "ADJ" or not tree.is_predicate(head):
        return (
            find_subjects(tree, head, depth + 1)
            if tree[head].head != head or tree.children(head, "nsubj")
            else (_controlled(tree, head, tree[head].head, depth + 1) if tree[head].head != head else [])
        )
    if tree.is_passive(head) and tree[verb].dep == "advcl":
        agents = [n for p, n in tree.preposition_objects(head) if p == "by"]
        if agents:
            return [Subject(a, tree.phrase(a), why="agent of the main clause") for a in agents]
        if (
            tree[verb].tag == "VBG"
            and verb > head
            and tree.children(verb, *OBJECTS)
            and not tree.children(verb, "mark")
        ):
            return []  # "was shot down, killing five": what followed from the act, whose doer is not told
    return _implied(find_subjects(tree, head, depth + 1), "subject of the governing verb")


def _of_modifier(tree: Tree, verb: int, noun: int, depth: int) -> list[Subject]:
    """Return the subject of a participle ("groups threatening") or of "opportunity to ..."."""
    if any(tree[c].text.lower() == "to" for c in tree.children(verb, "aux")):
        governor = tree[noun].head
        owners = tree.children(noun, "poss")
        if owners:
            return [Subject(owners[0], tree.phrase(owners[0]))]
        makes = tree[governor].lemma in MAKING or tree.lemma(governor) in MAKING
        if makes and tree[noun].dep in OBJECTS | {"attr"} and tree.is_predicate(governor):
            return _implied(find_subjects(tree, governor, depth + 1), f"subject of '{tree[governor].lemma}'")
        return []
    return [s for head in tree.conjuncts(noun)[:1] for s in _replace_pronoun(tree, head, verb)]


def _of_gerund(tree: Tree, preposition: int, depth: int) -> list[Subject]:
    """Return the subject of "accused of shelling" (the accused) or "after capturing" (the main subject)."""
    governor = tree[preposition].head
    if tree[governor].pos in NOUNS:
        return []
    objects = tree.children(governor, *OBJECTS)
    if tree[governor].lemma in ACCUSING:
        if tree.is_passive(governor):
            return find_subjects(tree, governor, depth + 1)
        return [Subject(o, tree.phrase(o)) for first in objects[:1] for o in tree.conjuncts(first)]
    if tree.is_predicate(governor) and not tree.is_passive(governor):
        return _implied(find_subjects(tree, governor, depth + 1), "subject of the main clause")
    return []


def _replace_pronoun(tree: Tree, head: int, verb: int) -> list[Subject]:
    """Return the noun that a pronoun stands for, or the pronoun itself where that is not safe."""
    token = tree[head]
    word = token.text.lower()
    if word in RELATIVE and token.pos in {"PRON", "DET", "SCONJ"} and tree[verb].dep == "relcl":
        return [Subject(n, tree.phrase(n)) for n in tree.conjuncts(tree[verb].head)[:1]]
    if word not in PERSONAL:
        return [Subject(head, tree.phrase(head))]
    antecedents = _antecedents(tree, head, plural=word in {"they", "them", "themselves"})
    why = f"'{token.text}' stands for it"
    return [Subject(n, tree.phrase(n), implied=True, why=why) for n in antecedents]


def resolve_pronoun(tree: Tree, head: int, verb: int) -> list[Subject]:
    """Return what an object pronoun stands for (see ``find_subjects``); empty if that is not safe."""
    return [s for s in _replace_pronoun(tree, head, verb) if tree[s.head].text.lower() not in PERSONAL]


def _antecedents(tree: Tree, pronoun: int, *, plural: bool) -> list[int]:
    """Return the nearest earlier subject that agrees in number, from this or the previous sentence.

    Subjects are the likeliest antecedents of subjects (Hobbs 1978 and after); for "it" as an object the subject
    of the previous sentence. More than one sentence back is not safe.
    """
    sentence = tree[pronoun].sentence
    if tree[pronoun].dep in {"dobj", "pobj", "dative"}:
        near = _nearest_before(tree, pronoun, plural=plural)
        if near:
            return near
    told = _what_is_told(tree, pronoun)
    speaker = _speaker(tree, pronoun) if tree[pronoun].dep in SUBJECTS | {"poss"} else []
    if speaker and tree[pronoun].text.lower() in {"it", "itself"} and not _is_body(tree, speaker[0]):
        speaker = []
    if speaker and _agrees(tree, speaker[0], plural=plural, word=tree[pronoun].text.lower()):
        return [] if not plural and _another_person(tree, speaker[0], pronoun) else speaker
    for wanted in (sentence, sentence - 1):
        earlier = [
            t
            for t in tree.tokens
            if t.sentence == wanted
            and t.index < pronoun
            and t.dep in SUBJECTS
            and t.pos in NOUNS
            and pronoun not in tree.subtree(t.index)
            and t.head != tree[pronoun].head
            and t.index not in told
        ]
        for token in earlier if wanted < sentence else reversed(earlier):
            if _agrees(tree, token.index, plural=plural, word=tree[pronoun].text.lower()):
                return tree.conjuncts(token.index)
    return []


def _nearest_before(tree: Tree, pronoun: int, *, plural: bool) -> list[int]:
    """Return the nearest agreeing noun before an object pronoun, never its own verb's subject ("X accused them")."""
    verb = tree[pronoun].head
    barred = {s.head for s in find_subjects(tree, verb, depth=3)} if tree.is_predicate(verb) else set()
    for token in reversed(tree.tokens[:pronoun]):
        if token.sentence != tree[pronoun].sentence:
            break
        heads_phrase = token.pos in NOUNS and token.dep not in {"compound", "nmod", "npadvmod"}
        free = heads_phrase and token.index not in barred and token.entity not in {"DATE", "TIME"}
        if free and _agrees(tree, token.index, plural=plural, word=tree[pronoun].text.lower()):
            return tree.conjuncts(token.index)
    return []


def _what_is_told(tree: Tree, pronoun: int) -> set[int]:
    """Return the tokens of what the pronoun says, if it is a speaker: "X was found ..., it added" is not X's word."""
    verb = tree[pronoun].head
    contents = tree.children(verb, "ccomp")
    if tree[verb].dep in {"parataxis", "ccomp", "advcl"} and not contents and tree[verb].head != verb:
        own = set(tree.subtree(verb))
        return {i for i in tree.subtree(tree[verb].head) if i not in own}
    return {i for content in contents for i in tree.subtree(content)}


def _speaker(tree: Tree, pronoun: int) -> list[int]:
    """Return the subject of the verb in whose clause content the pronoun stands ("they said they ...")."""
    for ancestor in tree.ancestors(pronoun):
        if tree[ancestor].dep == "ccomp":
            governor = tree[ancestor].head
            found = find_subjects(tree, governor, depth=4)
            return [s.head for s in found if s.head != pronoun and tree[s.head].pos in NOUNS]
    return []


def _is_body(tree: Tree, noun: int) -> bool:
    """Tell whether "it" can be this speaker: a state, an organisation, a group."""
    return tree[noun].entity in {"ORG", "GPE", "NORP"} or tree[noun].lemma in GROUPS


def _another_person(tree: Tree, speaker: int, pronoun: int) -> bool:
    """Tell whether "he" or "she" may as well be somebody else named before the speaker."""
    word = tree[pronoun].text.lower()
    if word not in {"he", "she", "him", "her"}:
        return False
    sentence = tree[pronoun].sentence
    mine = {t.index for t in tree.tokens if tree.phrase(speaker).overlaps(t.span)}
    return any(
        t.entity == "PERSON" and t.index not in mine and sentence - 1 <= t.sentence <= sentence and t.index < pronoun
        for t in tree.tokens
    )


def _agrees(tree: Tree, noun: int, *, plural: bool, word: str) -> bool:
    token = tree[noun]
    several = token.tag in PLURAL_TAGS or len(tree.conjuncts(noun)) > 1
    if plural:
        return several or token.entity in {"ORG", "NORP"}
    if word in {"he", "him", "she", "her", "himself"}:
        return token.entity == "PERSON"
    return not several and token.entity != "PERSON"
