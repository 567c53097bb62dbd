"""What is kept of one pass of the network: small, so that a long report fits; the rest can be read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.language.reader.model import Network, Scores
from reportedly.language.reader.roles import FoundVoice, find_voices
from reportedly.language.reader.spans import WordSpan, read_spans, softmax

Floats = NDArray[np.float32]
FAINT = 0.3  # voices with less of a chance are not kept


@dataclass(frozen=True, slots=True)
class Window:
    """The words ``first`` to ``last`` (exclusive) of a text as one pass of the network read them.

    mentions, voices: in words of the whole text. in_mention: probability of each word to belong to a mention;
    modality: probabilities [word, label]; scales: happened and committed; flags: probability of future, conditional.
    read_again: gives all scores anew (the same: a window depends on nothing else).
    """

    first: int
    last: int
    mentions: tuple[WordSpan, ...]
    voices: tuple[FoundVoice, ...]
    in_mention: Floats
    modality: Floats
    scales: Floats
    flags: Floats
    read_again: Callable[[], Scores]


def make_window(
    network: Network, cut: tuple[int, int], scores: Scores, mentions: Sequence[WordSpan], again: Callable[[], Scores]
) -> Window:
    """Keep what the rules may ask for. mentions: in words of the window."""
    first, last = cut
    flags = [softmax(scores.heads[name])[:, 1] for name in ("future", "conditional")]
    return Window(
        first=first,
        last=last,
        mentions=tuple(_shifted(mentions, first)),
        voices=tuple(find_voices(scores, first, FAINT)),
        in_mention=1.0 - softmax(scores.heads["mention"])[:, 0],
        modality=softmax(scores.heads["modality"]),
        scales=np.clip(scores.heads["scales"], -3.0, 3.0),
        flags=np.stack(flags, axis=1),
        read_again=again,
    )


def find_mentions(network: Network, scores: Scores) -> list[WordSpan]:
    """Return the mentions in re3d's types, in words of the window."""
    return read_spans(scores.heads["mention"], network.labels["mention"])


def _shifted(found: Sequence[WordSpan], by: int) -> Iterator[WordSpan]:
    for each in found:
        yield WordSpan(each.first + by, each.last + by, each.label, each.confidence)
