"""Values in words: dates with their precision, places with theirs, modalities, voices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from reportedly.model import (
    EventStatus,
    Interval,
    LinkStatus,
    Place,
    PlaceKind,
    Quantity,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

STATUS_MEANING: Mapping[EventStatus, str] = MappingProxyType(
    {
        EventStatus.REPORTED: "told by one independent source",
        EventStatus.CORROBORATED: "told by independent sources",
        EventStatus.DISPUTED: "sources contradict each other",
        EventStatus.DENIED: "told only as not so",
    }
)


def day_phrase(day: date) -> str:
    """Return a day in words.

    >>> day_phrase(date(2020, 3, 5))
    '5 March 2020'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def interval_phrase(interval: Interval | None) -> str:
    """Return an interval in words, as fine as it was stated and no finer; "" for None."""
    if interval is None:
        return ""
    start, end = interval.start, interval.end
    if start is None:
        return f"before {day_phrase(end.astimezone(UTC).date())}" if end else ""
    start = start.astimezone(UTC)
    if end is None:
        return f"from {day_phrase(start.date())}"
    return _closed_phrase(start, end.astimezone(UTC), interval.precision)


def _closed_phrase(start: datetime, end: datetime, precision: TimePrecision) -> str:
    first, last = start.date(), max(start, end - timedelta(microseconds=1)).date()
    if precision is TimePrecision.MINUTE:
        return f"{day_phrase(first)}, {start:%H:%M} UTC"
    if precision is TimePrecision.PART_OF_DAY and end - start < timedelta(days=1):
        return f"{day_phrase(first)}, {start:%H:%M} to {end:%H:%M} UTC"
    if precision is TimePrecision.YEAR and first.year == last.year:
        return str(first.year)
    if precision is TimePrecision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return days_phrase(first, last)


def days_phrase(first: date, last: date) -> str:
    """Return a run of days in words, the last one included.

    >>> days_phrase(date(2020, 3, 5), date(2020, 3, 7))
    '5 to 7 March 2020'
    """
    if first == last:
        return day_phrase(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_phrase(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_phrase(last)}"
    return f"{day_phrase(first)} to {day_phrase(last)}"


def when_phrase(when: When) -> str:
    """Return a time as told and as understood; where it stays open, why."""
    told = f"“{when.text}”" if when.text else ""
    meant = interval_phrase(when.interval)
    if not meant:
        return f"{told} not dated{': ' + when.why if when.why else ''}".strip()
    return meant if meant.casefold() == when.text.casefold() or not told else f"{meant} ({told})"


def radius_phrase(place: Place) -> str:
    """Return how far off a place can be, in words."""
    if place.radius_km <= 0:
        return "exact"
    digits = 1 if place.radius_km < 10 and place.radius_km % 1 else 0
    return f"within {place.radius_km:.{digits}f} km"


def where_phrase(where: Where) -> str:
    """Return the name of a place in a claim with its relation ("along the M4 highway")."""
    name = where.link.place.name if where.link.place else (where.link.name or where.text)
    return name if where.relation in ("", "at") else f"{where.relation} {name}"


def where_detail(where: Where) -> str:
    """Return what sort of place it is and how sure, or why it has no position."""
    link = where.link
    if link.status is LinkStatus.AMBIGUOUS:
        options = " or ".join(label for _, label, _ in link.candidates[:4])
        return f"ambiguous: {options}" if options else "ambiguous"
    if link.place is None:
        return "not placed"
    if link.place.kind is PlaceKind.COUNTRY:
        return "country"
    if link.place.geometry is not None and link.place.geometry.type != "Point":
        return (
            f"{link.place.kind}, as a line" if "Line" in link.place.geometry.type else f"{link.place.kind}, as an area"
        )
    return f"{link.place.kind}, {radius_phrase(link.place)}"


def quantity_phrase(quantity: Quantity) -> str:
    """Return a number as told, with the range that it stands for where the words leave one."""
    low, high = quantity.low, quantity.high
    if low is not None and low == high:
        return f"{_number(low)} {quantity.unit}"
    if low is None and high is None:
        return f"“{quantity.text}” {quantity.unit}"
    if high is None:
        return f"{_number(low)} or more {quantity.unit}"
    if low is None:
        return f"up to {_number(high)} {quantity.unit}"
    return f"{_number(low)} to {_number(high)} {quantity.unit}"


def figure_phrase(unit: str, low: float | None, high: float | None) -> str:
    """Return a figure of an event in words."""
    if low is None and high is None:
        return f"{unit}: not counted"
    if low == high:
        return f"{_number(low)} {unit}"
    if high is None:
        return f"{_number(low)} or more {unit}"
    return f"up to {_number(high)} {unit}" if low is None else f"{_number(low)} to {_number(high)} {unit}"


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.10g}"


def voice_phrase(voice: Voice, commenter: str) -> str:
    """Return one step of a voice chain; a commenter is always the pseudonym ``commenter``."""
    if voice.kind is VoiceKind.AUTHOR:
        return "Article"
    if voice.kind is VoiceKind.COMMENTER:
        return commenter
    return (voice.actor.name if voice.actor and voice.actor.name else voice.name) or "somebody unnamed"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "report"), plural(2, "report")
    ('1 report', '2 reports')
    """
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def parse_day(text: str) -> date | None:
    """Return the first day of an ISO date or prefix of one ("2020-03"), None when it is neither."""
    parts = text[:10].split("-")
    try:
        numbers = [int(part) for part in parts if part]
        return date(*[*numbers, 1, 1][:3]) if numbers else None
    except (ValueError, TypeError):
        return None
