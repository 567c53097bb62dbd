"""What do the ledger's views take and give? Filters, rows and records as frozen dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportedly.model import Claim, Event, EventStatus, Modality, Passage, Place, Reading, Source


class Added(StrEnum):
    """What became of a reading that was added."""

    NEW = "new"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to show; every field that is set must hold.

    about: actor id, or part of the actor's name, in either role.
    by: source id, or part of a voice's name, at any step of the chain.
    where: place id, or part of the name of the place or of a division that holds it ("Idlib", "Syria").
    kind: a category ("ASSAULT"), a category with its mode ("ASSAULT aerial"), or a state ("controls").
    part: "article" or "comments".
    since, until: first and last day, both included; the claim's time, else its report's date. Claims
        with neither are left out when either is set.
    """

    about: str | None = None
    by: str | None = None
    where: str | None = None
    kind: str | None = None
    modality: Modality | str | None = None
    part: str | None = None
    since: date | None = None
    until: date | None = None
    report: str | None = None
    negated: bool | None = None
    all_versions: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events to show; every field that is set must hold. Fields as in ``ClaimFilter``.

    part: "article" leaves out events that only comments tell of, "comments" shows nothing else.
    """

    about: str | None = None
    where: str | None = None
    kind: str | None = None
    modality: Modality | str | None = None
    status: EventStatus | str | None = None
    part: str | None = None
    since: date | None = None
    until: date | None = None
    negated: bool | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the list of reports. published: ISO prefix as precise as the source, "" if unknown."""

    id: str
    key: str
    version: int
    superseded_by: str | None
    title: str | None
    outlet: str | None
    url: str | None
    published: str
    language: str
    analyzer: str
    words: int
    passages: int
    comments: int
    claims: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with what a table shows beside it. quote: the sentence, verbatim."""

    claim: Claim
    quote: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str
    pseudonym: str | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with counts over current reports. id: None for a name that was not resolved.

    in_article: claims and mentions in article passages; the rest stand in comments.
    """

    id: str | None
    name: str
    status: str
    kind: str
    country: str
    reports: int
    claims: int
    mentions: int
    in_article: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with counts over current reports. place: None for a name that was not resolved."""

    place: Place | None
    name: str
    status: str
    reports: int
    claims: int
    mentions: int
    in_article: int

    @property
    def id(self) -> str | None:
        """Return the gazetteer id, None where the name was not resolved."""
        return self.place.id if self.place else None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage or claim that holds the words. snippet: some words around them, the found ones marked.

    kind: "passage" or "claim"; part: "article" or "comments".
    """

    kind: str
    id: str
    report_id: str
    title: str | None
    part: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A report that could not be added, and why. sha256: of its bytes, "" where they could not be had."""

    name: str
    cause: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the ledger holds (current versions only)."""

    reports: int
    comments: int
    claims: int
    events: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that contradicts itself. where: an id, a table or "ledger"; what: in words."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One report with everything read out of it, and the ids of its versions, oldest first."""

    row: ReportRow
    reading: Reading
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """One passage with its words and its claims."""

    id: str
    passage: Passage
    words: str
    report: ReportRow
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim, the report it stands in, and the events it tells of."""

    row: ClaimRow
    report: ReportRow
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event with the claims behind it and the place it is drawn at."""

    event: Event
    claims: tuple[ClaimRow, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """One actor with the claims it is a party to."""

    row: ActorRow
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """One place with the claims that stand there."""

    row: PlaceRow
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source with the claims it makes."""

    source: Source
    claims: tuple[ClaimRow, ...]


Record = ReportRecord | PassageRecord | ClaimRecord | EventRecord | ActorRecord | PlaceRecord | SourceRecord
