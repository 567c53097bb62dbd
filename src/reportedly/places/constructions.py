"""What is built of several names, and zones around it.

Documented patterns (X, Y, Z are toponyms; L is a line: a road, a border, a river):

- between: "between X and Y"; triangle: "the triangle between X, Y and Z"
- road: "the X-Y road", "the road linking X to Y", "the road from X to Y"
- border: "the X-Y border", "X's border with Y", "the Xi-Yi border", "the border with Y", "the Yi border"
- stretch: "L near X", "L at X", "L between X and Y"
- zone: "a 6 km zone on either side of L", "a 15-km-deep belt along L", "within 30 km of L", "10 km south of L",
  "a 10 km zone around X"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import PlaceKind, Span
from reportedly.places.grammar import (
    DIRECTION,
    NUMBER,
    UNIT,
    find_containers,
    length_km,
    read_phrases,
    repeat_containers,
    with_relation,
)
from reportedly.places.lexicon import load_words
from reportedly.places.toponym import Phrase, Toponym

_TOWN_OF = r"(?:the\s+)?(?:(?:cities|towns|villages|city|town|village|districts?)\s+of\s+)?"
_BETWEEN = re.compile(rf"\bbetween\s+{_TOWN_OF}$", re.IGNORECASE)
_BORDER_BETWEEN = re.compile(r"(?:\b[Tt]he\s+)?\b(?:border|frontier|boundary)\s+between\s+(?:the\s+)?$")
_TRIANGLE = re.compile(
    rf"(?:\bthe\s+)?\btriangle\s+(?:of|between|formed\s+by|made\s+(?:up\s+)?(?:of|by)|linking|joining)\s+{_TOWN_OF}$",
    re.IGNORECASE,
)
_ROAD_FROM = re.compile(
    r"(?:\b[Tt]he\s+)?(?:main\s+|international\s+|strategic\s+|coastal\s+)?\b(?:road|highway|motorway|route|railway|autostrade)"
    r"\s+(?:(?:that|which)\s+)?(?:link(?:s|ing|ed)?|connect(?:s|ing)?|join(?:s|ing)?|leads?|leading|runs?|running|from)"
    rf"(?:\s+from)?\s+{_TOWN_OF}$"
)
_AND = re.compile(rf"\s+and\s+{_TOWN_OF}")
_TO = re.compile(rf"\s+(?:to|and|with)\s+{_TOWN_OF}")
_COMMA = re.compile(r",\s+")
_LAST_AND = re.compile(r",?\s+and\s+")
_DASH = re.compile(r"\s?[-–—/]\s?")
_BORDER_WITH = re.compile(r"(?:'s|’s)\s+(?:[\w-]+\s+)?borders?\s+with\s+(?:the\s+)?")
_XI_BORDER_WITH = re.compile(r"\s+borders?\s+with\s+(?:the\s+)?")
_NARROWS = re.compile(rf"\s+(?:near|close\s+to|just\s+outside|outside|around|at|in)\s+{_TOWN_OF}")
_KIND_OF_ZONE = r"(?:zones?|strips?|belts?|corridors?|buffers?|perimeters?|bands?|radius|areas?|cordons?|stretch)"
_ZONE = re.compile(
    rf"(?:\b(?:the|a|an)\s+)?(?<![\w.,]){NUMBER}[\s-]*{UNIT}(?:[\s-]*(?:deep|wide|long))?"
    rf"\s+(?:[a-z-]+\s+){{0,2}}?{_KIND_OF_ZONE}\s+"
    r"(?:along|around|surrounding|on\s+(?:either|both)\s+sides?\s+of|either\s+side\s+of|of|from|inside|beside)\s+"
    r"(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$"
)
_WITHIN = re.compile(
    rf"(?:\bwithin\s+)(?:a\s+radius\s+of\s+)?(?:about\s+|some\s+|around\s+)?{NUMBER}[\s-]*{UNIT}\s+(?:of|from)\s+"
    r"(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$"
)
_BESIDE_LINE = re.compile(
    rf"(?<![\w.,]){NUMBER}[\s-]*{UNIT}\s*(?:\([^)]*\)\s*)?(?:to the\s+|due\s+)?(?:(?P<side>{DIRECTION})\s+)?"
    r"(?:of|from)\s+$"
)
_WITHIN_SAID = re.compile(r"\b[Ww]ithin\s+(?:a\s+radius\s+of\s+)?(?:about\s+|some\s+|around\s+)?$")
_LINES = ("road", "border")
_FAR_BACK = 110  # characters before a phrase that can hold the words of a zone


def read_surroundings(text: str, toponyms: Sequence[Toponym]) -> list[Phrase]:
    """Return one phrase a toponym, in the same order, with what the words around the names ask for."""
    phrases = read_phrases(text, toponyms)
    _join(text, phrases)
    _narrow(text, phrases)
    _read_zones(text, phrases)
    find_containers(text, phrases)
    repeat_containers(text, phrases)
    return [with_relation(text, phrase) for phrase in phrases]


def _join(text: str, phrases: list[Phrase]) -> None:
    """Find what two or three names make together. The first name leads."""
    for number in range(len(phrases) - 1):
        first, second = phrases[number], phrases[number + 1]
        if first.lead is not None:
            continue
        gap = text[first.toponym.key.end : second.toponym.key.start]
        at = first.toponym.key.start
        before = text[max(0, at - _FAR_BACK) : at]
        third = phrases[number + 2] if number + 2 < len(phrases) else None
        if third is not None and (match := _TRIANGLE.search(before)):
            last_gap = text[second.toponym.key.end : third.toponym.key.start]
            if _COMMA.fullmatch(gap) and _LAST_AND.fullmatch(last_gap):
                _lead(phrases, number, 3, "triangle", at - len(before) + match.start())
                continue
        areas = first.names_area and second.names_area
        if areas and _AND.fullmatch(gap) and (match := _BORDER_BETWEEN.search(before)):
            _lead(phrases, number, 2, "border", at - len(before) + match.start())
        elif _AND.fullmatch(gap) and (match := _BETWEEN.search(before)):
            _lead(phrases, number, 2, "between", at - len(before) + match.start())
        elif _TO.fullmatch(gap) and (match := _ROAD_FROM.search(before)):
            _lead(phrases, number, 2, "road", at - len(before) + match.start())
        elif _DASH.fullmatch(gap) and second.sort == "route":
            _lead(phrases, number, 2, "road", _with_the(text, first.span.start))
        elif _is_border_of_two(first, second, gap):
            _lead(phrases, number, 2, "border", _with_the(text, first.span.start))


def _is_border_of_two(first: Phrase, second: Phrase, gap: str) -> bool:
    """Tell whether it reads "the X-Y border", "X's border with Y" or "the Xi border with Y"."""
    if (_DASH.fullmatch(gap) and second.sort == "border") or _BORDER_WITH.fullmatch(gap):
        return True
    return first.sort == "border" and _XI_BORDER_WITH.fullmatch(gap) is not None


def _lead(phrases: list[Phrase], number: int, count: int, shape: str, start: int) -> None:
    """Make phrases one construction of ``shape`` that ``number`` leads; all get its span."""
    members = range(number, number + count)
    span = Span(min(start, phrases[number].span.start), max(phrases[n].span.end for n in members))
    for member in members:
        others = tuple(n for n in members if n != member)
        phrases[member] = replace(phrases[member], span=span, shape=shape, others=others, lead=number)


def _with_the(text: str, start: int) -> int:
    match = re.search(r"\b[Tt]he\s+$", text[max(0, start - 5) : start])
    return start - len(match.group()) if match else start


def _narrow(text: str, phrases: list[Phrase]) -> None:
    """Find the towns that say which stretch of a line is meant."""
    for number, phrase in enumerate(phrases):
        if not _is_line(phrase) or phrase.lead not in (None, number):
            continue
        behind = max((number, *phrase.others)) + 1
        if behind >= len(phrases):
            continue
        town = phrases[behind]
        gap = text[phrase.span.end : max(phrase.span.end, town.toponym.key.start)]
        if town.shape == "between" and town.lead == behind and _is_blank(text, phrase.span.end, town.span.start):
            _stretch(phrases, number, (behind, *town.others))
        elif town.lead is None and _may_be_town(town) and _NARROWS.fullmatch(gap):
            _stretch(phrases, number, (behind,))


def _stretch(phrases: list[Phrase], number: int, towns: tuple[int, ...]) -> None:
    line = phrases[number]
    span = Span(line.span.start, max(line.span.end, *(phrases[n].span.end for n in towns)))
    for member in (number, *line.others):
        phrases[member] = replace(phrases[member], span=span, narrow=towns, lead=number)
    for town in towns:
        bare = replace(phrases[town], shape="itself", side="", bearing=None, sort="town", others=())
        phrases[town] = replace(bare, span=span, lead=number)


def _is_blank(text: str, start: int, end: int) -> bool:
    return start <= end and text[start:end].isspace()


def _is_line(phrase: Phrase) -> bool:
    if phrase.shape in _LINES:
        return True
    return phrase.shape == "itself" and any(place.kind is PlaceKind.ROUTE for place in phrase.toponym.places)


def _may_be_town(phrase: Phrase) -> bool:
    """Tell whether a name can narrow a line: not "the M4 in Syria", nor "in Idlib province"."""
    if phrase.sort not in ("", "article", "town", "facility", "outskirts"):
        return False
    if phrase.shape not in ("itself", "near", "outskirts"):
        return False
    kinds = {place.kind for place in phrase.toponym.places}
    return not kinds or (bool(kinds & {PlaceKind.TOWN, PlaceKind.SITE}) and PlaceKind.COUNTRY not in kinds)


def _read_zones(text: str, phrases: list[Phrase]) -> None:
    """Read "a 6 km zone on either side of", "within 30 km of" and "10 km south of" before what was read so far."""
    words = load_words()
    for number, phrase in enumerate(phrases):
        if phrase.lead not in (None, number):
            continue
        previous = max((other.span.end for other in phrases[:number]), default=0)
        start = phrase.span.start
        before = text[max(previous, start - _FAR_BACK) : start]
        if phrase.shape == "offset" and not phrase.side and (match := _WITHIN_SAID.search(before)):
            _widen(phrases, number, start - len(before) + match.start(), phrase.km, "itself")
        elif match := _ZONE.search(before) or _WITHIN.search(before):
            _widen(phrases, number, start - len(before) + match.start(), length_km(match), phrase.shape)
        elif phrase.shape in _LINES and (match := _BESIDE_LINE.search(before)):
            side = match.group("side") or ""
            _widen(phrases, number, start - len(before) + match.start(), 1.3 * length_km(match), phrase.shape)
            phrases[number] = replace(phrases[number], side=side, bearing=words.bearing(side) if side else None)


def _widen(phrases: list[Phrase], number: int, start: int, km: float, shape: str) -> None:
    km = round(km, 1)
    if km <= 0:
        return
    lead = phrases[number]
    span = Span(start, lead.span.end)
    phrases[number] = replace(lead, span=span, zone_km=km, shape=shape, km=0.0)
    for member in (*lead.others, *lead.narrow):
        phrases[member] = replace(phrases[member], span=span, lead=number)
