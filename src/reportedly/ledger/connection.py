"""How is the file opened and written safely? SQLite connections, transactions and errors in words.

A ledger is opened in write-ahead mode, so readers never wait for a writer. ``synchronous`` is FULL: what was
acknowledged also outlives a power cut (measured 5 ms a report more than NORMAL, beside an analysis
that takes longer by far).
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportedly._errors import DataError, LedgerError, LedgerLocked, LedgerReadOnly
from reportedly.ledger.schema import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

_RETRY_S = 0.05
_CANNOT_WRITE = {
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_PERM: "no permission",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk refused (is it full?)",
    sqlite3.SQLITE_CANTOPEN: "its folder may only be read, or is gone",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one line for a person: which ledger, what is wrong, what to do."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise DataError(f"{path}: a record contradicts the ledger: {error}") from error
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerLocked(f"{path}: another program is writing; try again when it is done") from error
        if code in _CANNOT_WRITE:
            raise LedgerReadOnly(f"{path}: cannot be written: {_CANNOT_WRITE[code]}") from error
        if code == sqlite3.SQLITE_NOTADB:
            raise LedgerError(f"{path}: not a ledger: the file is no SQLite database") from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise LedgerError(f"{path}: the ledger is damaged: {error}; restore a copy") from error
        raise LedgerError(f"{path}: {error}") from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Hold the ledger's one write lock; everything inside happens, or nothing (also on Ctrl-C)."""
    try:
        db.execute("BEGIN IMMEDIATE")  # inside: a Ctrl-C right after it must find the way to the rollback
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def connect_for_writing(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open or create the file; the caller goes on with ``prepare``."""
    _require_permission(path)
    return _connect(path, "rwc", timeout_s)


def connect_for_reading(path: Path, timeout_s: float) -> sqlite3.Connection:
    """Open an existing file so that nothing can be written, also where the folder may only be read."""
    if not path.is_file():
        raise LedgerError(f"{path}: there is no ledger here; reportedly add FILE makes one")
    if _may_write(path) and _may_write(path.parent):
        # Not mode=ro: a reader that may write tidies its own side files away when it closes.
        db = _connect(path, "rw", timeout_s)
        db.execute("PRAGMA query_only = ON")
        return db
    db = _connect(path, "ro", timeout_s)
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        db.close()
        if _journal_of(path).exists():
            raise
        # Write-ahead mode wants side files, which a folder on read-only media cannot have; without a
        # journal nobody is writing, and SQLite may take the file as it is.
        db = _connect(path, "ro&immutable=1", timeout_s)
    return db


def prepare(db: sqlite3.Connection, path: Path, timeout_s: float) -> int:
    """Set the connection up for writing; return the schema version, 0 for a new file."""
    version = check_identity(db, path)
    _use_write_ahead(db, timeout_s)
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return version


def check_identity(db: sqlite3.Connection, path: Path) -> int:
    """Return the schema version, 0 for an empty file; LedgerError if the file is not one of ours."""
    application: int = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    tables: int = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and (application or version or tables):
        raise LedgerError(f"{path}: not a ledger: it is another program's database")
    if version > SCHEMA_VERSION:
        raise LedgerError(
            f"{path}: made by a newer Reportedly (schema {version}, this one knows {SCHEMA_VERSION}); upgrade"
        )
    return version


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Bring the tables from ``version`` up to date; to be called inside a transaction."""
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _connect(path: Path, mode: str, timeout_s: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout_s, isolation_level=None)


def _require_permission(path: Path) -> None:
    if path.is_dir():
        raise LedgerError(f"{path}: a folder, where a ledger file was meant")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerReadOnly(f"{path}: its folder cannot be made: {error.strerror}") from error
    # SQLite would open a file without permission silently and fail at the first write.
    if path.exists() and not _may_write(path):
        raise LedgerReadOnly(f"{path}: the ledger may only be read (no write permission)")
    if not _may_write(path.parent):
        raise LedgerReadOnly(f"{path}: its folder may only be read (no write permission)")


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _use_write_ahead(db: sqlite3.Connection, timeout_s: float) -> None:
    """Switch to write-ahead mode; SQLite does not wait for the lock that this takes, so we do."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_S)


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
