"""Times as intervals with a precision; never a bare date that pretends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TimePrecision(StrEnum):
    """How finely a time was stated."""

    MINUTE = "minute"
    PART_OF_DAY = "part of day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Interval:
    """A UTC interval ``[start, end)``; an open side is None.

    precision: how finely the text stated it.
    """

    start: datetime | None
    end: datetime | None
    precision: TimePrecision

    def __post_init__(self) -> None:
        for side in (self.start, self.end):
            if side is not None and side.utcoffset() is None:
                raise ValueError("interval sides must be aware (UTC)")
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError("an interval cannot end before it starts")


@dataclass(frozen=True, slots=True)
class When:
    """A time as a claim states it.

    text: the words ("on 5 March", "next"); interval: what they mean, or None with ``why``
    (a relative time in a report without a date stays unresolved).
    """

    text: str
    interval: Interval | None
    why: str = ""
