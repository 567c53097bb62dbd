"""What may a list or a record show? Commenters' own names are masked in whatever is told in comments.

Articles are public: a name that stands there too is no secret (see ``privacy``). What is told in articles only
is left as it is, so that looking at it costs nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import msgspec

from reportedly.ledger.codec import decode
from reportedly.ledger.privacy import MASK, mask_match, mask_strings, name_pattern
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
from reportedly.model import Event, Passage, PassageKind

Named = TypeVar("Named", ActorRow, PlaceRow)

_TOLD_IN_COMMENTS = """SELECT DISTINCT c.report_id FROM event_claims AS ec JOIN claims AS c ON c.id = ec.claim
    WHERE ec.event = ? AND c.in_comment ORDER BY c.report_id"""
_AUTHORS = "SELECT DISTINCT json_extract(payload, '$.author') FROM passages WHERE kind = 'comment'"


class NameMask:
    """Masks commenters' names in records of one ledger; each report's names are looked up once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._patterns: dict[str, re.Pattern[str]] = {}

    def event(self, event: Event) -> Event:
        """Return the event without the names of those in whose discussions it is told."""
        reports = self._db.execute(_TOLD_IN_COMMENTS, (event.id,)).fetchall()
        for (report_id,) in reports:
            event = msgspec.convert(mask_strings(event, self._pattern(report_id)), Event)
        return event

    def claim_row(self, row: ClaimRow) -> ClaimRow:
        """Return the claim without commenters' names in its words; its voice is left to the caller."""
        if not row.claim.in_comment:
            return row
        return msgspec.convert(mask_strings(row, self._pattern(row.claim.report_id)), ClaimRow)

    def record(self, record: Record) -> Record:
        """Return a record with all that it quotes masked; a report is left to ``pseudonymise``."""
        match record:
            case ReportRecord():
                return record
            case ClaimRecord():
                events = tuple(self.event(event) for event in record.events)
                return replace(record, row=self.claim_row(record.row), events=events)
            case EventRecord():
                return replace(record, event=self.event(record.event), claims=self._claims(record.claims))
            case PassageRecord():
                words = record.words
                if record.passage.kind is PassageKind.COMMENT:
                    words = self._pattern(record.report.id).sub(mask_match, words)
                return replace(record, words=words, claims=self._claims(record.claims))
            case ActorRecord() | PlaceRecord():
                (row,) = self.named([record.row])  # type: ignore[type-var]
                return replace(record, row=row, claims=self._claims(record.claims))  # type: ignore[arg-type]
            case SourceRecord():
                return replace(record, claims=self._claims(record.claims))

    def named(self, rows: Sequence[Named]) -> list[Named]:
        """Return actors or places; one that only comments name, and like a commenter, loses its name."""
        authors = {str(row[0]).casefold() for row in self._db.execute(_AUTHORS) if row[0]}
        return [
            replace(row, name=MASK * len(row.name))
            if row.id is None and not row.in_article and row.name.casefold() in authors
            else row
            for row in rows
        ]

    def _claims(self, rows: Sequence[ClaimRow]) -> tuple[ClaimRow, ...]:
        return tuple(self.claim_row(row) for row in rows)

    def _pattern(self, report_id: str) -> re.Pattern[str]:
        if report_id not in self._patterns:
            rows = self._db.execute("SELECT payload, words FROM passages WHERE report_id = ?", (report_id,)).fetchall()
            passages = [(decode(payload, Passage), words) for payload, words in rows]
            article = " ".join(words for passage, words in passages if passage.in_article)
            self._patterns[report_id] = name_pattern({p.author for p, _ in passages if p.author}, article)
        return self._patterns[report_id]
