"""Which PLOVER sectors the pieces of a phrase amount to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportedly.actors.phrases import Piece, Segment
from reportedly.model import Actor

FORMER = frozenset({"former", "ex", "retired", "ousted", "deposed", "erstwhile", "onetime", "exiled", "toppled"})
OFFICE = frozenset({"GOV", "LEG", "JUD", "SPY", "MIL", "COP", "PTY"})  # who held one of these is an ELI afterwards
ARMED = frozenset({"REB", "PRM", "MIL", "UAF"})
STAY = frozenset({"LAB", "CVL"})  # residents near a base, workers at a factory: where they are is not what they are


def sectors_of(segments: Sequence[Segment]) -> tuple[str, ...]:
    """Return the sectors that names and nouns of a phrase give it, the leading one first; () if it has neither.

    The last noun or name before the first preposition counts; a noun for a role ("leader", "member") takes the
    sector of what it belongs to.
    """
    for number, segment in enumerate(segments):
        found = _found(segment)
        if found:
            sectors = _read(found, segments[number + 1 :])
            return _former(segment, sectors) if number == 0 else sectors
    return ()


def sectors_of_actor(actor: Actor) -> tuple[str, ...]:
    """Return an actor's sectors; for a person who has left an office, ELI follows: a phrase has no date."""
    left = any(r.end for r in actor.relations if r.kind in {"commands", "linked-to"})
    official = actor.sectors[:1] in {("GOV",), ("LEG",)}
    return _merge(actor.sectors, ("ELI",)) if actor.kind == "person" and left and official else actor.sectors


def _found(segment: Segment) -> list[Piece]:
    """Return the names and nouns of a segment, its head first."""
    return [p for p in reversed(segment.pieces) if p.noun is not None or (p.actor is not None and p.actor.sectors)]


def _read(found: Sequence[Piece], rest: Sequence[Segment]) -> tuple[str, ...]:
    head, modifiers = found[0], found[1:]
    if head.actor is not None:
        titles = [m.noun.sectors for m in modifiers if m.noun is not None and m.noun.kind != "role"]
        own = sectors_of_actor(head.actor)
        return _merge(*titles[:1], own) if head.actor.kind == "person" else own
    if head.noun is None:
        return ()
    complement = [p for segment in rest if segment.preposition == "of" for p in _found(segment)]
    if head.noun.kind == "role":
        next_to = [] if head.noun.sectors[0] in STAY else [p for segment in rest[:1] for p in _found(segment)]
        owner = _owner(modifiers) or _owner(complement) or _owner(next_to)
        return _role(head.noun.sectors, owner) if owner is not None else head.noun.sectors
    named = [sectors_of_actor(m.actor) for m in modifiers if m.actor is not None]
    if named and head.noun.sectors[0] in ARMED and named[0][0] in ARMED:
        return _merge(named[0], head.noun.sectors)
    governs = head.noun.sectors[0] == "GOV"
    nouns = [m.noun for m in (*modifiers, *(complement if governs else ())) if m.noun is not None]
    further = [n.sectors for n in nouns if n.kind == ("field" if governs else "agent")]
    return _merge(head.noun.sectors, *further, *named)


def _owner(pieces: Iterable[Piece]) -> Piece | None:
    """Return the first piece with a sector of its own."""
    return next((p for p in pieces if p.actor is not None or (p.noun is not None and p.noun.kind != "role")), None)


def _role(own: tuple[str, ...], owner: Piece) -> tuple[str, ...]:
    if owner.actor is not None:
        return sectors_of_actor(owner.actor)
    if owner.noun is None or owner.noun.sectors[:1] == ("UNK",):
        return own
    if own[:1] == ("MIL",) and owner.noun.sectors[:1] == ("GOV",):
        return _merge(own, owner.noun.sectors)
    if owner.noun.kind == "field" and own[:1] == ("GOV",):
        return _merge(own, owner.noun.sectors)
    return owner.noun.sectors


def _former(segment: Segment, sectors: tuple[str, ...]) -> tuple[str, ...]:
    words = {part for p in segment.pieces for part in p.text.lower().replace("-", " ").split()[:1]}
    return _merge(("ELI",), sectors) if words & FORMER and set(sectors[:1]) & OFFICE else sectors


def _merge(*parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sectors of all parts, once each; one who is somebody is not also nobody in particular."""
    merged = tuple(dict.fromkeys(sector for part in parts for sector in part))
    return tuple(s for s in merged if s != "UNK") or merged
