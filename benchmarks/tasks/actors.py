"""Who is that? Phrase to country and PLOVER sector, against the expectations of NGEC's own test suite.

Data: ``actor_resolution_cases.tsv`` (columns phrase, cc, country, code_1, ngec_function ...), a file or its folder.
A case counts for ``country_acc`` if it expects a country (column ``cc`` or ``country``, ISO alpha-3; "IGO", "NGO"
and the like are no countries and count as an expected empty answer), and for ``sector_acc`` if it expects a sector
(``code_1``; ours is right if it is among the leading two).
Expected titles of Wikipedia articles are not scored: the tool has no Wikipedia.

Splits: "dev" and "check" deal the rows of the file two to one by a hash of the phrase (tune on dev, look at check);
"test" is every row.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.scoring import ratio, sums
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.actors import code_phrase

FILE = "actor_resolution_cases.tsv"
NO_COUNTRY = frozenset({"IGO", "NGO", "MNC", "IMG", "NON"})


class ActorsTask:
    """The task ``actors``."""

    name = "actors"
    summary = "phrase to country and PLOVER sector"
    default_data = "ngec"
    splits = ("dev", "check", "test")
    headline = ("country_acc", "sector_acc")
    published: tuple[Published, ...] = ()

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Code each phrase of the split."""
        return islice(_score_rows(data if data.is_file() else data / FILE, split), limit)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn counts into accuracies."""
        total = sums(scores)
        return {
            "country_acc": ratio(total.get("country_right", 0), total.get("country_cases", 0)),
            "sector_acc": ratio(total.get("sector_right", 0), total.get("sector_cases", 0)),
            "country_cases": total.get("country_cases", 0),
            "sector_cases": total.get("sector_cases", 0),
        }


def _score_rows(path: Path, split: str) -> Iterable[DocumentScore]:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            held = zlib.crc32(row["phrase"].encode()) % 3 == 0
            if split != "test" and held != (split == "check"):
                continue
            score = score_case(row)
            if score is not None:
                yield score


def score_case(row: dict[str, str]) -> DocumentScore | None:
    """Score one case; None if it expects neither a country nor a sector."""
    expected_country = row.get("cc") or row.get("country") or ""
    expected_sector = row.get("code_1") or ""
    if not expected_country and not expected_sector:
        return None
    country, sectors = code_phrase(row["phrase"])
    values: dict[str, Sequence[float]] = {}
    if expected_country:
        wanted = "" if expected_country in NO_COUNTRY else expected_country
        values = {"country_cases": [1.0], "country_right": [float(country == wanted)]}
    if expected_sector and expected_sector not in NO_COUNTRY:
        values = {**values, "sector_cases": [1.0], "sector_right": [float(expected_sector in sectors[:2])]}
    return DocumentScore(row["case"], len(row["phrase"].split()), values)


TASK: Task = ActorsTask()
