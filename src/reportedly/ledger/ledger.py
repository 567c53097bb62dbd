"""The ledger: what is kept, and the one door to it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import platformdirs

from reportedly._errors import DataError, LedgerError, LedgerReadOnly
from reportedly.ledger import connection, integrity, keyfile, records, views
from reportedly.ledger import reading as stored
from reportedly.ledger.canonical import list_public_events, write_canonical
from reportedly.ledger.codec import decode, encode, fold, slug
from reportedly.ledger.public import NameMask
from reportedly.ledger.rows import (
    ActorRow,
    Added,
    ClaimFilter,
    ClaimRow,
    Counts,
    EventFilter,
    PlaceRow,
    Problem,
    Quarantined,
    Record,
    ReportRow,
    SearchHit,
)
from reportedly.ledger.schema import SCHEMA_VERSION
from reportedly.model import Claim, Event, Place, Reading, Source

ENVIRONMENT_VARIABLE = "REPORTEDLY_LEDGER"
_GENERATION = "SELECT coalesce(max(n), 0) FROM reports"


def default_ledger_path() -> Path:
    """Return the ledger used where none is named: ``REPORTEDLY_LEDGER``, else in the user's data folder."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("reportedly", appauthor=False) / "ledger.sqlite"


class Ledger:
    """A file of reports, claims and events, each claim with its quotation.

    Invariants:

    - A report is added whole or not at all, and only if every quotation of its claims stands verbatim at its
      offsets and every reference resolves. When ``add`` returns, the report outlives a crash.
    - Reports, passages and claims are never changed or deleted. A changed text under the same key is a new
      version; views show current versions only.
    - Each key has exactly one current version: the one added last.
    - Events are derived: ``set_events`` replaces them all at once, and ``events_are_stale`` tells whether
      reports were added since.
    - The same readings and events give the same ``digest`` in whatever order they were added (as long as no
      two of them are versions of one report).
    - The key of the commenters' pseudonyms is not in the file but beside it (``<ledger>.key``).

    Any number of processes may read, and add at the same time; each connection belongs to one thread.

    >>> with Ledger.open(Path("reports.sqlite")) as ledger:          # doctest: +SKIP
    ...     ledger.add(reportedly.read(text))
    <Added.NEW: 'new'>
    """

    def __init__(self, db: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        """Wrap an open connection; use ``Ledger.open``."""
        self._db = db
        self._key: bytes | None = None
        self.path = path
        self.read_only = read_only
        db.create_function("outlet_id", 1, lambda name: f"outlet:{slug(name)}", deterministic=True)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, timeout_s: float = 30) -> Ledger:
        """Open the ledger at ``path``, made on first use unless ``read_only``.

        timeout_s: how long to wait for another process that writes.
        Raises LedgerError (not a ledger, missing, newer), LedgerLocked, LedgerReadOnly.
        """
        path = Path(path)
        with connection.explained(path):
            if read_only:
                db = connection.connect_for_reading(path, timeout_s)
            else:
                db = connection.connect_for_writing(path, timeout_s)
            with ExitStack() as on_failure:
                on_failure.callback(db.close)
                ledger = cls(db, path, read_only=read_only)
                ledger._prepare(timeout_s)
                on_failure.pop_all()
        return ledger

    def _prepare(self, timeout_s: float) -> None:
        if self.read_only:
            version = connection.check_identity(self._db, self.path)
            if version == 0:
                raise LedgerError(f"{self.path}: not a ledger: the file is empty")
            if version < SCHEMA_VERSION:
                raise LedgerError(f"{self.path}: made by an older Reportedly; add to it once to bring it up to date")
        elif connection.prepare(self._db, self.path, timeout_s) < SCHEMA_VERSION:
            with connection.transaction(self._db):
                # Another process may have made the tables while this one waited for its turn.
                version = connection.check_identity(self._db, self.path)
                connection.migrate(self._db, version)
                if version == 0:
                    key = keyfile.make_key(self.path)
                    self._set_meta("key", keyfile.fingerprint(key))

    def close(self) -> None:
        """Close the file; the ledger cannot be used afterwards."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Ledger({str(self.path)!r})"

    @property
    def key(self) -> bytes:
        """Return the key of the commenters' pseudonyms; LedgerError if its file is missing or another's."""
        if self._key is None:
            key = keyfile.read_key(self.path)
            if self._meta("key") != keyfile.fingerprint(key):
                raise LedgerError(f"{keyfile.key_path(self.path)}: this is another ledger's key")
            self._key = key
        return self._key

    # Writing

    def add(self, reading: Reading) -> Added:
        """Add a reading and say what it was: new, unchanged (this report is there), or a new version.

        Raises DataError if the reading contradicts itself, LedgerReadOnly, LedgerLocked.
        """
        self._require_writable()
        _ = self.key  # a commenter under two keys would become two people
        if self.has(reading.report.id):
            self.clear_quarantine(reading.report.origin, reading.report.key)
            return Added.UNCHANGED
        problems = integrity.find_problems(reading)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            raise DataError(f"{problems[0].where}: {problems[0].what}{more}")
        with self._writing():
            if self._has(reading.report.id):  # another process was faster
                return Added.UNCHANGED
            version = stored.store(self._db, reading)
            self._delete_quarantine(reading.report.origin, reading.report.key)
        return Added.NEW if version == 1 else Added.NEW_VERSION

    def quarantine(self, name: str, cause: str, sha256: str = "") -> None:
        """Remember that the report called ``name`` could not be added, and why; again replaces the reason."""
        with self._writing():
            self._db.execute(
                "INSERT INTO quarantine (name, cause, sha256) VALUES (?, ?, ?) ON CONFLICT (name)"
                " DO UPDATE SET cause = excluded.cause, sha256 = excluded.sha256",
                (_storable(name), _storable(cause), sha256),
            )

    def clear_quarantine(self, *names: str) -> None:
        """Forget the quarantine of these names, where there is one."""
        with connection.explained(self.path):
            wanted = {_storable(name) for name in names}
            found = [row.name for row in views.list_quarantined(self._db) if row.name in wanted]
        if found:
            with self._writing():
                self._delete_quarantine(*found)

    def set_events(self, events: Sequence[Event], *, basis: int | None = None) -> bool:
        """Replace all events at once.

        basis: the ``generation`` that the events were made from; if reports were added since, nothing is
        written and False comes back: group again. None: whatever is there now.
        Raises DataError if an event names a claim that is not in the ledger.
        """
        with self._writing():
            now: int = self._db.execute(_GENERATION).fetchone()[0]
            if basis is not None and basis != now:
                return False
            self._db.execute("DELETE FROM event_claims")
            self._db.execute("DELETE FROM events")
            for event in events:
                self._insert_event(event)
            self._set_meta("events", str(now))
        return True

    # Reading

    @property
    def generation(self) -> int:
        """Return a number that grows with every report added."""
        with connection.explained(self.path):
            number: int = self._db.execute(_GENERATION).fetchone()[0]
        return number

    @property
    def events_are_stale(self) -> bool:
        """Tell whether reports were added after the events were made."""
        with connection.explained(self.path):
            return (self._meta("events") or "0") != str(self.generation)

    def has(self, report_id: str) -> bool:
        """Tell whether the ledger holds the report, in whatever version."""
        with connection.explained(self.path):
            return self._has(report_id)

    def reading(self, report_id: str) -> Reading:
        """Return everything read out of one report; NotInLedger if it is not there."""
        with self._snapshot():
            return stored.load(self._db, report_id)

    def readings(self, *, all_versions: bool = False) -> Iterator[Reading]:
        """Yield the readings of the current versions (or all), by report id."""
        with connection.explained(self.path):
            ids = stored.report_ids(self._db, all_versions=all_versions)
        for report_id in ids:
            yield self.reading(report_id)

    def reports(self, *, all_versions: bool = False) -> list[ReportRow]:
        """List the reports, dated ones first and in order."""
        with connection.explained(self.path):
            return views.list_reports(self._db, all_versions=all_versions)

    def claims(self, wanted: ClaimFilter | None = None) -> list[Claim]:
        """List the claims that fit the filter, by date of their report and place in its text."""
        return [row.claim for row in self.claim_rows(wanted)]

    def claim_rows(self, wanted: ClaimFilter | None = None, *, public: bool = False) -> list[ClaimRow]:
        """List the claims that fit the filter, each with its quotation and its report's particulars.

        public: with commenters' names masked in the words (not in the voice chain).
        """
        with self._snapshot():
            rows = views.list_claims(self._db, wanted or ClaimFilter())
            return list(map(NameMask(self._db).claim_row, rows)) if public else rows

    def events(self, wanted: EventFilter | None = None, *, public: bool = False) -> list[Event]:
        """List the events that fit the filter, dated ones first and in order.

        public: with commenters' names masked.
        """
        with self._snapshot():
            events = views.list_events(self._db, wanted or EventFilter())
            return list(map(NameMask(self._db).event, events)) if public else events

    def public_events(self) -> list[Event]:
        """List all events by id as they may leave the ledger: without commenters' names."""
        with self._snapshot():
            return list(list_public_events(self._db))

    def actors(self, name: str | None = None, *, limit: int | None = None, public: bool = False) -> list[ActorRow]:
        """List the actors by number of claims; ``name``: an id or part of a name; public: without commenters' names."""
        with connection.explained(self.path):
            rows = views.list_actors(self._db, name, limit)
            return NameMask(self._db).named(rows) if public else rows

    def places(self, name: str | None = None, *, limit: int | None = None, public: bool = False) -> list[PlaceRow]:
        """List the places by number of claims; ``name``: an id, or part of its or its division's name."""
        with self._snapshot():
            rows = views.list_places(self._db, name, limit)
            return NameMask(self._db).named(rows) if public else rows

    def place(self, place_id: str) -> Place | None:
        """Return the place of this id, None if no report names it."""
        with connection.explained(self.path):
            return records.find_place(self._db, place_id)

    def sources(self, *, limit: int | None = None) -> list[Source]:
        """List outlets, named voices, classes of people and commenters, by number of claims."""
        with connection.explained(self.path):
            return views.list_sources(self._db, limit)

    def search(self, words: str, limit: int = 50, *, marks: tuple[str, str] = ("[", "]")) -> list[SearchHit]:
        """Find passages and claims that hold all the words; no words can make it fail.

        words: case and accents do not matter; "two words" in quotes is a phrase, ``word*`` a beginning.
        marks: put around each found word in the snippets.
        """
        with connection.explained(self.path):
            return views.search(self._db, words, limit, marks)

    def show(self, wanted: str, *, limit: int = 1000, public: bool = False) -> Record:
        """Return one thing with all its evidence: by id, else (actors, places, sources) by whole name.

        limit: the most claims to return with it. public: with commenters' names masked in what is quoted
        (not in voice chains, nor in the reading of a whole report: ``pseudonymise`` does that). Raises NotInLedger.
        """
        with self._snapshot():
            record = records.find_record(self._db, wanted, limit)
            return NameMask(self._db).record(record) if public else record

    def quarantined(self) -> list[Quarantined]:
        """List what could not be added, by name."""
        with connection.explained(self.path):
            return views.list_quarantined(self._db)

    def counts(self) -> Counts:
        """Count what the ledger holds, current versions only."""
        with connection.explained(self.path):
            return views.count(self._db)

    def verify(self) -> list[Problem]:
        """Check everything: quotations, references, ids, word indexes, the file; nothing found is good."""
        with self._snapshot():
            problems = integrity.verify(self._db)
        if any(problem.where == "ledger" for problem in problems):
            return problems  # the file itself is damaged: nothing more can be learnt from it
        if self.read_only:
            with connection.explained(self.path):
                return problems + integrity.verify_words_on_copy(self._db)
        with self._writing():
            return problems + integrity.verify_words(self._db)

    def canonical(self, *, comment_text: bool = True) -> Iterator[str]:
        """Yield the canonical JSON of the contents in pieces: current versions, pseudonyms for commenters."""
        with self._snapshot():
            yield from write_canonical(self._db, comment_text=comment_text)

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON in hex: equal contents, equal digest."""
        digest = hashlib.sha256()
        for piece in self.canonical():
            digest.update(piece.encode())
        return digest.hexdigest()

    # Inside

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._require_writable()
        with connection.explained(self.path), connection.transaction(self._db):
            yield

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Hold one state of the file over several queries, whatever others write meanwhile."""
        with connection.explained(self.path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN")
            try:
                self._db.execute(_GENERATION).fetchone()  # the state is fixed by the first look, not by BEGIN
                yield
            finally:
                self._db.execute("ROLLBACK")

    def _require_writable(self) -> None:
        if self.read_only:
            raise LedgerReadOnly(f"{self.path}: opened for reading only")

    def _has(self, report_id: str) -> bool:
        return self._db.execute("SELECT 1 FROM reports WHERE id = ?", (report_id,)).fetchone() is not None

    def _meta(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _set_meta(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))

    def _delete_quarantine(self, *names: str) -> None:
        rows = [(_storable(name),) for name in names]
        self._db.executemany("DELETE FROM quarantine WHERE name = ?", rows)

    def _insert_event(self, event: Event) -> None:
        event = decode(encode(event), Event)  # as it will be read back: 12 becomes 12.0
        self._db.execute(
            f"INSERT INTO events VALUES (?{', ?' * 12})",
            (
                event.id,
                event.category,
                event.act,
                event.modality,
                int(event.negated),
                str(event.status),
                event.start,
                event.end,
                int(event.comments_only),
                event.place_id,
                " | ".join(fold(name) for name in (*event.actors, *event.recipients)),
                " | ".join(fold(name) for name in event.places),
                encode(event),
            ),
        )
        self._db.executemany(
            "INSERT INTO event_claims (event, claim) VALUES (?, ?)",
            [(event.id, claim) for claim in event.claims],
        )


def _storable(name: str) -> str:
    """Return a file name as text that can be stored, whatever bytes it is made of."""
    return name.encode("utf-8", "backslashreplace").decode()
