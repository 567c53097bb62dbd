"""Run every task whose data are present and rewrite ``RESULTS.md``.

Each task runs in a process of its own: one that fails or eats memory spoils neither the others' figures nor
the file, and its failure is written into the record in one line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.framework import Interval, Result, default_path, load_task, task_names
from benchmarks.tables import Row, markdown_table, metric_order, show
from benchmarks.task import Published, Task
from reportedly._version import __version__

RESULTS = Path(__file__).with_name("RESULTS.md")
HEADER = ("metric", "ours", "95 % interval", "published or measured elsewhere")
DETAIL_LIMIT = 40  # metrics beyond this many are left to the command line


@dataclass(frozen=True, slots=True)
class Entry:
    """One task in the record: its result, or why there is none."""

    task: Task
    data: str
    result: Result | None
    why: str = ""


def record(
    names: Sequence[str] = (),
    path: Path = RESULTS,
    announce: Callable[[str], None] = print,
) -> int:
    """Run ``names`` (all tasks if empty), write the figures to ``path`` and return how many tasks failed."""
    entries = []
    for name in names or task_names():
        task = load_task(name)
        for data in (task.default_data, *getattr(task, "also", ())):
            announce(f"{name} on {data} ...")
            entries.append(_run_apart(task, data))
            announce(f"  {_outcome(entries[-1])}")
    path.write_text(results_page(entries, datetime.now(UTC).date().isoformat()), encoding="utf-8")
    announce(f"written: {path}")
    return sum(1 for entry in entries if entry.why.startswith("failed"))


def _outcome(entry: Entry) -> str:
    if entry.result is None:
        return entry.why
    metrics = entry.result.metrics
    return ", ".join(f"{name} {show(metrics[name])}" for name in entry.task.headline if name in metrics)


def _run_apart(task: Task, data: str) -> Entry:
    """Run ``task`` on ``data`` (below the corpora folder) in a process of its own."""
    path = default_path(data)
    if not data or not path.exists():
        return Entry(task, data, None, f"not run: no {data or 'default data'} in the corpora folder")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "result.json"
        command = [
            sys.executable,
            "-m",
            "benchmarks",
            "run",
            task.name,
            "--data",
            str(path),
            "--out",
            str(out),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not out.exists():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            return Entry(task, data, None, f"failed: {last}")
        return Entry(task, data, parse_result(out.read_text(encoding="utf-8")))


def parse_result(text: str) -> Result:
    """Read back what ``--out`` wrote."""
    fields = json.loads(text)
    fields["intervals"] = {name: Interval(low, high) for name, (low, high) in fields["intervals"].items()}
    return Result(**fields)


def results_page(entries: Sequence[Entry], day: str) -> str:
    """Return the whole of ``RESULTS.md``: an overview of headline figures, then one section a task."""
    parts = [
        "# Benchmark results",
        f"Written by `python -m benchmarks record` on {day}, version {__version__}. Do not edit by hand.\n"
        "What each task measures, on what, and what the figures leave out: `README.md` beside this file.\n"
        "Fractions run from 0 to 1; intervals are 95 % bootstrap intervals over documents.",
        markdown_table(_overview(entries)),
        *(_section(entry) for entry in entries),
    ]
    return "\n\n".join(parts) + "\n"


def _overview(entries: Sequence[Entry]) -> list[Row]:
    rows: list[Row] = [("task", "data", "split", "n", *HEADER)]
    for entry in entries:
        if entry.result is None:
            rows.append((entry.task.name, entry.data, "", "", "", "", "", entry.why))
            continue
        result = entry.result
        first: Row = (entry.task.name, entry.data, result.split, f"{result.n:,}")
        for name in entry.task.headline:
            if name in result.metrics:
                rows.append((*first, *_figure(entry.task, result, name)))
                first = ("", "", "", "")
    return rows


def _figure(task: Task, result: Result, name: str) -> tuple[str, str, str, str]:
    bounds = result.intervals.get(name)
    between = f"{show(bounds.low)} to {show(bounds.high)}" if bounds else ""
    others = "; ".join(_other(each) for each in task.published if each.metric == name)
    return (f"`{name}`", show(result.metrics.get(name)), between, others)


def _other(figure: Published) -> str:
    return f"{show(figure.value)} {figure.system} ({figure.source})"


def _section(entry: Entry) -> str:
    if entry.result is None:
        return f"## {entry.task.name}: {entry.data}\n\n{entry.task.summary}.\n\n{entry.why}."
    result = entry.result
    heading = f"## {entry.task.name}: {entry.data}\n\n{entry.task.summary}."
    run = f"Split `{result.split}`: {result.n:,} documents, {result.words:,} words, {result.seconds:.1f} s."
    names = metric_order(entry.task, result)[:DETAIL_LIMIT]
    rows: list[Row] = [HEADER]
    rows.extend(_figure(entry.task, result, name) for name in names)
    return f"{heading}\n\n{run}\n\n{markdown_table(rows)}"
