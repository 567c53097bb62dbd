"""Credit of one filler against one key filler: 1 correct, 0.5 partially correct, 0 incorrect.

Follows the scoring guidelines (version 7) where they are mechanical. What people decided in 1992 is decided
here by plain rules, never more generously than the guidelines:

- String fillers are correct when equal after case, punctuation, articles, quantifiers, numbers and adjectives
  of nationality are dropped (for names: honorifics too), partially correct when the words of one are all
  among the words of the other. Equivalent wording from elsewhere in the text ("urban guerrillas") gets
  nothing; so does a part that only "corroborates the type"; credit is never distributed over several key
  fillers.
- LOCATION is correct when the country and the most specific place agree, whatever lies between them.
- DATE follows section 3.2.2; the dateline's date is not known here, so rule 2 there holds for any key whose
  upper anchor is the response's.
- A cross-reference is right when it is at least partially correct as a string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from benchmarks.muc4.set_lists import read_words
from benchmarks.muc4.template import CROSS_REFERENCED, NUMBER_SLOTS, STRING_SLOTS, Fill, Slot

_NONESSENTIAL = read_words("nonessential")
_HONORIFICS = read_words("honorific")
_INSTRUMENTS_ABOVE: Mapping[str, tuple[str, ...]] = {
    "MACHINE GUN": ("GUN",),
    "MORTAR": ("GUN",),
    "HANDGUN": ("GUN",),
    "RIFLE": ("GUN",),
    "BOMB": ("EXPLOSIVE",),
    "VEHICLE BOMB": ("BOMB", "EXPLOSIVE"),
    "DYNAMITE": ("BOMB", "EXPLOSIVE"),
    "MINE": ("BOMB", "EXPLOSIVE"),
    "AERIAL BOMB": ("BOMB", "EXPLOSIVE"),
    "GRENADE": ("EXPLOSIVE",),
    "MOLOTOV COCKTAIL": ("EXPLOSIVE",),
    "MISSILE": ("PROJECTILE",),
    "ROCKET": ("PROJECTILE",),
}
_PARTIAL_SETS: frozenset[tuple[Slot, str, str]] = frozenset(  # slot, response, key
    {
        (Slot.ORG_CONFIDENCE, "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"),
        (Slot.PHYS_TYPE, "POLITICAL FIGURE OFFICE OR RESIDENCE", "GOVERNMENT OFFICE OR RESIDENCE"),
        (Slot.PHYS_EFFECT, "DESTROYED", "SOME DAMAGE"),
        (Slot.HUM_TYPE, "GOVERNMENT OFFICIAL", "FORMER GOVERNMENT OFFICIAL"),
        (Slot.HUM_TYPE, "ACTIVE MILITARY", "FORMER ACTIVE MILITARY"),
        (Slot.HUM_TYPE, "POLITICAL FIGURE", "GOVERNMENT OFFICIAL"),
        (Slot.HUM_EFFECT, "NO INJURY", "NO INJURY OR DEATH"),
        (Slot.HUM_EFFECT, "NO DEATH", "NO INJURY OR DEATH"),
    }
)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def compare_fills(slot: Slot, response: Fill, key: Fill) -> float:
    """Return the credit of a response's filler against a key filler of the same slot."""
    value = max((_compare_value(slot, response.values[0], form) for form in key.values if form != "-"), default=0.0)
    if slot not in CROSS_REFERENCED or value == 0:
        return value
    return min(value, 0.5) if not _is_same_tag(response.tags, key.tags) else value


def _is_same_tag(response: tuple[str, ...], key: tuple[str, ...]) -> bool:
    if not key or set(key) == {"-"}:
        return not response or response == ("-",)
    if not response or response == ("-",):
        return "-" in key
    return any(compare_strings(response[0], form, names=True) > 0 for form in key if form != "-")


def _compare_value(slot: Slot, response: str, key: str) -> float:
    if slot is Slot.DATE:
        return compare_dates(response, key)
    if slot is Slot.LOCATION:
        return compare_locations(response, key)
    if slot in STRING_SLOTS:
        return compare_strings(response, key, names=slot is Slot.HUM_NAME)
    if slot in NUMBER_SLOTS:
        return compare_numbers(response, key)
    return _compare_sets(slot, response.upper(), key.upper())


