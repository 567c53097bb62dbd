"""Figures of the shipped network on the dev items: what it was taught, head by head. The benchmarks judge the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.scoring import f1, macro_f1
from reportedly.language.reader.findings import fill_pair
from reportedly.language.reader.model import Network, Scores, load_network
from reportedly.language.reader.parse import find_heads
from reportedly.language.reader.spans import read_spans, softmax
from training import labels
from training.batch import head_of, relation_pairs
from training.item import Item

BINS = 10


class _Tally:
    """Counts that become figures at the end."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.spans: Counter[str] = Counter()
        self.cells: dict[str, Counter[tuple[str, str]]] = {}
        self.values: dict[str, list[tuple[float, float]]] = {"happened": [], "committed": []}
        self.sure: dict[str, list[tuple[float, bool]]] = {}

    def count(self, name: str, right: bool, confidence: float | None = None) -> None:
        self.all[name] += 1
        self.right[name] += right
        if confidence is not None:
            self.sure.setdefault(name, []).append((confidence, right))

    def cell(self, name: str, gold: str, found: str) -> None:
        self.cells.setdefault(name, Counter())[gold, found] += 1

    def span_sets(self, name: str, gold: Iterable[object], found: Iterable[object]) -> None:
        theirs, ours = set(gold), set(found)
        self.spans[f"{name} gold"] += len(theirs)
        self.spans[f"{name} found"] += len(ours)
        self.spans[f"{name} hits"] += len(theirs & ours)


def score(items: Sequence[Item]) -> dict[str, float]:
    """Return the figures of the shipped network on ``items``."""
    network = load_network()
    tally = _Tally()
    for item in items:
        words = [word.of(item.text) for word in item.words]
        pieces = network.pieces(words)
        if pieces.starts[-1] > 400:
            continue
        scores = network.read(words, pieces, 0, len(words))
        _syntax(network, scores, item, tally)
        _events(network, scores, item, tally)
        _pairs(network, scores, item, tally)
    return _figures(tally)


def _syntax(network: Network, scores: Scores, item: Item, tally: _Tally) -> None:
    assert item.syntax is not None
    heads, _ = find_heads(scores)
    best = {name: [network.labels[name][i] for i in scores.heads[name].argmax(1)] for name in ("tag", "pos")}
    deps = [network.labels["dep"][i] for i in scores.dep.argmax(1)]
    for word in range(len(item.words)):
        for name in ("tag", "pos"):
            tally.count(name, best[name][word] == item.syntax[name][word])
        if item.syntax["pos"][word] == "PUNCT":
            continue
        attached = heads[word] == item.syntax["head"][word]
        tally.count("uas", attached)
        tally.count("las", attached and deps[word] == item.syntax["dep"][word])
    starts = [i for i, value in enumerate(scores.heads["starts"].argmax(1)) if value and i]
    tally.span_sets("starts", [i for i, value in enumerate(item.syntax["starts"]) if value and i], starts)
    found = read_spans(scores.heads["name"], network.labels["name"])
    if item.names is not None:
        tally.span_sets("gold names", [span for span, _ in item.names],
                        [(n.first, n.last) for n in found if n.label not in _NUMBERS])  # fmt: skip
    if item.mentions is not None:
        ours = read_spans(scores.heads["mention"], network.labels["mention"])
        tally.span_sets("mentions", item.mentions, [((m.first, m.last), m.label) for m in ours])


_NUMBERS = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}


