"""The one place where the benchmarks touch the analysis: a change of its interface is mended here.

Everything below returns plain benchmark values (labelled spans) or the analysis's own frozen values.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import reportedly
from benchmarks.attributions import GoldAttribution
from benchmarks.scoring import Labelled
from reportedly.language.analysis import Analysis, FoundAct, Role, words_of
from reportedly.language.lexicon import load_lexicon
from reportedly.language.modality import assess
from reportedly.language.opinion import hangs, second_opinion
from reportedly.language.tree import Tree
from reportedly.language.voices import INTEND
from reportedly.model import Modality, Reading, Span
from reportedly.run.labels import knowing_analyzer

BATCH = 32

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Assessment:
    """How one predicate is put.

    attempted: tried, not done; conditional: in an if-clause or depending on one; future: told as yet to come.
    happened: the network's own scale, -3 to 3, None where another analyzer read the text.
    """

    modality: Modality
    negated: bool
    hedged: bool
    attempted: bool = False
    conditional: bool = False
    future: bool = False
    happened: float | None = None


def analyse(texts: Sequence[str]) -> list[Analysis]:
    """Analyse each text with the analyzer in use."""
    return knowing_analyzer().analyse(texts)


def analyse_each(
    items: Iterable[Item], text_of: Callable[[Item], str], limit: int | None = None
) -> Iterator[tuple[Item, Analysis]]:
    """Yield each item (the first ``limit``) with the analysis of its text, a batch at a time."""
    batch: list[Item] = []
    for count, item in enumerate(items):
        if limit is not None and count >= limit:
            break
        batch.append(item)
        if len(batch) == BATCH:
            yield from zip(batch, analyse([text_of(each) for each in batch]), strict=True)
            batch = []
    if batch:
        yield from zip(batch, analyse([text_of(each) for each in batch]), strict=True)


@cache
def _whole_reading() -> Callable[[str], Reading] | None:
    """Return ``reportedly.read``, None while the stages behind it are not built."""
    try:
        importlib.import_module("reportedly._facade")
    except ImportError as error:
        if (error.name or "").startswith("reportedly"):
            return None
        raise
    return reportedly.read


def mentions(text: str) -> list[Labelled]:
    """Return the mentions in one report, labelled with the words of ``MentionKind``."""
    read = _whole_reading()
    if read is None:
        return _marked_by_model(analyse([text])[0])
    return sorted(Labelled(each.span.start, each.span.end, str(each.kind)) for each in read(text).mentions)


_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "nationality",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "LAW": "document",
    "MONEY": "money",
}


def _marked_by_model(analysis: Analysis) -> list[Labelled]:
    """Return what the language model and the lexicons marked: the floor until mentions are built."""
    found = [
        Labelled(each.span.start, each.span.end, _KINDS[each.label])
        for each in analysis.entities
        if each.label in _KINDS
    ]
    found += [Labelled(span.start, span.end, "time") for span in analysis.times]
    found += [Labelled(each.span.start, each.span.end, "quantity") for each in analysis.quantities]
    found += [Labelled(span.start, span.end, kind) for span, kind, *_ in analysis.weapons]
    return sorted(found)


def token_at(analysis: Analysis, offset: int) -> int:
    """Return the index of our token that covers a character (the one before it in a gap)."""
    below, above = 0, len(analysis.tokens) - 1
    while below < above:
        middle = (below + above + 1) // 2
        if analysis.tokens[middle].span.start <= offset:
            below = middle
        else:
            above = middle - 1
    return below


def assess_each(analysis: Analysis, tokens: Sequence[int]) -> list[Assessment]:
    """Say how the predicates at ``tokens`` are put, whether or not they are acts that we keep."""
    tree = Tree(analysis.tokens)
    return [_assess(tree, analysis, token) for token in tokens]


def _assess(tree: Tree, analysis: Analysis, token: int) -> Assessment:
    found = assess(tree, token, load_lexicon())
    scores = analysis.findings.word(token) if analysis.findings is not None else None
    if scores is not None:
        second_opinion(found, scores)
    return Assessment(
        happened=None if scores is None else scores.happened,
        modality=found.modality,
        negated=found.negated,
        hedged=bool(found.hedges),
        attempted=found.attempted,
        conditional=hangs(found, scores),
        future=found.future,
    )


def arguments(act: FoundAct, *roles: Role) -> list[Labelled]:
    """Return the spans of the arguments of ``act`` in any of ``roles``, labelled with the role."""
    return [Labelled(each.span.start, each.span.end, str(each.role)) for each in act.arguments if each.role in roles]


def categories(analysis: Analysis, source: Sequence[Labelled], target: Sequence[Labelled]) -> dict[str, float]:
    """Return the probability of each PLOVER category of what a source does to a target (none: of the text)."""
    if analysis.findings is None or not analysis.tokens:
        return {}
    placed = [
        [words for each in spans if (words := words_of(analysis.tokens, Span(each.start, each.end))) is not None][:1]
        for spans in (source, target)
    ]
    return {each.label: each.confidence for each in analysis.findings.category(placed[0], placed[1])}


def acts(analysis: Analysis) -> Sequence[FoundAct]:
    """Return the acts and states of one text."""
    return analysis.acts


def attributions(analysis: Analysis, *, intentions: bool = True) -> list[GoldAttribution]:
    """Return who says what in one text, in the shape of the gold: pieces with one source and cue are one.

    intentions: also what somebody means or wishes to do, which some corpora attribute and others do not.
    """
    pieces: dict[tuple[Span | None, Span], list[Labelled]] = {}
    for each in analysis.attributions:
        if intentions or each.stance != INTEND:
            content = Labelled(each.content.start, each.content.end)
            pieces.setdefault((each.source, each.cue), []).append(content)
    return [
        GoldAttribution(
            source=None if source is None else Labelled(source.start, source.end),
            cue=Labelled(cue.start, cue.end),
            content=tuple(sorted(contents)),
        )
        for (source, cue), contents in pieces.items()
    ]


def read_whole(text: str) -> object:
    """Read one report the whole way (``reportedly.read``), or as far as the analysis is built."""
    read = _whole_reading()
    return analyse([text]) if read is None else read(text)
