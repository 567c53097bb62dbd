"""Is the right place among the candidates? UCDP GED's Syrian towns and villages, in spellings never seen in building.

Data: ``places.tsv`` (columns where_coordinates, latitude, longitude, where_prec ...), alone or in a folder. Scored are
settlements at precision 1 and 2. Packs (``*.sqlite`` of the gazetteer's tables) beside the table are opened too. The
analyst's generic word ("Aleppo town") is taken off as the analysis does.
"""

from __future__ import annotations

import csv
import io
import re
import statistics
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.scoring import ratio, sums
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.model import PlaceKind
from reportedly.places import Candidate, Gazetteer, open_gazetteer
from reportedly.places.geometry import distance_km

COUNTRY = "SY"
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
    headline = ("recall5", "median_candidates", "lookups_per_s")
    published = (
        Published("cities500, accent fold", "recall5", 0.125, FLOORS),
        Published("village packs, accent fold", "recall5", 0.603, FLOORS),
        Published("village packs, romanised-Arabic fold", "recall5", 0.708, FLOORS),
        Published("village packs, folds and fuzzy search", "recall5", 0.800, FLOORS),
        Published("SQLite, two B-tree indexes", "lookups_per_s", 18_300, "measured, design/geo.md 5"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Look up each settlement by its coded name."""
        table = data if data.is_file() else data / "places.tsv"
        packs = tuple(sorted(table.parent.glob("*.sqlite")))
        gazetteer = open_gazetteer(packs)
        for name, lat, lon in islice(read_settlements(table), limit):
            yield score_name(gazetteer, name, lat, lon)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn counts into figures."""
        total, n = sums(scores), len(scores)
        numbers = [score.values["candidates"][0] for score in scores if score.values["candidates"][0]]
        return {
            "recall5": ratio(total["within 5 km"], n),
            "recall25": ratio(total["within 25 km"], n),
            "first5": ratio(total["first within 5 km"], n),
            "any_candidate": ratio(len(numbers), n),
            "median_candidates": float(statistics.median(numbers)) if numbers else None,
            "lookups_per_s": ratio(n, total["seconds"]),
        }


def read_settlements(table: Path) -> Iterable[tuple[str, float, float]]:
    """Yield name and coordinates of the settlements at precision 1 and 2."""
    text = table.read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text), delimiter="\t"):
        coded = row["where_coordinates"]
        if row["where_prec"] in ("1", "2") and not NOT_SETTLEMENT.search(coded):
            yield SETTLEMENT.sub("", coded).strip(), float(row["latitude"]), float(row["longitude"])


def score_name(gazetteer: Gazetteer, name: str, lat: float, lon: float) -> DocumentScore:
    """Look one name up and count how near its candidates in the country lie."""
    start = time.perf_counter()
    found = gazetteer.lookup(name)
    seconds = time.perf_counter() - start
    towns = [c for c in found if c.country == COUNTRY and c.kind is PlaceKind.TOWN]
    errors = [_error(c, lat, lon) for c in towns]
    return DocumentScore(
        name,
        len(name.split()),
        {
            "candidates": [len(towns)],
            "within 5 km": [min(errors, default=1e9) <= 5],
            "within 25 km": [min(errors, default=1e9) <= 25],
            "first within 5 km": [bool(errors) and errors[0] <= 5],
            "seconds": [seconds],
        },
    )


def _error(candidate: Candidate, lat: float, lon: float) -> float:
    return distance_km(candidate.lat, candidate.lon, lat, lon)


TASK: Task = GazetteerTask()
