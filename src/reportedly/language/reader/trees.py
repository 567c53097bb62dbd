"""The best dependency tree of a sentence: greedy, and Chu-Liu-Edmonds where the greedy choice is no tree.

Sources: McDonald et al. 2005 (maximum spanning trees for parsing); Chu and Liu 1965, Edmonds 1967.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEVER = np.float32(-1e9)


def best_tree(arcs: Floats) -> list[int]:
    """Return the head of each word; the one root is its own head.

    arcs[i, j]: how well word j depends on word i; arcs[j, j]: how well j is the root.
    """
    heads = arcs.argmax(axis=0)
    count = len(heads)
    roots = np.flatnonzero(heads == np.arange(count))
    if len(roots) != 1:
        root = int(np.argmax(np.diagonal(arcs) - _best_other(arcs)))
        bare = arcs.copy()
        np.fill_diagonal(bare, NEVER)
        heads = bare.argmax(axis=0)
        heads[root] = root
    else:
        root = int(roots[0])
    chosen = [int(head) for head in heads]
    if _is_tree(chosen, root):
        return chosen
    wide = arcs.astype(np.float64)
    np.fill_diagonal(wide, NEVER)
    return _spanning(wide, root)


def _best_other(arcs: Floats) -> Floats:
    bare = arcs.copy()
    np.fill_diagonal(bare, NEVER)
    best: Floats = bare.max(axis=0)
    return best


def _is_tree(heads: list[int], root: int) -> bool:
    good = {root}
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while word not in good:
            if word in path:
                return False
            path.append(word)
            word = heads[word]
        good.update(path)
    return True


def _spanning(scores: NDArray[np.float64], root: int) -> list[int]:
    """Return the maximum spanning arborescence from ``root``; scores[i, j] of the arc from i to j."""
    count = len(scores)
    heads = scores.argmax(axis=0)
    heads[root] = root
    cycle = _find_cycle([int(head) for head in heads], root)
    if not cycle:
        return [int(head) for head in heads]
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = [word for word in range(count) if not inside[word]]
    members = np.array(cycle)
    own = scores[heads[members], members]
    small = np.full((len(outside) + 1, len(outside) + 1), float(NEVER))
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    entering = scores[np.ix_(outside, cycle)] - own[None]
    leaving = scores[np.ix_(cycle, outside)]
    small[:-1, -1] = entering.max(axis=1)
    small[-1, :-1] = leaving.max(axis=0)
    solved = _spanning(small, outside.index(root))
    result = [int(head) for head in heads]
    for place, word in enumerate(outside):
        if word == root:
            continue
        head = solved[place]
        result[word] = outside[head] if head < len(outside) else cycle[int(leaving[:, place].argmax())]
    entry = solved[-1]
    broken = cycle[int(entering[entry].argmax())]
    result[broken] = outside[entry]
    return result


def _find_cycle(heads: list[int], root: int) -> list[int]:
    good = {root}
    for start in range(len(heads)):
        path: list[int] = []
        word = start
        while word not in good:
            if word in path:
                return path[path.index(word) :]
            path.append(word)
            word = heads[word]
        good.update(path)
    return []
