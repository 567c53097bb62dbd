"""Arguments of acts, sorted out: parties, places, and things that are neither."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.claims.context import Context
from reportedly.claims.parties import find_parties
from reportedly.claims.where import as_place, head_in, is_locative, unresolved_ground, where_of
from reportedly.language import Argument, FoundAct, Role
from reportedly.language.frames import TIME_ENTITIES, is_doer_modifier
from reportedly.language.lexicon import load_lexicon
from reportedly.model import Category, Party, PlaceKind, Span, Where


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one act, sorted out."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    places: tuple[Where, ...]
    themes: tuple[Span, ...]


# Acts of words: a capital that they are addressed to stands for its government.
SPOKEN = frozenset(
    {
        *(Category.AGREE, Category.CONSULT, Category.SUPPORT, Category.CONCEDE, Category.REQUEST, Category.ACCUSE),
        *(Category.REJECT, Category.THREATEN, Category.SANCTION),
    }
)
CALENDAR = frozenset(
    {
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March"),
        *("April", "May", "June", "July", "August", "September", "October", "November", "December"),
    }
)  # no party, whatever the model calls it
BY_ITSELF = frozenset({PlaceKind.RELATIVE, PlaceKind.ZONE})
LINES = frozenset({PlaceKind.ROUTE, PlaceKind.RELATIVE, PlaceKind.ZONE})


def read_arguments(context: Context, act: FoundAct) -> Arguments:
    """Turn the arguments of an act into parties, places and themes (spans of the report)."""
    spoken = act.category in SPOKEN
    actors: list[Party] = []
    recipients: list[Party] = []
    places: list[Where] = []
    themes: list[Span] = []
    for argument in act.arguments:
        head = context.tree[argument.head]
        is_time = head.entity in TIME_ENTITIES or (head.pos == "PROPN" and head.text in CALENDAR)
        if is_time or argument.role in (Role.TIME, Role.INSTRUMENT):
            continue
        if argument.role is Role.THEME:
            themes.append(context.here(argument.span))
            continue
        where = as_place(context, argument, spoken=spoken)
        if where is None and argument.role is Role.PLACE:
            where = []
        if where is not None:
            if not where and argument.role is not Role.ACTOR:
                where = unresolved_ground(context, argument)
            if argument.role is Role.RECIPIENT:
                for party in _holders(context, argument):
                    _add_once(recipients, party)
            places.extend(w for w in where if all(w.span != p.span for p in places))
            continue
        found = find_parties(context, argument, spoken=spoken)
        if not found and argument.role is Role.RECIPIENT and _belongs(context, argument):
            found = _holders(context, argument)
        if not found:
            themes.append(context.here(argument.span))
        for party in found:
            _add_once(actors if argument.role is Role.ACTOR else recipients, party)
    recipients = [r for r in recipients if all(r.span != a.span for a in actors)]
    return Arguments(tuple(actors), tuple(recipients), tuple(places), tuple(themes))


def add_nearby_places(context: Context, act: FoundAct, arguments: Arguments) -> Arguments:
    """Give an act without a place the places that its own clause states with "in", "at" or "near".

    They hang below another noun ("posts in the province of Deir ez-Zor"), which is where the act is all the same.
    """
    known = [w.link.place for w in arguments.places if w.link.place is not None]
    if any(place.kind is not PlaceKind.COUNTRY for place in known) or act.state is not None:
        return arguments
    parties = [p.span for p in (*arguments.actors, *arguments.recipients) if p.span is not None]
    found: list[Where] = []
    clause = context.here(act.clause)
    told = [context.here(a.clause) for a in context.part.analysis.acts if _is_told_in(a, act)]
    for span, link in context.places_in(act.clause):
        if link.place is None or any(p.overlaps(span) for p in parties) or not clause.contains(span):
            continue
        if any(other.contains(span) for other in told) or any(w.span == span for w in found):
            continue  # "accused Moscow of striking a hospital in Kharkiv": the strike was there, not the accusation
        head = head_in(context, span.shift(-context.offset))
        if known and link.place.kind is PlaceKind.COUNTRY:
            continue
        located = link.place.kind in BY_ITSELF  # "6 km north of X", "within 5 km of Y" say where, whatever precedes
        if located or (head is not None and is_locative(context, head, on_line=link.place.kind in LINES)):
            found.append(where_of(context, span, link, ""))
    finer = [w for w in found if w.link.place is not None and w.link.place.kind is not PlaceKind.COUNTRY]
    return replace(arguments, places=(*arguments.places, *(finer or found)))


def _is_told_in(other: FoundAct, act: FoundAct) -> bool:
    """Tell whether one act is what another, of words, is about."""
    return act.category in SPOKEN and other.token != act.token and act.clause.contains(other.clause)


def _add_once(parties: list[Party], party: Party) -> None:
    known = {p.link.actor_id or p.text for p in parties}
    if (party.link.actor_id or party.text) not in known:
        parties.append(party)


def _holders(context: Context, argument: Argument) -> list[Party]:
    """Return whose ground it is that is acted upon: "a mortar position of Hayat Tahrir al-Sham", "rebel positions"."""
    tree = context.tree
    owners = [n for p, n in tree.preposition_objects(argument.head) if p in {"of", "from"}]
    owners += tree.children(argument.head, "poss")
    owners += [m for m in tree.children(argument.head, "compound", "amod", "nmod") if is_doer_modifier(tree, m)]
    found = []
    for owner in owners:
        held = Argument(Role.RECIPIENT, tree.phrase(owner), owner)
        if not any(m[0].overlaps(context.here(tree[owner].span)) for m in context.places_in(held.span)):
            found += find_parties(context, held)
    return found


def _belongs(context: Context, argument: Argument) -> bool:
    """Tell whether what is hit is somebody's: "Houthi targets", "Israeli ships"."""
    return load_lexicon().is_noun("belonging", context.tree[argument.head].lemma)
