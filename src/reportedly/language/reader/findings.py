"""Everything beyond syntax that the network says about one text, in words of that text (its tokens)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.language.reader.model import Network, load_network
from reportedly.language.reader.parse import Parsed
from reportedly.language.reader.roles import FoundVoice, Words
from reportedly.language.reader.spans import WordSpan, softmax
from reportedly.language.reader.window import Window

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordScores:
    """How one word would be put if it is a predicate.

    happened: did it happen (UDS-IH2), -3 to 3. future,
    conditional: probability that it is yet to come, that it stands under a condition.
    """

    happened: float
    modality: str
    confidence: float
    future: float
    conditional: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A label with its probability."""

    label: str
    confidence: float


class Findings:
    """Asked by the rules where they need a second opinion; the rarer answers cost another pass."""

    def __init__(self, parsed: Parsed, network: Network) -> None:
        self._windows = parsed.windows
        self._firsts = [window.first for window in parsed.windows]
        self._network = network

    @property
    def mentions(self) -> tuple[WordSpan, ...]:
        """Return the mentions in re3d's types, in text order."""
        return tuple(mention for window in self._windows for mention in window.mentions)

    def share_of_mentions(self, words: Words) -> float:
        """Return the highest probability that one of the words belongs to any mention."""
        best = 0.0
        for index in range(*words):
            window = self._at(index)
            best = max(best, float(window.in_mention[index - window.first]))
        return best

    def voices(self, threshold: float = 0.5) -> list[FoundVoice]:
        """Return the attributions, in the order of their cues."""
        return [voice for window in self._windows for voice in window.voices if voice.confidence >= threshold]

    def word(self, index: int) -> WordScores:
        """Return how the word at ``index`` is put."""
        window = self._at(index)
        place = index - window.first
        shares, scales, flags = window.modality[place], window.scales[place], window.flags[place]
        best = int(shares.argmax())
        return WordScores(
            happened=float(scales[0]),
            modality=self._network.labels["modality"][best],
            confidence=float(shares[best]),
            future=float(flags[0]),
            conditional=float(flags[1]),
        )

    def category(self, sources: Sequence[Words], targets: Sequence[Words]) -> list[Ranked]:
        """Return the PLOVER categories of what a source does to a target, the likeliest first.

        Empty spans stand for "of the text". Spans in different windows are read in the window of the first.
        """
        place = (sources or targets or ((0, 1),))[0][0]
        window = self._at(place)
        weights = pair_weights(window, [(sources, targets)])
        shares = softmax(self._network.read_pairs(window.read_again().words, weights)[0])[0]
        labels = self._network.labels["category"]
        return [Ranked(labels[i], float(shares[i])) for i in np.argsort(-shares).tolist()]

    def relations(self, pairs: Sequence[tuple[Words, Words]]) -> list[list[Ranked]]:
        """Return, for each ordered pair of spans, the relations from the first to the second, the likeliest first."""
        found: list[list[Ranked]] = [[] for _ in pairs]
        labels = self._network.labels["relation"]
        for window in self._windows:
            mine = [n for n, (a, b) in enumerate(pairs) if self._at(a[0]) is window and self._at(b[0]) is window]
            if mine:
                weights = pair_weights(window, [((pairs[n][0],), (pairs[n][1],)) for n in mine])
                shares = softmax(self._network.read_pairs(window.read_again().words, weights)[1])
                for n, row in zip(mine, shares, strict=True):
                    found[n] = [Ranked(labels[i], float(row[i])) for i in np.argsort(-row).tolist()]
        return found

    def _at(self, index: int) -> Window:
        return self._windows[max(0, bisect_right(self._firsts, index) - 1)]


def find(parsed: Parsed) -> Findings:
    """Return the findings of a parsed text."""
    return Findings(parsed, load_network())


def pair_weights(window: Window, pairs: Sequence[tuple[Sequence[Words], Sequence[Words]]]) -> Floats:
    """Return the word weights of pairs of spans: [source, target, between, scope] x pairs x words of the window."""
    count = window.last - window.first
    weights = np.zeros((4, len(pairs), count), np.float32)
    for number, (sources, targets) in enumerate(pairs):
        source, target = (
            [(max(first - window.first, 0), min(last - window.first, count)) for first, last in spans]
            for spans in (sources, targets)
        )
        fill_pair(weights[:, number], source, target, (0, count))
    return weights


def fill_pair(weights: Floats, source: Sequence[Words], target: Sequence[Words], scope: Words) -> None:
    """Write the word weights of one pair into ``weights`` (four rows: source, target, between, scope)."""
    for row, spans in ((0, source), (1, target)):
        for first, last in spans:
            weights[row, first:last] = 1.0
    if source and target:
        (_, low), (high, _) = sorted((source[0], target[0]))
        weights[2, low:high] = 1.0
    for row in range(3):
        total = weights[row].sum()
        if total:
            weights[row] /= total
    weights[3, scope[0] : scope[1]] = 1.0
