"""How is a value written down? Canonical JSON of the model, and names folded for matching.

Confidences are rounded to four places on the way in, so that the same reading gives the same bytes on every
machine. Places are taken out of readings (``detach_places``) and put back (``attach_places``): a province's
outline is stored once, not once per mention.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from reportedly._errors import DataError
from reportedly.model import ActorLink, Claim, Geometry, Interval, Place, PlaceLink, Reading, TimePrecision

T = TypeVar("T")

_PLACES_KEPT = 4  # decimal places of a confidence
_DETACHED = "place:"  # geometry type of a place that is stored apart; the rest is its SHA-256
_NOT_WORD = re.compile(r"[\W_]+")
_PREFIX_LENGTH = {TimePrecision.YEAR: 4, TimePrecision.MONTH: 7, TimePrecision.MINUTE: 16}


def encode(value: object) -> str:
    """Return canonical JSON: keys sorted, no spaces, null where there is nothing.

    Raises DataError for text that no file can hold (half of a surrogate pair).
    """
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except UnicodeEncodeError as error:
        raise DataError(f"the text holds a character that cannot be stored: {error.reason}") from error


def decode(payload: str, kind: type[T]) -> T:
    """Return the value that ``encode`` wrote; DataError says what is wrong with a damaged one."""
    try:
        return msgspec.json.decode(payload, type=kind)
    except (msgspec.DecodeError, ValueError) as error:  # ValueError: the model's own checks
        raise DataError(f"a stored {kind.__name__.lower()} cannot be read: {error}") from error


def fold(name: str) -> str:
    """Return ``name`` for matching: no case, no accents, every run of other signs one space.

    >>> fold("Recep Tayyip ERDOĞAN"), fold("Jisr al-Shughūr")
    ('recep tayyip erdogan', 'jisr al shughur')
    """
    apart = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    kept = "".join(c for c in apart if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", kept).strip()


def slug(name: str) -> str:
    """Return ``name`` as part of an id.

    >>> slug("The Orontes Post")
    'the-orontes-post'
    """
    return fold(name).replace(" ", "-")


def timestamp(moment: datetime | None) -> str | None:
    """Return a moment as the ledger compares it: UTC, to the second, "2020-03-05T00:00:00Z"."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def iso_prefix(interval: Interval | None) -> str:
    """Return the start as an ISO 8601 prefix that is as long as the interval is precise, else "".

    >>> iso_prefix(Interval(datetime(2020, 3, 1, tzinfo=UTC), None, TimePrecision.MONTH))
    '2020-03'
    """
    if interval is None or interval.start is None:
        return ""
    stamp = timestamp(interval.start) or ""
    return stamp[: _PREFIX_LENGTH.get(interval.precision, 10)]


def round_confidences(reading: Reading) -> Reading:
    """Return the reading as it is stored: every confidence rounded to four decimal places."""
    report = reading.report
    return replace(
        reading,
        report=replace(report, language_confidence=_round(report.language_confidence)),
        mentions=tuple(
            replace(m, actor=m.actor and _round_actor(m.actor), place=m.place and _round_place(m.place))
            for m in reading.mentions
        ),
        claims=tuple(_round_claim(claim) for claim in reading.claims),
    )


def detach_places(reading: Reading) -> tuple[Reading, dict[str, Place]]:
    """Return the reading with references for places, and the places by their SHA-256."""
    places: dict[str, Place] = {}
    known: dict[int, Geometry] = {}  # by identity: one resolution is shared by many links

    def detach(link: PlaceLink) -> PlaceLink:
        if link.place is None:
            return link
        if id(link.place) not in known:
            place = decode(encode(link.place), Place)  # as it will be read back: 36 becomes 36.0
            digest = hashlib.sha256(encode(place).encode()).hexdigest()
            known[id(link.place)] = Geometry(_DETACHED + digest, ())
            places[digest] = place
        return replace(link, place=replace(link.place, geometry=known[id(link.place)]))

    return _map_places(reading, detach), places


def attach_places(claim: Claim, places: Mapping[str, Place]) -> Claim:
    """Return the claim with its places put back."""
    return _map_claim_places(claim, lambda link: attach_place(link, places))


def attach_place(link: PlaceLink, places: Mapping[str, Place]) -> PlaceLink:
    """Return the link with its place put back; DataError if the ledger does not hold it."""
    digest = place_digest(link)
    if digest is None:
        return link
    if digest not in places:
        raise DataError(f"place {link.name!r} is missing from the ledger")
    return replace(link, place=places[digest])


def place_digest(link: PlaceLink | None) -> str | None:
    """Return the SHA-256 that a detached link refers to, None if it has no place."""
    if link is None or link.place is None or link.place.geometry is None:
        return None
    return link.place.geometry.type.removeprefix(_DETACHED)


def _map_places(reading: Reading, change: Callable[[PlaceLink], PlaceLink]) -> Reading:
    return replace(
        reading,
        mentions=tuple(replace(m, place=change(m.place)) if m.place else m for m in reading.mentions),
        claims=tuple(_map_claim_places(claim, change) for claim in reading.claims),
    )


def _map_claim_places(claim: Claim, change: Callable[[PlaceLink], PlaceLink]) -> Claim:
    if not claim.places:
        return claim
    return replace(claim, places=tuple(replace(where, link=change(where.link)) for where in claim.places))


def _round(confidence: float) -> float:
    if not math.isfinite(confidence):
        raise DataError(f"a confidence is not a number: {confidence}")
    return round(float(confidence), _PLACES_KEPT)


def _round_actor(link: ActorLink) -> ActorLink:
    return replace(link, confidence=_round(link.confidence))


def _round_place(link: PlaceLink) -> PlaceLink:
    candidates = tuple((place_id, label, _round(score)) for place_id, label, score in link.candidates)
    return replace(link, confidence=_round(link.confidence), candidates=candidates)


def _round_claim(claim: Claim) -> Claim:
    return replace(
        claim,
        confidence=_round(claim.confidence),
        actors=tuple(replace(p, link=_round_actor(p.link)) for p in claim.actors),
        recipients=tuple(replace(p, link=_round_actor(p.link)) for p in claim.recipients),
        places=tuple(replace(w, link=_round_place(w.link)) for w in claim.places),
        voices=tuple(replace(v, actor=_round_actor(v.actor)) if v.actor else v for v in claim.voices),
    )
