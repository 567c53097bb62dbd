"""From claims to the record of one article: ``fill_record``.

An article tells of several acts; the record is about the attack. Claims that tell a violation are gathered,
those whose victims are named or described come first, and the place and time of the attack are taken from
them. Nothing is filled that no claim or mention supports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from benchmarks.hrds.lexicon import DETENTION, violations_of
from benchmarks.hrds.record import Record
from reportedly.actors import load_actors
from reportedly.model import (
    Claim,
    MentionKind,
    Modality,
    Party,
    Place,
    PlaceKind,
    Reading,
    TimePrecision,
    When,
)

_TOLD = frozenset({Modality.ASSERTED, Modality.ONGOING})
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", "LEG"})
_ARMED = frozenset({"REB", "PRM", "OPP", "PTY"})
_PRIVATE = frozenset({"CRM", "UAF", "CVL", "BUS"})
_TO_DAY = frozenset({TimePrecision.MINUTE, TimePrecision.PART_OF_DAY, TimePrecision.DAY})


def fill_record(reading: Reading, published: date | None) -> Record:
    """Return the record of one article; ``published`` bounds the year (an attack is not after its report)."""
    claims = [claim for claim in reading.claims if _tells_violation(claim)]
    violations = frozenset(kind for claim in claims for kind in violations_of(claim))
    country, region, city = _places(claims, reading)
    year, month, day = _date(claims, published)
    return Record(
        _perpetrator_type(claims),
        violations,
        _victims(claims, reading),
        country,
        region,
        city,
        year,
        month,
        day,
    )


def _tells_violation(claim: Claim) -> bool:
    told = not claim.negated and not claim.in_comment and claim.modality in _TOLD
    return told and bool(violations_of(claim))


def _victims(claims: Sequence[Claim], reading: Reading) -> tuple[str, ...]:
    """Return the names of persons who suffer a violation, each in its fullest form in the article."""
    people = [mention for mention in reading.mentions if mention.kind is MentionKind.PERSON]
    names: dict[str, None] = {}
    for claim in claims:
        for party in claim.recipients:
            name = _person_name(party, [(m.span.start, m.span.end, m.text) for m in people])
            if name and _without_title(name)[:1].isupper():  # "a soldier" names nobody
                names[_fullest(_without_title(name), [_without_title(mention.text) for mention in people])] = None
    return tuple(names)


def _without_title(phrase: str) -> str:
    """Return the name in "the activist Maria Lopez": what follows articles, titles and descriptions."""
    words = phrase.split()
    base = load_actors()
    while len(words) > 1 and (words[0].islower() or base.class_of(words[0]) is not None or words[0] == "The"):
        words.pop(0)
    return " ".join(words)


def _person_name(party: Party, people: Iterable[tuple[int, int, str]]) -> str | None:
    if party.link.kind == "person" and party.link.actor_id:
        return party.link.name
    if party.span is None:
        return None
    inside = (text for start, end, text in people if start < party.span.end and party.span.start < end)
    return next(inside, None)


def _fullest(name: str, others: Iterable[str]) -> str:
    """Return the longest name in the article that ends or begins with ``name``."""
    words = name.split()
    longer = [
        other for other in others if other.split()[-len(words) :] == words or other.split()[: len(words)] == words
    ]
    return max(longer, key=lambda other: (len(other.split()), other), default=name)


def _places(claims: Sequence[Claim], reading: Reading) -> tuple[str | None, str | None, str | None]:
    """Return country, region and city: those of the violations, the country else of the whole article."""
    near = [where.link.place for claim in claims for where in claim.places if where.link.place is not None]
    every = [m.place.place for m in reading.mentions if m.place is not None and m.place.place is not None]
    code = _commonest(place.country for place in near) or _commonest(place.country for place in every)
    country = next((_country_name(place) for place in (*near, *every) if place.country == code and code), None)
    towns = [place for place in near if place.kind is PlaceKind.TOWN and place.country == code]
    regions = [place for place in near if place.kind is PlaceKind.ADMIN1 and place.country == code]
    city = _commonest(place.name for place in towns)
    region = _commonest(place.name for place in regions)
    return country, region or None, city or None


def _country_name(place: Place) -> str | None:
    if place.kind is PlaceKind.COUNTRY:
        return place.name
    return place.admin[0] if place.admin else None


def _commonest(names: Iterable[str]) -> str:
    counts = Counter(name for name in names if name)
    return max(counts, key=lambda name: counts[name], default="")


def _date(claims: Sequence[Claim], published: date | None) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of the first violation that states a time, as finely as it states it."""
    for claim in claims:
        for when in claim.when:
            found = _date_of(when, published)
            if found is not None:
                return found
    return None, None, None


def _date_of(when: When, published: date | None) -> tuple[int | None, int | None, int | None] | None:
    interval = when.interval
    if interval is None or interval.start is None:
        return None
    start = interval.start
    if published is not None and start.date() > published:
        return None
    if interval.precision in _TO_DAY:
        return start.year, start.month, start.day
    if interval.precision is TimePrecision.MONTH:
        return start.year, start.month, None
    return (start.year, None, None) if interval.precision is TimePrecision.YEAR else None


def _perpetrator_type(claims: Sequence[Claim]) -> str | None:
    """Return the annotation scheme's type of the actor named most often, None without one.

    An arrest or a sentence without a named doer is an act of a state: only states hold that power.
    """
    kinds = Counter(kind for claim in claims for party in claim.actors if (kind := _type_of(party)))
    if not kinds and any(DETENTION in violations_of(claim) for claim in claims):
        return "state actor"
    return max(kinds, key=lambda kind: kinds[kind], default=None)


def _type_of(party: Party) -> str | None:
    sectors = frozenset(party.link.sectors)
    if sectors & _STATE:
        return "state actor"
    if sectors & _ARMED:
        return "other non-state actors"
    if "IGO" in sectors:
        return "regional orgs"
    return "other actors without permissions" if sectors & _PRIVATE else None
