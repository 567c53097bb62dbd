"""A phrase as event coders take it apart: names, nouns for actors, prepositions and other words, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportedly.actors.base import ActorBase, ClassNoun
from reportedly.actors.fold import strip_surface
from reportedly.actors.linker import ActorLinker
from reportedly.model import Actor, LinkStatus

WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
ARTICLES = frozenset({"the", "a", "an"})
EX = re.compile(r"\bex[-‐‑ ](?=\w)", re.IGNORECASE)
LOOSE_HYPHEN = re.compile(r"\s+[-‐‑]\s+(?=[a-z])")
# fmt: off
PREPOSITIONS = frozenset({
    "of", "in", "at", "for", "from", "to", "against", "on", "with", "by", "under", "near", "across", "outside",
    "inside", "within", "behind", "who", "whose", "that", "which", "during", "after", "before", "aboard", "over",
    "toward", "towards", "about", "between", "among", "through", "into", "around", "throughout", "as",
})
# fmt: on
LONGEST_NOUN = 5  # words


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a phrase. ``actor``: it is a known name; ``noun``: it is a noun for actors; else a plain word."""

    text: str
    actor: Actor | None = None
    noun: ClassNoun | None = None

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it is written as a name is."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Segment:
    """The pieces after a preposition, or before the first one (``preposition`` is "" then)."""

    preposition: str
    pieces: tuple[Piece, ...]


def normalise(phrase: str) -> str:
    """Return a phrase with single spaces and closed hyphens: "car - borne  youths" as "car-borne youths"."""
    return " ".join(LOOSE_HYPHEN.sub("-", phrase).split())


def take_apart(base: ActorBase, linker: ActorLinker, phrase: str) -> list[Segment]:
    """Return the segments of a phrase, the one with its head first."""
    segments: list[Segment] = []
    preposition, pieces = "", list[Piece]()
    for piece in _name_runs(linker, _pieces(base, linker, EX.sub("former ", phrase))):
        if piece.noun is None and piece.actor is None and piece.text.lower() in PREPOSITIONS:
            segments.append(Segment(preposition, tuple(pieces)))
            preposition, pieces = piece.text.lower(), []
        else:
            pieces.append(piece)
    segments.append(Segment(preposition, tuple(pieces)))
    return [s for s in segments if s.pieces]


def _pieces(base: ActorBase, linker: ActorLinker, phrase: str) -> Iterator[Piece]:
    names = {hit.span.start: hit for hit in base.find(phrase)}
    matches = list(WORD.finditer(phrase))
    position = 0
    while position < len(matches):
        start = matches[position].start()
        hit = names.get(start)
        actor = _actor(base, linker, hit.surface) if hit is not None else None
        if hit is not None and actor is not None and actor.id not in base.states:
            yield Piece(hit.surface, actor=actor)
            while position < len(matches) and matches[position].start() < hit.span.end:
                position += 1
            continue
        if matches[position].group().lower() in ARTICLES:
            position += 1
            continue
        words = [m.group() for m in matches[position : position + LONGEST_NOUN]]
        size, noun = _longest_place(base, words), None
        if size == 1:
            size, noun = _longest_noun(base, words)
        text = phrase[start : matches[position + size - 1].end()]
        yield Piece(strip_surface(text), noun=noun)
        position += size


def _longest_place(base: ActorBase, words: list[str]) -> int:
    """Return the length of a place with a preposition in its name: "Republic of the Congo", "Port of Spain"."""
    for size in range(len(words), 2, -1):
        text = " ".join(words[:size])
        is_place = base.country_of_adjective(text) or base.state_of_city(text)
        if is_place and text[:1].isupper() and PREPOSITIONS & set(words[:size]):
            return size
    return 1


def _longest_noun(base: ActorBase, words: list[str]) -> tuple[int, ClassNoun | None]:
    for size in range(len(words), 0, -1):
        text = strip_surface(" ".join(words[:size]))
        if size == 1 and (base.country_of_adjective(text) and text[:1].isupper()):
            return 1, None
        noun = base.agent_of(text) or (base.class_of(text) if size <= 3 else None)
        if noun is not None:
            return size, noun
    return 1, None


def _actor(base: ActorBase, linker: ActorLinker, surface: str) -> Actor | None:
    ids = base.by_alias(surface)  # with its article, too: "The Guardian"
    if len(ids) == 1:
        return base.get(ids[0])
    link = linker.link(surface)
    return base.get(link.actor_id or "") if link.status is LinkStatus.RESOLVED else None


def _name_runs(linker: ActorLinker, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Read two or more unknown capitalised words in a row as a person's name, spelt otherwise perhaps."""
    run: list[Piece] = []
    for piece in (*pieces, None):
        if piece is not None and piece.noun is None and piece.actor is None and piece.is_capitalised:
            run.append(piece)
            continue
        yield from _read_run(linker, run)
        run = []
        if piece is not None:
            yield piece


def _read_run(linker: ActorLinker, run: list[Piece]) -> Iterator[Piece]:
    name = " ".join(p.text for p in run)
    actor = linker.person(name) if len(run) > 1 else None
    if actor is not None:
        yield replace(run[0], text=name, actor=actor)
    else:
        yield from run
