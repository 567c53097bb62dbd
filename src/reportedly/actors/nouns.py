"""Reads the words of a phrase against the knowledge base: the noun that ends it and the modifiers before it."""

from __future__ import annotations

from reportedly.actors.base import ActorBase, ClassNoun
from reportedly.actors.fold import strip_surface

NOT_OWN = frozenset(
    {"backed", "linked", "affiliated", "aligned", "allied", "led", "supported", "pro", "anti", "held", "controlled"}
)
OUTRANKING = frozenset({"REB", "PRM", "CRM", "OPP", "COP", "CVL", "REF", "UAF"})


def modifying_class(base: ActorBase, words: list[str]) -> ClassNoun | None:
    """Return the class that a modifier gives to a neutral head: "guerrilla forces" are guerrillas."""
    for word in reversed(words):
        noun = base.class_of(word)
        if noun is not None and noun.sectors[:1] and noun.sectors[0] in OUTRANKING:
            return noun
    return None


def class_noun(base: ActorBase, words: list[str]) -> tuple[ClassNoun | None, int]:
    """Return the class noun that ends the phrase (up to three words) and its length."""
    for size in (3, 2, 1):
        if size <= len(words):
            noun = base.class_of(" ".join(words[-size:]))
            if noun is not None:
                return noun, size
    last = words[-1].rsplit("-", 1)[-1] if words else ""
    return (base.class_of(last), 1) if "-" in words[-1] else (None, 0)


def nationality(base: ActorBase, words: list[str]) -> str:
    """Return the state whose name or adjective is among the words, or ""."""
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            phrase = strip_surface(" ".join(words[start : start + size]))
            state_id = base.country_of_adjective(phrase) if phrase[:1].isupper() else ""
            if state_id:
                return state_id
    return ""


def is_bare(base: ActorBase, words: list[str], state_id: str) -> bool:
    """Tell whether only the nationality and plain adjectives stand before the noun."""
    rest = [w for w in words if base.country_of_adjective(strip_surface(w)) != state_id]
    return all(w.islower() or base.class_of(w) is not None for w in rest)


def is_plain(base: ActorBase, words: list[str]) -> bool:
    """Tell whether no unknown proper name stands before the class noun ("Northern Storm Brigade" is a name)."""
    for word in words:
        known = base.country_of_adjective(strip_surface(word)) or base.country_of_people(word)
        if word[:1].isupper() and not known and base.class_of(word) is None and "-" not in word:
            return False
    return True


def all_modifiers(base: ActorBase, words: list[str]) -> bool:
    """Tell whether the words only modify what follows and do not say that it is another's ("Iran-backed")."""
    return all(w.islower() or base.class_of(w) or base.country_of_adjective(w) for w in words) and not (
        {part for w in words for part in w.lower().split("-")} & NOT_OWN
    )
