"""Which arguments of an act are ground, and where that is."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.context import Context
from reportedly.language import Argument, Role
from reportedly.language.lexicon import load_lexicon
from reportedly.model import LinkStatus, PlaceKind, PlaceLink, Span, Where

RELATIONS = {
    "from": "from",
    "to": "to",
    "towards": "to",
    "toward": "to",
    "into": "to",
    "along": "along",
    "near": "near",
    "around": "near",
    "outside": "near",
    "between": "along",
    "across": "along",
}
Located = tuple[Span, PlaceLink]
CONTAINERS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1})
LOCATIVE = frozenset({"in", "at", "near", "inside", "around", "outside", "along", "across"})


def as_place(context: Context, argument: Argument, *, spoken: bool = False) -> list[Where] | None:
    """Return the places of an argument that is ground, None if it is (or may be) a party.

    spoken: the act is one of words. "Tehran warned Washington" is told to a government, "shelled Idlib" to a town.
    """
    head_span = context.tree[argument.head].span
    mentions = context.places_in(argument.span)
    on_head = [m for m in mentions if m[0].overlaps(context.here(head_span))]
    if argument.role is Role.PLACE:
        found = mentions or context.places_in(_with_complement(context, argument.head))
        found = _without_containers(context, found)
        return [where_of(context, span, link, argument.relation) for span, link in found]
    if not on_head:
        return _ground(context, argument)
    link = on_head[0][1]
    if link.place is None:
        unknown = context.linker.link(context.words(argument.span), in_comment=context.in_comment)
        ground = argument.role is Role.RECIPIENT and unknown.status is LinkStatus.UNKNOWN
        return [where_of(context, span, link, argument.relation) for span, link in on_head] if ground else None
    if link.place.kind is PlaceKind.COUNTRY:
        return None
    if spoken and argument.role is Role.RECIPIENT and is_seat(context, argument):
        return None
    if argument.role is Role.RECIPIENT or argument.relation == "modifier":
        return [where_of(context, span, link, argument.relation) for span, link in on_head]
    # A town as the doer stands for whoever governs from it, if it is a seat of government; else it is no party.
    return None if is_seat(context, argument) else []


def _without_containers(context: Context, found: Sequence[Located]) -> list[Located]:
    """Leave out the second name of "Hama, Syria": it says which Hama, not where else."""
    kept: list[Located] = []
    for span, link in found:
        apart = context.report.text[kept[-1][0].end : span.start] if kept else ""
        if not (apart.strip() == "," and link.place is not None and link.place.kind in CONTAINERS):
            kept.append((span, link))
    return kept


def is_seat(context: Context, argument: Argument) -> bool:
    """Tell whether a town stands for the government that sits there: "Damascus rejected", "Moscow said"."""
    link = context.linker.link(context.words(argument.span), in_comment=context.in_comment, metonym_ok=True)
    return link.status is LinkStatus.RESOLVED


def _ground(context: Context, argument: Argument) -> list[Where] | None:
    """Return the place in "the city of X" or "a village near X", when its head noun is ground."""
    if not load_lexicon().is_noun("ground", context.tree[argument.head].lemma):
        return None
    if context.tree[argument.head].lemma in {"side", "front", "post", "base", "camp"} and argument.role is Role.ACTOR:
        return None
    found = context.places_in(_with_complement(context, argument.head))
    return [where_of(context, span, link, argument.relation) for span, link in found]


def unresolved_ground(context: Context, argument: Argument) -> list[Where]:
    """Return ground that is named only by a common noun ("the area") as a place that nobody can draw."""
    if not load_lexicon().is_noun("ground", context.tree[argument.head].lemma):
        return []
    words = context.words(argument.span)
    span = context.here(argument.span)
    link = context.discourse.place(words, span)
    if link is None:
        link = PlaceLink(LinkStatus.UNKNOWN, words, reasons=("a common noun: the text does not name the place here",))
    return [Where(link, span, words, RELATIONS.get(argument.relation, "at"))]


def _with_complement(context: Context, head: int) -> Span:
    """Return a noun with its prepositional complements, but not its clauses or appositions."""
    tree = context.tree
    span = tree.phrase(head)
    for child in tree.children(head, "prep"):
        span = span.cover(tree.subtree_span(child)) if not has_clause(context, child) else span
    return span


def has_clause(context: Context, node: int) -> bool:
    """Tell whether a clause hangs below a token."""
    return any(context.tree[i].dep in {"relcl", "acl", "advcl", "ccomp"} for i in context.tree.subtree(node))


def where_of(context: Context, span: Span, link: PlaceLink, preposition: str) -> Where:
    """Return a place of a claim at a span of the report, with the relation that its preposition states."""
    return Where(link, span, span.of(context.report.text), RELATIONS.get(preposition, "at"))


def head_in(context: Context, span: Span) -> int | None:
    """Return the token of a span that is governed from outside it."""
    for token in context.tree.tokens:
        if span.overlaps(token.span) and not span.overlaps(context.tree[token.head].span):
            return token.index
    return None


def is_locative(context: Context, head: int, *, on_line: bool = False) -> bool:
    """Tell whether a noun, or the ground that it names ("the town of X"), stands after a locative preposition.

    on_line: it is a road or a border, on which things are: "a convoy on the M4".
    """
    tree = context.tree
    for node in (head, *tree.ancestors(head)):
        token = tree[node]
        if token.pos == "ADP" and token.lemma != "of":
            return (token.lemma in LOCATIVE or (on_line and token.lemma == "on")) and not _describes_somebody(
                context, token.head
            )
        if token.pos in {"VERB", "AUX"}:
            return False
    return False


def _describes_somebody(context: Context, node: int) -> bool:
    """Tell whether "in X" says where somebody is from or works ("the consul in Costa Rica"), not where the act was."""
    tree, lexicon = context.tree, load_lexicon()
    if tree[node].pos in {"NOUN", "PROPN"} and lexicon.is_noun("party_noun", tree[node].lemma):
        return tree[node].dep not in {"nsubjpass", "dobj"} or any(tree[a].dep == "appos" for a in tree.ancestors(node))
    for other in (node, *tree.ancestors(node)):
        if tree[other].dep == "appos":
            return True
        if tree.is_predicate(other):
            return False
    return False
