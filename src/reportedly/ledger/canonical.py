"""What is in the ledger, byte for byte? The one canonical form of its contents: the same for the same
contents, in whatever order and on however many workers they were added.

JSON in UTF-8 with one record a line, keys sorted, records sorted by id and place in the text. Current
versions only, commenters under their pseudonyms.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile

from reportedly.ledger import reading as stored
from reportedly.ledger.codec import encode
from reportedly.ledger.privacy import pseudonymise
from reportedly.ledger.public import NameMask
from reportedly.ledger.rows import EventFilter
from reportedly.ledger.schema import SCHEMA_VERSION
from reportedly.ledger.views import list_actors, list_events, list_places, list_sources
from reportedly.model import Claim, Event, Passage, Place, Reading, Report

_IN_MEMORY_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as exported, with what read it."""

    report: Report
    analyzer: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage as exported. words: its text, null where comments are left out."""

    id: str
    report_id: str
    words: str | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor as exported."""

    id: str | None
    name: str
    status: str
    kind: str
    country: str
    reports: int
    claims: int
    mentions: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place as exported."""

    id: str | None
    name: str
    status: str
    place: Place | None
    reports: int
    claims: int
    mentions: int


def write_canonical(db: sqlite3.Connection, *, comment_text: bool = True) -> Iterator[str]:
    """Yield the canonical JSON in pieces. Without ``comment_text`` the words of comments are masked."""
    yield '{\n"format":"reportedly ledger",\n"schema":' + str(SCHEMA_VERSION)
    with (
        SpooledTemporaryFile(_IN_MEMORY_BYTES, "w+", encoding="utf-8", newline="") as passages,
        SpooledTemporaryFile(_IN_MEMORY_BYTES, "w+", encoding="utf-8", newline="") as claims,
    ):
        yield from _section("reports", _report_lines(db, comment_text, passages, claims))
        for name, file in (("passages", passages), ("claims", claims)):
            file.seek(0)
            yield from _section(name, (line.rstrip("\n") for line in file))
    yield from _section("events", (encode(event) for event in list_public_events(db)))
    yield from _section("actors", (encode(line) for line in _actors(db)))
    yield from _section("places", (encode(line) for line in _places(db)))
    yield from _section("sources", (encode(s) for s in sorted(list_sources(db), key=lambda s: s.id)))
    yield "\n}\n"


def _section(name: str, lines: Iterator[str]) -> Iterator[str]:
    yield f',\n"{name}":['
    separator = "\n"
    for line in lines:
        yield separator + line
        separator = ",\n"
    yield "\n]"


def _report_lines(
    db: sqlite3.Connection,
    comment_text: bool,
    passages: SpooledTemporaryFile[str],
    claims: SpooledTemporaryFile[str],
) -> Iterator[str]:
    """Yield the reports, and set their passages and claims aside for the sections that follow."""
    for report_id in stored.report_ids(db):
        reading = pseudonymise(stored.load(db, report_id), comment_text=comment_text)
        for line in _passage_lines(reading, comment_text):
            passages.write(encode(line) + "\n")
        for claim in reading.claims:
            claims.write(encode(_without_outlines(claim)) + "\n")
        report = replace(reading.report, passages=())
        yield encode(ReportLine(report, reading.analyzer, reading.notes))


def _passage_lines(reading: Reading, comment_text: bool) -> Iterator[PassageLine]:
    report = reading.report
    for passage in reading.passages:
        words = passage.span.of(report.text) if comment_text or passage.comment is None else None
        yield PassageLine(f"{report.id}.p{passage.index}", report.id, words, passage)


def _without_outlines(claim: Claim) -> Claim:
    """Leave geometries to the section of places, where each stands once."""
    return replace(
        claim,
        places=tuple(
            replace(w, link=replace(w.link, place=replace(w.link.place, geometry=None))) if w.link.place else w
            for w in claim.places
        ),
    )


def list_public_events(db: sqlite3.Connection) -> Iterator[Event]:
    """Yield the events by id, without commenters' names among their actors."""
    mask = NameMask(db)
    for event in sorted(list_events(db, EventFilter()), key=lambda event: event.id):
        yield mask.event(event)


def _actors(db: sqlite3.Connection) -> Iterator[ActorLine]:
    # A name that nobody knows and that only comments use may be a commenter's own.
    rows = [row for row in list_actors(db) if row.id is not None or row.in_article]
    for row in sorted(rows, key=lambda row: (row.id is None, row.id or "", row.name)):
        yield ActorLine(row.id, row.name, row.status, row.kind, row.country, row.reports, row.claims, row.mentions)


def _places(db: sqlite3.Connection) -> Iterator[PlaceLine]:
    rows = [row for row in list_places(db) if row.id is not None or row.in_article]
    for row in sorted(rows, key=lambda row: (row.id is None, row.id or "", row.name)):
        yield PlaceLine(row.id, row.name, row.status, row.place, row.reports, row.claims, row.mentions)
