"""How are long ids shown? By their first digits, as many as tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise, takewhile

_FEWEST_DIGITS = 4
_MARK = "r-"


def abbreviate(report_ids: Iterable[str]) -> Callable[[str], str]:
    """Return a function that shortens ids of reports and of what is in them ("r-3f2a1b.c12" to "r-3f2a.c12").

    All ids are cut to the same length, the shortest at which no two reports of the ledger look alike.
    """
    digits = sorted({report_id.removeprefix(_MARK) for report_id in report_ids})
    length = max((_shared(one, other) + 1 for one, other in pairwise(digits)), default=_FEWEST_DIGITS)
    length = max(length, _FEWEST_DIGITS)

    def shorten(record_id: str) -> str:
        if not record_id.startswith(_MARK):
            return record_id
        report, dot, rest = record_id.partition(".")
        return report[: len(_MARK) + length] + dot + rest

    return shorten


def expand(given: str, report_ids: Iterable[str]) -> str:
    """Return the full id for a shortened one; ``given`` itself where no report or more than one fits."""
    if not given.startswith(_MARK):
        return given
    report, dot, rest = given.partition(".")
    fitting = [report_id for report_id in set(report_ids) if report_id.startswith(report)]
    return fitting[0] + dot + rest if len(fitting) == 1 else given


def _shared(one: str, other: str) -> int:
    """Return how many characters two strings share at their start."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)
