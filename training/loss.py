"""The losses of all heads, weighted so that none drowns the others."""

from __future__ import annotations

import random

import torch
from torch import Tensor
from torch.nn import functional

from reportedly.language.reader.model import EXTRA_WIDTHS, HEADS
from training.batch import IGNORE
from training.collate import Batch, pair_batch
from training.net import PairHead, Reader

WEIGHTS = {
    "tag": 0.5, "pos": 0.3, "dep": 1.0, "lemma": 0.4, "head": 1.5, "starts": 0.3, "name": 0.7, "mention": 1.0,
    "happened": 0.5, "committed": 0.2, "act": 0.7, "modality": 1.0, "future": 0.4, "conditional": 0.4,
    "act_roles": 2.0, "cue": 0.5, "voice_roles": 2.0, "category": 1.0, "relation": 0.6,
}  # fmt: skip


def split_words(joint: Tensor, reader: Reader) -> dict[str, Tensor]:
    """Return the logits of each head over words from their joint output."""
    widths = [EXTRA_WIDTHS.get(name) or getattr(reader.sizes, name) for name in HEADS]
    return dict(zip(HEADS, joint.split(widths, dim=-1), strict=True))


def losses(reader: Reader, pairs: PairHead, batch: Batch, generator: random.Random | None) -> dict[str, Tensor]:
    """Return the mean loss of each head that has targets in the batch."""
    words = reader.encode(batch.ids, batch.shapes, batch.firsts, batch.mask)
    joint, arcs, dep, act_roles, voice_roles = reader(words, batch.present)
    logits = split_words(joint.float(), reader) | {"dep": dep.float()}
    found: dict[str, Tensor] = {}
    for name in ("tag", "pos", "lemma", "dep", "mention", "act", "modality", "starts", "cue", "future", "conditional"):
        target = batch.classes[name]
        if (target != IGNORE).any():
            found[name] = functional.cross_entropy(logits[name].flatten(0, 1), target.flatten(), ignore_index=IGNORE)
    found["head"] = _arc_loss(arcs.float(), batch)
    logs = torch.log_softmax(logits["name"], dim=-1).masked_fill(~batch.names, -1e4)
    found["name"] = -torch.logsumexp(logs, dim=-1)[batch.present].mean()
    for number, name in enumerate(("happened", "committed")):
        target = getattr(batch, name)
        known = ~torch.isnan(target)
        if known.any():
            found[name] = functional.smooth_l1_loss(logits["scales"][..., number][known], target[known], beta=0.5)
    for name, scores in (("act_roles", act_roles), ("voice_roles", voice_roles)):
        loss = _role_loss(scores, batch, name)
        if loss is not None:
            found[name] = loss
    for kind, name, place in (("categories", "category", 0), ("relations", "relation", 1)):
        picked = pair_batch(batch, kind, generator)
        if picked is not None:
            output = pairs(words[picked.window], picked.source, picked.target, picked.between, picked.scope)[place]
            found[name] = functional.cross_entropy(output.float(), picked.labels, label_smoothing=0.05)
    return found


def _arc_loss(arcs: Tensor, batch: Batch) -> Tensor:
    scores = arcs.masked_fill(~batch.present[:, :, None], -1e4).transpose(1, 2)
    return functional.cross_entropy(scores.flatten(0, 1), batch.classes["head"].flatten(), ignore_index=IGNORE)


def _role_loss(scores: Tensor, batch: Batch, name: str) -> Tensor | None:
    rows, targets = [], []
    for window, each in enumerate(batch.targets):
        for word, roles in getattr(each, name):
            rows.append(scores[window, :, word, : each.count].transpose(0, 1))
            targets.append(torch.from_numpy(roles))
    if not rows:
        return None
    return functional.cross_entropy(torch.cat(rows).float(), torch.cat(targets))


def total(found: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()
