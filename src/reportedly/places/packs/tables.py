"""Reads a user's own list: CSV or TSV with a header, or GeoJSON. ``docs/places.md`` documents the columns.

Needed: a name and a position. Columns are found by the names in ``COLUMNS``, in any case; ``--column`` says what else
they are called ("name=ADM4_EN").
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from reportedly.places.packs.entry import (
    Entry,
    PackError,
    Reject,
    clean_names,
    read_country,
    read_degrees,
    read_number,
    read_population,
)
from reportedly.places.packs.lines import open_source, read_lines
from reportedly.places.packs.outlines import read_features, read_outline

# What each column is for, with the headers under which it is found without being told. The first one is ours.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "name_en", "featurename", "featurename_en", "place", "admin4name_en", "adm4_en", "location"),
    "lat": ("lat", "latitude", "y", "lat_dd"),
    "lon": ("lon", "lng", "long", "longitude", "x", "lon_dd"),
    "id": ("id", "pcode", "p-code", "admin4pcode", "adm4_pcode", "code"),
    "names": ("names", "alternatenames", "alternate_names", "aliases", "name_ar", "name_alt", "featurename_ar",
              "admin4name_ar", "adm4_ar"),
    "country": ("country", "country_code", "iso2", "countrycode", "adm0_pcode", "admin0pcode"),
    "kind": ("kind", "type", "class"),
    "feature": ("feature", "feature_code", "featurecode"),
    "population": ("population", "pop"),
}  # fmt: skip
_KINDS = {
    "": "town", "town": "town", "city": "town", "village": "town", "hamlet": "town", "settlement": "town",
    "neighbourhood": "town", "site": "site", "base": "site", "camp": "site", "crossing": "site", "facility": "site",
    "district": "district", "admin2": "district", "subdistrict": "district",
}  # fmt: skip
_FEATURE = re.compile(r"[A-Z0-9]{1,10}")
_NAME_JOINTS = re.compile(r"\s*[|;]\s*")
_NOT_OF_IDS = re.compile(r"[^\w.,@-]+")
_TAKEN_LABELS = frozenset(["geonames", "wof", "country", "admin1", "admin2", "region", "route", "continent"])


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How a user's list is to be read.

    label: the pack's code, for the ids of its places. country: of rows that name none ("" if they all do).
    columns: our name of a column to the header used ("name" to "ADM4_EN").
    """

    label: str
    country: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def read_table(path: Path, form: TableFormat, reject: Reject) -> Iterator[Entry]:
    """Yield the places of a CSV or TSV file. ``reject`` is told of each broken row, and may raise."""
    with open_source(path) as source:
        lines = _Lines(read_lines(source, path.name, reject))
        first = next(lines, "")
        if not first.strip():
            raise PackError(f"{path.name}, row 1: it is empty, where the names of the columns should stand")
        delimiter = max("\t,;", key=first.count)
        try:
            header = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error as error:
            raise PackError(f"{path.name}, row 1: {error}") from None
        finder = _Finder(f"{path.name}, row 1", header, form.columns)
        rows = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                cells = next(rows, None)
            except csv.Error as error:
                raise PackError(f"{path.name}, row {lines.number}: {error}") from None
            where = f"{path.name}, row {lines.number}"
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            try:
                if len(cells) != len(header):
                    raise PackError(f"{where}: {len(cells)} columns, where the header has {len(header)}")
                entry = _entry(finder.pick(dict(zip(header, cells, strict=True))), form, where, None)
            except PackError as error:
                reject(error)
                continue
            yield entry


class _Lines(Iterator[str]):
    """Lines with their ends, and the number of the last one: a quoted cell may run over several."""

    def __init__(self, numbered: Iterator[tuple[int, str]]) -> None:
        self._numbered, self.number = numbered, 0

    def __next__(self) -> str:
        self.number, line = next(self._numbered)
        return line + "\n"


def read_geojson(path: Path, form: TableFormat, reject: Reject) -> Iterator[Entry]:
    """Yield the places of a GeoJSON FeatureCollection: points as places, polygons as districts unless they say else."""
    for number, feature in enumerate(read_features(path), start=1):
        try:
            entry = _from_feature(feature, form, f"{path.name}, feature {number}")
        except PackError as error:
            reject(error)
            continue
        yield entry


