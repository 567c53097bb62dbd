"""Scoring rules that several tasks share: pure functions on spans and counts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.task import DocumentScore

Confusion = Mapping[tuple[str, str], float]
"""How often a gold label (first) met a found one (second)."""


@dataclass(frozen=True, slots=True, order=True)
class Labelled:
    """A labelled span, half-open, in code points of its document."""

    start: int
    end: int
    label: str = ""

    def overlap(self, other: Labelled) -> int:
        """Return how many characters the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


def ratio(part: float, whole: float) -> float | None:
    """Return ``part / whole``, None when there is nothing to divide by."""
    return part / whole if whole else None


def f1(hits: float, found: float, gold: float) -> float | None:
    """Return F1 from counts: None when neither side has anything, 0 when nothing matches."""
    return ratio(2 * hits, found + gold)


def f1_of(precision: float, recall: float) -> float:
    """Return the harmonic mean of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that are defined, None when none is."""
    defined = [value for value in values if value is not None]
    return math.fsum(defined) / len(defined) if defined else None


def pair_by_overlap(gold: Sequence[Labelled], found: Sequence[Labelled]) -> list[tuple[int, int]]:
    """Pair gold and found spans of one label greedily, one to one, the largest overlap first.

    Ties go to the earlier gold span, then to the earlier found span, so that the result does not depend on
    the order of the input.
    """
    candidates = sorted(
        (-one.overlap(other), one, other, place, where)
        for place, one in enumerate(gold)
        for where, other in enumerate(found)
        if one.label == other.label and one.overlap(other)
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, _, _, place, where in candidates:
        if place not in taken_gold and where not in taken_found:
            taken_gold.add(place)
            taken_found.add(where)
            pairs.append((place, where))
    return pairs


def outermost(spans: Iterable[Labelled]) -> list[Labelled]:
    """Keep the outermost span of each nest, and of spans with equal bounds the first label by alphabet."""
    kept: list[Labelled] = []
    for span in sorted(set(spans), key=lambda each: (each.start, -each.end, each.label)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def sums(scores: Iterable[DocumentScore]) -> dict[str, float]:
    """Add up every named list of numbers over the documents."""
    total: dict[str, float] = {}
    for score in scores:
        for name, values in score.values.items():
            total[name] = total.get(name, 0.0) + sum(values)
    return total


def macro_f1(confusion: Confusion, labels: Iterable[str] = ()) -> float | None:
    """Return macro F1 over the labels of (gold, found) counts, as scikit-learn counts them.

    labels: average over these; empty: every label that occurs as gold or as found.
    """
    chosen = list(labels) or sorted({label for pair in confusion for label in pair})
    return mean(label_f1(confusion, label) or 0.0 for label in chosen)


def label_f1(confusion: Confusion, label: str) -> float | None:
    """Return F1 of one label from (gold, found) counts."""
    hits = confusion.get((label, label), 0.0)
    gold = sum(count for (one, _), count in confusion.items() if one == label)
    found = sum(count for (_, other), count in confusion.items() if other == label)
    return f1(hits, found, gold)


def word_count(text: str) -> int:
    """Count white-space words."""
    return len(text.split())
