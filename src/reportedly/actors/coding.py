"""Country and PLOVER sector of an actor phrase, as event coders record them."""

from __future__ import annotations

import re

from reportedly.actors.base import ActorBase, load_actors
from reportedly.actors.fold import strip_surface
from reportedly.actors.linker import ActorLinker

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


def code_phrase(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return (ISO 3166-1 alpha-3 or "", PLOVER sectors) of an actor phrase.

    What the linker cannot say as a whole is read off its words: a nationality, a country or a large city gives the
    country, the
    last noun for a kind of people before any preposition gives the sector.

    >>> code_phrase("Turkish military")
    ('TUR', ('MIL',))
    """
    base = load_actors()
    link = ActorLinker(base, phrase).link(phrase, metonym_ok=True)
    words = [strip_surface(w) for w in WORD.findall(phrase)]
    return link.country or _country(base, words), link.sectors or _sectors(base, words)


def _country(base: ActorBase, words: list[str]) -> str:
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            state = name[:1].isupper() and (base.country_of_adjective(name) or base.state_of_city(name))
            if state:
                return base.states[state].code
    return ""


def _sectors(base: ActorBase, words: list[str]) -> tuple[str, ...]:
    head = words[: next((i for i, w in enumerate(words) if i and w in {"of", "in", "at", "for", "from"}), len(words))]
    for part in (head, words):
        for end in range(len(part), 0, -1):
            for size in (3, 2, 1):
                noun = base.class_of(" ".join(part[max(0, end - size) : end])) if end >= size else None
                if noun is not None:
                    return noun.sectors
    return ()
