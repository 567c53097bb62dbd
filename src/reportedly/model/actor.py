"""Actors: parties that act or are acted upon."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkStatus(StrEnum):
    """What became of a mention when it was looked up."""

    RESOLVED = "resolved"
    CLASS = "class"  # "radical militant groups": an actor of its own, never equated with a named one
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ActorRelation:
    """A dated relation from the knowledge base; dates are ISO prefixes ("2017-01"), "" where open."""

    kind: str
    target: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the knowledge base.

    id: stable slug ("syrian-army"); sectors: PLOVER sector codes, the leading one first;
    country: ISO 3166-1 alpha-3, "" for none (international bodies, transnational groups);
    checked_at: where the entry can be checked (Wikidata id or document reference, in words).
    """

    id: str
    name: str
    kind: str
    sectors: tuple[str, ...]
    country: str = ""
    aliases: tuple[str, ...] = ()
    relations: tuple[ActorRelation, ...] = ()
    checked_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActorLink:
    """Who a mention is, with reasons; ambiguous and unknown are legal answers.

    actor_id: knowledge-base id when resolved; for a class a slug made from its words
        ("class:radical-militant-groups"); None when unknown or ambiguous.
    name: canonical name to show (the words themselves when unknown).
    candidates: ids considered, best first.
    """

    status: LinkStatus
    name: str
    actor_id: str | None = None
    kind: str = ""
    sectors: tuple[str, ...] = ()
    country: str = ""
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
