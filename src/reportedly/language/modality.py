"""How is a predicate put? Modality, negation, hedges and conditions, read off auxiliaries and governors.

Method: walk from the predicate to the root of its sentence; auxiliaries, negators and governing words (``data/language/
modality.tsv``) each say something, the one nearest to the predicate first. Compare Saurí & Pustejovsky (2009) on
source-introducing and event-selecting predicates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.language.lexicon import Governor, Lexicon
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Modality, Span

NEGATORS = frozenset(
    {"not", "n't", "never", "no", "neither", "nor", "hardly", "barely", "scarcely", "without", "nobody", "none"}
)
CONDITIONALS = frozenset({"if", "unless", "provided", "providing", "assuming", "lest", "once"})
FIXED_IF = frozenset({"true", "any", "so", "not", "necessary", "possible", "needed", "you", "anything"})
ONGOING_ADVERBS = frozenset({"currently", "now", "still", "continuously", "constantly", "increasingly"})
# What is told with these happened (Karttunen 1971).
IMPLICATIVE = frozenset(
    {"manage", "happen", "use", "get", "help", "force", "lead", "cause", "see", "come", "go", "prove", "turn", "bother", "dare", "remember"}
    | {"first", "last", "only", "second", "one"}
)
# Links through which a governing word reaches the predicate.
REACHING = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "advcl",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "conj",
        "nsubjpass",
        "attr",
        "oprd",
        "dative",
        "agent",
        "nmod",
        "compound",
        "nsubj",
        "relcl",
        "csubj",
        "parataxis",
        "appos",
        "advmod",
    }
)


@dataclass(slots=True)
class Factuality:
    """How one predicate is put.

    attempted: it was tried ("tried to enter"), which is not yet that it succeeded.
    antecedent: the token of the conditional clause it stands in; consequent_of: the token of the if-clause
        that it depends on. speech: it stands in the content of somebody's words (the voice decides more).
    """

    modality: Modality = Modality.ASSERTED
    negated: bool = False
    attempted: bool = False
    hedges: list[Span] = field(default_factory=list)
    antecedent: int | None = None
    consequent_of: int | None = None
    future: bool = False
    reasons: list[str] = field(default_factory=list)


def assess(tree: Tree, index: int, lexicon: Lexicon) -> Factuality:
    """Assess the predicate (verb, noun or adjective) at ``index``."""
    found = Factuality()
    _look_at_own_words(tree, index, lexicon, found)
    _climb(tree, index, lexicon, found)
    _look_for_condition(tree, index, found)
    if found.modality is Modality.ASSERTED and _is_imperative(tree, index):
        found.modality = Modality.DEMANDED
        found.reasons.append("imperative")
    if found.modality in (Modality.ASSERTED, Modality.ONGOING) and _in_question(tree, index):
        found.modality = Modality.QUESTIONED
        found.reasons.append("question")
    return found


def _look_at_own_words(tree: Tree, index: int, lexicon: Lexicon, found: Factuality) -> None:
    for child in tree.children(index):
        token = tree[child]
        word = token.text.lower()
        if token.dep in {"aux", "auxpass"}:
            _hear_modal(tree, index, word, lexicon, found)
        elif token.dep in {"neg", "det", "preconj", "mark", "cc"} and word in NEGATORS:
            _negate(tree, child, found)
        elif token.dep == "advmod" or token.dep == "amod":
            _look_at_modifier(tree, child, lexicon, found)
    token = tree[index]
    if found.modality is Modality.ASSERTED and token.tag == "VBG" and _has_form_of_be(tree, index):
        found.modality = Modality.ONGOING
    for subject in tree.children(index, "nsubj", "nsubjpass", "dobj"):
        if token.dep == "relcl" and subject < index:
            subject = token.head if tree[subject].tag in {"WDT", "WP"} else subject
        if found.modality is Modality.ASSERTED and _is_generic(tree, subject):
            found.modality = Modality.HYPOTHETICAL
            found.reasons.append("of anybody, not of somebody")
        if tree[subject].text.lower() in {"nobody", "none", "nothing"} or any(
            tree[det].text.lower() == "no" for det in tree.children(subject, "det")
        ):
            found.negated = not found.negated
            found.reasons.append("negated argument")


def _hear_modal(tree: Tree, verb: int, word: str, lexicon: Lexicon, found: Factuality) -> None:
    """Let a modal auxiliary say something; "would" in what somebody said is the future as seen from then."""
    future = word in {"will", "'ll", "shall", "wo"} or (word in {"would", "'d"} and _is_reported(tree, verb))
    found.future = found.future or future
    _apply(Governor(Modality.PREDICTED, "") if future else lexicon.governors.get(("m", word)), found, f"'{word}'")


def _is_reported(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is the content of speech in the past ("said that it would withdraw")."""
    node = verb
    while tree[node].dep == "conj" and tree.is_predicate(tree[node].head):
        node = tree[node].head
    token = tree[node]
    if token.dep == "ccomp" and token.head != node:
        return tree[token.head].tag in {"VBD", "VBN"}
    return any(tree[c].dep == "parataxis" and tree[c].tag == "VBD" for c in tree.children(node))


