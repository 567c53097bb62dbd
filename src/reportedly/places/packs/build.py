"""Builds a pack: checks the entries of a source, places them in the world gazetteer's divisions, writes the tables."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import shapely
from shapely.geometry import Point

from reportedly._errors import EnvironmentProblem
from reportedly.places import fold
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.index import IndexWriter, Row
from reportedly.places.packs.entry import Entry, PackError

_BATCH = 5_000
_MOST_PLACES = 15_000_000  # GeoNames has 13 million in all the world
_NEAR_DEGREES = 0.3  # a village this near to a division's simplified outline lies in it
_KINDS = {"town": "town", "site": "site", "district": "admin2"}


@dataclass(frozen=True, slots=True)
class PackSummary:
    """What a pack holds. skipped: the messages of broken rows that were left out, where that was asked for."""

    code: str
    places: int
    names: int
    countries: tuple[str, ...]
    districts: int
    digest: str
    skipped: tuple[str, ...] = ()


def build_pack(entries: Iterable[Entry], code: str, source: str, target: Path, world: Gazetteer) -> PackSummary:
    """Write a pack into the new file ``target``.

    entries: of a source, in its order. code: the pack's name ("SY"). source: what to credit ("GeoNames, CC BY 4.0").
    world: the built gazetteer; it says in which divisions places lie, and how many live in the towns that it knows.
    Raise PackError for duplicate ids, too many places or none. The file is of no use when an error was raised.
    """
    writer = _open_writer(target, {"code": code, "source": source})
    builder = _Builder(world, writer)
    try:
        waiting = iter(entries)
        while batch := list(islice(waiting, _BATCH)):
            writer.add(builder.rows(batch))
        if not writer.places:
            raise PackError(f"{source}: no place in it that a pack can hold")
        summary = builder.summary(code)
        writer.meta |= {"digest": summary.digest, "places": str(summary.places), "names": str(summary.names)}
        writer.meta |= {"countries": " ".join(summary.countries)}
        writer.close()
    except sqlite3.Error as error:
        raise EnvironmentProblem(f"{target}: the pack cannot be written: {error}") from error
    finally:
        writer.abandon()
    return summary


def _open_writer(target: Path, meta: dict[str, str]) -> IndexWriter:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        return IndexWriter(target, meta, skeletons=True)
    except (sqlite3.Error, OSError) as error:
        raise EnvironmentProblem(f"{target}: the pack cannot be written: {error}") from error


class _Builder:
    """Turns entries into rows, and remembers what it has seen."""

    def __init__(self, world: Gazetteer, writer: IndexWriter) -> None:
        self.world, self.writer = world, writer
        self.seen: set[str] = set()
        self.countries: Counter[str] = Counter()
        self.districts = 0
        self.district_divisions: dict[str, str] = {}
        self.district_keys: dict[str, frozenset[str]] = {}
        self.digest = hashlib.sha256()
        self.finders: dict[str, _DivisionFinder] = {}

    def rows(self, batch: list[Entry]) -> Iterator[Row]:
        for entry in batch:
            if entry.id in self.seen:
                raise PackError(f"{entry.row}: the id {entry.id} has been used by a row before")
            self.seen.add(entry.id)
            if len(self.seen) > _MOST_PLACES:
                raise PackError(f"{entry.row}: more than {_MOST_PLACES:,} places")
        divisions = self._divisions(batch)
        for entry, division in zip(batch, divisions, strict=True):
            yield self._row(entry, division)

    def _row(self, entry: Entry, division: str) -> Row:
        self.countries[entry.country] += 1
        self.digest.update(repr(_content(entry)).encode())
        known = self.world.by_id(entry.id)
        names = [known.name, *(name for name in entry.names if name != known.name)] if known else entry.names
        district = entry.district
        feature = known.feature if known and entry.feature in ("", "PPL") else entry.feature
        if feature == "PPL" and not self.district_keys.get(district, frozenset()).isdisjoint(_keys(names)):
            feature = "PPLA2"  # the seat that the district is named after; gazetteers seldom know its people
        if entry.kind == "district":
            self.district_keys[entry.id] = frozenset(_keys(names))
            self.districts += 1
            self.writer.name_unit(district or entry.id, entry.id)
            district = ""
        is_geonames = entry.id.startswith("geonames:")
        number = int(entry.id.removeprefix("geonames:")) if is_geonames else -self.countries.total()
        return Row(
            number, None if is_geonames else entry.id, _KINDS[entry.kind], names, entry.country, entry.lat,
            entry.lon, max(entry.population, known.population if known else 0),
            feature, "",
            known.division if known and known.division else division, district, entry.outline,
        )  # fmt: skip

    def _divisions(self, entries: list[Entry]) -> list[str]:
        found = [""] * len(entries)
        for country in sorted({entry.country for entry in entries}):
            mine = [number for number, entry in enumerate(entries) if entry.country == country]
            if country not in self.finders:
                self.finders[country] = _DivisionFinder(self.world, country)
            refs = self.finders[country].find([(entries[n].lat, entries[n].lon) for n in mine])
            for number, ref in zip(mine, refs, strict=True):
                found[number] = self._stated(entries[number], ref)
        return found

    def _stated(self, entry: Entry, by_position: str) -> str:
        """Return the division that the source states, or that of its district: outlines are simplified at borders."""
        if entry.kind == "district":
            self.district_divisions[entry.id] = by_position
        stated = f"admin1:{entry.division}" if entry.division else self.district_divisions.get(entry.district, "")
        if stated and stated != by_position:
            outline = self.world.outline(stated)
            if outline is not None and outline.dwithin(Point(entry.lon, entry.lat), _NEAR_DEGREES):
                return stated
        return by_position

    def summary(self, code: str) -> PackSummary:
        return PackSummary(
            code, self.writer.places, self.writer.names, tuple(sorted(self.countries)), self.districts,
            self.digest.hexdigest()[:12],
        )  # fmt: skip


def _keys(names: list[str]) -> list[str]:
    return [fold.fold_romanised(name.removesuffix(" District")) for name in names]


def _content(entry: Entry) -> tuple[object, ...]:
    outline = None if entry.outline is None else entry.outline.wkb_hex
    return (
        entry.id, entry.kind, entry.names, entry.country, entry.lat, entry.lon, entry.feature, entry.population,
        entry.district, entry.division, outline,
    )  # fmt: skip


class _DivisionFinder:
    """Finds the first-level division of a country in which a point lies: the smallest, else the nearest."""

    def __init__(self, world: Gazetteer, country: str) -> None:
        outlined = [(d, shape) for d in world.divisions(country) if (shape := world.outline(d.id)) is not None]
        self.divisions: list[Candidate] = [division for division, _ in outlined]
        self.tree = shapely.STRtree([shape for _, shape in outlined])

    def find(self, positions: list[tuple[float, float]]) -> list[str]:
        found = [""] * len(positions)
        if not self.divisions:
            return found
        points = shapely.points([(lon, lat) for lat, lon in positions])
        hits: dict[int, int] = {}
        for at, number in zip(*self.tree.query(points, predicate="within"), strict=True):
            hits[int(at)] = min(hits.get(int(at), len(self.divisions)), int(number))  # the smallest come first
        missing = [at for at in range(len(positions)) if at not in hits]
        if missing:
            near = self.tree.query_nearest(points[missing], max_distance=_NEAR_DEGREES, all_matches=False)
            for at, number in zip(*near, strict=True):
                hits[missing[int(at)]] = int(number)
        for at, number in hits.items():
            found[at] = self.divisions[number].id
        return found
