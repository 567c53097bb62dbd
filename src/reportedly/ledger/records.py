"""What is behind an id? One record with all its evidence."""

from __future__ import annotations

import sqlite3

from reportedly._errors import NotInLedger
from reportedly.ledger import reading as stored
from reportedly.ledger import views
from reportedly.ledger.codec import decode, fold
from reportedly.ledger.rows import (
    ActorRecord,
    ActorRow,
    ClaimRecord,
    ClaimRow,
    EventRecord,
    PassageRecord,
    PlaceRecord,
    PlaceRow,
    Record,
    ReportRecord,
    SourceRecord,
)
from reportedly.model import Event, Place


def find_record(db: sqlite3.Connection, wanted: str, limit: int) -> Record:
    """Return the report, passage, claim, event, actor, place or source of this id, else of this name."""
    record = (
        _report(db, wanted)
        or _passage(db, wanted, limit)
        or _claim(db, wanted)
        or _event(db, wanted)
        or _named(db, wanted, limit)
    )
    if record is None:
        raise NotInLedger(f"{wanted}: nothing in the ledger has this id or name")
    return record


def find_place(db: sqlite3.Connection, place_id: str | None) -> Place | None:
    """Return the place of this id, None if the ledger does not hold it."""
    row = db.execute("SELECT payload FROM places WHERE id = ? ORDER BY sha256", (place_id,)).fetchone()
    return decode(row[0], Place) if row else None


def _report(db: sqlite3.Connection, wanted: str) -> ReportRecord | None:
    rows = views.list_reports(db, only=wanted)
    if not rows:
        return None
    versions = db.execute("SELECT id FROM reports WHERE key = ? ORDER BY version", (rows[0].key,))
    return ReportRecord(rows[0], stored.load(db, wanted), tuple(row[0] for row in versions))


def _passage(db: sqlite3.Connection, wanted: str, limit: int) -> PassageRecord | None:
    row = db.execute("SELECT report_id, position FROM passages WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        return None
    reading = stored.load(db, row[0])
    passage = reading.passages[row[1]]
    said_here = f"{views.CLAIM_ROWS} WHERE c.report_id = ? AND c.passage = ? ORDER BY c.position LIMIT ?"
    claims = db.execute(said_here, (*row, limit)).fetchall()
    return PassageRecord(
        id=wanted,
        passage=passage,
        words=passage.span.of(reading.report.text),
        report=views.list_reports(db, only=row[0])[0],
        claims=tuple(views.make_claim_rows(db, claims)),
    )


def _claim(db: sqlite3.Connection, wanted: str) -> ClaimRecord | None:
    row = views.find_claim(db, wanted)
    if row is None:
        return None
    events = db.execute(
        "SELECT e.payload FROM events AS e JOIN event_claims AS ec ON ec.event = e.id WHERE ec.claim = ? ORDER BY e.id",
        (wanted,),
    )
    return ClaimRecord(
        row=row,
        report=views.list_reports(db, only=row.claim.report_id)[0],
        events=tuple(decode(event[0], Event) for event in events),
    )


def _event(db: sqlite3.Connection, wanted: str) -> EventRecord | None:
    row = db.execute("SELECT payload FROM events WHERE id = ?", (wanted,)).fetchone()
    if row is None:
        return None
    event = decode(row[0], Event)
    claims = [views.find_claim(db, claim) for claim in event.claims]
    return EventRecord(event, tuple(c for c in claims if c is not None), find_place(db, event.place_id))


def _named(db: sqlite3.Connection, wanted: str, limit: int) -> Record | None:
    """Look among actors, places and sources: first by id, then by whole name."""
    actors, places, sources = views.list_actors(db), views.list_places(db), views.list_sources(db)
    name = fold(wanted)
    for by_name in (False, True):
        for actor in actors:
            if fold(actor.name) == name if by_name and name else actor.id == wanted:
                return ActorRecord(actor, _party_claims(db, actor, limit))
        for place in places:
            if fold(place.name) == name if by_name and name else place.id == wanted:
                return PlaceRecord(place, _place_claims(db, place, limit))
        for source in sources:
            if fold(source.name) == name if by_name and name else source.id == wanted:
                with_source = "EXISTS (SELECT 1 FROM claim_voices AS v WHERE v.claim = c.n AND v.source_id = ?)"
                return SourceRecord(source, tuple(views.find_claims(db, with_source, source.id, limit)))
    return None


def _party_claims(db: sqlite3.Connection, actor: ActorRow, limit: int) -> tuple[ClaimRow, ...]:
    known = actor.id or f"?{fold(actor.name)}"
    condition = "EXISTS (SELECT 1 FROM claim_parties AS t WHERE t.claim = c.n AND t.known_as = ?)"
    return tuple(views.find_claims(db, condition, known, limit))


def _place_claims(db: sqlite3.Connection, place: PlaceRow, limit: int) -> tuple[ClaimRow, ...]:
    known = place.id or f"?{fold(place.name)}"
    condition = "EXISTS (SELECT 1 FROM claim_places AS t WHERE t.claim = c.n AND t.known_as = ?)"
    return tuple(views.find_claims(db, condition, known, limit))
