"""Print figures: ours beside the published ones, for a terminal, as JSON and as Markdown."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from benchmarks.framework import Result
from benchmarks.task import Published, Task

Row = tuple[str, ...]


def json_line(result: Result) -> str:
    """Return the one line of JSON that ends every run (keys as laid down in the benchmark design)."""
    return json.dumps(_fields(result), ensure_ascii=False, allow_nan=False)


def json_record(result: Result) -> str:
    """Return the JSON of ``--out``: the same keys, and ``intervals`` with the bootstrap bounds."""
    intervals = {name: [bounds.low, bounds.high] for name, bounds in result.intervals.items()}
    return json.dumps({**_fields(result), "intervals": intervals}, ensure_ascii=False, allow_nan=False)


def _fields(result: Result) -> dict[str, object]:
    return {
        "task": result.task,
        "data": result.data,
        "split": result.split,
        "n": result.n,
        "metrics": {name: _finite(value) for name, value in result.metrics.items()},
        "words": result.words,
        "seconds": round(result.seconds, 3),
        "version": result.version,
    }


def _finite(value: float | None) -> float | None:
    return round(value, 6) if value is not None and math.isfinite(value) else None


def show(value: float | None) -> str:
    """Format a figure: three decimals, plain integers when large, a dash when there is none."""
    if value is None or not math.isfinite(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"


def metric_order(task: Task, result: Result) -> list[str]:
    """Return metric names to print: headline first, the others in the task's own order."""
    leading = [name for name in task.headline if name in result.metrics]
    return leading + [name for name in result.metrics if name not in leading]


def result_table(task: Task, result: Result) -> str:
    """Return the table of one run: each metric, its interval, and what others published."""
    rows: list[Row] = [("metric", "ours", "95 % interval", "published or measured elsewhere")]
    for name in metric_order(task, result):
        bounds = result.intervals.get(name)
        between = f"{show(bounds.low)} to {show(bounds.high)}" if bounds else ""
        others = [other for other in task.published if other.metric == name]
        rows.append((name, show(result.metrics[name]), between, _published(others[:1])))
        rows.extend(("", "", "", _published([other])) for other in others[1:])
    unmatched = [other for other in task.published if other.metric not in result.metrics]
    rows.extend((f"({other.metric})", "", "", _published([other])) for other in unmatched)
    speed = f"{result.words:,} words, {result.n:,} documents, {result.seconds:.1f} s"
    heading = f"{task.name} ({task.summary})\n{result.data}, split {result.split}: {speed}, {result.version}"
    return f"{heading}\n\n{_aligned(rows)}"


def _published(others: Sequence[Published]) -> str:
    return "; ".join(f"{show(other.value)} {other.system} [{other.source}]" for other in others)


def _aligned(rows: Sequence[Row]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def markdown_table(rows: Iterable[Row]) -> str:
    """Return ``rows`` (the first is the header) as a Markdown table."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    header, *body = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join([header, "|" + "---|" * len(cells[0]), *body])
