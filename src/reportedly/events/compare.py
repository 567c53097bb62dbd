"""Are two claims about one happening? A score with reasons, from act, parties, place and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from reportedly.model import Claim, Interval, LinkStatus, Modality, Party, Place, PlaceKind, TimePrecision

REALIS = frozenset({Modality.ASSERTED, Modality.ONGOING, Modality.DENIED})
THRESHOLD = 4
NEAR_KM = 10.0
EARTH_KM = 6371.0
REPORTING_DELAY = timedelta(days=3)  # news tells of a happening within days; used only where no time is stated
TOLERANCE = timedelta(days=1)  # "on Tuesday" and the next morning's report
COARSE = frozenset({TimePrecision.MONTH, TimePrecision.SEASON, TimePrecision.YEAR, TimePrecision.PERIOD})


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with what the comparison needs from its report.

    window: when it happened, as stated, else from the report's date; stated: whether the text states it.
    source: who is answerable for it (innermost named voice, else the first publisher).
    """

    claim: Claim
    window: tuple[datetime | None, datetime | None] | None
    stated: bool
    source: str
    place: Place | None
    order: tuple[str, str, int]


def window_of(claim: Claim, published: Interval | None) -> tuple[tuple[datetime | None, datetime | None] | None, bool]:
    """Return when a claim's happening was, and whether the text states it; None if nothing is known."""
    for when in claim.when:
        if when.interval is not None and (when.interval.start or when.interval.end):
            return (when.interval.start, when.interval.end), when.interval.precision not in COARSE
    if published is None or published.start is None:
        return None, False
    if claim.modality in REALIS:
        return (published.start - REPORTING_DELAY, published.end), False
    return (published.start, None), False


def compare(first: Placed, second: Placed) -> tuple[int, list[str]]:
    """Score two claims; at or above ``THRESHOLD`` they are about one happening. A veto scores below zero."""
    one, two = first.claim, second.claim
    score, reasons = 0, []
    for points, reason in (
        _compare_places(first, second),
        _compare_times(first, second),
        _compare_parties(one.actors, two.actors, "doer"),
        _compare_parties(one.recipients, two.recipients, "recipient"),
        _compare_words(one, two),
    ):
        if points < -5:
            return points, [reason]
        score += points
        if reason:
            reasons.append(reason)
    anchored = any("place" in r or "doer" in r or "recipient" in r for r in reasons)
    same_report = one.report_id == two.report_id
    if same_report and not (one.act.lemma == two.act.lemma or any("same place" in r for r in reasons)):
        return -10, ["different words in one report"]
    return (score, reasons) if anchored else (min(score, THRESHOLD - 1), reasons)


def _compare_places(first: Placed, second: Placed) -> tuple[int, str]:
    one, two = first.place, second.place
    if one is None or two is None:
        return 0, ""
    if one.id == two.id:
        return (1, "same country") if one.kind is PlaceKind.COUNTRY else (3, f"same place ({one.name})")
    distance = distance_km(one, two)
    if distance <= NEAR_KM and max(one.radius_km, two.radius_km) <= 2 * NEAR_KM:
        return 2, f"places {distance:.0f} km apart"
    if distance <= max(one.radius_km, two.radius_km):
        return 1, f"place inside the other's area ({one.name}, {two.name})"
    return -10, f"places {distance:.0f} km apart"


def distance_km(one: Place, two: Place) -> float:
    """Return the great-circle distance between two places' representative points (haversine)."""
    lat1, lon1, lat2, lon2 = map(radians, (one.lat, one.lon, two.lat, two.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))


def _compare_times(first: Placed, second: Placed) -> tuple[int, str]:
    one, two = first.window, second.window
    if one is None or two is None:
        return (1, "") if first.claim.report_id == second.claim.report_id else (0, "")
    latest = max((s for s in (one[0], two[0]) if s is not None), default=None)
    earliest = min((e for e in (one[1], two[1]) if e is not None), default=None)
    if latest is not None and earliest is not None and latest - earliest >= TOLERANCE:
        return -10, f"{(latest - earliest).days} days apart"
    if first.stated and second.stated:
        return 2, "same time"
    return 1, "times agree"


def _compare_parties(one: tuple[Party, ...], two: tuple[Party, ...], role: str) -> tuple[int, str]:
    mine, theirs = _named(one), _named(two)
    if not mine or not theirs:
        return 0, ""
    shared = mine & theirs
    if shared:
        return 2, f"same {role}"
    countries = {p.link.country for p in one if p.link.country} & {p.link.country for p in two if p.link.country}
    if countries:
        return 1, f"{role}s of one country"
    if all(p.link.status is LinkStatus.RESOLVED for p in (*one, *two)):
        return -2, f"different {role}s told"
    return 0, ""


def _named(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(p.link.actor_id or p.text.lower() for p in parties)


def _compare_words(one: Claim, two: Claim) -> tuple[int, str]:
    if one.act.lemma == two.act.lemma:
        return 1, f"same word ('{one.act.lemma}')"
    if one.act.mode is not None and one.act.mode == two.act.mode:
        return 1, f"same mode ({one.act.mode})"
    if one.act.mode is not None and two.act.mode is not None:
        return -1, f"modes differ ({one.act.mode}, {two.act.mode})"
    return 0, ""
