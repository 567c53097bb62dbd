"""Events and sources: what claims are about, and who made them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventStatus(StrEnum):
    """Where an event stands, from independent sources only; a comment never changes it."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Event:
    """What one or more claims are about, when they are about the same happening.

    id: "e-" and 12 hex digits of the SHA-256 over its smallest claim id: the same claims give the same id.
    claims: ids, in order. reasons: why they were brought together, in words, pair by pair.
    modality: the strongest that any article voice gives it ("asserted" before "planned" ...).
    act: label of the act; actors, recipients, places: display names; place_id: of the place it is drawn at.
    start, end: ISO dates of the interval, "" where the reports do not say.
    numbers: (unit, low, high, claim id) for every figure told, never averaged.
    sources: independent sources counted (copies and comments are not).
    """

    id: str
    act: str
    category: str
    modality: str
    negated: bool
    status: EventStatus
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    place_id: str | None
    start: str
    end: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    numbers: tuple[tuple[str, float | None, float | None, str], ...] = ()
    reasons: tuple[str, ...] = ()
    comments_only: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A voice with a record: an outlet, an organisation, an unnamed class of people, a commenter.

    kind: "outlet", "actor", "class" or "commenter". reliability (A to F) and credibility (1 to 6) are the
    two NATO grades; both start as unknown (F, 6) until the record is long enough to say more.
    """

    id: str
    name: str
    kind: str
    reports: int
    claims: int
    reliability: str = "F"
    credibility: str = "6"
