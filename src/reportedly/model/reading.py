"""A reading: everything that the analysis found in one report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.actor import ActorLink
from reportedly.model.claim import Claim
from reportedly.model.event import Event
from reportedly.model.place import PlaceLink
from reportedly.model.report import Passage, Report
from reportedly.model.span import Span
from reportedly.model.when import When


class MentionKind(StrEnum):
    """What a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"  # class phrases and peoples: "militant groups", "Turkish troops", "civilians"
    NATIONALITY = "nationality"
    PLACE = "place"
    TIME = "time"
    QUANTITY = "quantity"
    MONEY = "money"
    WEAPON = "weapon"
    PLATFORM = "platform"  # tanks, aircraft, ships
    VEHICLE = "vehicle"
    DOCUMENT = "document"  # agreements, resolutions


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention and what it was resolved to (at most one of the three links is set)."""

    kind: MentionKind
    span: Span
    text: str
    passage: int
    actor: ActorLink | None = None
    place: PlaceLink | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of one report: the result of ``reportedly.read``.

    analyzer: name and version of what read it ("reader.v1; places SY 426dd1132ef9": with the packs
        of places that were at hand), kept with every claim in the ledger.
    notes: what the reader should know ("not analysed: language fr", "7 names not found").
    """

    report: Report
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    analyzer: str
    notes: tuple[str, ...] = ()
