"""The shipped network: words of one window in, label scores out. Knows ONNX Runtime and the vocabulary, no linguistics.

Every window is read alone, never padded or batched: its scores depend on nothing but its words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reportedly._errors import EnvironmentProblem
from reportedly.language.reader.shapes import LOWER, shape_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
CLS, SEP = 101, 102
MOST_PIECES = 160  # in a window: what the network was trained on
HEADS = (
    "tag",
    "pos",
    "lemma",
    "name",
    "mention",
    "act",
    "modality",
    "starts",
    "cue",
    "scales",
    "future",
    "conditional",
)
EXTRA_WIDTHS = {"starts": 2, "cue": 3, "scales": 2, "future": 2, "conditional": 2}
"""The heads over words in the order of the joint output, here and in training; widths of those without a label list."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says about the words of one window.

    words: a vector a word; heads over words by name [word, label]; arcs[i, j]: how well j depends on i (i == j: a
    root); dep [word, label]; act_roles, voice_roles [label, governing word, word].
    """

    words: Floats
    heads: dict[str, Floats]
    arcs: Floats
    dep: Floats
    act_roles: Floats
    voice_roles: Floats


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: numbers, and for each word the first piece and the piece after its last."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]


class Network:
    """The sessions, the vocabulary and the labels. Use ``load_network``."""

    def __init__(self, session: InferenceSession, pairs: InferenceSession, tokenizer: Tokenizer, labels: Any) -> None:
        self._session = session
        self._pairs = pairs
        self._tokenizer = tokenizer
        self.labels: dict[str, list[str]] = labels
        widths = [EXTRA_WIDTHS.get(name) or len(self.labels[name]) for name in HEADS]
        self._cuts = np.cumsum(widths)[:-1]

    def pieces(self, words: Sequence[str]) -> Pieces:
        """Return the pieces of words; a word that the vocabulary cannot hold is one unknown piece."""
        if not words:
            return Pieces(np.zeros(0, np.int64), np.zeros(1, np.int64))
        encoded = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        ids = np.array(encoded.ids, np.int64)
        of_word = np.array([-1 if word is None else word for word in encoded.word_ids], np.int64)
        starts = np.searchsorted(of_word, np.arange(len(words) + 1))
        if (starts[1:] == starts[:-1]).any():  # a word of control characters only has no piece
            return self._mended(words)
        return Pieces(ids, starts)

    def _mended(self, words: Sequence[str]) -> Pieces:
        ids: list[int] = []
        starts = [0]
        for word in words:
            ids += self._tokenizer.encode(word, add_special_tokens=False).ids or [100]
            starts.append(len(ids))
        return Pieces(np.array(ids, np.int64), np.array(starts, np.int64))

    def read(self, words: Sequence[str], pieces: Pieces, first: int, last: int) -> Scores:
        """Return the scores of the words ``first`` to ``last`` (exclusive) as one window."""
        low, high = int(pieces.starts[first]), int(pieces.starts[last])
        starts = pieces.starts[first:last] - low
        ids = np.concatenate(([CLS], pieces.ids[low:high], [SEP]))
        counts = np.diff(np.append(starts, high - low))
        written = np.repeat([shape_of(word) for word in words[first:last]], counts)
        shapes = np.concatenate(([LOWER], written, [LOWER])).astype(np.int64)
        out = self._session.run(None, {"ids": ids, "shapes": shapes, "firsts": starts + 1})
        heads = dict(zip(HEADS, np.split(out[1], self._cuts, axis=1), strict=True))
        return Scores(out[0], heads, *out[2:])

    def read_pairs(self, words: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """Return category and relation scores of pairs of spans of one window.

        words: a vector a word; weights: [source, target, between, scope] x pairs x words, rows that sum to 1 (or 0).
        """
        repeated = np.broadcast_to(words[None], (weights.shape[1], *words.shape))
        named = dict(zip(("source", "target", "between", "scope"), weights, strict=True))
        category, relation = self._pairs.run(None, {"words": np.ascontiguousarray(repeated), **named})
        return category, relation


@cache
def load_network() -> Network:
    """Load the shipped network once a process. Raises EnvironmentProblem where ONNX Runtime is missing."""
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EnvironmentProblem(f"the reader needs {error.name}: pip install {error.name}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # results then do not depend on the number of cores; workers are processes
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    folder = files("reportedly") / "data" / "reader"
    with as_file(folder) as path:
        sessions = [
            onnxruntime.InferenceSession(str(path / name), options, providers=["CPUExecutionProvider"])
            for name in ("reader.onnx", "pairs.onnx")
        ]
        tokenizer = Tokenizer.from_file(str(path / "tokenizer.json"))
        labels = json.loads((path / "labels.json").read_text(encoding="utf-8"))
    return Network(sessions[0], sessions[1], tokenizer, labels)