def _is_imperative(tree: Tree, index: int) -> bool:
    """Tell whether a bare verb heads its sentence without a subject ("Stop the shelling now")."""
    token = tree[index]
    if token.dep == "conj" and token.tag == "VB" and not tree.children(index, "nsubj", "aux"):
        return _is_imperative(tree, token.head)
    blocked = tree.children(index, "nsubj", "nsubjpass", "expl", "csubj")
    helpers = {tree[c].text.lower() for c in tree.children(index, "aux", "auxpass")}
    return token.tag == "VB" and token.dep in {"ROOT", "parataxis"} and not blocked and helpers <= {"do"}


def _is_generic(tree: Tree, noun: int) -> bool:
    """Tell whether a noun phrase is about anybody: "any group", "anyone who", "whoever"."""
    if tree[noun].text.lower() in {"anyone", "anybody", "whoever", "whatever", "anything"}:
        return True
    return any(tree[c].text.lower() == "any" for c in tree.children(noun, "det"))


def _look_at_modifier(tree: Tree, child: int, lexicon: Lexicon, found: Factuality) -> None:
    token = tree[child]
    word = token.text.lower()
    if word in lexicon.hedges:
        found.hedges.append(token.span)
    elif token.dep == "amod" and tree[token.head].pos in NOUNS:
        governor = lexicon.governors.get(("a", word)) or lexicon.governors.get(("a", token.lemma))
        if governor is not None:
            _apply(governor, found, f"'{word}'", token.span)
    elif word in NEGATORS and token.dep == "advmod":
        _negate(tree, child, found)
    elif (
        word in ONGOING_ADVERBS
        and found.modality is Modality.ASSERTED
        and tree[token.head].tag in {"VBG", "VBZ", "VBP"}
    ):
        found.modality = Modality.ONGOING


def _negate(tree: Tree, child: int, found: Factuality) -> None:
    """Negate, unless the negator is the first half of "not only ... but" or "no longer than"."""
    after = [tree[i].text.lower() for i in range(child + 1, min(child + 3, len(tree)))]
    if after[:1] and after[0] in {"only", "just", "merely", "simply", "least"}:
        return
    if tree[child].text.lower() == "no" and after[:1] == ["less"]:
        return
    found.negated = not found.negated
    found.reasons.append(f"negated by '{tree[child].text.lower()}'")


def _has_form_of_be(tree: Tree, index: int) -> bool:
    return any(tree[child].lemma == "be" for child in tree.children(index, "aux"))


def _apply(governor: Governor | None, found: Factuality, why: str, span: Span | None = None) -> None:
    """Let a governing word say something; what stands nearer to the predicate has already spoken."""
    if governor is None:
        return
    if governor.effect == "negated":
        found.negated = not found.negated
    elif governor.effect == "attempted":
        found.attempted = True
    elif governor.effect == "hedged" and span is not None:
        found.hedges.append(span)
    elif governor.modality is not None:
        nearest = found.modality is Modality.ASSERTED
        weaker = found.modality is Modality.ONGOING and governor.modality is not Modality.ONGOING
        would_have_to = found.modality is Modality.OBLIGATED and governor.modality is Modality.HYPOTHETICAL
        if nearest or weaker or would_have_to:
            found.modality = governor.modality
        else:
            return
    found.reasons.append(f"governed by {why}")


