"""Acts that a noun or an adjective names: "the shelling of X by Y", "carried out an attack", "is calm"."""

from __future__ import annotations

from reportedly.language.draft import Draft
from reportedly.language.frames import TIME_ENTITIES, add_prepositions, frame_fits, is_doer_modifier, noun_entry
from reportedly.language.lexicon import ActEntry, Lexicon, load_lexicon
from reportedly.language.subjects import find_subjects
from reportedly.language.tree import Tree
from reportedly.language.verbs import read_verb

SUFFERING = frozenset(
    {"nation", "country", "city", "town", "world", "region", "province", "capital", "village", "area", "year"}
)
TRANSPARENT = frozenset(
    {"round", "wave", "series", "spate", "string", "act", "campaign", "number", "kind", "type", "form", "part"}
)


def is_deed_in_ing(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Tell whether a form in -ing that the parser takes for a verb names a deed ("reported isolated shelling")."""
    token = tree[index]
    bare = not tree.children(index, "dobj", "nsubj", "nsubjpass", "aux", "auxpass", "prt")
    return (
        token.tag == "VBG" and bare and token.dep not in {"advcl", "acl"} and ("n", token.text.lower()) in lexicon.acts
    )


def read_noun(tree: Tree, noun: int, lexicon: Lexicon) -> Draft | None:
    """Read a noun that names an act, with its doer from a possessive, "by", a nationality or a light verb; or None."""
    entry = noun_entry(tree, noun, lexicon)
    if entry is None or {"negative-attr", "weak-attr"} & entry.flags:
        return None
    draft = Draft(entry, noun, trigger=tree.span(noun, noun))
    compound = next((c for c in tree.children(noun, "compound", "amod") if c == noun - 1), None)
    if compound is not None and f"{tree[compound].lemma}_{tree[noun].lemma}" == entry.word:
        draft.trigger = tree.span(compound, noun)
    for owner in tree.children(noun, "poss"):
        if tree[owner].entity in TIME_ENTITIES or tree[owner].lemma in SUFFERING:
            continue  # "the nation's murders", "Friday's attack"
        draft.add(entry.roles.get("poss", "A"), tree, owner)
    for modifier in tree.children(noun, "amod", "compound", "nmod"):
        if is_doer_modifier(tree, modifier):
            draft.modifiers.append(modifier)
    add_prepositions(tree, noun, entry, draft)
    if not frame_fits(tree, draft, entry, lexicon) and "deal" in entry.flags:
        return None
    _add_light_verb(tree, noun, entry, draft, lexicon)
    draft.nominal = True
    return draft


def _add_light_verb(tree: Tree, noun: int, entry: ActEntry, draft: Draft, lexicon: Lexicon) -> None:
    """Take the doer from a light verb: "X carried out an attack", "patrols were conducted by X"."""
    token = tree[_transparent(tree, noun)]
    governor, relation = token.head, ""
    if token.dep == "pobj":
        relation, governor = tree[governor].lemma, tree[governor].head
    if token.dep == "conj":
        governor = tree[token.head].head
    if not tree.is_predicate(governor):
        return
    lemma = tree.lemma(governor)
    lemmas = {lemma, f"{tree[governor].lemma}_{relation}"}
    if token.dep == "pobj":
        lemmas.discard(lemma)  # "suspended because of shelling" does nothing to the shelling; "took part in" does
    if not any(lexicon.is_noun("light", word) for word in lemmas):
        return
    if not lexicon.is_noun("attack", tree[noun].lemma) and read_verb(tree, governor, lexicon) is not None:
        return  # the verb says something of its own: "threatened the patrols", "suspended the talks"
    draft.light_verb = governor
    _add_doers(tree, governor, token.dep, draft, receives=_receives(lexicon, lemmas) and entry.roles.get("of", "R"))
    add_prepositions(tree, governor, entry, draft)
    draft.ended = lexicon.is_noun("ending", lemma)


def _receives(lexicon: Lexicon, lemmas: set[str]) -> bool:
    return any(lexicon.is_noun("receive", word) for word in lemmas)


def _add_doers(tree: Tree, governor: int, dep: str, draft: Draft, *, receives: str | bool) -> None:
    """Add the subject of a light verb as the doer, or in the role ``receives`` ("suffered an attack")."""
    passive = tree.is_passive(governor) and dep == "nsubjpass"
    if receives:
        role = "R" if receives in {"A", "T"} else str(receives)
        for subject in find_subjects(tree, governor):
            draft.add(role, tree, subject.head, implied=subject.implied, why=subject.why)
    elif passive:
        for preposition, agent in tree.preposition_objects(governor):
            if preposition == "by":
                draft.add("A", tree, agent, relation="by")
    elif dep in {"dobj", "pobj", "conj"}:
        lexicon, lemma = load_lexicon(), tree.lemma(governor)
        role = "R" if lexicon.is_noun("thwarting", lemma) else "-" if lexicon.is_noun("stopping", lemma) else "A"
        for subject in find_subjects(tree, governor):  # who foils or ends an attack is not who attacks
            draft.add(role, tree, subject.head, implied=subject.implied, why=subject.why)


def _transparent(tree: Tree, noun: int) -> int:
    """Return the noun that stands for this one in its clause: "a new round of escalation" behaves as "escalation"."""
    token = tree[noun]
    if token.dep == "pobj" and tree[token.head].lemma == "of" and tree[tree[token.head].head].lemma in TRANSPARENT:
        return _transparent(tree, tree[token.head].head)
    return noun


def read_adjective(tree: Tree, index: int, lexicon: Lexicon) -> Draft | None:
    """Read a predicate adjective ("the front is calm"), or None."""
    for entry in lexicon.acts.get(("a", tree[index].lemma), ()):
        draft = Draft(entry, index, trigger=tree.span(index, index))
        for subject in find_subjects(tree, tree[index].head):
            draft.add("P" if entry.state is not None else "A", tree, subject.head)
        add_prepositions(tree, tree[index].head, entry, draft)
        return draft
    return None
