"""A made-up country, and sources of packs about it. Nothing here is a real place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportedly.places import Gazetteer
from reportedly.places.packs import PackError, PackStore, PackSummary, read_source
from reportedly.places.packs.tables import TableFormat

WOF_HEADER = [
    *("wof_id", "placetype", "gn_id", "wd_id", "name", "lat", "lon", "population", "region_id", "county_id"),
    *("src_geom", "names"),
]
SQUARE = [[10.2, 10.2], [10.8, 10.2], [10.8, 10.8], [10.2, 10.8], [10.2, 10.2]]
GOOD = "id,name,lat,lon\na1,Good Village,10.5,10.5\n"


def geonames_row(
    ident: object, name: str, lat: object = 10.5, lon: object = 10.5, *, others: str = "", group: str = "P",
    feature: str = "PPL", country: str = "XA", admin2: str = "", population: object = 0,
) -> str:  # fmt: skip
    cells = [
        ident, name, name, others, lat, lon, group, feature, country, "", "01", admin2, "", "", population, "", 300,
        "Etc/UTC", "2024-01-01",
    ]  # fmt: skip
    return "\t".join(map(str, cells))


def wof_row(**cells: object) -> str:
    usual: dict[str, object] = {"placetype": "locality", "lat": 10.5, "lon": 10.5}
    return "\t".join(str((usual | cells).get(name, "")) for name in WOF_HEADER)


def write_lines(path: Path, lines: Iterable[str]) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def write_wof(path: Path, rows: Sequence[str]) -> Path:
    return write_lines(path, ["\t".join(WOF_HEADER), *rows])


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def polygon(ring: list[list[float]] = SQUARE) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def write_distribution(path: Path, records: Sequence[tuple[Any, ...]]) -> Path:
    """Write the two tables of a Who's On First distribution that are read.

    records: (id, placetype, name, lat, lon, country, body).
    """
    db = sqlite3.connect(path)
    db.execute(
        "CREATE TABLE spr(id INTEGER, placetype TEXT, name TEXT, latitude REAL, longitude REAL, country TEXT, "
        "is_current INTEGER DEFAULT 1, is_deprecated INTEGER DEFAULT 0, is_superseded INTEGER DEFAULT 0)"
    )
    db.execute("CREATE TABLE geojson(id INTEGER, body TEXT)")
    for *columns, body in records:
        db.execute("INSERT INTO spr(id, placetype, name, latitude, longitude, country) VALUES (?,?,?,?,?,?)", columns)
        db.execute("INSERT INTO geojson VALUES (?, ?)", (columns[0], body))
    db.commit()
    db.close()
    return path


class Adding:
    """Adds sources to a store, as the command does."""

    def __init__(self, store: PackStore, world: Gazetteer) -> None:
        self.store, self.world = store, world
        self._opened: list[Gazetteer] = []

    def __call__(
        self, path: Path, code: str = "mine", *, country: str = "XA", skip: list[PackError] | None = None,
        countries: Sequence[str] = (),
    ) -> PackSummary:  # fmt: skip
        form = TableFormat(code, country)
        if skip is None:
            entries, source = read_source(path, form, countries)
        else:
            entries, source = read_source(path, form, countries, skip.append)
        return self.store.add(entries, code, source, self.world)

    def gazetteer(self, *codes: str) -> Gazetteer:
        """Open the made-up world with packs, in the order given (all of the store, if none is)."""
        paths = [self.store.path(code) for code in codes] or [pack.path for pack in self.store.packs()]
        gazetteer = Gazetteer([self.world._files[0].path, *paths])
        self._opened.append(gazetteer)
        return gazetteer

    def close(self) -> None:
        """Close the files of the gazetteers: they would stay open until the last test."""
        for gazetteer in self._opened:
            for file in gazetteer._files:
                file._db.close()
