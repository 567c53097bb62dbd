"""All mentions of a report with what they were resolved to: actors, places, times, numbers, weapons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.actors import ActorLinker
from reportedly.claims import Part
from reportedly.claims.parties import QUANTIFIERS
from reportedly.claims.times import read_time
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import ActorLink, LinkStatus, Mention, MentionKind, PlaceLink, Report, Span

WEAPON_KINDS = {"weapon": MentionKind.WEAPON, "platform": MentionKind.PLATFORM, "vehicle": MentionKind.VEHICLE}
ENTITY_KINDS = {
    "PERSON": MentionKind.PERSON,
    "ORG": MentionKind.ORGANISATION,
    "LAW": MentionKind.DOCUMENT,
    "MONEY": MentionKind.MONEY,
    "NORP": MentionKind.NATIONALITY,
}
NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|several|many|some|more|most)\b",
    re.IGNORECASE,
)
PERSON_KINDS = frozenset({"person", "leader"})


def collect_mentions(
    report: Report, parts: Sequence[Part], linker: ActorLinker, places: Sequence[tuple[Span, PlaceLink]]
) -> tuple[Mention, ...]:
    """Return the mentions in text order; where two overlap, the one found by the surer means stays.

    Order of trust: times and places and weapons (word lists, gazetteer), knowledge-base actors and classes, the
    model's names.
    """
    kept: list[Mention] = []
    for part in parts:
        mine = [
            *_times(report, part),
            *_places(part, places),
            *_weapons(part),
            *_actors(part, linker),
            *_quantities(part),
        ]
        here: list[Mention] = []
        for mention in mine:
            if len(mention.span) and not any(mention.span.overlaps(other.span) for other in here):
                here.append(mention)
        kept.extend(here)
    shown = (replace(m, text=m.span.of(report.text)) for m in kept)
    return tuple(sorted(shown, key=lambda m: (m.span, m.kind)))


def _times(report: Report, part: Part) -> Iterator[Mention]:
    for span in part.analysis.times:
        words = span.of(part.analysis.text)
        yield _mention(part, MentionKind.TIME, span, when=read_time(words, report.published))


def _places(part: Part, places: Sequence[tuple[Span, PlaceLink]]) -> Iterator[Mention]:
    inside = part.passage.span
    for span, link in places:
        if inside.contains(span):
            yield Mention(
                MentionKind.PLACE,
                span,
                span.shift(-inside.start).of(part.analysis.text),
                part.passage.index,
                place=link,
            )


def _weapons(part: Part) -> Iterator[Mention]:
    for span, kind, _ in part.analysis.weapons:
        yield _mention(part, WEAPON_KINDS[kind], span)


def _quantities(part: Part) -> Iterator[Mention]:
    for entity in part.analysis.entities:
        if entity.label == "MONEY":
            yield _mention(part, MentionKind.MONEY, entity.span)
    for quantity in part.analysis.quantities:
        yield _mention(part, MentionKind.QUANTITY, quantity.span)


def _actors(part: Part, linker: ActorLinker) -> Iterator[Mention]:
    """Yield names and noun phrases for people: known ones first, then the model's, then classes."""
    tree = Tree(part.analysis.tokens)
    text = part.analysis.text
    seen: set[Span] = set()
    unknown: list[Mention] = []
    for token in tree.tokens:
        if token.pos not in NOUNS or token.dep in {"compound", "nmod"}:
            continue
        span = tree.phrase(token.index)
        surface = QUANTIFIERS.sub("", span.of(text)).strip()
        start = span.end - len(surface)
        if not surface or text[start : span.end] != surface or Span(start, span.end) in seen:
            continue
        counted = NUMBER.search(text[span.start : start]) is not None
        span = Span(start, span.end) if counted else span  # "three soldiers" counts soldiers; "the army" is one phrase
        seen.add(span)
        link = linker.link(surface, in_comment=part.passage.comment is not None)
        if link.status in (LinkStatus.RESOLVED, LinkStatus.CLASS, LinkStatus.AMBIGUOUS):
            yield _mention(part, _kind(link), span, actor=link)
    for entity in part.analysis.entities:
        if entity.label in ENTITY_KINDS and entity.label != "MONEY":
            surface = entity.span.of(text)
            link = linker.link(surface, in_comment=part.passage.comment is not None)
            unknown.append(_mention(part, ENTITY_KINDS[entity.label], entity.span, actor=link))
    yield from unknown


def _kind(link: ActorLink) -> MentionKind:
    if link.kind in PERSON_KINDS:
        return MentionKind.PERSON
    if link.status is LinkStatus.CLASS:
        return MentionKind.GROUP
    return MentionKind.ORGANISATION


def _mention(part: Part, kind: MentionKind, span: Span, **links: object) -> Mention:
    return Mention(kind, span.shift(part.passage.span.start), span.of(part.analysis.text), part.passage.index, **links)  # type: ignore[arg-type]
