"""How far is the work? A bar on stderr with rate, failures and time left; nothing without a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.run.batch import Step


@contextmanager
def show_progress() -> Iterator[Callable[[Step], None]]:
    """Show a bar while the block runs, and take it away afterwards; the block reports each step to it."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("loading the model", total=None)

        def update(step: Step) -> None:
            total = None if step.share is None else 1.0
            bar.update(task, completed=step.share or 0.0, total=total, description=describe(step))

        yield update


def describe(step: Step) -> str:
    """Return how far a batch is, in words: reports, rate, failures."""
    rate = f"{step.done / step.seconds:.1f}/s" if step.seconds > 0 else ""
    parts = [f"{step.done} reports", rate, f"{step.quarantined} quarantined"]
    return ", ".join(part for part in parts if part)
