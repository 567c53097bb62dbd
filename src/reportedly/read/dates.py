"""When was it published? Stated dates as intervals with the precision in which they were stated."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

from reportedly.model import Interval, TimePrecision

_ISO_PREFIX = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z")
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?[ -]+([A-Za-z]{3,9})\.?,?[ -]+(\d{4})\b")
_MONTH_DAY = re.compile(r"\b([A-Za-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})\b")
_ISO_INSIDE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def parse_stated_date(stated: str) -> Interval | None:
    """Return the interval that an ISO date, date prefix or moment, or a date in English words, means.

    "2020-03" gives the month, "2020-03-05" the day, "2020-03-05T14:30:00+02:00" the minute (UTC). A clock
    time without a zone may be up to 14 hours off, so the day is kept and the clock is not. Where day and
    month cannot be told apart ("03/05/2020") the answer is None: nothing is guessed.
    """
    stated = stated.strip()
    prefix = _ISO_PREFIX.match(stated)
    if prefix:
        return _from_prefix(*(int(part) if part else None for part in prefix.groups()))
    if _ISO_MOMENT.match(stated):
        return _from_moment(stated)
    return find_day(stated)


def find_day(words: str) -> Interval | None:
    """Return the first calendar day with a year in ``words`` ("Posted on 5 March 2020 at 3:41 pm")."""
    found = _ISO_INSIDE.search(words)
    if found:
        return day_interval(int(found[1]), int(found[2]), int(found[3]))
    for pattern, day_at, month_at in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        for match in pattern.finditer(words):
            month = _month_number(match[month_at])
            if month:
                return day_interval(int(match[3]), month, int(match[day_at]))
    numeric = _NUMERIC.search(words)
    if numeric:
        first, second, year = (int(part) for part in numeric.groups())
        if first > 12 or first == second:
            return day_interval(year, second, first)
        if second > 12:
            return day_interval(year, first, second)
    return None


def day_interval(year: int, month: int, day: int) -> Interval | None:
    """Return the UTC day as an interval, None if the calendar has no such day."""
    try:
        start = datetime(year, month, day, tzinfo=UTC)
        return Interval(start, start + timedelta(days=1), TimePrecision.DAY)
    except (ValueError, OverflowError):
        return None


def _from_prefix(year: int | None, month: int | None, day: int | None) -> Interval | None:
    if year is None or not 1 <= year <= 9998:
        return None
    if month is None:
        return Interval(_midnight(year, 1), _midnight(year + 1, 1), TimePrecision.YEAR)
    if not 1 <= month <= 12:
        return None
    if day is None:
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return Interval(_midnight(year, month), _midnight(*following), TimePrecision.MONTH)
    return day_interval(year, month, day)


def _from_moment(stated: str) -> Interval | None:
    try:
        moment = datetime.fromisoformat(stated.replace(" UTC", "+00:00"))
        if moment.utcoffset() is None:
            return day_interval(moment.year, moment.month, moment.day)
        start = moment.astimezone(UTC).replace(second=0, microsecond=0)
        return Interval(start, start + timedelta(minutes=1), TimePrecision.MINUTE)
    except (ValueError, OverflowError):
        return None


def _midnight(year: int, month: int) -> datetime:
    return datetime.combine(date(year, month, 1), datetime.min.time(), tzinfo=UTC)


@cache
def _month_names() -> dict[str, int]:
    numbers = {name: number for number, name in enumerate(_MONTHS, 1)}
    return numbers | {name[:3]: number for name, number in numbers.items()} | {"sept": 9}


def _month_number(word: str) -> int | None:
    return _month_names().get(word.lower())
