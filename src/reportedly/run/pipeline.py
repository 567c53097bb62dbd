"""The whole analysis of one report: discuss, language, actors, places, claims, events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from reportedly.actors import ActorLinker, load_actors
from reportedly.claims import Part, build_claims
from reportedly.discuss import split_discussion
from reportedly.events import group_events
from reportedly.language import Analysis, Analyzer
from reportedly.language.headline import sentence_case
from reportedly.language.truecase import truecase
from reportedly.model import Occupied, Passage, PassageKind, Reading, Report, Span
from reportedly.places import ToponymCandidate, open_gazetteer, read_places
from reportedly.run.labels import knowing_analyzer
from reportedly.run.mentions import collect_mentions

_BLOB = re.compile(r"\S{500,}")
LOCAL_KINDS = frozenset({"armed group", "paramilitary", "administration"})
NO_KEY = b"reportedly: no ledger, no secret"  # pseudonyms of a reading that is not stored


def read_report(report: Report, *, key: bytes = NO_KEY, analyzer: Analyzer | None = None) -> Reading:
    """Analyse one report.

    key: the ledger's secret for commenters' pseudonyms. A report in a language that is not analysed gets its
    passages and
    a note, nothing else.
    """
    passages = split_discussion(report, key=key)
    analyzer = analyzer or knowing_analyzer()
    if not report.analysed:
        note = f"not analysed: language {report.language}"
        return Reading(report, passages, (), (), (), analyzer.name, (*report.notes, note))
    text = truecase(_blank_blobs(report.text))  # of the same length: what is shown and quoted stays as published
    parts = _analyse(text, passages, analyzer)
    linker = ActorLinker(load_actors(), text)
    mentions_of_places = read_places(text, _candidates(parts), operating=_operating_countries(text))
    places = [(m.span, m.link) for m in mentions_of_places]
    mentions = collect_mentions(report, parts, linker, places)
    claims = build_claims(report, parts, linker, places, mentions)
    means = "; ".join((analyzer.name, *(f"places {label}" for label in open_gazetteer().labels)))
    notes = (*report.notes, *_notes(parts))
    bare = Reading(report, passages, mentions, claims, (), means, notes)
    return Reading(report, passages, mentions, claims, group_events([bare]), means, notes)


def _operating_countries(text: str) -> dict[str, float]:
    """Return the countries (ISO alpha-2) of the armed groups and administrations that a text names, with how many.

    An armed group's own country is where it operates, as far as the knowledge base knows; a state's army is not.
    """
    base, gazetteer = load_actors(), open_gazetteer()
    named = {hit.candidates[0] for hit in base.find(text) if len(hit.candidates) == 1}
    counts = Counter(
        country.country
        for actor_id in named
        if (actor := base.actors[actor_id]).kind in LOCAL_KINDS and actor.country
        if (country := gazetteer.by_id(f"country:{actor.country}")) is not None
    )
    return {country: float(count) for country, count in sorted(counts.items())}


def _blank_blobs(text: str) -> str:
    """Return the text with spaces for what is too long to be a word (pictures as base64): patterns crawl over it."""
    return _BLOB.sub(lambda blob: " " * len(blob[0]), text)


def _analyse(text: str, passages: Sequence[Passage], analyzer: Analyzer) -> list[Part]:
    wanted = [p for p in passages if p.kind is not PassageKind.FURNITURE and len(p.span)]
    body = "\n".join(p.span.of(text) for p in wanted if p.kind is PassageKind.PARAGRAPH)
    texts = [p.span.of(text) for p in wanted]
    cased = [sentence_case(t, body) if p.kind is PassageKind.TITLE else t for t, p in zip(texts, wanted, strict=True)]
    analyses = analyzer.analyse(cased)
    return [Part(passage, analysis) for passage, analysis in zip(wanted, analyses, strict=True)]


def _notes(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the analyzer's notes, each once, with the passages that it is about ("r-3f2a.p4" is p4)."""
    where: dict[str, list[str]] = {}
    for part in parts:
        for note in part.analysis.notes:
            where.setdefault(note, []).append(f"p{part.passage.index}")
    return tuple(f"{note} ({', '.join(passages)})" for note, passages in where.items())


def _candidates(parts: Sequence[Part]) -> list[ToponymCandidate]:
    """Return what may be a toponym: the model's names, and runs of capitalised words that it did not mark."""
    found: list[ToponymCandidate] = []
    for part in parts:
        offset = part.passage.span.start
        taken = Occupied(entity.span for entity in part.analysis.entities)
        found += [ToponymCandidate(e.span.shift(offset), e.label) for e in part.analysis.entities]
        for span in _proper_runs(part.analysis):
            if not taken.overlaps(span):
                found.append(ToponymCandidate(span.shift(offset), "PROPN"))
    return found


def _proper_runs(analysis: Analysis) -> list[Span]:
    """Return maximal runs of proper nouns."""
    runs: list[Span] = []
    for token in analysis.tokens:
        if token.pos != "PROPN":
            continue
        if runs and token.span.start - runs[-1].end <= 1:
            runs[-1] = runs[-1].cover(token.span)
        else:
            runs.append(token.span)
    return runs


@cache
def warm_up() -> None:
    """Load model, knowledge base and gazetteer before the first report (for timing and worker start-up)."""
    knowing_analyzer()
    load_actors()
