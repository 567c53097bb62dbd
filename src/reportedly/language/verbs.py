"""Acts that a verb names, with subject, objects and the deed in which somebody came to harm."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.language.draft import Draft
from reportedly.language.frames import PLACE_PREPOSITIONS, add_prepositions, frame_fits, is_doer_modifier, noun_entry
from reportedly.language.lexicon import ActEntry, Lexicon
from reportedly.language.subjects import find_subjects, resolve_pronoun
from reportedly.language.tree import OBJECTS, PERSONAL, Tree
from reportedly.model import Category


def read_verb(tree: Tree, verb: int, lexicon: Lexicon) -> Draft | None:
    """Read a verb that names an act or state in the first of its frames that fits, or None."""
    for entry in _verb_entries(tree, verb, lexicon):
        if tree[verb].dep in {"amod", "compound"}:
            return None
        draft = _verb_draft(tree, verb, entry, lexicon)
        draft.consumed.update(c for c in tree.children(verb, "dobj") if entry.word.endswith(f"_{tree[c].lemma}"))
        if frame_fits(tree, draft, entry, lexicon):
            return draft
    return None


def _verb_entries(tree: Tree, verb: int, lexicon: Lexicon) -> Iterator[ActEntry]:
    """Yield the readings of a verb, with particle or preposition or bare object first."""
    lemma = tree[verb].lemma
    for preposition, noun in tree.preposition_objects(verb):
        yield from lexicon.acts.get(("v", f"{lemma}_{preposition}_{tree[noun].lemma}"), ())
    for child in tree.children(verb, "prt", "prep", "dobj", "advmod", "oprd", "acomp", "attr"):
        if tree[child].dep == "prep" and (child < verb or _is_of_time(tree, child)):
            continue  # "On Friday Hamas called ..." calls on nobody
        yield from lexicon.acts.get(("v", f"{lemma}_{tree[child].lemma}"), ())
    particle = next(iter(tree.children(verb, "prt")), None)
    changes_sense = particle is not None and tree[particle].text.lower() in PARTICLES
    if not changes_sense or ("v", tree.lemma(verb)) in lexicon.acts:
        yield from lexicon.acts.get(("v", lemma), ())


def _verb_draft(tree: Tree, verb: int, entry: ActEntry, lexicon: Lexicon) -> Draft:
    passive = tree.is_passive(verb)
    draft = Draft(entry, verb, trigger=tree.span(verb, verb))
    particle = tree.child(verb, "prt")
    if particle is not None and "_" in entry.word and particle == verb + 1:
        draft.trigger = tree.span(verb, particle)
    subject_role = entry.roles.get("obj", "R") if passive else entry.roles.get("subj", "A")
    if passive and subject_role == "-":
        subject_role = "R"
    for subject in find_subjects(tree, verb):
        if subject_role == "A" and _is_deed(tree, subject.head, lexicon):
            _add_doers_of_deed(tree, draft, subject.head)
        else:
            draft.add(subject_role, tree, subject.head, implied=subject.implied, why=subject.why)
    if tree[verb].lemma in BLAMING and not passive and _read_blame(tree, verb, draft):
        return draft
    for head in tree.children(verb, *OBJECTS):
        if passive and tree[head].dep != "dobj":
            continue
        for noun in tree.conjuncts(head):
            _add_object(tree, draft, noun, verb, "T" if passive else entry.roles.get("obj", "R"))
    if not tree.children(verb, *OBJECTS):
        _add_shared_object(tree, draft, verb, entry)
    add_prepositions(tree, verb, entry, draft)
    if entry.category is Category.ASSAULT:
        _add_means(tree, verb, draft, lexicon)
    return draft


def _is_of_time(tree: Tree, preposition: int) -> bool:
    return any(tree[n].entity in {"DATE", "TIME"} for n in tree.children(preposition, "pobj"))


DEEDS = frozenset({Category.ASSAULT, Category.COERCE, Category.PROTEST})


PARTICLES = frozenset({"up", "down", "out", "off", "over", "in", "on", "back", "away"})  # "along" changes no verb
BLAMING = frozenset({"blame", "pin"})


def _read_blame(tree: Tree, verb: int, draft: Draft) -> bool:
    """Read "blamed the attack on rebels": the rebels are accused, whichever word the parser hangs "on" below."""
    for head in tree.children(verb, *OBJECTS):
        for node in (verb, head):
            for preposition, noun in tree.preposition_objects(node):
                if preposition == "on":
                    draft.add("R", tree, noun, relation="on")
                    draft.add("T", tree, head)
                    draft.consumed.update(tree.subtree(head))
                    return True
    return False


def _is_deed(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Tell whether a subject is a deed or a weapon, whose doer is the doer: "Russian airstrikes"."""
    token = tree[noun]
    if lexicon.is_noun("party_noun", token.lemma):
        return False
    if token.lemma in lexicon.weapons and lexicon.weapons[token.lemma].kind == "weapon":
        return True
    entry = noun_entry(tree, noun, lexicon)
    return entry is not None and entry.category in DEEDS and not lexicon.is_noun("party_noun", token.lemma)


