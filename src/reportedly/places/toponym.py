"""What the stages of reading places hand each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.model import Place, PlaceKind, PlaceLink, Span
from reportedly.places.candidate import Candidate


@dataclass(frozen=True, slots=True)
class ToponymCandidate:
    """A span that may name a place.

    label: the language model's type: "GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", or "PROPN" for a run of
        capitalised words that it did not label.
    """

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in the text.

    span: the whole phrase ("the northern countryside of Hama"); core: the name in it ("Hama").
    named: the place of the name alone, where the phrase asks for something computed from it.
    relation_hint: what the words before say: "at", "in", "near", "from", "to", "along", "between", "border", "".
    """

    span: Span
    core: Span
    link: PlaceLink
    relation_hint: str = ""
    named: Place | None = None


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that was found to be one of a place, with the places that it may mean.

    span: the proper name as written, with generic words and directions in capitals ("Idlib Province");
    key: the words that were looked up ("Idlib"); text: the same as a string.
    trusted: the language model called it a place; the rest was found by the gazetteer.
    """

    span: Span
    key: Span
    text: str
    label: str
    places: tuple[Candidate, ...]
    trusted: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A toponym in its surroundings: what the words around it ask for.

    span, quote: the whole phrase. shape: what is to be computed from the place: "itself", "side", "countryside",
        "near", "outskirts", "offset", "border", "coast", "sea" (off the coast); with others "between", "triangle",
        "road", "border".
    side: the direction word; bearing: in degrees (None: the middle). km: distance for "offset" and "near".
    zone_km: the place is the land within so many km of that (0: no zone).
    sort: the sort of thing that a generic word says ("division", "town", "facility", ...), "" if none does;
        generic: that word.
    others: indexes of the other toponyms of a construction ("between A and B", "the A-B road").
    narrow: indexes of one or two towns that say which stretch of a line is meant ("the M4 near A", "between A and B").
    lead: index of the toponym whose construction this one is a part of, None if of none. Both have its span.
    inside: indexes of toponyms that the text says it lies in, nearest first; stated: "X in Y" rather than "X, Y".
    """

    toponym: Toponym
    span: Span
    quote: str = ""
    relation: str = ""
    shape: str = "itself"
    side: str = ""
    bearing: float | None = None
    km: float = 0.0
    zone_km: float = 0.0
    sort: str = ""
    generic: str = ""
    others: tuple[int, ...] = ()
    narrow: tuple[int, ...] = ()
    lead: int | None = None
    inside: tuple[int, ...] = ()
    stated: bool = False

    @property
    def names_area(self) -> bool:
        """Tell whether the name is also that of a country, division or region."""
        areas = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION)
        return any(place.kind in areas for place in self.toponym.places)


@dataclass(slots=True)
class Ranking:
    """The candidates of one phrase while they are weighed: scores and reasons by candidate id."""

    scores: dict[str, float] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    rejected: dict[str, str] = field(default_factory=dict)
