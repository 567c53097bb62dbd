"""What do the words around a name ask for? A small grammar of directions, distances, generics and containers.

Documented patterns (X and Y are toponyms):

- side: "southern X", "NE X", "the north of X", "the western part of X", "the east bank of X"
- countryside: "X countryside", "X's southern countryside", "the northern countryside of X", "(northern) rural X"
- near: "near X"; outskirts: "on the (southern) outskirts of X"; offset: "6 km north of X", "north of X"
- coast: "the coast of X", "the Xi coast"; sea: "off the coast of X"
- sort: "X province", "the city of X", "X airbase", "X district"
- containers: "X in Y", "X, in Y", "X (Y)", "X, a town in Y", "Y's X" (stated); "X, Y" (likely)

What is built of several names, and zones around what was read here, is in ``constructions``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.language.quantities import NUMBER_WORDS, parse_number
from reportedly.model import Span
from reportedly.places.lexicon import Words, load_words
from reportedly.places.toponym import Phrase, Toponym

DIRECTION = (
    r"(?:(?i:north|south)[- ]?(?i:east|west)(?i:ern)?|(?i:north|south|east|west)(?i:ern)?"
    r"|NE|NW|SE|SW|(?i:central|upper|lower|mid|middle))"
)
_PART = (
    r"(?:parts?|areas?|half|side|sections?|sectors?|regions?|edges?|end|corner|flank|tip|districts?|territory"
    r"|banks?|shores?)"
)
_BANK = re.compile(r"banks?|shores?")
_LAND = r"(?:countryside|hinterland|rif)"
_EDGE = r"(?:outskirts|suburbs|environs|surroundings|periphery|vicinity)"
_OF = r"\s+of\s+(?:the\s+)?(?:(?:city|town|village|province|governorate|capital|river)\s+of\s+|river\s+)?$"
_SMALL_NUMBERS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER = rf"(?P<number>\d+(?:[.,]\d+)?|(?i:{_SMALL_NUMBERS})(?:[- ](?i:{_SMALL_NUMBERS}))?)"
UNIT = r"(?P<unit>nautical\s+miles?|kms?|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?)\b"

_BEFORE_OFFSET = re.compile(
    rf"(?<![\w.,]){NUMBER}[\s-]*{UNIT}\s*(?:\([^)]*\)\s*)?(?:to the\s+|due\s+)?"
    rf"(?:(?P<side>{DIRECTION})\s+)?(?:of|from|outside|off(?:\s+the\s+coast\s+of)?|away from)\s+"
    r"(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?$"
)
_BEFORE_LAND = re.compile(rf"(?:the\s+)?(?:(?P<side>{DIRECTION})\s+)?(?P<land>{_LAND}|{_EDGE}){_OF}", re.IGNORECASE)
_BEFORE_PART = re.compile(rf"(?:the\s+)?(?P<side>{DIRECTION})\s+(?P<part>{_PART}){_OF}")
_BEFORE_THE_SIDE = re.compile(
    rf"(?:\b(?:in|into|across|throughout|from)\s+)(?P<phrase>the\s+(?P<side>{DIRECTION})\s+of\s+(?:the\s+)?)$"
)
_BEFORE_OUTSIDE = re.compile(
    rf"(?:to\s+the\s+|just\s+)?(?P<side>{DIRECTION})\s+of\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$"
)
_BEFORE_SIDE = re.compile(rf"(?:\bthe\s+)?(?<![\w-])(?P<side>{DIRECTION})\s+$")
_BEFORE_RURAL = re.compile(rf"(?:the\s+)?(?:(?<![\w-])(?P<side>{DIRECTION})\s+)?\b[Rr]ural\s+$")
_BEFORE_COAST = re.compile(
    rf"(?P<off>\boff\s+)?(?:the\s+)?(?:(?P<side>{DIRECTION})\s+)?\b(?:sea)?(?:coast|coastline)"
    r"\s+of\s+(?:the\s+)?$"
)
_BEFORE_GENERIC = re.compile(
    rf"(?:\b[Tt]he\s+)?(?:(?:[a-z-]+|{DIRECTION})\s+)??\b(?P<generic>[A-Za-z-]+(?:\s+[a-z]+)?)\s+of\s+(?:the\s+)?$"
)
_BEFORE_BORDER = re.compile(r"(?:\bthe\s+|\bits\s+|\btheir\s+)?\bborders?\s+with\s+(?:the\s+)?$")
_AFTER_GENERIC = re.compile(
    rf"(?P<owner>'s|’s)?\s+(?:(?P<side>{DIRECTION})\s+)?(?P<generic>[A-Za-z-]+(?:\s+[a-z]+)?)(?![\w-])"
)
_GAP_STATED = re.compile(
    r"^,?\s+in\s+(?:the\s+)?$|^\s*\((?:in\s+)?$|^,\s+(?:a|an|the)\s+(?:[\w-]+\s+){0,4}?(?:in|of)\s+(?:the\s+)?$"
)
_SETTLED = (
    r"(?:city|town|village|hamlet|settlement|municipality|suburb|neighbou?rhood|district|community|port|seat|capital"
    r"|place)"
)
_GAP_IS = re.compile(
    rf"^(?:\s+\([^)]*\))?,?\s+(?:is|was)\s+(?:a|an|the|one\s+of\s+the)\s+(?:[\w-]+\s+){{0,6}}?{_SETTLED}s?\s+"
    r"(?:(?:located|situated|lying)\s+)?(?:in|of|on)\s+(?:the\s+)?(?:[a-z-]+\s+of\s+(?:the\s+)?)?$"
)  # "X is a small town in the province of Y"
_GAP_OF = re.compile(r"^\s+of\s+(?:the\s+)?(?:(?:city|town|province) of\s+)?$")
_GAP_COMMA = re.compile(r"^,\s+(?:the\s+)?$")
_GAP_OWNER = re.compile(
    rf"^(?:'s|’s)\s+(?:(?:{DIRECTION}|port|coastal|border|besieged|capital|largest|second|city|town|village|province"
    r"|governorate|region|district|of)\s+){0,3}?$"
)
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
_KM = {"na": 1.852, "km": 1.0, "ki": 1.0, "mi": 1.609, "m": 0.001, "me": 0.001}


@dataclass(frozen=True, slots=True)
class _Rule:
    """What words before a name ask for. Groups of the pattern: side, number and unit, land, part, off, phrase.

    shape, sort: of the phrase. only_bare: the words count only where none behind the name ask for something else.
    """

    pattern: re.Pattern[str]
    shape: str
    sort: str = ""
    only_bare: bool = False


_RULES = (
    _Rule(_BEFORE_OFFSET, "offset"),
    _Rule(_BEFORE_PART, "side"),
    _Rule(_BEFORE_COAST, "coast"),
    _Rule(_BEFORE_LAND, "countryside"),
    _Rule(_BEFORE_THE_SIDE, "side"),
    _Rule(_BEFORE_OUTSIDE, "offset"),
    _Rule(_BEFORE_RURAL, "countryside", "countryside"),
    _Rule(_BEFORE_SIDE, "side", only_bare=True),
    _Rule(_BEFORE_BORDER, "border"),
)


def read_phrases(text: str, toponyms: Sequence[Toponym]) -> list[Phrase]:
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
    return phrases


def length_km(match: re.Match[str]) -> float:
    """Return the distance in the groups "number" and "unit" of a match, in km."""
    number = match.group("number").replace(",", ".") if match.group("number")[0].isdigit() else match.group("number")
    unit = match.group("unit").lower()
    return round((parse_number(number) or 0.0) * (_KM.get(unit) or _KM[unit[:2]]), 1)


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
    shape = {"countryside": "countryside", "outskirts": "outskirts", "border": "border"}.get(sort, "itself")
    if side and shape == "itself":
        shape = "side"
    return replace(
        phrase, span=Span(phrase.span.start, phrase.span.end + end), sort=sort, generic=generic.lower(), shape=shape,
        side=side, bearing=words.bearing(side) if side else None,
    )  # fmt: skip


def _before(phrase: Phrase, before: str, words: Words) -> Phrase:
    """Read directions, distances and generic words in front of the name: the first rule that fits."""
    grow = phrase.span.start - len(before)
    if phrase.shape == "border":  # "within 30 km of the Turkish border": constructions reads the rest
        the = re.search(r"\b[Tt]he\s+$", before)
        return replace(phrase, span=Span(grow + the.start(), phrase.span.end)) if the else phrase
    for rule in _RULES:
        match = rule.pattern.search(before)
        if match is None or (rule.only_bare and phrase.shape not in ("itself", "countryside")):
            continue
        found = match.groupdict()
        land, side = (found.get("land") or "").lower(), found.get("side") or ""
        shape, sort = rule.shape, rule.sort
        if found.get("off"):
            shape = "sea"
        if land:
            shape = sort = "outskirts" if re.fullmatch(_EDGE, land) else "countryside"
        if _BANK.fullmatch(found.get("part") or ""):
            sort = "bank"
        start = grow + (match.start("phrase") if "phrase" in found else match.start())
        km = length_km(match) if "number" in found else 0.0
        grown = _grown(phrase, start, shape=shape, side=side, km=km, words=words)
        return replace(grown, sort=sort or phrase.sort, generic=land or phrase.generic)
    for near in words.near:
        if match := re.search(rf"\b{near}\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?$", before, re.IGNORECASE):
            return _grown(phrase, grow + match.start(), shape="near", words=words)
    if not phrase.sort and phrase.shape == "itself" and re.search(r"\b[Tt]he\s+$", before):
        phrase = replace(phrase, sort="article")
    return _generic_before(phrase, before, words)


def _generic_before(phrase: Phrase, before: str, words: Words) -> Phrase:
    """Read "the city of" and its like."""
    grow = phrase.span.start - len(before)
    match = _BEFORE_GENERIC.search(before)
    if match is None or phrase.sort not in ("", "article"):
        return phrase
    generic = match.group("generic").split()[-1].lower()
    if generic in ("side", "sides"):  # "on either side of the M4": constructions reads it
        return phrase
    sort = words.generics.get(generic, "")
    if not sort:
        return phrase
    start = grow + match.start("generic") + match.group("generic").lower().rfind(generic)
    the = re.search(r"\b[Tt]he\s+$", before[: start - grow])
    start = grow + the.start() if the else start
    return replace(phrase, span=Span(start, phrase.span.end), sort=sort, generic=generic)


def _grown(phrase: Phrase, start: int, *, shape: str, words: Words, side: str = "", km: float = 0.0) -> Phrase:
    bearing = words.bearing(side) if side else None
    if phrase.shape == "countryside" and shape == "side":  # "northern Hama countryside"
        return replace(phrase, span=Span(start, phrase.span.end), side=side, bearing=bearing)
    return replace(phrase, span=Span(start, phrase.span.end), shape=shape, side=side, bearing=bearing, km=km)


def find_containers(text: str, phrases: list[Phrase]) -> None:
    """Note which toponyms the text says lie in which."""
    inside: dict[int, int] = {}
    stated: set[int] = set()
    for number in range(len(phrases) - 1):
        first, second = phrases[number], phrases[number + 1]
        if first.lead is not None and first.lead == second.lead:
            continue
        gap = text[first.span.end : max(first.span.end, second.span.start)]
        name_gap = text[first.toponym.key.end : max(first.toponym.key.end, second.span.start)]
        part_of = first.sort in ("district", "facility", "outskirts", "town") and _GAP_OF.match(gap)
        if _GAP_STATED.match(gap) or part_of or _GAP_IS.match(gap):
            inside[number] = number + 1
            stated.add(number)
        elif _GAP_COMMA.match(gap) or _GAP_COMMA.match(name_gap):
            inside[number] = number + 1
            if first.sort == "district":  # "Hamilton County, Nebraska" is no list
                stated.add(number)
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


def repeat_containers(text: str, phrases: list[Phrase]) -> None:
    """Let a stated container hold for the later mentions of the name: one name, one place.

    A name that is also that of an area ("Idlib") may mean the area later: there it holds in the same paragraph only.
    """
    for number, phrase in enumerate(phrases):
        if not phrase.stated:
            continue
        for later in range(number + 1, len(phrases)):
            other = phrases[later]
            if phrase.names_area and "\n" in text[phrase.span.end : other.span.start]:
                break
            if (
                other.toponym.text.lower() == phrase.toponym.text.lower()
                and not other.inside
                and other.shape == "itself"
            ):
                phrases[later] = replace(other, inside=phrase.inside, stated=True)


def with_relation(text: str, phrase: Phrase) -> Phrase:
    """Read the preposition before the whole phrase, and keep its words."""
    phrase = replace(phrase, quote=phrase.span.of(text))
    if phrase.shape in ("near", "between", "border") and not phrase.zone_km:
        return replace(phrase, relation=phrase.shape)
    match = _RELATION.search(text[max(0, phrase.span.start - 20) : phrase.span.start])
    if not match:
        return phrase
    word = match.group(1).lower()
    return replace(phrase, relation=_RELATIONS.get(word, word))
