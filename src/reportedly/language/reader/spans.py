"""Spans from begin-inside-outside labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordSpan:
    """Words ``first`` to ``last`` (exclusive) with a label and the mean probability of it."""

    first: int
    last: int
    label: str
    confidence: float


def softmax(scores: Floats) -> Floats:
    """Return probabilities over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def read_spans(scores: Floats, labels: Sequence[str]) -> list[WordSpan]:
    """Return the labelled spans of a window; an inside label that continues nothing begins a span."""
    best = scores.argmax(axis=1)
    if not best.any():
        return []
    shares = softmax(scores)
    found: list[WordSpan] = []
    first, kind = -1, ""
    for word in range(len(best) + 1):
        label = labels[best[word]] if word < len(best) else "O"
        if first >= 0 and not (label[0] == "I" and label[2:] == kind):
            likely = shares[first:word].max(axis=1).mean()
            found.append(WordSpan(first, word, kind, float(likely)))
            first = -1
        if label != "O" and first < 0:
            first, kind = word, label[2:]
    return found