def _from_feature(feature: Any, form: TableFormat, where: str) -> Entry:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise PackError(f"{where}: it has no properties")
    outline = read_outline(feature.get("geometry"), where)
    texts = {key: str(value) for key, value in properties.items() if isinstance(value, str | int | float)}
    cells = _Finder(where, list(texts), form.columns, position=True).pick(texts)
    middle = outline.representative_point()
    cells |= {"lat": str(middle.y), "lon": str(middle.x)}
    area = outline if outline.area > 0 else None
    if area is not None:
        cells["kind"] = cells.get("kind") or "district"
    return _entry(cells, form, where, area)


class _Finder:
    """Finds our columns among a file's headers. where: the row that has them, for messages."""

    def __init__(self, where: str, header: list[str], columns: Mapping[str, str], *, position: bool = False) -> None:
        by_lower = {name.strip().lower(): name for name in header}
        if unknown := set(columns) - set(COLUMNS):
            raise PackError(f"{where}: no column is called {min(unknown)!r}; there are: {', '.join(COLUMNS)}")
        self._found: dict[str, list[str]] = {}
        for ours, usual in COLUMNS.items():
            wanted = (columns[ours].lower(),) if ours in columns else usual
            self._found[ours] = [by_lower[name] for name in wanted if name in by_lower]
            if ours in columns and not self._found[ours]:
                raise PackError(f"{where}: no column {columns[ours]!r}")
        needed = ("name",) if position else ("name", "lat", "lon")
        for ours in needed:
            if not self._found[ours]:
                raise PackError(
                    f"{where}: no column for {ours!r} (such as {', '.join(COLUMNS[ours][:3])}); say which with "
                    f"--column {ours}=HEADER"
                )

    def pick(self, cells: Mapping[str, str]) -> dict[str, str]:
        found = {ours: cells[names[0]] for ours, names in self._found.items() if names and names[0] in cells}
        more = [cells[name] for name in self._found["names"] if name in cells]
        return found | {"names": "|".join(more)}


def _entry(cells: Mapping[str, str], form: TableFormat, where: str, outline: BaseGeometry | None) -> Entry:
    def get(name: str) -> str:
        return cells.get(name, "").strip()

    kind = _KINDS.get(get("kind").lower())
    if kind is None:
        raise PackError(f"{where}: no kind {get('kind')!r}; there are: {', '.join(k for k in _KINDS if k)}")
    code = (get("country") or form.country).upper()
    if not code:
        raise PackError(f"{where}: it names no country; give one with --country")
    names = clean_names([get("name"), *_NAME_JOINTS.split(get("names"))], where)
    feature = get("feature").upper() or {"town": "PPL", "site": "FCL", "district": "ADM2"}[kind]
    if not _FEATURE.fullmatch(feature):
        raise PackError(f"{where}: {feature!r} is no feature code of GeoNames (such as PPL)")
    own = get("id") or names[0] + f"@{get('lat')},{get('lon')}"
    lat, lon = read_degrees(get("lat"), get("lon"), where)
    return Entry(
        where, _ident(own, form, where), kind, names, read_country(code, where), lat, lon,
        read_population(get("population"), where), feature, "", outline,
    )  # fmt: skip


def _ident(own: str, form: TableFormat, where: str) -> str:
    """Return the public id of a row: a GeoNames id that it gives, else its own behind the list's label."""
    label = form.label.lower()
    if own.startswith("geonames:"):
        return f"geonames:{read_number(own.removeprefix('geonames:'), 'GeoNames', where)}"
    if label in _TAKEN_LABELS:
        raise PackError(f"{where}: a list cannot be called {form.label!r}, ids of others begin so; choose another name")
    return f"{label}:{_NOT_OF_IDS.sub('-', own)}"


def parse_columns(given: list[str]) -> dict[str, str]:
    """Return "name=ADM4_EN" items as a mapping. Raise PackError for one that is not such a pair."""
    pairs: dict[str, Any] = {}
    for item in given:
        ours, equals, header = item.partition("=")
        if not equals or not header:
            raise PackError(f"--column {item}: write it as OURS=HEADER, for example name=ADM4_EN")
        pairs[ours.strip()] = header.strip()
    return pairs
