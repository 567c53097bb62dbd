"""Find tasks, find their data, run them, and say how far the figures can be trusted.

A task is a module in ``benchmarks/tasks/`` that exports ``TASK``; ``attack_record`` is called
``attack-record`` on the command line. Data are read in place, below the folder that the environment variable
``REPORTEDLY_CORPORA`` names (else ``../shared/corpora`` beside the repository); default data that begin with
``benchmarks/data/`` lie in the repository.
"""

from __future__ import annotations

import importlib
import math
import os
import pkgutil
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import benchmarks.tasks
from benchmarks.task import DocumentScore, Metrics, Task
from reportedly._version import __version__

DRAWS = 1000
SEED = 20200305
LEVEL = 0.95
REPOSITORY = Path(__file__).resolve().parents[1]
OWN_DATA = "benchmarks/data/"  # data that the project wrote itself


class BenchmarkError(Exception):
    """A benchmark cannot run: unknown task or split, or its data are not there. One line for a person."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile bootstrap interval over documents."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a task gave; ``n`` counts documents, ``words`` white-space words."""

    task: str
    data: str
    split: str
    n: int
    metrics: Metrics
    words: int
    seconds: float
    intervals: Mapping[str, Interval]
    version: str = __version__


def corpora_folder() -> Path:
    """Return the folder in which benchmark data lie."""
    named = os.environ.get("REPORTEDLY_CORPORA")
    if named:
        return Path(named)
    return REPOSITORY.parent / "shared" / "corpora"


def default_path(default: str) -> Path:
    """Return where a task's default data lie: below the corpora folder, or in the project's own ``benchmarks/data``."""
    return (REPOSITORY if default.startswith(OWN_DATA) else corpora_folder()) / default


def task_names() -> list[str]:
    """Return the names of all tasks, in alphabetical order, without importing them."""
    modules = pkgutil.iter_modules(benchmarks.tasks.__path__)
    return sorted(module.name.replace("_", "-") for module in modules if not module.name.startswith("_"))


def load_task(name: str) -> Task:
    """Import the task called ``name`` ("attack-record" is ``benchmarks.tasks.attack_record``)."""
    names = task_names()
    wanted = name.replace("_", "-")
    if wanted not in names:
        raise BenchmarkError(f"no task called {name!r} (there are: {', '.join(names)})")
    module = importlib.import_module(f"benchmarks.tasks.{wanted.replace('-', '_')}")
    if not hasattr(module, "TASK"):
        raise BenchmarkError(f"task {wanted}: its module exports no TASK yet")
    return cast(Task, module.TASK)


def locate_data(task: Task, given: Path | None) -> Path:
    """Return the data to score: ``given``, else the task's default below the corpora folder."""
    if given is None and not task.default_data:
        raise BenchmarkError(f"{task.name}: no default data; name them with --data")
    path = given if given is not None else default_path(task.default_data)
    if not path.exists():
        hint = "" if given is not None else " (set REPORTEDLY_CORPORA or give --data)"
        raise BenchmarkError(f"{task.name}: no data at {path}{hint}")
    return path


def choose_split(task: Task, given: str | None) -> str:
    """Return the split to score: ``given`` if the task has it, else the task's first."""
    if given is None:
        return task.splits[0]
    if given not in task.splits:
        raise BenchmarkError(f"{task.name}: no split {given!r} (there are: {', '.join(task.splits)})")
    return given


def run_task(task: Task, data: Path, split: str, limit: int | None, with_interval: bool) -> Result:
    """Score ``task`` on ``data`` and return its figures; ``seconds`` leaves the bootstrap out."""
    started = time.perf_counter()
    scores = list(task.score(data, split, limit))
    if not scores:
        raise BenchmarkError(f"{task.name}: nothing to score at {data} (split {split})")
    metrics = dict(task.metrics(scores))
    seconds = time.perf_counter() - started
    intervals = bootstrap(task, scores) if with_interval and len(scores) > 1 else {}
    return Result(
        task=task.name,
        data=str(data),
        split=split,
        n=len(scores),
        metrics=metrics,
        words=sum(score.words for score in scores),
        seconds=seconds,
        intervals=intervals,
    )


def bootstrap(task: Task, scores: Sequence[DocumentScore], draws: int = DRAWS, seed: int = SEED) -> dict[str, Interval]:
    """Return 95 % percentile intervals of the headline metrics: documents drawn with replacement.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. A metric that is
    undefined in a draw (no gold of that kind) leaves that draw out; one that no draw moves gets no interval.
    """
    generator = random.Random(seed)
    drawn: dict[str, list[float]] = {name: [] for name in task.headline}
    for _ in range(draws):
        metrics = task.metrics(generator.choices(scores, k=len(scores)))
        for name, values in drawn.items():
            value = metrics.get(name)
            if value is not None and math.isfinite(value):
                values.append(value)
    tail = (1 - LEVEL) / 2
    return {
        name: Interval(_percentile(values, tail), _percentile(values, 1 - tail))
        for name, values in drawn.items()
        if len(set(values)) > 1
    }


def _percentile(values: Sequence[float], share: float) -> float:
    """Return the ``share`` quantile of ``values`` by linear interpolation."""
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
