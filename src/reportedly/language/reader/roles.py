"""What the network says of voices: cues with their source and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.language.reader.model import Scores
from reportedly.language.reader.spans import softmax

Floats = NDArray[np.float32]
Words = tuple[int, int]
"""First word and the word after the last, of the whole text."""
GAP = 2  # words of another role that do not break a content: a closing mark, a comma


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """An attribution as the network reads it, in words of the whole text."""

    cue: Words
    source: Words | None
    contents: tuple[Words, ...]
    confidence: float


def find_voices(scores: Scores, first: int, threshold: float) -> Iterator[FoundVoice]:
    """Yield the attributions of a window that begins with word ``first``, in the order of their cues."""
    shares = softmax(scores.heads["cue"])
    word = 0
    while word < len(shares):
        likely = float(1.0 - shares[word, 0])
        if likely < threshold or shares[word, 1] < shares[word, 2]:
            word += 1
            continue
        end = word + 1
        while end < len(shares) and shares[end].argmax() == 2:
            end += 1
        roles = softmax(scores.voice_roles[:, word].T)
        contents = [run for run in _runs(roles[:, 2] > 0.5, GAP) if _worth(run, word, end)]
        if contents:
            sources = list(_runs(roles[:, 1] > 0.5, 0))
            source = max(sources, key=lambda run: float(roles[run[0] : run[1], 1].sum()), default=None)
            yield FoundVoice(
                cue=_shift((word, end), first),
                source=None if source is None else _shift(source, first),
                contents=tuple(_shift(run, first) for run in contents),
                confidence=likely,
            )
        word = end


def _worth(run: Words, cue: int, end: int) -> bool:
    return not cue <= run[0] < run[1] <= end


def _runs(mask: NDArray[np.bool_], gap: int) -> Iterator[Words]:
    """Yield runs of true words, those at most ``gap`` words apart as one."""
    first = last = -1
    for word in np.flatnonzero(mask).tolist():
        if first >= 0 and word - last > gap + 1:
            yield first, last + 1
            first = word
        elif first < 0:
            first = word
        last = word
    if first >= 0:
        yield first, last + 1


def _shift(run: Words, by: int) -> Words:
    return run[0] + by, run[1] + by
