"""Makes the answers of the linker: resolved, a class, unknown, each with its confidence and its reasons."""

from __future__ import annotations

from dataclasses import replace

from reportedly.actors.base import ClassNoun
from reportedly.actors.fold import fold
from reportedly.model import Actor, ActorLink, LinkStatus

CONFIDENCE = {
    "exact": 0.95,
    "defined": 0.95,
    "organ": 0.9,
    "title": 0.9,
    "member": 0.85,
    "class": 0.8,
    "metonym": 0.75,
    "people": 0.8,
    "fuzzy": 0.55,
    "ambiguous": 0.3,
    "unknown": 0.2,
}


def class_link(
    name: str, noun: ClassNoun, country: str, reason: str, *, confidence: float = CONFIDENCE["class"]
) -> ActorLink:
    """Return the link to a kind of people ("gunmen"), who are no party of the knowledge base."""
    return ActorLink(
        LinkStatus.CLASS,
        name,
        f"class:{slug(name)}",
        f"class ({noun.kind})",
        noun.sectors,
        country,
        confidence,
        reasons=(reason,),
    )


def resolved(actor: Actor, means: str, reason: str, sectors: tuple[str, ...] = ()) -> ActorLink:
    return ActorLink(
        LinkStatus.RESOLVED,
        actor.name,
        actor.id,
        actor.kind,
        sectors or actor.sectors,
        actor.country,
        CONFIDENCE[means],
        (actor.id,),
        (reason,),
    )


def with_reason(link: ActorLink, reason: str) -> ActorLink:
    return replace(link, reasons=(reason, *link.reasons))


def unknown(name: str) -> ActorLink:
    return ActorLink(LinkStatus.UNKNOWN, name, confidence=CONFIDENCE["unknown"], reasons=("not in the knowledge base",))


def slug(name: str) -> str:
    return fold(name).replace(" ", "-")
