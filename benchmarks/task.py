"""What a benchmark task is: documents are scored one by one, figures come from their sum.

Keeping the score of each document apart is what makes the bootstrap interval possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Metrics = Mapping[str, float | None]  # fractions 0 to 1, errors in their own unit, None: not defined here


@dataclass(frozen=True, slots=True)
class Published:
    """A published (or earlier measured) figure to print beside ours."""

    system: str
    metric: str
    value: float
    source: str  # paper, README, or "measured, design/..." in words; notes such as "easier split"


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The score of one document: named lists of numbers (counts, errors), summed or pooled by the task."""

    document: str
    words: int
    values: Mapping[str, Sequence[float]]


class Task(Protocol):
    """One benchmark task. Modules in ``benchmarks/tasks/`` export one instance each as ``TASK``."""

    @property
    def name(self) -> str:
        """Name on the command line."""
        ...

    @property
    def summary(self) -> str:
        """One line for ``list``."""
        ...

    @property
    def default_data(self) -> str:
        """Path below the corpora folder, "" if --data must be given."""
        ...

    @property
    def splits(self) -> tuple[str, ...]:
        """Names of the splits; the first is the default."""
        ...

    @property
    def published(self) -> tuple[Published, ...]:
        """Figures to print beside ours."""
        ...

    @property
    def headline(self) -> tuple[str, ...]:
        """Metrics to print first and to bootstrap."""
        ...

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the documents of ``split`` below ``data`` in the layout in which the corpus is distributed."""
        ...

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn document scores into figures."""
        ...
