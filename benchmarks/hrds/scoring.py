"""Score records: counts for the F1 figures, right answers for the accuracies.

Two readings of "accuracy". ``country_acc`` and the like count an honest "not stated" as right where the gold
says nothing either. ``country_acc_published`` and the like follow the published evaluation, which compares
the gold's empty value with the word "None" and so never counts a document whose gold says nothing as right;
the published figures are of this kind. Places are compared without case, punctuation and variants of
country names, which the published evaluation does not do (it compares strings).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.hrds.record import UNKNOWN, Record, plain_place

SINGLE = ("perpetrator_type", "country", "region", "city", "year", "month", "day")


def score_record(ours: Record, gold: Record) -> Mapping[str, Sequence[float]]:
    """Return (right, given, wanted) of the lists and (right, right and stated) of the single values."""
    values: dict[str, Sequence[float]] = {
        "violation": _overlap(ours.violations or {UNKNOWN}, gold.violations or {UNKNOWN}),
        "victim_name": _overlap(set(ours.victims), set(gold.victims)),
        "victim_name_fuzzy": _fuzzy_overlap(ours.victims, gold.victims),
    }
    for name in SINGLE:
        answer, wanted = _value(ours, name), _value(gold, name)
        values[name] = (float(answer == wanted), float(answer == wanted and wanted is not None))
    return values


def _value(record: Record, name: str) -> object:
    if name == "perpetrator_type":
        return record.perpetrator
    value = getattr(record, name)
    return plain_place(value) if isinstance(value, str) else value


def _overlap(ours: set[str] | frozenset[str], gold: set[str] | frozenset[str]) -> tuple[float, float, float]:
    return float(len(ours & gold)), float(len(ours)), float(len(gold))


def _fuzzy_overlap(ours: Sequence[str], gold: Sequence[str]) -> tuple[float, float, float]:
    """Count names as right when one contains the other, each gold name once."""
    left = list(gold)
    right = 0
    for name in ours:
        match = next((other for other in left if name in other or other in name), None)
        if match is not None:
            left.remove(match)
            right += 1
    return float(right), float(len(ours)), float(len(gold))
