"""A made-up world gazetteer, and a store of packs beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely
from made_up import GOOD, Adding

from reportedly._errors import ReportedlyError
from reportedly.places import Gazetteer
from reportedly.places.index import IndexWriter, Row
from reportedly.places.packs import PackStore


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """Two divisions side by side, with a town in each: Karvana in the west, Port Ilmar in the east."""
    path = tmp_path_factory.mktemp("world") / "world.sqlite"
    west, east = "admin1:XA.01", "admin1:XA.02"
    writer = IndexWriter(path, {"code": "world"}, skeletons=False)
    writer.add(
        [
            Row(-1, "country:XAA", "country", ["Xandria"], "XA", 10.5, 11.0, outline=shapely.box(10, 10, 12, 11)),
            Row(-2, west, "admin1", ["Westmark"], "XA", 10.5, 10.5, outline=shapely.box(10, 10, 11, 11)),
            Row(-3, east, "admin1", ["Eastmark"], "XA", 10.5, 11.5, outline=shapely.box(11, 10, 12, 11)),
            Row(1001, None, "town", ["Karvana", "Qarvana"], "XA", 10.4, 10.4, 50_000, "PPLA", division=west),
            Row(1002, None, "town", ["Port Ilmar"], "XA", 10.4, 11.6, 9_000, "PPL", division=east),
            Row(1003, None, "town", ["Karvana"], "XB", 40.0, 40.0, 700, "PPL"),
        ]
    )
    writer.close()
    return Gazetteer([path])


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "packs")


@pytest.fixture
def add(store: PackStore, world: Gazetteer) -> Iterator[Adding]:
    adding = Adding(store, world)
    yield adding
    adding.close()


@pytest.fixture
def refuse(add: Adding, tmp_path: Path) -> Callable[..., str]:
    """Add a source over a good pack; return the message of the refusal, after checking what must always hold."""
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    add(tmp_path / "good.csv")
    before = add.store.path("mine").read_bytes()

    def refuse_source(path: Path, within_s: float = 5.0, named: str = "") -> str:
        began = time.perf_counter()
        with pytest.raises(ReportedlyError) as refused:
            add(path)
        assert time.perf_counter() - began < within_s
        assert add.store.path("mine").read_bytes() == before
        assert [p.name for p in add.store.folder.iterdir()] == ["mine.sqlite"]
        message = str(refused.value)
        assert (named or path.name) in message
        assert "\n" not in message
        return message

    return refuse_source
