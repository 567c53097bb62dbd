"""What do the words around a name ask for? A small grammar of directions, distances, generics and containers.

Documented patterns (X and Y are toponyms):

- side: "southern X", "NE X", "the north of X", "the western part of X"
- countryside: "X countryside", "X's southern countryside", "the northern countryside of X", "rural X"
- near: "near X", "close to X", "on the outskirts of X"; offset: "6 km north of X", "north of X"
- between: "between X and Y"; road: "the X-Y road"; border: "the X-Y border", "X's border with Y", "the X border"
- sort: "X province", "the city of X", "X airbase", "X district"
- containers: "X in Y", "X, in Y", "X (Y)", "X, a town in Y", "Y's X" (stated); "X, Y" (likely)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Span
from reportedly.places.lexicon import Words, load_words
from reportedly.places.toponym import Phrase, Toponym

_DIRECTION = (
    r"(?:(?i:north|south)[- ]?(?i:east|west)(?i:ern)?|(?i:north|south|east|west)(?i:ern)?"
    r"|NE|NW|SE|SW|(?i:central|upper|lower|mid|middle))"
)
_PART = r"(?:parts?|areas?|half|side|sections?|sectors?|regions?|edges?|end|corner|flank|tip|districts?|territory)"
_LAND = r"(?:countryside|hinterland|rif)"
_EDGE = r"(?:outskirts|suburbs|environs|surroundings|periphery|vicinity)"
_OF = r"\s+of\s+(?:the\s+)?(?:(?:city|town|village|province|governorate|capital)\s+of\s+)?$"
_UNIT = r"(km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
_NUMBER = r"(\d+(?:[.,]\d+)?)"

_BEFORE_OFFSET = re.compile(
    rf"{_NUMBER}[\s-]*{_UNIT}\s*(?:\([^)]*\)\s*)?(?:to the\s+|due\s+)?"
    rf"(?:(?P<side>{_DIRECTION})\s+)?(?:of|from|outside|away from)\s+"
    r"(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$"
)
_BEFORE_LAND = re.compile(rf"(?:the\s+)?(?:(?P<side>{_DIRECTION})\s+)?(?P<land>{_LAND}|{_EDGE}){_OF}", re.IGNORECASE)
_BEFORE_PART = re.compile(rf"(?:the\s+)?(?P<side>{_DIRECTION})\s+{_PART}{_OF}")
_BEFORE_THE_SIDE = re.compile(
    rf"(?:\b(?:in|into|across|throughout|from)\s+)(?P<phrase>the\s+(?P<side>{_DIRECTION})\s+of\s+(?:the\s+)?)$"
)
_BEFORE_OUTSIDE = re.compile(
    rf"(?:to\s+the\s+|just\s+)?(?P<side>{_DIRECTION})\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$"
)
_BEFORE_SIDE = re.compile(rf"(?:\bthe\s+)?(?<![\w-])(?P<side>{_DIRECTION})\s+$")
_BEFORE_RURAL = re.compile(r"(?:the\s+)?\b[Rr]ural\s+$")
_BEFORE_GENERIC = re.compile(
    rf"(?:\b[Tt]he\s+)?(?:(?:[a-z-]+|{_DIRECTION})\s+)??\b(?P<generic>[A-Za-z-]+(?:\s+[a-z]+)?)\s+of\s+(?:the\s+)?$"
)
_BEFORE_BETWEEN = re.compile(
    r"\bbetween\s+(?:the\s+)?(?:(?:cities|towns|villages|city|town|village)\s+of\s+)?$", re.IGNORECASE
)
_BEFORE_BORDER = re.compile(r"(?:\bthe\s+|\bits\s+|\btheir\s+)?\bborders?\s+with\s+(?:the\s+)?$")
_AFTER_BORDER_WITH = re.compile(r"^(?:'s|’s)\s+(?:[\w-]+\s+)?border\s+with\s+(?:the\s+)?$")
_AFTER_GENERIC = re.compile(
    rf"(?P<owner>'s|’s)?\s+(?:(?P<side>{_DIRECTION})\s+)?(?P<generic>[A-Za-z-]+(?:\s+[a-z]+)?)(?![\w-])"
)
_GAP_STATED = re.compile(
    r"^,?\s+in\s+(?:the\s+)?$|^\s*\((?:in\s+)?$|^,\s+(?:a|an|the)\s+(?:[\w-]+\s+){0,4}?(?:in|of)\s+(?:the\s+)?$"
)
_GAP_OF = re.compile(r"^\s+of\s+(?:the\s+)?(?:(?:city|town|province) of\s+)?$")
_GAP_COMMA = re.compile(r"^,\s+(?:the\s+)?$")
_GAP_OWNER = re.compile(r"^(?:'s|’s)\s+(?:[a-z-]+\s+){0,2}?$")
_RELATION = re.compile(
    r"\b(in|inside|within|at|near|around|outside|from|to|towards?|into|along|across|through|throughout|on|over|off|between"
    r"|leaving|reached|entered|entering)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_RELATIONS = {
    "inside": "in", "within": "in", "into": "to", "toward": "to", "towards": "to", "entered": "to", "entering": "to",
    "reached": "to", "leaving": "from", "around": "near", "outside": "near", "through": "along", "throughout": "in",
    "across": "in", "over": "in", "off": "near", "on": "at",
}  # fmt: skip


def read_surroundings(text: str, toponyms: Sequence[Toponym]) -> list[Phrase]:
    """Return one phrase a toponym, in the same order, with span grown to the words that belong to it."""
    words = load_words()
    phrases: list[Phrase] = []
    for number, toponym in enumerate(toponyms):
        left = max(phrases[-1].span.end if phrases else 0, toponym.key.start - 80)
        left = min(left, toponym.key.start)
        right = toponyms[number + 1].span.start if number + 1 < len(toponyms) else len(text)
        before, after = (
            text[left : toponym.key.start],
            text[toponym.key.end : min(right, toponym.key.end + 60)],
        )
        phrase = _before(_after(Phrase(toponym, toponym.key), after, words), before, words)
        phrases.append(replace(phrase, span=phrase.span.cover(toponym.span)))
    _join_pairs(text, phrases)
    _find_containers(text, phrases)
    _repeat_containers(text, phrases)
    return [_with_relation(text, phrase) for phrase in phrases]


def _after(phrase: Phrase, after: str, words: Words) -> Phrase:
    """Read a generic word behind the name: "X province", "X's southern countryside"."""
    match = _AFTER_GENERIC.match(after)
    if not match:
        return phrase
    generic = match.group("generic")
    sort = words.generics.get(generic.lower(), "")
    end = match.end()
    if not sort:
        generic = generic.split()[0]
        sort = words.generics.get(generic.lower(), "")
        end = match.start("generic") + len(generic)
    if not sort or (match.group("owner") and sort not in ("countryside", "outskirts", "border", "area")):
        return phrase
    side = match.group("side") or ""
    if side and sort not in ("countryside", "outskirts", "area"):
        return phrase
    shape = {"countryside": "countryside", "outskirts": "near", "border": "border"}.get(sort, "itself")
    if side and shape != "near":
        shape = "side"
    return replace(
        phrase, span=Span(phrase.span.start, phrase.span.end + end), sort=sort, generic=generic.lower(), shape=shape,
        side=side, bearing=words.bearing(side) if side else None,
    )  # fmt: skip


def _before(phrase: Phrase, before: str, words: Words) -> Phrase:
    """Read directions, distances and generic words in front of the name."""
    grow = phrase.span.start - len(before)
    if match := _BEFORE_OFFSET.search(before):
        km = float(match.group(1).replace(",", ".")) * (1.609 if match.group(2).startswith("mi") else 1.0)
        side = match.group("side") or ""
        return _grown(phrase, grow + match.start(), shape="offset", km=km, side=side, words=words)
    if match := _BEFORE_LAND.search(before):
        land = match.group("land").lower()
        side = match.group("side") or ""
        shape = "near" if re.fullmatch(_EDGE, land) else "side" if side else "countryside"
        grown = _grown(phrase, grow + match.start(), shape=shape, side=side, words=words)
        return replace(grown, sort="outskirts" if shape == "near" else "countryside", generic=land)
    if match := _BEFORE_PART.search(before):
        return _grown(phrase, grow + match.start(), shape="side", side=match.group("side"), words=words)
    if match := _BEFORE_THE_SIDE.search(before):
        return _grown(phrase, grow + match.start("phrase"), shape="side", side=match.group("side"), words=words)
    if match := _BEFORE_OUTSIDE.search(before):
        return _grown(phrase, grow + match.start(), shape="offset", side=match.group("side"), words=words)
    if match := _BEFORE_RURAL.search(before):
        return replace(_grown(phrase, grow + match.start(), shape="countryside", words=words), sort="countryside")
    if (match := _BEFORE_SIDE.search(before)) and phrase.shape in ("itself", "countryside"):
        return _grown(phrase, grow + match.start(), shape="side", side=match.group("side"), words=words)
    if match := _BEFORE_BORDER.search(before):
        return _grown(phrase, grow + match.start(), shape="border", words=words)
    for near in words.near:
        if match := re.search(rf"\b{near}\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$", before, re.IGNORECASE):
            return _grown(phrase, grow + match.start(), shape="near", words=words)
    if (match := _BEFORE_GENERIC.search(before)) and not phrase.sort:
        generic = match.group("generic").split()[-1].lower()
        if sort := words.generics.get(generic, ""):
            start = grow + match.start("generic") + match.group("generic").lower().rfind(generic)
            the = re.search(r"\b[Tt]he\s+$", before[: start - grow])
            start = grow + the.start() if the else start
            return replace(phrase, span=Span(start, phrase.span.end), sort=sort, generic=generic)
    return phrase


def _grown(phrase: Phrase, start: int, *, shape: str, words: Words, side: str = "", km: float = 0.0) -> Phrase:
    bearing = words.bearing(side) if side else None
    if phrase.shape == "countryside" and shape == "side":
        return replace(phrase, span=Span(start, phrase.span.end), shape="side", side=side, bearing=bearing)
    return replace(phrase, span=Span(start, phrase.span.end), shape=shape, side=side, bearing=bearing, km=km)


def _join_pairs(text: str, phrases: list[Phrase]) -> None:
    """Find "between X and Y", "the X-Y road", "the X-Y border", "X's border with Y"."""
    for number in range(len(phrases) - 1):
        first, second = phrases[number], phrases[number + 1]
        gap = text[first.toponym.key.end : second.toponym.key.start]
        before = text[max(0, first.toponym.key.start - 60) : first.toponym.key.start]
        whole = first.toponym.key.cover(second.span)
        shape, start = "", whole.start
        if re.fullmatch(r"\s+and\s+(?:the\s+)?", gap) and (match := _BEFORE_BETWEEN.search(before)):
            shape, start = "between", first.toponym.key.start - len(before) + match.start()
        elif re.fullmatch(r"\s?[-–—/]\s?", gap) and second.sort == "route":
            shape = "road"
        elif (re.fullmatch(r"\s?[-–—/]\s?", gap) and second.sort == "border") or _AFTER_BORDER_WITH.match(gap):
            shape = "border"
        if shape:
            span = Span(start, whole.end)
            phrases[number] = replace(first, span=span, shape=shape, other=number + 1)
            phrases[number + 1] = replace(second, span=span, shape=shape, other=number)


def _find_containers(text: str, phrases: list[Phrase]) -> None:
    """Note which toponyms the text says lie in which."""
    inside: dict[int, int] = {}
    stated: set[int] = set()
    for number in range(len(phrases) - 1):
        first, second = phrases[number], phrases[number + 1]
        if first.other is not None and first.other == number + 1:
            continue
        gap = text[first.span.end : max(first.span.end, second.span.start)]
        name_gap = text[first.toponym.key.end : max(first.toponym.key.end, second.span.start)]
        part_of = first.sort in ("district", "facility", "outskirts", "town") and _GAP_OF.match(gap)
        if _GAP_STATED.match(gap) or part_of:
            inside[number] = number + 1
            stated.add(number)
        elif _GAP_COMMA.match(gap) or _GAP_COMMA.match(name_gap):
            inside[number] = number + 1
        elif _GAP_OWNER.match(name_gap):
            inside[number + 1] = number
            stated.add(number + 1)
    for number in list(inside):
        chain: list[int] = []
        step = number
        while step in inside and inside[step] not in chain and len(chain) < 3:
            step = inside[step]
            chain.append(step)
        phrases[number] = replace(phrases[number], inside=tuple(chain), stated=number in stated)


def _repeat_containers(text: str, phrases: list[Phrase]) -> None:
    """Let a stated container hold for the later mentions of the name in the same paragraph."""
    for number, phrase in enumerate(phrases):
        if not phrase.stated:
            continue
        for later in range(number + 1, len(phrases)):
            other = phrases[later]
            if "\n" in text[phrase.span.end : other.span.start]:
                break
            if (
                other.toponym.text.lower() == phrase.toponym.text.lower()
                and not other.inside
                and other.shape == "itself"
            ):
                phrases[later] = replace(other, inside=phrase.inside, stated=True)


def _with_relation(text: str, phrase: Phrase) -> Phrase:
    """Read the preposition before the whole phrase, and keep its words."""
    phrase = replace(phrase, quote=phrase.span.of(text))
    if phrase.shape in ("near", "between", "border"):
        return replace(phrase, relation=phrase.shape)
    match = _RELATION.search(text[max(0, phrase.span.start - 20) : phrase.span.start])
    if not match:
        return phrase
    word = match.group(1).lower()
    return replace(phrase, relation=_RELATIONS.get(word, word))
