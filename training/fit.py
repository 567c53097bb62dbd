"""Trains the reader: one command, fixed seed, figures on dev after each epoch."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from training import labels
from training.batch import Coded, code, windows
from training.collate import collate
from training.data import load
from training.inventory import Inventory, build
from training.loss import losses, total
from training.net import PairHead, Reader, Sizes


@dataclass(frozen=True, slots=True)
class Stage:
    """A descent of the learning rate. repeats, shares: how often, or how much of, a corpus an epoch sees."""

    name: str
    epochs: float
    minutes: float
    rate: float
    head_rate: float
    repeats: dict[str, int]
    shares: dict[str, float]


STAGES = (
    Stage("text", 3.0, 28.0, 2e-4, 1e-3, {"re3d": 2, "authored": 2},
          {"ngec": 0.4, "wnut17": 0.6, "hrdsattack": 0.8, "muc4": 0.8}),
    Stage("tasks", 4.0, 28.0, 1.5e-4, 5e-4, {"re3d": 5, "authored": 2, "factuality-meantime": 2},
          {"ngec": 0.15, "wnut17": 0.2, "hrdsattack": 0.2, "muc4": 0.2, "wikigold": 0.5, "gum": 0.6,
           "factuality-uds-ih2": 0.6}),
)  # fmt: skip
"""First what every text teaches (syntax above all), then, from a gentler rate, what few texts do."""
PIECES = 2200  # word pieces in a batch
WARM_UP = 0.06


def make(inventory: Inventory) -> tuple[Reader, PairHead]:
    """Return untrained networks for an inventory."""
    sizes = Sizes(**{name: len(getattr(inventory, name)) for name in ("tag", "pos", "dep", "lemma", "name", "mention")},
                  act=len(labels.ACT_LABELS), modality=len(labels.MODALITIES))  # fmt: skip
    reader = Reader(sizes, len(labels.ACT_ROLES), len(labels.VOICE_ROLES))
    return reader, PairHead(len(labels.CATEGORIES), len(labels.RELATIONS))


def epoch_of(coded: Sequence[Coded], stage: Stage, generator: random.Random) -> list[list[Coded]]:
    """Return the windows of one epoch, in an order that groups similar lengths."""
    corpora: dict[str, list[Coded]] = defaultdict(list)
    for each in coded:
        corpora[each.item.corpus].append(each)
    groups: list[list[Coded]] = []
    for name, members in sorted(corpora.items()):
        family = name.split("/", maxsplit=1)[0]
        for _ in range(stage.repeats.get(family, 1)):
            kept = [each for each in members if generator.random() < stage.shares.get(family, 1.0)]
            if family in ("authored", "ngec"):
                generator.shuffle(kept)
            groups += windows(kept, generator)
    return groups


def batches(groups: Sequence[list[Coded]], pieces: int, generator: random.Random) -> list[list[list[Coded]]]:
    """Return batches of windows of similar length, shuffled."""
    ordered = sorted(groups, key=lambda group: (sum(len(each.pieces) for each in group), generator.random()))
    made: list[list[list[Coded]]] = []
    current: list[list[Coded]] = []
    for group in ordered:
        size = sum(len(each.pieces) for each in group) + 2
        if current and size * (len(current) + 1) > pieces:
            made.append(current)
            current = []
        current.append(group)
    if current:
        made.append(current)
    generator.shuffle(made)
    return made


def train(folder: Path, encoder: Path, seed: int = 0, timed: bool = True, only: str = "") -> None:
    """Train on ``folder``'s items from MiniLM's weights in ``encoder``; leave ``reader.pt`` and ``labels.json``.

    timed: each stage ends after its minutes, or its epochs if they are over first (a slower machine then sees less);
    else after its epochs. only: run one stage, the second from the weights that the first left.
    """
    torch.manual_seed(seed)
    np.random.seed(seed)
    generator = random.Random(seed)
    items = load(folder / "train.pkl")
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    coded = code(items, tokenizer)
    if only in ("", STAGES[0].name):
        inventory = build(items)
        reader, pairs = make(inventory)
        reader.encoder.load_minilm(load_file(encoder / "model.safetensors"))
    else:
        reader, pairs, inventory = restore(folder)
    for stage in STAGES:
        if only in ("", stage.name):
            _descend(Run(reader, pairs, inventory, coded, folder), stage, generator, timed)


@dataclass(frozen=True, slots=True)
class Run:
    """What one training works on."""

    reader: Reader
    pairs: PairHead
    inventory: Inventory
    coded: list[Coded]
    folder: Path


def _descend(run: Run, stage: Stage, generator: random.Random, timed: bool) -> None:
    optimiser = _optimiser(run.reader, run.pairs, stage)
    per_epoch = len(batches(epoch_of(run.coded, stage, random.Random(1)), PIECES, random.Random(1)))
    steps = int(per_epoch * stage.epochs)
    print(f"{stage.name}: {len(run.coded)} items, {per_epoch} batches an epoch, {steps} steps", flush=True)
    step, started = 0, time.monotonic()
    sums: dict[str, list[float]] = defaultdict(list)
    while step < steps:
        for groups in batches(epoch_of(run.coded, stage, generator), PIECES, generator):
            spent = (time.monotonic() - started) / 60
            done = max(step / steps, spent / stage.minutes if timed else 0.0)
            if done >= 1:
                step = steps
                break
            scale = done / WARM_UP if done < WARM_UP else (1 - done) / (1 - WARM_UP)
            for group in optimiser.param_groups:
                group["lr"] = group["top"] * max(scale, 0.01)
            for name, loss in _step(run, groups, optimiser, generator).items():
                sums[name].append(loss)
            step += 1
            if step % 100 == 0:
                means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(sums.items()))
                print(f"{step} {done:.2f} {spent:.1f} min | {means}", flush=True)
                sums.clear()
            if step % 400 == 0:
                save(run.folder, run.reader, run.pairs, run.inventory)
    save(run.folder, run.reader, run.pairs, run.inventory)


def _step(
    run: Run, groups: list[list[Coded]], optimiser: torch.optim.AdamW, generator: random.Random
) -> dict[str, float]:
    """Learn from one batch; returns its losses."""
    run.reader.train()
    run.pairs.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = losses(run.reader, run.pairs, collate(groups, run.inventory, generator), generator)
    total(found).backward()
    torch.nn.utils.clip_grad_norm_([*run.reader.parameters(), *run.pairs.parameters()], 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return {name: float(loss.detach()) for name, loss in found.items()}


def save(folder: Path, reader: Reader, pairs: PairHead, inventory: Inventory) -> None:
    """Keep weights and labels in ``folder``."""
    temporary = folder / "reader.pt.part"
    torch.save({"reader": reader.state_dict(), "pairs": pairs.state_dict(), "inventory": inventory}, temporary)
    temporary.replace(folder / "reader.pt")
    inventory.write(folder / "labels.json")


def restore(folder: Path) -> tuple[Reader, PairHead, Inventory]:
    """Return what ``save`` kept (a file of our own making)."""
    kept = torch.load(folder / "reader.pt", weights_only=False)
    reader, pairs = make(kept["inventory"])
    reader.load_state_dict(kept["reader"])
    pairs.load_state_dict(kept["pairs"])
    return reader.eval(), pairs.eval(), kept["inventory"]


def _optimiser(reader: Reader, pairs: PairHead, stage: Stage) -> torch.optim.AdamW:
    encoder = list(reader.encoder.parameters())
    known = {id(each) for each in encoder}
    heads = [each for each in (*reader.parameters(), *pairs.parameters()) if id(each) not in known]
    groups = [
        {"params": encoder, "lr": stage.rate, "top": stage.rate},
        {"params": heads, "lr": stage.head_rate, "top": stage.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
