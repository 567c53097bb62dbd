"""``python -m benchmarks list | run TASK | record``: see ``benchmarks/README.md``.

Exit status: 0 when the task ran, whatever the figure; 2 when it could not run (one line on standard error
says why); for ``record`` 1 when a task failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.framework import (
    BenchmarkError,
    choose_split,
    default_path,
    load_task,
    locate_data,
    run_task,
    task_names,
)
from benchmarks.record import RESULTS, record
from benchmarks.tables import json_line, json_record, result_table
from reportedly._errors import ReportedlyError


def parser() -> argparse.ArgumentParser:
    """Return the command-line grammar."""
    root = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure Reportedly on public corpora.")
    commands = root.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="name the tasks, their data and splits")
    run = commands.add_parser("run", help="score one task and print its figures")
    run.add_argument("task", metavar="TASK")
    run.add_argument("--data", type=Path, metavar="DIR_OR_FILE", help="data in the layout of the corpus")
    run.add_argument("--split", metavar="NAME", help="part of the data (default: the task's first)")
    run.add_argument("--limit", type=int, metavar="N", help="score the first N documents only")
    run.add_argument("--out", type=Path, metavar="FILE", help="write the JSON, with intervals, to a file as well")
    run.add_argument("--no-interval", action="store_true", help="skip the bootstrap interval")
    every = commands.add_parser("record", help="run every task whose data are present and rewrite RESULTS.md")
    every.add_argument("tasks", metavar="TASK", nargs="*", help="these tasks only")
    every.add_argument("--out", type=Path, metavar="FILE", default=RESULTS, help="where to write the figures")
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "list":
            return _list()
        if options.command == "record":
            return 1 if record(options.tasks, options.out) else 0
        return _run(options)
    except (BenchmarkError, ReportedlyError, FileNotFoundError, NotADirectoryError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2


def _list() -> int:
    for name in task_names():
        try:
            task = load_task(name)
        except BenchmarkError as error:
            print(f"{name:15} {error}")
            continue
        data = default_path(task.default_data) if task.default_data else None
        if data is None:
            state = "needs --data"
        else:
            state = task.default_data if data.exists() else f"{task.default_data} (not there)"
        print(f"{name:15} {task.summary}\n{'':15} data: {state}; splits: {', '.join(task.splits)}")
    return 0


def _run(options: argparse.Namespace) -> int:
    if options.limit is not None and options.limit < 1:
        raise BenchmarkError("--limit must be at least 1")
    task = load_task(options.task)
    data = locate_data(task, options.data)
    split = choose_split(task, options.split)
    result = run_task(task, data, split, options.limit, not options.no_interval)
    print(result_table(task, result))
    print()
    if options.out is not None:
        options.out.write_text(json_record(result) + "\n", encoding="utf-8")
    print(json_line(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