def _climb(tree: Tree, index: int, lexicon: Lexicon, found: Factuality) -> None:
    node = index
    for _ in range(6):
        token = tree[node]
        if token.head == node or token.dep not in REACHING:
            return
        head = token.head
        if not _reaches(tree, node, head):
            return
        if token.dep == "conj" and tree.children(node, "aux", "nsubj"):
            node = head
            if tree[head].dep in {"ccomp", "xcomp", "relcl"}:
                continue
            return
        _hear_governor(tree, node, head, lexicon, found)
        node = head


def _reaches(tree: Tree, node: int, head: int) -> bool:
    """Tell whether what is said of ``head`` bears on ``node``."""
    dep, governor = tree[node].dep, tree[head]
    if dep in {"relcl", "nsubj", "nsubjpass", "appos", "nmod", "compound", "parataxis"}:
        # A finite relative clause or a subject is presupposed, not governed; passives of nominal acts are.
        return dep == "nsubjpass" and governor.pos in {"VERB", "AUX"} and tree[node].pos in NOUNS
    if dep == "advcl":
        return _is_infinitive(tree, node)
    if dep == "acl":
        return governor.pos in NOUNS and _is_infinitive(tree, node)
    if dep == "prep":
        return True
    if dep == "pobj" and tree[governor.head].pos in NOUNS:
        return governor.text.lower() in {"of", "for", "to", "against"}
    return True


def _is_infinitive(tree: Tree, node: int) -> bool:
    return any(tree[child].text.lower() == "to" for child in tree.children(node, "aux"))


def _hear_governor(tree: Tree, node: int, head: int, lexicon: Lexicon, found: Factuality) -> None:
    token, governor = tree[node], tree[head]
    lemma = tree.lemma(head)
    if governor.pos in {"VERB", "AUX"}:
        if token.dep == "ccomp" and not _is_infinitive(tree, node) and not _finite_content_governed(lemma):
            return
        if token.dep in {"advcl", "conj"} and not (token.dep == "advcl" and lemma in {"prepare", "ready"}):
            if token.dep == "advcl" and _is_infinitive(tree, node) and found.modality is Modality.ASSERTED:
                found.modality = Modality.PLANNED
                found.reasons.append("purpose clause")
            if token.dep == "advcl":
                return
        else:
            entry = lexicon.governors.get(("v", lemma)) or lexicon.governors.get(("v", governor.lemma))
            if governor.lemma == "have" and governor.tag == "VBD":
                entry = None  # "had to leave": they left
            elif entry is None and token.dep in {"xcomp", "acl"} and _is_open(tree, node, governor.lemma, found):
                found.modality = Modality.PLANNED
                found.reasons.append(f"infinitive after '{governor.lemma}'")
            _apply(entry, found, f"'{governor.lemma}'", governor.span)
            if entry is None and token.dep in {"pcomp", "prep"}:
                return
            if governor.lemma == "be" and token.dep in {"xcomp", "ccomp"} and _is_open(tree, node, "", found):
                found.modality = Modality.PLANNED  # "are to begin patrols"
                found.reasons.append("'be to'")
        _hear_auxiliaries(tree, head, lexicon, found, token.dep)
    elif governor.pos in NOUNS:
        entry = lexicon.governors.get(("n", governor.lemma))
        if entry is None and token.dep == "acl" and _is_open(tree, node, governor.lemma, found):
            found.modality = Modality.HYPOTHETICAL
            found.reasons.append(f"infinitive after '{governor.lemma}'")
        _apply(entry, found, f"'{governor.lemma}'", governor.span)
        for modifier in tree.children(head, "det"):
            if tree[modifier].text.lower() == "no":
                _negate(tree, modifier, found)
    elif governor.pos == "ADJ":
        entry = lexicon.governors.get(("a", governor.lemma))
        if governor.lemma == "able" and any(tree[c].tag == "VBD" for c in (governor.head, *tree.children(head))):
            entry = None  # "was able to leave": they left
        elif entry is None and _is_open(tree, node, governor.lemma, found):
            found.modality = Modality.HYPOTHETICAL
            found.reasons.append(f"infinitive after '{governor.lemma}'")
        _apply(entry, found, f"'{governor.lemma}'", governor.span)


