"""What every source of a pack hands on: entries that were checked one by one, with the row that each came from."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from reportedly._errors import DataError

_LONGEST_NAME = 200
_MOST_NAMES = 400
_LONGEST_NUMBER = 18  # digits that fit into a column of SQLite


class PackError(DataError):
    """A source of a pack is refused. The message names the file, the row and the cause."""


Reject = Callable[[PackError], None]  # is told of a broken row; raises, or lets the reading go on


@dataclass(slots=True)
class Entry:
    """One place of a source.

    row: where it stands ("row 17"), for messages. id: the source's own id ("geonames:163345", "wof:102542747").
    kind: "town", "site" or "district". names: the one to show first. country: ISO 3166-1 alpha-2.
    district: the source's id of the district that it lies in, "" if not known. outline: of districts, in degrees.
    division: GeoNames' code of the first-level division that the source states ("SY.12"), "" if it states none.
    """

    row: str
    id: str
    kind: str
    names: list[str]
    country: str
    lat: float
    lon: float
    population: int = 0
    feature: str = ""
    district: str = ""
    outline: BaseGeometry | None = field(default=None, repr=False)
    division: str = ""


def read_country(code: str, where: str) -> str:
    """Return an ISO 3166-1 alpha-2 code, or raise PackError if it does not look like one."""
    if not (len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()):
        raise PackError(f"{where}: {code!r} is not a country code of two letters")
    return code


def read_number(text: str, what: str, where: str) -> int:
    """Return an id of another gazetteer: a whole number that a table can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise PackError(f"{where}: {text!r} is not a {what} id")
    return int(text)


def read_degrees(lat: str | float | None, lon: str | float | None, where: str) -> tuple[float, float]:
    """Return (lat, lon), or raise PackError if they are not degrees of this earth."""
    try:
        y, x = float(lat or "nan"), float(lon or "nan")
    except (TypeError, ValueError):
        raise PackError(f"{where}: {lat!r}, {lon!r} are not coordinates") from None
    if math.isnan(y) or math.isnan(x):
        raise PackError(f"{where}: it has no coordinates")
    if not (-90 <= y <= 90 and -180 <= x <= 180):
        raise PackError(f"{where}: latitude {y:g}, longitude {x:g} are not on this earth")
    if x == y == 0:
        raise PackError(f"{where}: latitude 0, longitude 0 stand for a missing position, not for a place")
    return y, x


def read_population(value: str | None, where: str) -> int:
    """Return a number of inhabitants, 0 where none is given."""
    try:
        number = int(float(value)) if value and value.strip() else 0
    except (ValueError, OverflowError):
        raise PackError(f"{where}: {value!r} is not a number of inhabitants") from None
    if not 0 <= number <= 50_000_000:
        raise PackError(f"{where}: {number} inhabitants are no town's")
    return number


def clean_names(names: list[str], where: str) -> list[str]:
    """Return the names without blanks and repetitions, or raise PackError when none is left or one is absurd."""
    kept = list(dict.fromkeys(name for raw in names if (name := " ".join(raw.split()))))
    if not kept:
        raise PackError(f"{where}: it has no name")
    if any(len(name) > _LONGEST_NAME for name in kept) or len(kept) > _MOST_NAMES:
        raise PackError(f"{where}: its names are too long or too many")
    if any(unicodedata.category(c) in ("Cc", "Cs") for name in kept for c in name):  # Cs: halves of characters
        raise PackError(f"{where}: control characters in its name")
    return kept
