"""Frames: which readings a word has, whether their conditions hold, and what its prepositions bring."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.language.analysis import Role
from reportedly.language.draft import Draft
from reportedly.language.lexicon import ActEntry, Lexicon, load_lexicon
from reportedly.language.tree import OBJECTS, Tree
from reportedly.model import Category

PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "around",
        "inside",
        "outside",
        "along",
        "across",
        "throughout",
        "toward",
        "towards",
        "into",
        "over",
        "on",
        "north",
        "south",
        "east",
        "west",
        "between",
        "from",
    }
)
MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
TIME_ENTITIES = frozenset({"DATE", "TIME"})
# Flags of ``acts.tsv`` that ask for an argument of a noun class of ``nouns.tsv``.
WANTED = {
    "need-weapon": "weapon",
    "need-person": "party_noun",
    "deal": "deal",
    "need": "ground",
    "need-force": "force",
    "need-aid": "aid",
    "need-relation": "relation",
}


def noun_entry(tree: Tree, noun: int, lexicon: Lexicon) -> ActEntry | None:
    """Return the reading of a noun, compounds first ("drone strike" before "strike"), or None."""
    named = tree[noun].pos == "PROPN" and tree[noun].entity in {"FAC", "LOC", "ORG", "WORK_OF_ART", "PRODUCT"}
    if named and tree[noun].span.start != 0:
        return None  # "Samarra Barrage" is a dam
    for child in reversed(tree.children(noun, "compound", "amod", "nmod")):
        for entry in lexicon.acts.get(("n", f"{tree[child].lemma}_{tree[noun].lemma}"), ()):
            return entry
    word = tree[noun].text.lower() if tree[noun].tag == "VBG" else tree[noun].lemma
    return next(iter(lexicon.acts.get(("n", word), ())), None)


def is_doer_modifier(tree: Tree, modifier: int) -> bool:
    """Tell whether a word before a deed says whose it is: "Russian", "government", "SDF" (not "heavy")."""
    token = tree[modifier]
    is_month = token.text[:3].lower() in MONTHS and token.text.istitle() and len(token.text) < 10
    if token.entity in TIME_ENTITIES or is_month:
        return False  # "Jun 8 Russian strikes"
    if token.entity in {"NORP", "GPE", "ORG"} or token.pos == "PROPN":
        return True
    lexicon = load_lexicon()
    return token.pos == "NOUN" and lexicon.is_noun("party_noun", token.lemma) and token.lemma not in lexicon.weapons


def add_prepositions(tree: Tree, node: int, entry: ActEntry, draft: Draft) -> None:
    """Add what the prepositions below a token bring, in the roles of the frame; ground after "in" is the place."""
    for preposition, noun in tree.preposition_objects(node):
        role = entry.roles.get(preposition)
        if role is None and preposition in PLACE_PREPOSITIONS:
            role = "P"
        if tree[noun].entity in TIME_ENTITIES or (role == "P" and not _can_be_place(tree, noun)):
            continue
        if role is not None:
            draft.add(role, tree, noun, relation=preposition)


def _can_be_party(tree: Tree, noun: int) -> bool:
    token = tree[noun]
    named = token.pos == "PROPN" and token.entity not in {"FAC", "LOC", "LAW", "EVENT", "PRODUCT", "WORK_OF_ART"}
    return named or token.pos in {"PRON", "NUM"} or load_lexicon().is_noun("party_noun", token.lemma)


def _can_be_place(tree: Tree, noun: int) -> bool:
    """Tell whether a noun after "in" or "on" can be ground ("at the camp"; not "in support", "on Monday")."""
    return tree[noun].pos in {"PROPN", "PRON"} or load_lexicon().is_noun("ground", tree[noun].lemma)


def frame_fits(tree: Tree, draft: Draft, entry: ActEntry, lexicon: Lexicon) -> bool:
    """Tell whether the conditions on a reading hold (see the header of ``acts.tsv``)."""
    if entry.category is Category.REJECT and any(
        ("v", tree[c].lemma) in lexicon.cues for c in tree.children(draft.token, "xcomp")
    ):
        return False  # "refused to say" rejects nothing
    themes = [a.head for a in draft.arguments if a.role in (Role.THEME, Role.RECIPIENT, Role.PLACE) and not a.relation]
    lemmas = [w for head in themes for w in _theme_lemmas(tree, head)]
    if "party" in entry.flags and not any(
        _can_be_party(tree, a.head) for a in draft.arguments if a.role is Role.RECIPIENT
    ):
        return False
    if "no-obj" in entry.flags and tree.children(draft.token, *OBJECTS):
        return False
    if "subj-force" in entry.flags:
        doers = [a.head for a in draft.arguments if a.role is Role.ACTOR]
        if not any(lexicon.is_noun("force", w) for head in doers for w in _theme_lemmas(tree, head)):
            return False
    for flag, kind in WANTED.items():
        if flag not in entry.flags:
            continue
        fits = any(lexicon.is_noun(kind, lemma) for lemma in lemmas)
        if kind == "party_noun" and any(tree[h].entity == "PERSON" for h in themes):
            continue
        named_ground = kind == "ground" and any(tree[h].entity in {"GPE", "LOC", "FAC"} for h in themes)
        if not fits and not named_ground:
            return False
    return True


def _theme_lemmas(tree: Tree, head: int) -> Iterator[str]:
    """Yield the lemma of a noun and of what it stands for ("implementation of the agreement")."""
    yield tree[head].lemma
    for preposition, noun in tree.preposition_objects(head):
        if preposition == "of":
            yield tree[noun].lemma
