"""Country and PLOVER sector of an actor phrase, as event coders record them."""

from __future__ import annotations

from reportedly.actors.base import load_actors
from reportedly.actors.linker import ActorLinker


def code_phrase(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return (ISO 3166-1 alpha-3 or "", PLOVER sectors) of an actor phrase.

    >>> code_phrase("Turkish military")
    ('TUR', ('MIL',))
    """
    link = ActorLinker(load_actors(), phrase).link(phrase, metonym_ok=True)
    return link.country, link.sectors
