"""Acts and states that no single word carries: "in the hands of", "the next target", "al-Qaeda-linked"."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.language.draft import Draft
from reportedly.language.lexicon import Lexicon
from reportedly.language.subjects import find_subjects
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Category, Modality, State

COPULAS = frozenset({"be", "remain", "stay", "become", "fall", "come", "pass", "return", "continue", "prove", "keep"})
LINKS = {
    "linked": State.LINKED,
    "affiliated": State.LINKED,
    "aligned": State.ALLIED,
    "allied": State.ALLIED,
    "backed": State.ALLIED,
    "supported": State.ALLIED,
}
LOCATING = frozenset({"in", "at", "on", "near", "inside", "along", "outside"})
NAMING = frozenset({"aim", "name", "choose", "pick", "designate", "see", "select", "identify", "regard", "set", "eye"})


def find_constructions(tree: Tree, lexicon: Lexicon) -> Iterator[Draft]:
    """Yield the drafts of acts and states that are read off patterns of the tree."""
    for token in tree.tokens:
        if token.pos in NOUNS:
            draft = _control_phrase(tree, token.index, lexicon) or _target(tree, token.index, lexicon)
            draft = draft or _predicate_noun(tree, token.index, lexicon)
            if draft is not None:
                yield draft
        elif token.lemma == "be" and token.pos in {"AUX", "VERB"}:
            draft = _located(tree, token.index)
            if draft is not None:
                yield draft
        if (token.text.lower() in LINKS and token.dep in {"amod", "acl"}) or token.text.lower() in LINKS:
            draft = _compound_link(tree, token.index)
            if draft is not None:
                yield draft


def _control_phrase(tree: Tree, noun: int, lexicon: Lexicon) -> Draft | None:
    """Read "X remains in the hands of Y", "X is under Y's control"."""
    token = tree[noun]
    if token.dep != "pobj" or not lexicon.is_noun("control_phrase", token.lemma):
        return None
    preposition = token.head
    if tree[preposition].lemma not in {"in", "under", "into", "to"}:
        return None
    holders = [n for p, n in tree.preposition_objects(noun) if p == "of"] or tree.children(noun, "poss")
    nationality = [m for m in tree.children(noun, "amod", "compound") if tree[m].entity in {"NORP", "ORG", "GPE"}]
    verb = tree[preposition].head
    if not holders and not nationality:
        return None
    if not tree.is_predicate(verb) or tree.lemma(verb) not in COPULAS | {"hold", "place", "bring"}:
        return None
    draft = Draft(None, verb, trigger=tree.span(preposition, noun), state_override=State.CONTROLS)
    draft.consumed = {noun, verb}
    for holder in holders:
        draft.add("A", tree, holder)
        _add_appositions(tree, draft, holder)
    draft.modifiers = nationality
    for subject in find_subjects(tree, verb):
        draft.add("P", tree, subject.head, implied=subject.implied, why=subject.why)
    return draft


def _add_appositions(tree: Tree, draft: Draft, head: int) -> None:
    """Add the members that an apposition names: "al-Qaeda-linked groups - HTS, the TIP and their allies"."""
    for apposition in tree.children(head, "appos"):
        for member in tree.conjuncts(apposition):
            draft.add("A", tree, member)


def _target(tree: Tree, noun: int, lexicon: Lexicon) -> Draft | None:
    """Read "X will become the next target of the operation", "aiming X as next target"."""
    if tree[noun].lemma not in {"target", "objective"}:
        return None
    token = tree[noun]
    draft = Draft(None, noun, trigger=tree.phrase(noun), category_override=Category.ASSAULT)
    governor = token.head
    if token.dep in {"attr", "oprd"} and tree.lemma(governor) in COPULAS:
        draft.token = governor
        aimed = [s.head for s in find_subjects(tree, governor)]
    elif token.dep == "pobj" and tree[governor].lemma == "as" and tree[tree[governor].head].lemma in NAMING:
        governor = tree[governor].head
        draft.token = governor
        aimed = tree.children(governor, "dobj")
        for subject in find_subjects(tree, governor):
            draft.add("A", tree, subject.head)
        draft.modality = Modality.PLANNED
        draft.reasons.append("named as a target")
    else:
        return None
    draft.consumed = {noun, governor}
    for head in aimed:
        draft.add("P", tree, head)
    for preposition, owner in tree.preposition_objects(noun):
        if preposition == "of" and not lexicon.is_noun("attack", tree[owner].lemma):
            draft.add("A", tree, owner)
    upcoming = any(tree[c].lemma in {"next", "main", "future", "likely"} for c in tree.children(noun, "amod"))
    if upcoming and draft.modality is None and not tree.children(governor, "aux"):
        draft.modality = Modality.PLANNED
    return draft if draft.arguments else None


def _predicate_noun(tree: Tree, noun: int, lexicon: Lexicon) -> Draft | None:
    """Read a noun that says what something is: "remains a formality", "the stronghold of the TIP"."""
    for entry in lexicon.acts.get(("n", tree[noun].lemma), ()):
        if "negative-attr" in entry.flags and tree[noun].dep == "attr":
            draft = Draft(entry, tree[noun].head, trigger=tree.phrase(noun), negated=True)
            draft.consumed = {noun, tree[noun].head}
            for subject in find_subjects(tree, tree[noun].head):
                draft.add("T", tree, subject.head)
            draft.reasons.append(f"'{tree[noun].text}' says that it is not carried out")
            return draft
        if entry.state in (State.CONTROLS, State.ALLIED) and entry.word != "control":
            return _identity(tree, noun, entry.roles.get("of", "A"), entry.state)
    return None


def _identity(tree: Tree, noun: int, of_role: str, state: State) -> Draft | None:
    """Read "X, the stronghold of Y" and "X is an ally of Y" as a state between X and Y."""
    token = tree[noun]
    owners = [n for p, n in tree.preposition_objects(noun) if p == "of"] or tree.children(noun, "poss")
    modifiers = [m for m in tree.children(noun, "amod", "compound") if tree[m].entity in {"NORP", "ORG", "GPE"}]
    if not owners and not modifiers:
        return None
    if token.dep == "attr":
        holders = [s.head for s in find_subjects(tree, token.head)]
        anchor = token.head
    elif token.dep == "appos":
        holders, anchor = [token.head], noun
        while tree[holders[0]].dep == "pobj" and tree[tree[holders[0]].head].lemma == "of":
            holders = [tree[tree[holders[0]].head].head]
    else:
        return None
    draft = Draft(None, anchor, trigger=tree.phrase(noun), state_override=state, nominal=token.dep == "appos")
    draft.consumed = {noun}
    for head in holders:
        draft.add("P" if state is State.CONTROLS else "A", tree, head)
    for owner in owners:
        draft.add(of_role if state is State.CONTROLS else "R", tree, owner)
    draft.modifiers = modifiers if state is State.CONTROLS else []
    if token.dep == "appos":
        draft.reasons.append("said in passing (apposition)")
    return draft


def _located(tree: Tree, verb: int) -> Draft | None:
    """Read "A Turkish post is in Jisr al-Shughur": a copula whose only complement is a place."""
    if tree[verb].dep in {"aux", "auxpass"} or tree.children(verb, "attr", "acomp", "ccomp", "xcomp", "expl"):
        return None
    places = [
        (p, n)
        for p, n in tree.preposition_objects(verb)
        if p in LOCATING and (tree[n].entity in {"GPE", "LOC", "FAC"} or tree[n].pos == "PROPN")
    ]
    subjects = [s for s in find_subjects(tree, verb) if tree[s.head].pos in NOUNS]
    if not places or not subjects:
        return None
    draft = Draft(None, verb, trigger=tree.span(verb, verb), state_override=State.LOCATED)
    draft.consumed = {verb}
    for subject in subjects:
        draft.add("A", tree, subject.head, implied=subject.implied, why=subject.why)
    for preposition, noun in places:
        draft.add("P", tree, noun, relation=preposition)
    return draft


def _compound_link(tree: Tree, index: int) -> Draft | None:
    """Read "al-Qaeda-linked groups - A, B and their allies": each is linked to al-Qaeda."""
    if index < 2 or tree[index - 1].text != "-" or tree[index].span.start != tree[index - 1].span.end:
        return None
    group = tree[index].head
    if tree[group].pos not in NOUNS:
        return None
    state = LINKS[tree[index].text.lower()]
    first = index - 2
    while first > 0 and tree[first - 1].span.end == tree[first].span.start and tree[first - 1].text not in {'"', "("}:
        first -= 1
    draft = Draft(None, index, trigger=tree.span(first, index), state_override=state, nominal=True)
    draft.reasons.append("said in passing (compound adjective)")
    appositions = [m for a in tree.children(group, "appos") for m in tree.conjuncts(a)]
    for member in appositions or [group]:
        draft.add("A", tree, member)
    draft.linked_name = tree.span(first, index - 2)
    return draft
