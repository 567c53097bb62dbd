"""The best one-to-one assignment between two small sets (Kuhn 1955, Munkres 1957; O(n^3) form)."""

from __future__ import annotations

from collections.abc import Sequence

_INFINITE = float("inf")


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return (row, column) pairs of the assignment with the greatest total weight.

    Pairs of weight zero or below are left out. Rows must be of equal length.

    >>> assign([[3, 2], [2, 0]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    size = max(len(weights), len(weights[0]))
    costs = [
        [-weights[i][j] if i < len(weights) and j < len(weights[0]) else 0.0 for j in range(size)] for i in range(size)
    ]
    row_of_column = _match_columns(costs)
    pairs = [(row, column) for column, row in enumerate(row_of_column)]
    return sorted((i, j) for i, j in pairs if i < len(weights) and j < len(weights[0]) and weights[i][j] > 0)


def _match_columns(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return the row of each column in a cheapest perfect assignment (shortest augmenting paths)."""
    size = len(costs)
    row_price = [0.0] * (size + 1)
    column_price = [0.0] * (size + 1)
    row_of = [0] * (size + 1)  # rows and columns count from 1; 0 is free
    for row in range(1, size + 1):
        row_of[0] = row
        column = 0
        slack = [_INFINITE] * (size + 1)
        before = [0] * (size + 1)
        seen = [False] * (size + 1)
        while row_of[column]:
            seen[column] = True
            here, step, following = row_of[column], _INFINITE, 0
            for j in range(1, size + 1):
                if seen[j]:
                    continue
                reduced = costs[here - 1][j - 1] - row_price[here] - column_price[j]
                if reduced < slack[j]:
                    slack[j], before[j] = reduced, column
                if slack[j] < step:
                    step, following = slack[j], j
            for j in range(size + 1):
                if seen[j]:
                    row_price[row_of[j]] += step
                    column_price[j] -= step
                else:
                    slack[j] -= step
            column = following
        while column:
            row_of[column] = row_of[before[column]]
            column = before[column]
    return [row - 1 for row in row_of[1:]]