def _is_open(tree: Tree, node: int, lemma: str, found: Factuality) -> bool:
    """Tell whether a to-infinitive is left open by its governor (implicatives such as "managed to" are not open)."""
    return found.modality in (Modality.ASSERTED, Modality.ONGOING) and _is_infinitive(tree, node) and lemma not in IMPLICATIVE


def _finite_content_governed(lemma: str) -> bool:
    """Tell whether a that-clause after this verb is not simply what somebody says (the voice layer's part)."""
    return lemma in {
        "demand",
        "insist",
        "doubt",
        "predict",
        "expect",
        "deny",
        "hope",
        "plan",
        "require",
        "threaten",
        "vow",
        "pledge",
        "promise",
        "fear",
        "recommend",
        "propose",
        "forecast",
        "anticipate",
        "warn",
        "wonder",
    }


def _hear_auxiliaries(tree: Tree, head: int, lexicon: Lexicon, found: Factuality, dep: str) -> None:
    """A governing verb's own modals and negation bear on what it governs ("will not launch an attack")."""
    if dep not in {"xcomp", "dobj", "pobj", "prep", "attr", "nsubjpass", "oprd", "acomp", "conj", "pcomp"}:
        return
    for child in tree.children(head):
        word = tree[child].text.lower()
        if tree[child].dep == "aux":
            _hear_modal(tree, head, word, lexicon, found)
        elif tree[child].dep == "neg" and dep != "conj":
            _negate(tree, child, found)
        elif tree[child].dep == "advmod" and word in lexicon.hedges:
            found.hedges.append(tree[child].span)


def _look_for_condition(tree: Tree, index: int, found: Factuality) -> None:
    """Find out whether the predicate stands in an if-clause or depends on one."""
    node = index
    while True:
        marker = _conditional_marker(tree, node)
        if marker is not None:
            found.antecedent = node
            found.reasons.append(f"condition '{tree[marker].text.lower()}'")
            if tree[marker].text.lower() == "unless":
                found.negated = not found.negated
            found.modality = Modality.CONDITIONAL
            return
        clause = next((c for c in tree.children(node, "advcl") if _conditional_marker(tree, c) is not None), None)
        if clause is not None:
            found.consequent_of = clause
            found.modality = Modality.CONDITIONAL
            found.reasons.append("depends on a condition")
            return
        token = tree[node]
        stop = token.dep in {"ROOT", "relcl", "ccomp", "parataxis"} and not (token.dep == "ccomp" and node == index)
        if stop or token.head == node:
            return
        node = token.head


def _conditional_marker(tree: Tree, node: int) -> int | None:
    for child in tree.children(node, "mark", "advmod", "prep"):
        word = tree[child].text.lower()
        if word not in CONDITIONALS or child > node:
            continue
        if word == "once" and tree[child].dep != "mark":
            continue
        before = tree[child - 1].text.lower() if child else ""
        if before in {"as", "even", "what", "wonder", "ask"}:
            continue
        following = tree[child + 1].text.lower() if child + 1 < len(tree) else ""
        if following in FIXED_IF and node <= child + 3:
            continue
        if tree[node].dep == "ccomp":  # "asked if", "see if": a question, not a condition
            continue
        return child
    return None


def _in_question(tree: Tree, index: int) -> bool:
    """Tell whether the predicate is what a question asks: the main one of a yes/no question, or after "whether"."""
    node = index
    while tree[node].dep == "conj" and tree.is_predicate(tree[node].head):
        node = tree[node].head
    token = tree[node]
    if token.dep == "ccomp":
        return any(tree[c].text.lower() in {"whether", "if"} for c in tree.children(node, "mark"))
    if token.head != node:
        return False
    below = tree.subtree(node)
    asks = any(tree[i].text == "?" and tree[i].head == node for i in below)
    return asks and not any(tree[i].tag in {"WP", "WRB", "WDT", "WP$"} for i in below if i < node)