def _events(network: Network, scores: Scores, item: Item, tally: _Tally) -> None:
    for number, name in enumerate(("happened", "committed")):
        for word, value in getattr(item, name):
            tally.values[name].append((value, float(np.clip(scores.heads["scales"][word, number], -3, 3))))
    if item.acts is not None:
        acts = scores.heads["act"].argmax(1)
        gold = {head_of(item, act.trigger): act for act in item.acts}
        tally.span_sets("act triggers", gold, [int(i) for i in np.flatnonzero(acts)])
        shares = softmax(scores.heads["modality"])
        for word, act in gold.items():
            tally.cell("act", act.label, labels.ACT_LABELS[acts[word]])
            if act.modality is not None:
                found = labels.MODALITIES[int(shares[word].argmax())]
                tally.count("modality", found == act.modality, float(shares[word].max()))
                tally.cell("modality", act.modality, found)
            roles = scores.act_roles[:, word].argmax(0)
            for name in labels.ACT_ROLES[1:]:
                want = {w for role, span in act.roles if role == name for w in range(*span)}
                have = {int(w) for w in np.flatnonzero(roles == labels.ACT_ROLES.index(name))}
                tally.span_sets(f"role {name}", want, have)
    if item.voices is not None and item.voices_complete:
        cues = np.flatnonzero(scores.heads["cue"].argmax(1) == 1)
        tally.span_sets("cues", [voice.cue[0] for voice in item.voices], [int(i) for i in cues])
        for voice in item.voices:
            roles = scores.voice_roles[:, voice.cue[0]].argmax(0)
            tally.span_sets("content words", {w for span in voice.contents for w in range(*span)},
                            {int(w) for w in np.flatnonzero(roles == 2)})  # fmt: skip
            if voice.source:
                tally.span_sets("source words", set(range(*voice.source)), {int(w) for w in np.flatnonzero(roles == 1)})


def _pairs(network: Network, scores: Scores, item: Item, tally: _Tally) -> None:
    count = len(item.words)
    if item.pairs:
        weights = np.zeros((4, len(item.pairs), count), np.float32)
        for number, pair in enumerate(item.pairs):
            fill_pair(weights[:, number], pair.source, pair.target, (0, count))
        shares = softmax(network.read_pairs(scores.words, weights)[0])
        kind = "story" if not item.pairs[0].source else "category"
        for pair, row in zip(item.pairs, shares, strict=True):
            found = labels.CATEGORIES[int(row.argmax())]
            tally.count(kind, found == pair.label, float(row.max()))
            tally.cell(kind, pair.label, found)
    if item.relations is not None:
        pairs = list(relation_pairs(item))
        weights = np.zeros((4, len(pairs), count), np.float32)
        for number, (source, target, _) in enumerate(pairs):
            fill_pair(weights[:, number], [source], [target], (0, count))
        found_kinds = network.read_pairs(scores.words, weights)[1].argmax(1) if pairs else []
        gold = [(s, t, k) for s, t, k in pairs if k != "none"]
        ours = [(s, t, labels.RELATIONS[k]) for (s, t, _), k in zip(pairs, found_kinds, strict=True) if k]
        tally.span_sets("relations", gold, ours)


def _figures(tally: _Tally) -> dict[str, float]:
    figures = {name: tally.right[name] / total for name, total in sorted(tally.all.items())}
    for name in sorted({key.rsplit(" ", 1)[0] for key in tally.spans}):
        counts = [tally.spans[f"{name} {part}"] for part in ("hits", "found", "gold")]
        figures[f"{name} f1"] = f1(*counts) or 0.0
    for name, cells in tally.cells.items():
        figures[f"{name} macro f1"] = macro_f1({cell: float(count) for cell, count in cells.items()}) or 0.0
    for name, pairs in tally.values.items():
        if pairs:
            gold, found = np.array(pairs).T
            figures[f"{name} mae"] = float(np.abs(gold - found).mean())
            figures[f"{name} r"] = float(np.corrcoef(gold, found)[0, 1])
    for name, told in tally.sure.items():
        figures[f"{name} ece"] = expected_calibration_error(told)
    return {name: round(value, 4) for name, value in figures.items()}


def expected_calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Return the mean gap between confidence and accuracy over ten bins of equal width (Guo et al. 2017)."""
    total = 0.0
    for low in range(BINS):
        inside = [(sure, right) for sure, right in told if low / BINS < sure <= (low + 1) / BINS]
        if inside:
            gap = abs(sum(sure for sure, _ in inside) - sum(right for _, right in inside))
            total += gap / len(told)
    return total
