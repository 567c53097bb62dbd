"""The best tree: always a tree, and the best one."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportedly.language.reader.trees import best_tree

SCORES = st.integers(1, 9).flatmap(lambda size: arrays(np.float32, (size, size), elements=st.floats(-20, 20, width=32)))


def is_tree(heads: list[int]) -> bool:
    roots = [word for word, head in enumerate(heads) if head == word]
    for word in range(len(heads)):
        at = word
        for _ in heads:
            at = heads[at]
        if at not in roots:
            return False
    return len(roots) == 1


@given(SCORES)
def test_the_result_is_a_tree_with_one_root(arcs: np.ndarray) -> None:
    assert is_tree(best_tree(arcs))


@settings(max_examples=60)
@given(arrays(np.float32, (4, 4), elements=st.floats(-20, 20, width=32)))
def test_no_other_tree_with_the_same_root_scores_higher(arcs: np.ndarray) -> None:
    heads = best_tree(arcs)
    root = next(word for word, head in enumerate(heads) if head == word)

    def total(tree: tuple[int, ...] | list[int]) -> float:
        return float(sum(arcs[head, word] for word, head in enumerate(tree) if head != word))

    rivals = (tree for tree in product(range(4), repeat=4) if is_tree(list(tree)) and tree[root] == root)
    assert total(heads) >= max(map(total, rivals)) - 1e-3
