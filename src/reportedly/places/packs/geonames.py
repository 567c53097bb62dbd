"""Reads GeoNames dumps: ``SY.txt``, ``SY.zip``, ``allCountries.zip`` (19 tab-separated columns, no header).

Taken: settlements (class P), second-level divisions as points, and the features that reports name: air bases,
crossings, camps, dams and their like, mountains, islands, valleys, rivers, regions. The format is GeoNames' readme.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from reportedly.places.index import is_worth_keeping
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

_COLUMNS = 19
_SITES = frozenset(
    [
        *("AIRB", "AIRP", "AIRF", "AIRH", "BDG", "BDRY", "BUSTN", "CMP", "CMPRF", "CSTL", "CTRM", "DAM", "FCL", "FRM"),
        *("FT", "HSP", "INSM", "MILB", "MNMT", "MSQE", "NSY", "OILR", "OILT", "PRN", "PRT", "PS", "PSN", "PSTB"),
        *("PSTC", "PSTP", "RSTN", "RUIN", "STNB", "TNLRD", "UNIV"),
        *("MT", "MTS", "HLL", "HLLS", "ISL", "ISLS", "PASS", "PEN", "PLN", "PLAT", "RDGE", "SPUR", "VAL", "WAD"),
        *("DSRT", "LK", "LKS", "RSV", "STM", "BAY", "STRT", "OAS"),
        *("AREA", "FLD", "OILF", "GASF", "RGN", "RES", "TRB", "PRK", "LCTY"),
    ]
)
_SKIPPED_TOWNS = frozenset(["PPLH", "PPLQ", "PPLW", "PPLCH"])  # historical, abandoned, destroyed


def read_geonames(path: Path, countries: Collection[str], reject: Reject) -> Iterator[Entry]:
    """Yield the places of a dump that lie in ``countries`` (ISO alpha-2; all, if none is given).

    reject: is told of each broken row, and may raise. Names of districts are kept by their code ("SY.09.1234").
    """
    member = f"{path.stem}.txt" if path.suffix.lower() == ".zip" else None
    with open_source(path, member) as source:
        for number, line in read_lines(source, path.name, reject):
            if line:
                try:
                    entry = _read_row(line.split("\t"), f"{path.name}, row {number}", countries)
                except PackError as error:
                    reject(error)
                    continue
                if entry is not None:
                    yield entry


def _read_row(cells: list[str], where: str, countries: Collection[str]) -> Entry | None:
    if len(cells) != _COLUMNS:
        raise PackError(f"{where}: {len(cells)} columns, where a GeoNames dump has {_COLUMNS}")
    ident, name, plain, others, lat, lon, group, feature, country = cells[:9]
    if countries and country not in countries:
        return None
    kind = _kind(group, feature)
    if not kind:
        return None
    names = [name, plain, *(other for other in others.split(",") if is_worth_keeping(other))]
    code = ".".join((country, cells[10], cells[11])) if cells[11] else ""
    return Entry(
        where, f"geonames:{read_number(ident, 'GeoNames', where)}", kind, clean_names(names, where),
        read_country(country, where),
        *read_degrees(lat, lon, where), read_population(cells[14], where), feature or "PPL", code,
        division=f"{country}.{cells[10]}" if cells[10] else "",
    )  # fmt: skip


def _kind(group: str, feature: str) -> str:
    if group == "P":
        return "" if feature in _SKIPPED_TOWNS else "town"
    if feature == "ADM2":
        return "district"
    return "site" if feature in _SITES else ""
