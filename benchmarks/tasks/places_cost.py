"""What do places cost? Opening the gazetteer, resolving a report's places, building a pack: seconds and megabytes.

Data: any folder of reports, as in ``speed``. ``resolution_share`` is the time in ``read_places`` over the time of the
whole analysis of the same reports, warm, one process, with the gazetteer of the package; ``resolution_share_packs`` the
same with the packs of ``benchmarks/packs.py`` (Syria and Iraq). What a process makes once and keeps (outlines of
nations, shapes of regions) is in these; ``resolution_share_again`` is a second pass, as late in a long batch.
``open_ms`` and ``open_mb`` are what opening the gazetteer and a first look-up of a town and of a named region add to a
process that has imported the package; ``import_ms`` is that import. ``pack_*``: building the Syrian pack.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from benchmarks.framework import BenchmarkError
from benchmarks.packs import packs_for
from benchmarks.scoring import mean, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from benchmarks.tasks.speed import read_texts
from reportedly import read
from reportedly.places import read_places
from reportedly.run import pipeline

PROBE = """
import json, os, time
def resident_mb():
    with open("/proc/self/statm") as status:
        return int(status.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6
start = time.perf_counter()
import reportedly.places as places
imported, before = time.perf_counter(), resident_mb()
gazetteer = places.open_gazetteer(())
gazetteer.lookup("Aleppo")
from reportedly.places.regions import find_regions
find_regions("M4", gazetteer)
opened, after = time.perf_counter(), resident_mb()
costs = {"import_ms": (imported - start) * 1e3, "open_ms": (opened - imported) * 1e3, "open_mb": after - before}
print(json.dumps(costs))
"""


class PlacesCost:
    """The task ``places-cost``."""

    name = "places-cost"
    summary = "what opening, resolving and building cost"
    default_data = "re3d"
    splits = ("all",)
    headline = (
        "resolution_share",
        "resolution_share_again",
        "resolution_share_packs",
        "open_ms",
        "open_mb",
        "pack_build_s",
        "pack_mb",
    )
    published = (
        Published("Irchel geoparser 0.6.2, cities only", "pack_build_s", 39, "building its index, design/geo.md 4.2"),
        Published("Irchel geoparser 0.6.2, cities only", "pack_mb", 212, "its index, design/geo.md 4.2"),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Read every report twice: without and with packs."""
        texts = [text for text in read_texts(data) if text.strip()][:limit]
        if not texts:
            return
        packs = packs_for(data, ["SY", "IQ"])
        bare, again = list(_timed(texts, "")), list(_timed(texts, ""))
        village = list(_timed(texts, str(packs[0].path.parent))) if packs else []
        constants = {**_probe(), "pack_build_s": packs[0].seconds, "pack_mb": packs[0].megabytes} if packs else _probe()
        for number, text in enumerate(texts):
            values: dict[str, Sequence[float]] = {
                "whole": [bare[number][0]],
                "places": [bare[number][1]],
                "whole again": [again[number][0]],
                "places again": [again[number][1]],
                **{name: [value] for name, value in constants.items() if value is not None},
            }
            if village:
                values |= {"whole packs": [village[number][0]], "places packs": [village[number][1]]}
            yield DocumentScore(str(number), word_count(text), values)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return shares and costs."""
        total = sums(scores)
        names = ("import_ms", "open_ms", "open_mb", "pack_build_s", "pack_mb")
        return {
            "resolution_share": ratio(total["places"], total["whole"]),
            "resolution_share_again": ratio(total["places again"], total["whole again"]),
            "resolution_share_packs": ratio(total.get("places packs", 0.0), total.get("whole packs", 0.0)),
            **{name: mean(value for score in scores for value in score.values.get(name, ())) for name in names},
        }


def _timed(texts: Sequence[str], packs: str) -> Iterator[tuple[float, float]]:
    """Yield seconds of the whole analysis and of its places, after a first pass that warms everything up."""
    with _packs(packs):
        for text in texts[:5]:
            read(text)
        for text in texts:
            spent = 0.0

            def timed_places(*args: object, **options: object) -> object:
                nonlocal spent
                start = time.perf_counter()
                found = read_places(*args, **options)  # type: ignore[arg-type]
                spent += time.perf_counter() - start
                return found

            with mock.patch.object(pipeline, "read_places", timed_places):
                start = time.perf_counter()
                read(text)
                yield time.perf_counter() - start, spent


@contextmanager
def _packs(folder: str) -> Iterator[None]:
    """Let the analysis find the packs of this folder ("": none)."""
    with mock.patch.dict(os.environ, {"REPORTEDLY_PACKS": folder or os.devnull}):
        yield


def _probe() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchmarkError(f"the probe did not run: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return dict(json.loads(done.stdout))


TASK: Task = PlacesCost()
