"""What a report itself says about names: the abbreviations that it defines and the states that it names."""

from __future__ import annotations

import re

from reportedly.actors.base import ActorBase

DEFINED = re.compile(r"[(\[](?:the\s+)?[\"“]?([A-Z][A-Z0-9-]{1,9})[\"”]?[)\]]")
NAME_WORD = re.compile(r"[\w'’-]+")
LINKING = frozenset({"of", "the", "for", "and", "al", "de", "la", "el", "-"})
LONGEST_NAME = 200  # characters before the bracket in which its name is looked for


def read_abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text defines: "Turkistan Islamic Party (TIP)" (after Schwartz & Hearst 2003)."""
    found: dict[str, str] = {}
    for match in DEFINED.finditer(text):
        name, short = _name_before(text, match.start()), match.group(1)
        words = re.findall(r"[\w'’]+", name)
        initials = [w for w in words if w[0].isupper()]
        for size in range(len(short) + 2, 1, -1):
            tail = initials[-size:]
            letters = "".join(w[0] for w in tail).upper()
            if letters == short.replace("-", "") or (
                letters[:1] == short[:1]
                and set(short) <= set("".join(tail).upper())
                and len(tail) == size
                and size <= len(short)
            ):
                start = name.rfind(tail[0])
                found.setdefault(short, name[start:].strip())
                break
    return found


def _name_before(text: str, end: int) -> str:
    """Return the run of capitalised and linking words that ends at ``end``, word by word: no pattern can hang on it."""
    window = text[max(0, end - LONGEST_NAME) : end].rstrip()
    start = len(window)
    for word in reversed(list(NAME_WORD.finditer(window))):
        near = window[word.end() : start] in ("", " ")
        if not near or not (word[0][0].isupper() or word[0].split("-")[0] in LINKING):
            break
        start = word.start()
    return window[start:]


def countries_in(base: ActorBase, text: str) -> frozenset[str]:
    """Return the ISO codes of the states that a text names."""
    found = set()
    for hit in base.find(text[:20_000]):
        for actor_id in hit.candidates:
            if actor_id in base.states:
                found.add(base.states[actor_id].code)
    for word in set(re.findall(r"\b[A-Z][a-z]+\b", text[:20_000])):
        state_id = base.country_of_adjective(word)
        if state_id:
            found.add(base.states[state_id].code)
    return frozenset(found)
