"""Country and PLOVER sector of an actor phrase, as event coders record them."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.actors.base import ActorBase, load_actors
from reportedly.actors.fold import strip_surface
from reportedly.actors.linker import ActorLinker
from reportedly.actors.phrases import PREPOSITIONS, Piece, Segment, normalise, take_apart
from reportedly.actors.sectors import sectors_of, sectors_of_actor
from reportedly.model import Actor, ActorLink, LinkStatus

OWN_CODES = {"united-nations": "UNO", "european-union": "EUR"}  # bodies that coders give a code in place of a country
AIMED_AT = frozenset({"to", "against", "on", "with", "about", "over", "toward", "towards", "between", "as"})
LEANING = frozenset({"pro", "anti", "non"})
SEATED = frozenset({"based", "born", "owned", "run", "registered", "listed", "trained"})
LONGEST_PLACE = 6  # words


def code_phrase(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return (country, PLOVER sectors) of an actor phrase.

    The country is ISO 3166-1 alpha-3, "UNO" or "EUR" for bodies of the United Nations and the European Union, "" if
    the phrase belongs to none. A known name counts as the knowledge base has it. Of another phrase each part is read:
    the last noun for a kind of people before any preposition gives the sector; a nationality, a country, a known name,
    a province or a large city gives the country. A common noun that says nothing of the kind is "UNK".

    >>> code_phrase("Turkish military")
    ('TUR', ('MIL',))
    """
    base = load_actors()
    text = normalise(phrase)
    linker = ActorLinker(base, text)
    link = linker.link(text, metonym_ok=True)
    whole = base.by_alias(text)
    if len(whole) == 1:
        return _country_of_actor(base, base.actors[whole[0]]), sectors_of_actor(base.actors[whole[0]])
    name = strip_surface(text)
    actor = base.get(link.actor_id or "") if link.status is LinkStatus.RESOLVED else None
    if actor is not None and (base.by_alias(name) or base.state_of_capital(name) or base.country_of_adjective(name)):
        return _country_of_actor(base, actor), sectors_of_actor(actor)
    segments = take_apart(base, linker, text)
    sectors = sectors_of(segments) or (sectors_of_actor(actor) if actor is not None else link.sectors)
    return _country(base, segments, link), sectors or _generic(base, segments)


def _country_of_actor(base: ActorBase, actor: Actor) -> str:
    seen: set[str] = set()
    while actor.id not in seen and not actor.country:
        seen.add(actor.id)
        if actor.id in OWN_CODES:
            return OWN_CODES[actor.id]
        whole = next((r.target for r in actor.relations if r.kind == "part-of"), "")
        actor = base.get(whole) or actor
    return actor.country if len(seen) == 0 else ""


def _country(base: ActorBase, segments: Sequence[Segment], link: ActorLink) -> str:
    for segment in segments:
        if segment.preposition in AIMED_AT:
            continue
        code = _of_state(base, segment.pieces)
        actors = [p.actor for p in segment.pieces if p.actor is not None]
        for actor in actors:
            code = code or _country_of_actor(base, actor)
        code = code or _of_region(base, segment.pieces)
        if code or any(a.kind == "international body" for a in actors):
            return code
    aimed = any(segment.preposition in AIMED_AT for segment in segments)
    return link.country if link.status is LinkStatus.RESOLVED and not aimed else ""


def _windows(pieces: Sequence[Piece]) -> list[str]:
    """Return the runs of words of a segment that can name a place, the longest first."""
    plain = [p.text for p in pieces if p.actor is None]
    words = [w for text in plain for w in ([text] if PREPOSITIONS & set(text.split()) else text.split())]
    runs = [
        " ".join(words[start : start + size])
        for size in range(LONGEST_PLACE, 0, -1)
        for start in range(len(words) - size + 1)
        if words[start][:1].isupper() and not (start and words[start - 1].lower() in LEANING)
    ]
    return runs + [w.partition("-")[0] for w in words if w.rpartition("-")[2] in SEATED and w[:1].isupper()]


def _of_state(base: ActorBase, pieces: Sequence[Piece]) -> str:
    for name in map(strip_surface, _windows(pieces)):
        state_id = base.country_of_adjective(name) or base.country_of_people(name)
        if state_id:
            return base.states[state_id].code
    return ""


def _of_region(base: ActorBase, pieces: Sequence[Piece]) -> str:
    """Read a province or a city, but no single word of what may be a person's name ("Sofia Valencia")."""
    runs = _runs_of_names(pieces)
    for name in map(strip_surface, _windows(pieces)):
        state_id = base.state_of_capital(name) or base.state_of_city(name)
        code = base.country_of_region(name) or (base.states[state_id].code if state_id else "")
        if code and (" " in name or not any(name in run and len(run) > 1 for run in runs)):
            return code
    return ""


def _runs_of_names(pieces: Sequence[Piece]) -> list[list[str]]:
    """Return the unknown capitalised words that stand side by side, run by run."""
    runs: list[list[str]] = [[]]
    for piece in pieces:
        if piece.noun is None and piece.actor is None and piece.is_capitalised:
            runs[-1].append(piece.text)
        else:
            runs.append([])
    return runs


def _generic(base: ActorBase, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return UNK for common nouns only: an unknown name may be anybody's, "savages" are nobody's."""
    head = segments[0].pieces if segments else ()
    names = [p for p in head if p.is_capitalised and not _of_state(base, [p]) and not _of_region(base, [p])]
    return ("UNK",) if head and not names and not head[-1].is_capitalised else ()
