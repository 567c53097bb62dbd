"""The file itself: its key, what it refuses, what verify finds."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from ledger_samples import make_event, make_reading

from reportedly import DataError, LedgerError, LedgerReadOnly
from reportedly.ledger import Ledger, default_ledger_path
from reportedly.ledger.keyfile import key_path

needs_permissions = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


@contextmanager
def without_root() -> Iterator[None]:
    """Give up the superuser's rights for a while: it may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def edit(path: Path, statement: str, *values: object) -> None:
    """Change the file behind the ledger's back."""
    with sqlite3.connect(path) as db:
        assert db.execute(statement, values).rowcount
    db.close()


def problems_of(path: Path) -> str:
    with Ledger.open(path) as ledger:
        return "\n".join(f"{problem.where}: {problem.what}" for problem in ledger.verify())


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed ledger with one report, one comment, one event."""
    with Ledger.open(path) as ledger:
        reading = make_reading(comments=[("Jane Doe", "I saw it.")])
        ledger.add(reading)
        ledger.set_events([make_event(*reading.claims)])
        assert ledger.verify() == []
    return path


# The key


@needs_permissions
def test_key_lies_beside_the_ledger_and_only_its_owner_reads_it(path: Path) -> None:
    with Ledger.open(path) as ledger:
        key = ledger.key
    assert len(key) == 32
    assert stat.S_IMODE(key_path(path).stat().st_mode) == 0o600
    assert key not in path.read_bytes()
    assert key.hex().encode() not in path.read_bytes()
    with Ledger.open(path) as again:
        assert again.key == key


def test_two_ledgers_have_two_keys(tmp_path: Path) -> None:
    keys = set()
    for name in ("a.sqlite", "b.sqlite"):
        with Ledger.open(tmp_path / name) as ledger:
            keys.add(ledger.key)
    assert len(keys) == 2


def test_without_its_key_a_ledger_can_be_read_but_not_added_to(filled: Path) -> None:
    key_path(filled).unlink()
    with Ledger.open(filled, read_only=True) as ledger:
        assert len(ledger.claims()) == 2
    with Ledger.open(filled) as ledger, pytest.raises(LedgerError, match="key of this ledger is missing"):
        ledger.add(make_reading(key="https://example.org/2"))


@pytest.mark.parametrize("words", ["", "zz", "00", "é"])
def test_broken_key_is_named(filled: Path, words: str) -> None:
    key_path(filled).write_text(words, encoding="utf-8")
    with Ledger.open(filled) as ledger, pytest.raises(LedgerError, match="not a key"):
        ledger.add(make_reading(key="https://example.org/2"))


def test_key_of_another_ledger_is_refused(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    Ledger.open(other).close()
    key_path(other).replace(key_path(filled))
    with Ledger.open(filled) as ledger, pytest.raises(LedgerError, match="another ledger's key"):
        ledger.add(make_reading(key="https://example.org/2"))


# Opening


def test_folders_are_made_on_first_use(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b c#?%" / "reports.sqlite"
    with Ledger.open(deep) as ledger:
        ledger.add(make_reading())
    with Ledger.open(deep, read_only=True) as ledger:
        assert ledger.counts().reports == 1


def test_default_path_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REPORTEDLY_LEDGER", str(tmp_path / "mine.sqlite"))
    assert default_ledger_path() == tmp_path / "mine.sqlite"
    monkeypatch.delenv("REPORTEDLY_LEDGER")
    assert default_ledger_path().parent.name == "reportedly"


def test_reading_a_ledger_that_is_not_there_does_not_make_one(path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger here"):
        Ledger.open(path, read_only=True)
    assert not path.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_other_files_are_refused_and_left_alone(path: Path, read_only: bool) -> None:
    path.write_bytes(b"Dear diary, today nothing happened. " * 50)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no SQLite database"):
        Ledger.open(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_database_of_another_program_is_refused_and_left_alone(path: Path, read_only: bool) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program's"):
        Ledger.open(path, read_only=read_only)
    assert path.read_bytes() == before


def test_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="a folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerError, match="no ledger here"):
        Ledger.open(tmp_path, read_only=True)


def test_empty_file_becomes_a_ledger_but_cannot_be_read_as_one(path: Path) -> None:
    path.touch()
    with pytest.raises(LedgerError, match="empty"):
        Ledger.open(path, read_only=True)
    with Ledger.open(path) as ledger:
        ledger.add(make_reading())


def test_ledger_of_a_newer_version_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LedgerError, match="newer Reportedly"):
        Ledger.open(filled)


def test_reader_cannot_write(filled: Path) -> None:
    with Ledger.open(filled, read_only=True) as ledger:
        with pytest.raises(LedgerReadOnly, match="for reading only"):
            ledger.add(make_reading(key="https://example.org/2"))
        with pytest.raises(LedgerReadOnly, match="for reading only"):
            ledger.set_events([])


def test_reader_leaves_nothing_behind(filled: Path) -> None:
    before = sorted(entry.name for entry in filled.parent.iterdir())
    with Ledger.open(filled, read_only=True) as ledger:
        ledger.claims()
    assert sorted(entry.name for entry in filled.parent.iterdir()) == before


@needs_permissions
def test_read_only_folder_can_be_read_and_says_why_it_cannot_be_written(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("frozen")
    with Ledger.open(folder / "reports.sqlite") as ledger:
        ledger.add(make_reading())
    for above in (folder.parent.parent, folder.parent, folder):  # pytest's own folders are private
        above.chmod(0o755)
    (folder / "reports.sqlite").chmod(0o444)
    folder.chmod(0o555)
    monkeypatch.chdir(folder)
    try:
        with without_root():
            with Ledger.open(Path("reports.sqlite"), read_only=True) as ledger:
                assert len(ledger.claims()) == 1
                assert ledger.verify() == []
            with pytest.raises(LedgerReadOnly, match="may only be read"):
                Ledger.open(Path("reports.sqlite"))
            with pytest.raises(LedgerReadOnly, match="may only be read"):
                Ledger.open(Path("new.sqlite"))
    finally:
        folder.chmod(0o755)


def test_full_disk_is_one_line_and_loses_nothing(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
        ledger._db.execute(f"PRAGMA max_page_count = {pages}")  # what SQLite does when the disk is full
        with pytest.raises(LedgerReadOnly, match="disk is full"):
            ledger.add(make_reading(["A long story. " * 5_000], key="https://example.org/2"))
        assert ledger.counts().reports == 1
        assert ledger.verify() == []


def test_event_of_an_unknown_claim_is_refused_and_the_others_stay(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        before = ledger.events()
        with pytest.raises(DataError, match="contradicts"):
            ledger.set_events([make_event(*make_reading(key="https://example.org/2").claims)])
        assert ledger.events() == before


# Damage


def test_truncated_file_is_an_error_or_a_problem_never_a_surprise(filled: Path) -> None:
    whole = filled.read_bytes()
    for share in (0.1, 0.5, 0.9):
        filled.write_bytes(whole[: int(len(whole) * share)])
        try:
            with Ledger.open(filled, read_only=True) as ledger:
                assert ledger.verify() != []
        except LedgerError as error:
            assert "\n" not in str(error)


def test_damaged_pages_are_found(filled: Path) -> None:
    damaged = bytearray(filled.read_bytes())
    for start in range(8192, len(damaged), 8192):
        damaged[start : start + 64] = os.urandom(64)
    filled.write_bytes(damaged)
    try:
        with Ledger.open(filled) as ledger:
            assert ledger.verify() != []
    except LedgerError as error:
        assert "damaged" in str(error)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "UPDATE claims SET payload = replace(payload, 'The Northern', 'The Southern')",
            "not what the text says",
        ),
        ("UPDATE reports SET payload = replace(payload, 'shelled', 'Shelled')", "does not fit the text"),
        ("UPDATE claims SET modality = 'denied'", "columns of claims"),
        ("UPDATE claims SET payload = replace(payload, '\"asserted\"', '\"sworn\"')", "cannot be read"),
        ("UPDATE claims SET payload = '{'", "cannot be read"),
        ("UPDATE claims SET quote = 'Nothing happened.'", "out of step"),
        ("UPDATE passages SET words = 'Nothing happened.'", "out of step"),
        ("UPDATE passages SET payload = replace(payload, '\"index\":1', '\"index\":5')", "calls itself 5"),
        ("UPDATE places SET payload = replace(payload, 'Saraqib', 'Paris')", "columns of claims"),
        ("DELETE FROM event_claims", "do not fit"),
        ("DELETE FROM places", "missing"),
        ("DELETE FROM claims WHERE passage = 1", "refers to a missing row"),
        ("UPDATE events SET payload = replace(payload, '.c1', '.c9')", "not in the ledger"),
    ],
    ids=lambda value: value[:50],
)
def test_tampering_is_found(filled: Path, statement: str, complaint: str) -> None:
    edit(filled, statement)
    assert complaint in problems_of(filled)


def test_reader_finds_tampering_too(filled: Path) -> None:
    edit(filled, "UPDATE claims SET quote = 'Nothing happened.'")
    with Ledger.open(filled, read_only=True) as ledger:
        assert {problem.where for problem in ledger.verify()} >= {"claim_words"}


def test_events_that_tell_nothing_true_about_their_claims_are_found(filled: Path) -> None:
    edit(filled, "UPDATE events SET payload = '[]'")
    assert "cannot be read" in problems_of(filled)