def _compare_sets(slot: Slot, response: str, key: str) -> float:
    if response == key:
        return 1.0
    if slot is Slot.TYPE and response == "ATTACK":
        return 0.5
    if slot is Slot.INSTRUMENT_TYPE and response in _INSTRUMENTS_ABOVE.get(key, ()):
        return 0.5
    return 0.5 if (slot, response, key) in _PARTIAL_SETS else 0.0


def compare_strings(response: str, key: str, names: bool = False) -> float:
    """Return the credit of one string filler against another.

    >>> compare_strings("THE 3 PEASANTS", "PEASANTS"), compare_strings("TORRES", "ALBERTO ROBERTO TORRES")
    (1.0, 0.5)
    """
    ours, theirs = _essential_words(response, names), _essential_words(key, names)
    if ours == theirs:
        return 1.0
    short, long = sorted((frozenset(ours), frozenset(theirs)), key=len)
    return 0.5 if short and short <= long else 0.0


def _essential_words(text: str, names: bool) -> tuple[str, ...]:
    text = re.sub(r"[\[(][^\])]*[\])]", " ", text) or text
    words = [word.replace(".", "") for word in re.findall(r"[^\W_]+(?:[.'’\-][^\W_]+)*", text.upper())]
    dropped = _NONESSENTIAL | _HONORIFICS if names else _NONESSENTIAL
    kept = tuple(word for word in words if word not in dropped and not word.isdigit())
    return kept or tuple(words)


def compare_numbers(response: str, key: str) -> float:
    """Return the credit of a number: half when it is an anchor of the key's range or the key says "about".

    >>> compare_numbers("7", "5 - 7"), compare_numbers("7", "~7"), compare_numbers("PLURAL", "7")
    (0.5, 0.5, 0.0)
    """
    ours, theirs = re.sub(r"\s", "", response.upper()), re.sub(r"\s", "", key.upper())
    if ours == theirs:
        return 1.0
    return 0.5 if ours.isdigit() and ours in re.split(r"[-~]", theirs) else 0.0


def compare_locations(response: str, key: str) -> float:
    """Return the credit of a location: country and most specific place, half for the country alone.

    >>> compare_locations("COLOMBIA: MEDELLIN (CITY)", "COLOMBIA: ANTIOQUIA (DEPARTMENT): MEDELLIN (CITY)")
    1.0
    """
    ours, theirs = _read_location(response), _read_location(key)
    if ours == theirs:
        return 1.0
    if ours[0] == theirs[0]:
        return 1.0 if ours[1] and ours[1] == theirs[1] else 0.5
    return 0.5 if ours[1] and ours[1] == theirs[1] else 0.0


def _read_location(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the country and the names (two for "between") of the last step of a location."""
    country, *steps = (step.strip() for step in text.upper().split(":"))
    if not steps:
        return country, ()
    names = re.split(r"\)\s*-\s*", steps[-1])
    return country, tuple(sorted(re.sub(r"\s*\([^)]*\)?", "", name).strip() for name in names))


def compare_dates(response: str, key: str) -> float:
    """Return the credit of a date, range ("DD MMM YY - DD MMM YY") or default ("- DD MMM YY").

    >>> compare_dates("26 AUG 89", "25 AUG 89 - 26 AUG 89"), compare_dates("- 26 AUG 89", "16 AUG 89")
    (0.5, 0.0)
    """
    ours, theirs = read_date_range(response), read_date_range(key)
    if ours is None or theirs is None:
        return 1.0 if response.split() == key.split() else 0.0
    if ours == theirs:
        return 1.0
    if ours[0] is None:
        return 0.5 if ours[1] == theirs[1] else 0.0
    inside = (theirs[0] is None or theirs[0] <= ours[0]) and ours[1] <= theirs[1]
    return 0.5 if inside and theirs[0] != theirs[1] else 0.0


def read_date_range(text: str) -> tuple[date | None, date] | None:
    """Return the first (None: open) and last day of a date filler, None if it is not one."""
    days = [_read_day(match) for match in re.finditer(r"(\d{1,2})\s+([A-Z]{3})\s+(\d{2})", text.upper())]
    if not days or None in days or len(days) > 2:
        return None
    if text.strip().startswith("-"):
        return None, days[0]  # type: ignore[return-value]
    return days[0], days[-1]  # type: ignore[return-value]


def _read_day(match: re.Match[str]) -> date | None:
    if match.group(2) not in _MONTHS:
        return None
    try:
        return date(1900 + int(match.group(3)), _MONTHS.index(match.group(2)) + 1, int(match.group(1)))
    except ValueError:
        return None