def _add_means(tree: Tree, verb: int, draft: Draft, lexicon: Lexicon) -> None:
    """Take doer, place and mode from the deed in which somebody came to harm: "killed in a rocket attack by X"."""
    for preposition, deed in tree.preposition_objects(verb):
        entry = noun_entry(tree, deed, lexicon)
        if preposition not in {"in", "by", "during", "with"} or entry is None or entry.category is not Category.ASSAULT:
            continue
        draft.arguments = [a for a in draft.arguments if a.head != deed]
        _add_doers_of_deed(tree, draft, deed)
        draft.mode_override = draft.mode or entry.mode
        draft.consumed.add(deed)


def _add_doers_of_deed(tree: Tree, draft: Draft, deed: int) -> None:
    """Take the doer from a deed that is the subject: in "Russian airstrikes killed ..." it is Russia."""
    why = f"doer of '{tree[deed].text}'"
    for owner in tree.children(deed, "poss"):
        draft.add("A", tree, owner, why=why)
    for modifier in tree.children(deed, "amod", "compound", "nmod"):
        if is_doer_modifier(tree, modifier):
            draft.modifiers.append(modifier)
    for clause in tree.children(deed, "acl"):
        inner = [clause, *tree.children(clause, "xcomp")]  # "attacks (suspected to be) carried out by the army"
        for preposition, noun in (pair for node in inner for pair in tree.preposition_objects(node)):
            if preposition == "by":
                draft.add("A", tree, noun, why=why, relation=preposition)
    for preposition, noun in tree.preposition_objects(deed):
        if preposition in {"by", "between"}:
            draft.add("A", tree, noun, why=why, relation=preposition)
        elif preposition in PLACE_PREPOSITIONS - {"on", "from"}:
            draft.add("P", tree, noun, relation=preposition)
    draft.deed = tree.subtree_span(deed)
    draft.consumed.add(deed)


def _add_object(tree: Tree, draft: Draft, noun: int, verb: int, role: str) -> None:
    if tree[noun].text.lower() in PERSONAL:
        for subject in resolve_pronoun(tree, noun, verb):
            draft.add(role, tree, subject.head, implied=True, why=subject.why)
        draft.pronoun = draft.pronoun or noun
    else:
        draft.add(role, tree, noun)


def _add_shared_object(tree: Tree, draft: Draft, verb: int, entry: ActEntry) -> None:
    """Give "besiege and capture it" its object: coordinated verbs share the last one's object."""
    if entry.roles.get("obj") == "-" or tree.is_passive(verb):
        return
    for other in tree.children(verb, "conj"):
        if tree[other].pos != "VERB" or tree.children(other, "nsubj", "aux"):
            continue
        for noun in tree.children(other, *OBJECTS):
            _add_object(tree, draft, noun, other, entry.roles.get("obj", "R"))
        return
