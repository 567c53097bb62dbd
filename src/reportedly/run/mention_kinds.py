"""What a noun phrase names, by its head noun, who it is, and its part in the sentence."""

from __future__ import annotations

from functools import cache

from reportedly.language.analysis import Token
from reportedly.language.lexicon import read_rows
from reportedly.language.tree import OBJECTS, Tree
from reportedly.model import ActorLink, LinkStatus, MentionKind

SINGULAR = frozenset({"NN", "NNP"})
PERSON_KINDS = frozenset({"person", "leader"})
PRONOUNS = {
    **dict.fromkeys(("we", "us", "they", "them"), MentionKind.GROUP),
    **dict.fromkeys(("i", "me", "he", "him", "she", "her"), MentionKind.PERSON),
}
NAMES = {
    "PERSON": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "LAW": MentionKind.DOCUMENT,
    "NORP": MentionKind.NATIONALITY,
}
GROUND = frozenset({"GPE", "LOC", "FAC"})
TOWARDS_PARTIES = frozenset({"by", "with", "against", "between"})  # what these govern takes part, it does not locate


@cache
def load_heads() -> dict[str, frozenset[str]]:
    """Load the head nouns of ``mention_heads.tsv`` by the kind that they give, once a process."""
    return {kind: frozenset(words.split(",")) for _, (kind, words) in read_rows("mention_heads.tsv")}


def is_head(kind: str, token: Token) -> bool:
    """Tell whether a token's noun is listed under ``kind``; a name's word ("Forces") counts as its noun."""
    listed = load_heads()[kind]
    lemma = token.lemma.lower()
    return lemma in listed or (token.pos == "PROPN" and lemma.removesuffix("s") in listed)


def kind_of_phrase(token: Token, link: ActorLink, named: bool) -> MentionKind | None:
    """Return what a phrase with this head names, or None where it names nothing that we mark.

    The head noun outranks a name inside the phrase ("an army-held building"); a known name outranks the head noun.
    named: the phrase is a name as a whole, not a description.
    """
    known = link.status is LinkStatus.RESOLVED
    singular = token.tag in SINGULAR
    if is_head("place", token) and not (named and (known or token.entity == "ORG")):
        return MentionKind.PLACE
    if link.kind in PERSON_KINDS or (singular and is_head("person", token)):
        return MentionKind.PERSON
    if link.status in (LinkStatus.RESOLVED, LinkStatus.CLASS, LinkStatus.AMBIGUOUS):
        return _kind_of_party(token, link)
    if token.entity == "PERSON" and singular:
        return MentionKind.PERSON
    if is_head("group", token) or (is_head("person", token) and not singular):
        return MentionKind.GROUP
    if is_head("document", token):
        return MentionKind.DOCUMENT
    return MentionKind.PLACE if token.entity in GROUND else NAMES.get(token.entity)


def _kind_of_party(token: Token, link: ActorLink) -> MentionKind:
    if link.status is not LinkStatus.CLASS:
        return MentionKind.ORGANISATION
    person = token.tag in SINGULAR and link.kind == "class (person)"
    return MentionKind.PERSON if person else MentionKind.GROUP


def kind_of_name(label: str, link: ActorLink) -> MentionKind:
    """Return the kind of a name that the model marked: a known party is no nationality."""
    known = link.status is LinkStatus.RESOLVED
    if known and link.kind in PERSON_KINDS:
        return MentionKind.PERSON
    if label == "NORP" and known and link.kind != "state":
        return MentionKind.ORGANISATION
    return NAMES[label]


def takes_part(tree: Tree, index: int) -> bool:
    """Tell whether the sentence makes a name a party to what happens, not the ground it happens on."""
    token = tree[index]
    if token.dep == "conj" and token.head != index:
        return takes_part(tree, token.head)
    if token.dep in {"pobj", "agent"}:
        return tree[token.head].lemma.lower() in TOWARDS_PARTIES
    return token.dep in {"nsubj", "poss"} or token.dep in OBJECTS or token.dep == "nsubjpass"
