"""From text to tokens, sentences, trees, names and everything else that the network says about each word."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from reportedly.language.analysis import Entity, Token
from reportedly.language.reader.lemma import lemma_of
from reportedly.language.reader.model import MOST_PIECES, Network, Pieces, Scores, load_network
from reportedly.language.reader.spans import read_spans
from reportedly.language.reader.trees import best_tree
from reportedly.language.reader.window import Window, find_mentions, make_window
from reportedly.language.reader.windows import cut_windows
from reportedly.language.reader.words import find_words
from reportedly.model import Span

SCRIPTS = 4  # of the likeliest lemma scripts, how many are tried
MOST_THREADS = 4
AHEAD = 12  # windows that are being read or wait for it: their scores are large
LONGEST_WORD = 60  # letters that the network sees of a word


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the reader found in one text; spans and word indices count from its beginning."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    windows: tuple[Window, ...] = ()


def parse(text: str, written: str, lemma_fixes: dict[str, str]) -> Parsed:
    """Parse one text; see ``parse_all``."""
    return next(parse_all([(text, written)], lemma_fixes))


def parse_all(texts: Sequence[tuple[str, str]], lemma_fixes: dict[str, str]) -> Iterator[Parsed]:
    """Parse pairs of a plain text and what was written (of the same length); tokens show the words as written.

    The network reads ahead in threads of its own, window by window, while the caller works on what is done; a window's
    reading depends on nothing outside it, so the number of threads changes nothing.

    lemma_fixes: verbs whose lemma is known better ("stag" for "staged" is "stage").
    """
    network = load_network()
    prepared = [_prepare(network, text) for text, _ in texts]
    readings = _read_ahead(network, [(each, cut) for each in prepared for cut in each.cuts])
    for (_, written), each in zip(texts, prepared, strict=True):
        yield _assemble(network, written, each, readings, lemma_fixes)


def _read_ahead(network: Network, cuts: Sequence[tuple[_Prepared, tuple[int, int]]]) -> Iterator[Scores]:
    """Yield the scores of each window in turn while the next few are being read."""
    pool, ahead = reading_threads(), deque[Future[Scores]]()
    rest = iter(cuts)
    try:
        for text, cut in itertools.islice(rest, AHEAD):
            ahead.append(pool.submit(network.read, text.shown, text.pieces, *cut))
        while ahead:
            scores = ahead.popleft().result()
            for text, cut in itertools.islice(rest, 1):
                ahead.append(pool.submit(network.read, text.shown, text.pieces, *cut))
            yield scores
    finally:
        for future in ahead:  # after an error or Ctrl-C nobody waits for the rest
            future.cancel()


@cache
def reading_threads() -> ThreadPoolExecutor:
    """Return the threads in which the network reads: one in a worker process, else as many as cores, at most four."""
    worker = multiprocessing.parent_process() is not None
    return ThreadPoolExecutor(1 if worker else min(MOST_THREADS, os.cpu_count() or 1), "reader")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A text cut into words, pieces and windows."""

    spans: Sequence[Span]
    words: Sequence[str]
    shown: Sequence[str]
    pieces: Pieces
    cuts: Sequence[tuple[int, int]]


def _prepare(network: Network, text: str) -> _Prepared:
    spans = find_words(text)
    words = [span.of(text) for span in spans]
    shown = [word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] for word in words]
    pieces = network.pieces(shown)
    return _Prepared(spans, words, shown, pieces, cut_windows(words, pieces.starts, MOST_PIECES))


def _assemble(
    network: Network, written: str, text: _Prepared, readings: Iterator[Scores], lemma_fixes: dict[str, str]
) -> Parsed:
    spans, words = text.spans, text.words
    tokens: list[Token] = []
    sentences: list[Span] = []
    entities: list[Entity] = []
    windows: list[Window] = []
    for first, last in text.cuts:
        scores = next(readings)
        again = partial(network.read, text.shown, text.pieces, first, last)
        windows.append(make_window(network, (first, last), scores, find_mentions(network, scores), again))
        names = read_spans(scores.heads["name"], network.labels["name"])
        entities += (Entity(_cover(spans, first + n.first, first + n.last), n.label) for n in names)
        labels = [""] * (last - first)
        for name in names:
            labels[name.first : name.last] = [name.label] * (name.last - name.first)
        for token in _tokens(network, scores, words[first:last], lemma_fixes):
            here = first + token.index
            if token.starts:
                sentences.append(spans[here])
            else:
                sentences[-1] = sentences[-1].cover(spans[here])
            tokens.append(
                Token(
                    index=here,
                    span=spans[here],
                    text=spans[here].of(written),
                    lemma=token.lemma,
                    pos=token.pos,
                    tag=token.tag,
                    dep=token.dep,
                    head=first + token.head,
                    sentence=len(sentences) - 1,
                    entity=labels[token.index],
                )
            )
    return Parsed(written, tuple(tokens), tuple(sentences), tuple(entities), tuple(windows))


@dataclass(frozen=True, slots=True)
class _Word:
    index: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    starts: bool


def _tokens(network: Network, scores: Scores, words: Sequence[str], fixes: dict[str, str]) -> Iterator[_Word]:
    """Yield what syntax says about each word of a window."""
    tables = network.labels
    heads, roots = find_heads(scores)
    tags, parts = (scores.heads[name].argmax(axis=1).tolist() for name in ("tag", "pos"))
    dep = scores.dep.copy()
    root = tables["dep"].index("ROOT")
    dep[:, root] = np.where(roots, 1e9, -1e9)
    deps = dep.argmax(axis=1).tolist()
    starts = _sentence_starts(scores)
    for index, word in enumerate(words):
        part = tables["pos"][parts[index]]
        lemma = lemma_of(word, part, _likeliest(scores.heads["lemma"][index], tables["lemma"]))
        if part == "VERB":
            lemma = fixes.get(lemma, lemma)
        yield _Word(index, lemma, part, tables["tag"][tags[index]], tables["dep"][deps[index]], heads[index],
                    bool(starts[index]))  # fmt: skip


def _likeliest(scores: NDArray[np.float32], scripts: Sequence[str]) -> Iterator[str]:
    """Yield the likeliest lemma scripts; sorted only when somebody asks."""
    for number in np.argsort(-scores)[:SCRIPTS].tolist():
        yield scripts[number]


def _sentence_starts(scores: Scores) -> NDArray[np.bool_]:
    starts: NDArray[np.bool_] = scores.heads["starts"].argmax(axis=1).astype(bool)
    starts[0] = True
    return starts


def find_heads(scores: Scores) -> tuple[list[int], NDArray[np.bool_]]:
    """Return the head of each word (a root is its own), and which words are roots; no arc leaves its sentence."""
    starts = np.flatnonzero(_sentence_starts(scores))
    ends = np.append(starts[1:], len(scores.arcs))
    heads: list[int] = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        heads += [start + head for head in best_tree(scores.arcs[start:end, start:end])]
    roots = np.array([head == word for word, head in enumerate(heads)], bool)
    return heads, roots


def _cover(spans: Sequence[Span], first: int, last: int) -> Span:
    return Span(spans[first].start, spans[last - 1].end)
