"""Does everything hold? The checks that a reading must pass to come in, and that ``verify`` repeats later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from reportedly._errors import DataError
from reportedly.ledger import reading as stored
from reportedly.ledger.codec import decode
from reportedly.ledger.rows import Problem
from reportedly.model import Claim, Event, PassageKind, Reading, Span
from reportedly.read.identity import make_report_id


def find_problems(reading: Reading) -> list[Problem]:
    """Check one reading against its own text: quotations, offsets, references and ids."""
    report = reading.report
    problems = []
    if make_report_id(report.key, report.text) != report.id:
        problems.append(Problem(report.id, "the id does not fit the text and the key"))
    problems += _passage_problems(reading)
    problems += [
        Problem(report.id, f"mention {m.text!r} lies outside the text or its passage is missing")
        for m in reading.mentions
        if m.span.end > len(report.text) or not 0 <= m.passage < len(reading.passages)
    ]
    ids = {claim.id for claim in reading.claims}
    if len(ids) < len(reading.claims):
        problems.append(Problem(report.id, "two claims have the same id"))
    for claim in reading.claims:
        problems += [Problem(claim.id, what) for what in _claim_problems(claim, reading, ids)]
    for event in reading.events:
        problems += [
            Problem(event.id, f"the event's claim {claim} is not in the report")
            for claim in event.claims
            if claim not in ids
        ]
    return problems


def _passage_problems(reading: Reading) -> Iterator[Problem]:
    length = len(reading.report.text)
    for position, passage in enumerate(reading.passages):
        where = f"{reading.report.id}.p{position}"
        if passage.index != position:
            yield Problem(where, f"passage {position} calls itself {passage.index}")
        spans = (passage.span, passage.author_span)
        if any(span is not None and span.end > length for span in spans):
            yield Problem(where, "the passage reaches beyond the text")
        if passage.answers is not None and (
            passage.answers == position or not 0 <= passage.answers < len(reading.passages)
        ):
            yield Problem(where, f"it answers passage {passage.answers}, which cannot be")


def _claim_problems(claim: Claim, reading: Reading, ids: set[str]) -> Iterator[str]:
    report = reading.report
    if claim.report_id != report.id or not claim.id.startswith(f"{report.id}.c"):
        yield "the claim names another report"
    if not claim.voices:
        yield "nobody says it: the voice chain is empty"
    if not 0 <= claim.passage < len(reading.passages):
        yield f"passage {claim.passage} is missing"
    elif claim.in_comment != (reading.passages[claim.passage].kind is PassageKind.COMMENT):
        yield "article and comment are mixed up"
    if claim.condition is not None and claim.condition not in ids:
        yield f"its other half {claim.condition} is not in the report"
    if not claim.evidence:
        yield "there is no evidence"
    for evidence in claim.evidence:
        if evidence.span.of(report.text) != evidence.quote:
            at = f"[{evidence.span.start}:{evidence.span.end}]"
            yield f"quotation {evidence.quote!r} ({evidence.role}) is not what the text says at {at}"
    if any(span.end > len(report.text) for span in _spans(claim)):
        yield "a span reaches beyond the text"


def _spans(claim: Claim) -> Iterator[Span]:
    yield claim.sentence
    yield claim.act.span
    yield from claim.same_as
    yield from (place.span for place in claim.places)
    yield from (quantity.span for quantity in claim.quantities)
    yield from (party.span for party in (*claim.actors, *claim.recipients) if party.span)
    yield from (span for voice in claim.voices for span in (voice.span, voice.cue) if span)


def verify(db: sqlite3.Connection) -> list[Problem]:
    """Check the file but for its word indexes: SQLite's own checks, every reading, every reference."""
    problems: list[Problem] = []
    try:
        problems += [Problem("ledger", str(row[0])) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [
            Problem(str(row[0]), f"row {row[1]} refers to a missing row of {row[2]}")
            for row in db.execute("PRAGMA foreign_key_check")
        ]
        for report_id in stored.report_ids(db, all_versions=True):
            problems += _report_problems(db, report_id)
        problems += _event_problems(db)
    except sqlite3.DatabaseError as error:  # damaged pages: say so, and what was found until then
        problems.append(Problem("ledger", str(error)))
    return problems


def verify_words(db: sqlite3.Connection) -> list[Problem]:
    """Compare both word indexes with the words; inside a transaction: to SQLite the check is an INSERT."""
    problems = []
    for table in ("passage_words", "claim_words"):
        try:
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            problems.append(Problem(table, f"the word index is out of step: {error}"))
    return problems


def verify_words_on_copy(db: sqlite3.Connection) -> list[Problem]:
    """Do the same for a file that may only be read."""
    with closing(sqlite3.connect("", isolation_level=None)) as copy:  # "": a temporary file of SQLite's
        db.backup(copy)
        return verify_words(copy)


def _report_problems(db: sqlite3.Connection, report_id: str) -> list[Problem]:
    try:
        reading = stored.load(db, report_id)
    except DataError as error:
        return [Problem(report_id, str(error))]
    return find_problems(reading) + stored.column_problems(db, reading)


def _event_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for event_id, payload in db.execute("SELECT id, payload FROM events ORDER BY id").fetchall():
        try:
            event = decode(payload, Event)
        except DataError as error:
            yield Problem(event_id, str(error))
            continue
        linked = {row[0] for row in db.execute("SELECT claim FROM event_claims WHERE event = ?", (event_id,))}
        if event.id != event_id or linked != set(event.claims):
            yield Problem(event_id, "the event and its list of claims do not fit")
        for claim in event.claims:
            if db.execute("SELECT 1 FROM claims WHERE id = ?", (claim,)).fetchone() is None:
                yield Problem(event_id, f"claim {claim} is not in the ledger")
