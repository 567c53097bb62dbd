"""Cuts a text into windows that the network can take: at ends of sentences where it can, at spaces where it must.

The cut depends on nothing before the window's own text, so a passage reads the same alone and in a long report.
"""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import NDArray

ENDS = frozenset({".", "!", "?", "…", "...", ";"})
CLOSERS = frozenset({'"', "'", "”", "’", ")", "]"})


def cut_windows(words: Sequence[str], starts: NDArray, most: int) -> list[tuple[int, int]]:  # type: ignore[type-arg]
    """Return word ranges of at most ``most`` pieces each (a longer single word is a window of its own).

    starts: the first piece of each word, and the number of pieces.
    """
    windows: list[tuple[int, int]] = []
    first = 0
    while first < len(words):
        last = first + 1
        while last < len(words) and starts[last + 1] - starts[first] <= most:
            last += 1
        if last < len(words):
            last = _good_end(words, first, last)
        windows.append((first, last))
        first = last
    return windows


def _good_end(words: Sequence[str], first: int, last: int) -> int:
    """Return the latest end of a sentence in a range that is too short for its text, else its end."""
    for end in range(last, first + (last - first) // 3, -1):
        before = words[end - 1]
        if before in CLOSERS and end - 2 >= first:
            before = words[end - 2]
        if before in ENDS and (words[end][:1].isupper() or not words[end][:1].isalnum()):
            return end
    for end in range(last, first + (last - first) // 2, -1):
        if words[end - 1] in (",", ":", "--", "—"):
            return end
    return last
