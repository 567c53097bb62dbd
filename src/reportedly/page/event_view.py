"""Events as a person reads them: status with its reason, and the claims behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from reportedly.model import Event, EventStatus
from reportedly.page.edition import Edition, Entry
from reportedly.page.grammar import look_of_event
from reportedly.page.marks import visible
from reportedly.page.phrasing import STATUS_MEANING, days_phrase, figure_phrase, plural
from reportedly.page.privacy import mask
from reportedly.page.timeline import event_interval


@dataclass(frozen=True, slots=True)
class EventView:
    """What the page shows of one event."""

    number: int
    id: str
    classes: str
    act: str
    modality: str
    negated: bool
    status: str
    status_why: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    when: str
    figures: tuple[tuple[str, int | None], ...]
    sources: tuple[str, ...]
    claims: tuple[tuple[int, int, str], ...]
    reasons: tuple[str, ...]
    comments_only: bool

    @property
    def label(self) -> str:
        """Return the event in one line, for the timeline."""
        who = ", ".join(self.actors[:2]) or "somebody"
        whom = f" → {', '.join(self.recipients[:2])}" if self.recipients else ""
        where = f", {self.places[0]}" if self.places else ""
        return f"{who}: {self.act}{whom}{where}"


def view_events(edition: Edition) -> tuple[EventView, ...]:
    """Return every event of the edition, in its order."""
    entries = {entry.claim.id: entry for entry in edition.entries}
    outlets = [reading.report.outlet or "" for reading in edition.readings]
    # A report without an outlet is its own source: the grouping calls it by its id, a reader by its number.
    reports = {one.report.id: f"report {number}" for number, one in enumerate(edition.readings, start=1)}
    return tuple(
        _view_event(number, event, entries, outlets, reports) for number, event in enumerate(edition.events, start=1)
    )


def _view_event(
    number: int, event: Event, entries: Mapping[str, Entry], outlets: Sequence[str], reports: Mapping[str, str]
) -> EventView:
    known = [entries[claim] for claim in event.claims if claim in entries]
    spoken = {(entry.report_number, entry.claim.in_comment and entry.claim.passage): entry for entry in known}

    def safe(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(reduce(lambda text, one: one.safe(text), spoken.values(), mask(visible(text))) for text in texts)

    interval = event_interval(event)
    return EventView(
        number=number,
        id=event.id,
        classes=look_of_event(event).classes,
        act=event.act,
        modality=event.modality,
        negated=event.negated,
        status=str(event.status),
        status_why=_why(event),
        actors=safe(event.actors),
        recipients=safe(event.recipients),
        places=safe(event.places),
        when=days_phrase(*interval) if interval else "",
        figures=tuple(
            (figure_phrase(unit, low, high), entries[claim].number if claim in entries else None)
            for unit, low, high, claim in event.numbers
        ),
        sources=_readers(known) if event.comments_only else safe([reports.get(one, one) for one in event.sources]),
        claims=tuple((one.number, one.report_number, outlets[one.report_number - 1]) for one in known),
        reasons=safe(event.reasons),
        comments_only=event.comments_only,
    )


def _readers(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.commenter for entry in entries if entry.commenter))


def _why(event: Event) -> str:
    if event.comments_only:
        return "told by readers only, which never changes a status"
    if event.status is EventStatus.CORROBORATED and event.sources:
        return f"told by {plural(len(event.sources), 'independent source')}"
    return STATUS_MEANING[event.status]
