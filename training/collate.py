"""Puts windows together to padded tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from reportedly.language.reader.findings import fill_pair
from reportedly.language.reader.shapes import LOWER, TITLE, UPPER
from training.batch import IGNORE, Coded, Targets
from training.inventory import Inventory

CLS, SEP = 101, 102
RELATION_NEGATIVES = 4  # a positive pair; the rest of the unrelated pairs of a batch are left out


@dataclass(slots=True)
class Batch:
    """Padded inputs, and the targets of each window."""

    ids: Tensor
    shapes: Tensor
    firsts: Tensor
    mask: Tensor
    present: Tensor
    classes: dict[str, Tensor]
    names: Tensor
    happened: Tensor
    committed: Tensor
    targets: list[Targets]


def collate(groups: Sequence[Sequence[Coded]], inventory: Inventory, generator: random.Random | None) -> Batch:
    """Return a batch. generator: with it, one window in ten loses or changes its capitals."""
    targets = [Targets(group, inventory) for group in groups]
    length = max(sum(len(each.pieces) for each in group) for group in groups) + 2
    count = max(each.count for each in targets)
    ids = np.zeros((len(groups), length), np.int64)
    shapes = np.zeros((len(groups), length), np.int64)
    firsts = np.zeros((len(groups), count), np.int64)
    mask = np.zeros((len(groups), length), bool)
    present = np.zeros((len(groups), count), bool)
    for row, group in enumerate(groups):
        pieces = [CLS, *(piece for each in group for piece in each.pieces), SEP]
        ids[row, : len(pieces)] = pieces
        written = np.array([LOWER, *(shape for each in group for shape in each.shapes), LOWER])
        shapes[row, : len(pieces)] = _recased(written, generator)
        mask[row, : len(pieces)] = True
        place, at = 1, 0
        for each in group:
            firsts[row, at : at + len(each.firsts)] = np.array(each.firsts) + place
            place, at = place + len(each.pieces), at + len(each.firsts)
        present[row, :at] = True
    additive = np.where(mask, 0.0, -1e4).astype(np.float32)[:, None, None, :]
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        firsts=torch.from_numpy(firsts),
        mask=torch.from_numpy(additive),
        present=torch.from_numpy(present),
        classes={name: _stack([each.classes[name] for each in targets], count, IGNORE) for name in targets[0].classes},
        names=_stack([each.names for each in targets], count, False),
        happened=_stack([each.happened for each in targets], count, np.nan),
        committed=_stack([each.committed for each in targets], count, np.nan),
        targets=targets,
    )


def _recased(shapes: np.ndarray, generator: random.Random | None) -> np.ndarray:
    if generator is None or generator.random() > 0.1:
        return shapes
    letters = shapes <= UPPER
    changed = shapes.copy()
    changed[letters] = generator.choice((LOWER, TITLE, UPPER))
    return changed


def _stack(arrays: Sequence[np.ndarray], count: int, fill: float) -> Tensor:
    shape = (len(arrays), count, *arrays[0].shape[1:])
    stacked = np.full(shape, fill, arrays[0].dtype)
    for row, array in enumerate(arrays):
        stacked[row, : len(array)] = array
    return torch.from_numpy(stacked)


@dataclass(slots=True)
class PairBatch:
    """Pairs of one kind over the windows of a batch: which window, weights of the words, labels."""

    window: Tensor
    source: Tensor
    target: Tensor
    between: Tensor
    scope: Tensor
    labels: Tensor


def pair_batch(batch: Batch, kind: str, generator: random.Random | None) -> PairBatch | None:
    """Return the pairs ("categories" or "relations") of a batch, None without any."""
    found = [(row, pair) for row, each in enumerate(batch.targets) for pair in getattr(each, kind)]
    if kind == "relations" and generator is not None:
        related = [each for each in found if each[1][2]]
        others = [each for each in found if not each[1][2]]
        found = related + generator.sample(others, min(len(others), RELATION_NEGATIVES * len(related) + 4))
    if not found:
        return None
    count = batch.present.shape[1]
    weights = np.zeros((4, len(found), count), np.float32)
    for number, (_, (source, target, _, scope)) in enumerate(found):
        fill_pair(weights[:, number], source, target, scope)
    source, target, between, scope = (torch.from_numpy(each) for each in weights)
    return PairBatch(
        torch.tensor([row for row, _ in found]), source, target, between, scope,
        torch.tensor([pair[2] for _, pair in found]),
    )  # fmt: skip
