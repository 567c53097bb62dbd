"""Is the right place among the candidates? UCDP GED's Syrian towns and villages, in spellings never seen in building.

Data: ``places.tsv`` (columns where_coordinates, latitude, longitude, where_prec ...), alone or in a folder. Scored are
settlements at precision 1 and 2, with the village-level pack of ``benchmarks/packs.py`` and (``*_world``) with the
gazetteer that comes with the package. The analyst's generic word ("Aleppo town") is taken off as the analysis does.

``recall5``: a candidate lies within 5 km; ``first5``: the first one does. ``contains5``: some place of the gazetteer
lies within 5 km, whatever its name; ``recall5_world_contained``: recall among those of which that holds.
``named_alike5``: some place within 5 km has a name at least 70 % alike, a ceiling for any search by name.
``lookups_per_s``: by exact key, warm index, nothing cached; ``searches_per_s``: through all tiers of spelling.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import statistics
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from benchmarks.packs import BuiltPack, packs_for
from benchmarks.scoring import ratio, sums
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.model import PlaceKind
from reportedly.places import Candidate, Gazetteer, fold, open_gazetteer
from reportedly.places.geometry import distance_km
from reportedly.places.search import search_places

COUNTRY = "SY"
NEAR_KM = 5.0
ALIKE = 70
ROUNDS = 5  # passes over all names, for lookups a second
SETTLEMENT = re.compile(r"\s+(?:town|city|village|sub-?district|neighbou?rhood)$", re.IGNORECASE)
NOT_SETTLEMENT = re.compile(
    r"(?i)\b(?:governorate|district|mountains?|jabal|jebel|airport|air ?base|airfield|base|camp|road|highway|river|dam"
    r"|border"
    r"|valley|desert|plain|region|area|crossing|prison|hospital|oil|gas|field|ghouta|hills?|farms?|neighbou?rhood|bridge)\b"
)
FLOORS = "measured, design/geo.md 2.3"


class GazetteerTask:
    """The task ``gazetteer``."""

    name = "gazetteer"
    summary = "the right place is among the candidates"
    default_data = "ucdp-ged-syria"
    splits = ("all",)
    headline = ("recall5", "median_candidates", "lookups_per_s", "recall5_world")
    published = (
        Published("cities500, accent fold", "recall5_world", 0.125, FLOORS),
        Published("village packs, accent fold", "recall5", 0.603, FLOORS),
        Published("village packs, romanised-Arabic fold", "recall5", 0.708, FLOORS),
        Published("village packs, folds and fuzzy search", "recall5", 0.800, FLOORS),
        Published("SQLite, two B-tree indexes", "lookups_per_s", 18_300, "measured, design/geo.md 5"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Look up each settlement by its coded name."""
        table = data if data.is_file() else data / "places.tsv"
        packs = packs_for(table, [COUNTRY])
        world, gazetteer = open_gazetteer(()), open_gazetteer([pack.path for pack in packs])
        settlements = list(islice(read_settlements(table), limit))
        rate = _lookups_per_s(gazetteer, [name for name, _, _ in settlements]) if settlements else 0.0
        for gold in settlements:
            yield _score_name(gazetteer, world, gold, {"rate": [rate], **_costs(packs)})

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn counts into figures."""
        total, n = sums(scores), len(scores)
        numbers = [score.values["candidates"][0] for score in scores if score.values["candidates"][0]]
        contained = total["world contains 5"]

        def constant(name: str) -> float | None:
            return next((score.values[name][0] for score in scores if score.values.get(name)), None)

        return {
            "recall5": ratio(total["within 5 km"], n),
            "recall25": ratio(total["within 25 km"], n),
            "first5": ratio(total["first within 5 km"], n),
            "any_candidate": ratio(len(numbers), n),
            "median_candidates": float(statistics.median(numbers)) if numbers else None,
            "contains5": ratio(total["contains 5"], n),
            "named_alike5": ratio(total["named alike 5"], n),
            "recall5_world": ratio(total["world within 5 km"], n),
            "contains5_world": ratio(contained, n),
            "recall5_world_contained": ratio(total["world within 5 km"], contained),
            "lookups_per_s": constant("rate"),
            "searches_per_s": ratio(n, total["seconds"]),
            "pack_build_s": constant("pack build"),
            "pack_mb": constant("pack mb"),
        }


def read_settlements(table: Path) -> Iterable[tuple[str, float, float]]:
    """Yield name and coordinates of the settlements at precision 1 and 2."""
    text = table.read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
        coded = row["where_coordinates"]
        if row["where_prec"] in ("1", "2") and not NOT_SETTLEMENT.search(coded):
            yield SETTLEMENT.sub("", coded).strip(), float(row["latitude"]), float(row["longitude"])


def _lookups_per_s(gazetteer: Gazetteer, names: Sequence[str]) -> float:
    """Return look-ups by exact key a second: a warm-up pass over all names, then ``ROUNDS`` of them."""
    for name in names:
        gazetteer.named(name)
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for name in names:
            gazetteer.named(name)
    return ROUNDS * len(names) / (time.perf_counter() - start)


def _costs(packs: Sequence[BuiltPack]) -> dict[str, list[float]]:
    if not packs:
        return {}
    built = [pack.seconds for pack in packs if pack.seconds is not None]
    return {"pack mb": [sum(pack.megabytes for pack in packs)], "pack build": [sum(built)] if built else []}


def _score_name(
    gazetteer: Gazetteer, world: Gazetteer, gold: tuple[str, float, float], costs: dict[str, list[float]]
) -> DocumentScore:
    """Look one name up and count how near its candidates in the country lie."""
    name, lat, lon = gold
    start = time.perf_counter()
    found = search_places(name, gazetteer, [COUNTRY])
    seconds = time.perf_counter() - start
    errors = _errors(found, lat, lon)
    from_world = _errors(search_places(name, world, [COUNTRY]), lat, lon)
    around = _around(gazetteer.paths, lat, lon)
    key = fold.fold_romanised(name)
    return DocumentScore(
        name,
        len(name.split()),
        {
            "candidates": [len(errors)],
            "within 5 km": [min(errors, default=1e9) <= NEAR_KM],
            "within 25 km": [min(errors, default=1e9) <= 25],
            "first within 5 km": [bool(errors) and errors[0] <= NEAR_KM],
            "contains 5": [bool(around)],
            "named alike 5": [any(fuzz.ratio(key, other) >= ALIKE for other in around)],
            "world within 5 km": [min(from_world, default=1e9) <= NEAR_KM],
            "world contains 5": [bool(_around(world.paths, lat, lon))],
            "seconds": [seconds],
            **costs,
        },
    )


def _errors(found: Sequence[Candidate], lat: float, lon: float) -> list[float]:
    """Return how far the settlements and sites of the country are off."""
    kinds = (PlaceKind.TOWN, PlaceKind.SITE)
    return [distance_km(c.lat, c.lon, lat, lon) for c in found if c.country == COUNTRY and c.kind in kinds]


def _around(paths: tuple[Path, ...], lat: float, lon: float) -> list[str]:
    """Return the romanised keys of all names of all places within 5 km."""
    keys, positions = _places(paths)
    close = np.abs(positions - np.array([lat, lon])).max(axis=1) < 0.07
    return [
        keys[at]
        for at in np.flatnonzero(close)
        if distance_km(float(positions[at][0]), float(positions[at][1]), lat, lon) <= NEAR_KM
    ]


@cache
def _places(paths: tuple[Path, ...]) -> tuple[list[str], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    query = (
        "SELECT k.key, p.lat, p.lon FROM name_key k JOIN place p ON p.id = k.place "
        "WHERE p.country = ? AND p.kind IN ('town', 'site')"
    )
    rows = []
    for path in paths:
        with closing(sqlite3.connect(path)) as db:
            rows += db.execute(query, (COUNTRY,)).fetchall()
    return [fold.fold_romanised(key) for key, _, _ in rows], np.array([(lat, lon) for _, lat, lon in rows])


TASK: Task = GazetteerTask()
