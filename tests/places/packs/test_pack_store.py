"""Packs in their folder: whole or not at all, named safely, and refused with what to do when they are garbage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_up import GOOD, Adding

from reportedly import EnvironmentProblem
from reportedly._errors import DataError
from reportedly.places import Gazetteer, index
from reportedly.places.gazetteer import open_gazetteer
from reportedly.places.packs import Entry, PackStore


@pytest.fixture
def good(add: Adding, tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    add(path)
    return add.store.path("mine")


def entries(count: int) -> Iterator[Entry]:
    for n in range(1, count + 1):
        yield Entry(f"row {n}", f"mine:{n}", "town", [f"Village {n}"], "XA", 10.5, 10.5)


def test_ctrl_c_in_the_middle_leaves_the_old_pack_and_no_part(good: Path, store: PackStore, world: Gazetteer) -> None:
    def interrupted() -> Iterator[Entry]:
        yield from entries(6_000)
        raise KeyboardInterrupt

    before = good.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        store.add(interrupted(), "mine", "made up", world)
    assert [path.name for path in store.folder.iterdir()] == ["mine.sqlite"]
    assert good.read_bytes() == before


@pytest.mark.parametrize("where", ["add", "close"])
def test_full_disk_is_one_line_and_leaves_the_old_pack(
    good: Path, store: PackStore, world: Gazetteer, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fill(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    before = good.read_bytes()
    monkeypatch.setattr(index.IndexWriter, where, fill)
    with pytest.raises(EnvironmentProblem, match=r"mine.*cannot be written: .*disk is full"):
        store.add(entries(10), "mine", "made up", world)
    assert [path.name for path in store.folder.iterdir()] == ["mine.sqlite"]
    assert good.read_bytes() == before


def test_folder_that_cannot_be_made_is_one_line(tmp_path: Path, world: Gazetteer) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        PackStore(tmp_path / "file" / "packs").add(entries(1), "mine", "made up", world)


@pytest.mark.parametrize("code", ["../x", "..", "", "a/b", "a\\b", "/etc/x", "x.y", "-x", "x" * 40, "x\n", "é"])
def test_code_that_could_leave_the_folder_is_refused(store: PackStore, world: Gazetteer, code: str) -> None:
    for attempt in (lambda: store.add(entries(1), code, "made up", world), lambda: store.remove(code)):
        with pytest.raises(DataError, match="no name for a pack"):
            attempt()
    assert not store.folder.exists()


def _other_tables(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE meta(key TEXT, value TEXT)")
    db.execute("INSERT INTO meta VALUES ('schema', '999'), ('places', 'many')")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"no database at all" * 100),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(5000)),
        _other_tables,
    ],
)
def test_garbage_among_the_packs_is_named_with_what_to_do(
    good: Path, store: PackStore, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    spoil(good.with_name("zz.sqlite"))
    monkeypatch.setenv("REPORTEDLY_PACKS", str(store.folder))
    with pytest.raises(EnvironmentProblem, match=r"zz\.sqlite.*delete it") as listed:
        store.packs()
    with pytest.raises(EnvironmentProblem, match=r"zz(\.sqlite)?.*anew") as opened:
        open_gazetteer()
    assert "\n" not in f"{listed.value}{opened.value}"


def test_pack_is_listed_with_what_is_in_it(good: Path, store: PackStore) -> None:
    (pack,) = store.packs()
    assert (pack.code, pack.places, pack.names, pack.countries, pack.source) == ("mine", 1, 1, ("XA",), "good.csv")
    assert pack.path == good


def test_same_source_gives_the_same_digest_and_another_one_another(add: Adding, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,lat,lon,population\nVillage,10.5,10.5,10\n", encoding="utf-8")
    first, again = add(path), add(path)
    path.write_text("name,lat,lon,population\nVillage,10.5,10.5,11\n", encoding="utf-8")
    assert first.digest == again.digest != add(path).digest


def test_removing_a_pack_removes_its_places(good: Path, add: Adding) -> None:
    assert add.gazetteer().lookup("Good Village")
    add.store.remove("mine")
    assert not good.exists()
    assert add.gazetteer().lookup("Good Village") == []
    with pytest.raises(DataError, match="no pack is called 'mine'; there are: none"):
        add.store.remove("mine")
