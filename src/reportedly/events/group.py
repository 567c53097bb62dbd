"""Claims become events: greedy complete-link grouping in a fixed order, so that the order of adding does not matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from reportedly.events.compare import REALIS, THRESHOLD, Placed, compare, window_of
from reportedly.events.copies import find_copies
from reportedly.model import Claim, Event, EventStatus, LinkStatus, Modality, Place, PlaceKind, Reading, VoiceKind

# The strongest way in which an event was put is shown first.
STRENGTH = (
    Modality.ASSERTED,
    Modality.ONGOING,
    Modality.DENIED,
    Modality.PLANNED,
    Modality.THREATENED,
    Modality.OBLIGATED,
    Modality.DEMANDED,
    Modality.PREDICTED,
    Modality.CONDITIONAL,
    Modality.HYPOTHETICAL,
    Modality.QUESTIONED,
)


def group_events(readings: Sequence[Reading]) -> tuple[Event, ...]:
    """Group the claims of all readings into events, sorted by id.

    Two claims belong together when ``compare`` scores every pair of their group at or above its threshold. Comments
    may join an
    event but never change its status, its numbers or its count of sources.
    """
    copies = find_copies(readings)
    outlets = {r.report.id: r.report.outlet or r.report.id for r in readings}
    placed = [
        _place(claim, reading, outlets[copies[reading.report.id]]) for reading in readings for claim in reading.claims
    ]
    blocks: dict[tuple[str, bool], list[Placed]] = defaultdict(list)
    for item in placed:
        blocks[_kind(item.claim), item.claim.modality in REALIS].append(item)
    events = []
    for block in blocks.values():
        for group, reasons in _cluster(sorted(block, key=lambda p: p.order)):
            events.append(_event(group, reasons))
    return tuple(sorted(events, key=lambda e: e.id))


def _kind(claim: Claim) -> str:
    return str(claim.act.category or claim.act.state)


def _place(claim: Claim, reading: Reading, outlet: str) -> Placed:
    window, stated = window_of(claim, reading.report.published)
    return Placed(claim, window, stated, _answerable(claim, outlet), _site(claim), _order(claim, window))


def _site(claim: Claim) -> Place | None:
    """Return the place to draw: the finest one at which the act is."""
    found = [w.link.place for w in claim.places if w.link.place is not None and w.relation != "from"]
    return min(found, key=lambda p: (p.kind is PlaceKind.COUNTRY, p.radius_km, p.id), default=None)


def _order(claim: Claim, window: object) -> tuple[str, str, int]:
    start = window[0].isoformat() if isinstance(window, tuple) and window[0] is not None else "9999"
    return start, claim.report_id, int(claim.id.rpartition(".c")[2])


def _answerable(claim: Claim, outlet: str) -> str:
    """Return the primary source: the innermost named voice, else the first publisher of the text."""
    for voice in reversed(claim.voices):
        if voice.kind is VoiceKind.COMMENTER:
            return voice.name
        if voice.kind is VoiceKind.NAMED and voice.actor is not None and voice.actor.status is LinkStatus.RESOLVED:
            return voice.name
    return outlet


def _cluster(ordered: list[Placed]) -> list[tuple[list[Placed], list[str]]]:
    clusters: list[tuple[list[Placed], list[str]]] = []
    by_month: dict[str, list[int]] = defaultdict(list)
    for item in ordered:
        candidates = sorted({i for key in _months(item) for i in by_month[key]})
        best, why, score = None, [], THRESHOLD - 1
        for i in candidates:
            pairs = [compare(other, item) for other in clusters[i][0]]
            worst, reasons = min(pairs, key=lambda pair: pair[0])
            if worst > score:
                best, why, score = i, reasons, worst
        if best is None:
            clusters.append(([item], []))
            best = len(clusters) - 1
        else:
            clusters[best][0].append(item)
            clusters[best][1].append(f"{item.claim.id}: {', '.join(why)}")
        for key in _months(item):
            if best not in by_month[key]:
                by_month[key].append(best)
    return clusters


def _months(item: Placed) -> list[str]:
    """Return the block keys of a claim: the months that its window touches (first, last), or its report if undated."""
    if item.window is None:
        return [item.claim.report_id]
    return sorted({side.strftime("%Y-%m") for side in item.window if side is not None}) or [item.claim.report_id]


def _event(group: list[Placed], reasons: list[str]) -> Event:
    claims = [p.claim for p in group]
    told = [p for p in group if not p.claim.in_comment]
    lead = min(
        told or group, key=lambda p: (STRENGTH.index(p.claim.modality), p.claim.negated, -p.claim.confidence, p.order)
    )
    place = next((p.place for p in sorted(told or group, key=_fineness) if p.place is not None), None)
    windows = [p.window for p in group if p.window is not None and p.stated]
    starts = [w[0] for w in windows if w[0] is not None]
    ends = [w[1] for w in windows if w[1] is not None]
    return Event(
        id="e-" + sha256(min(c.id for c in claims).encode()).hexdigest()[:12],
        act=lead.claim.act.label,
        category=_kind(lead.claim),
        modality=str(lead.claim.modality),
        negated=lead.claim.negated,
        status=_status(told),
        actors=_names(p.link.name for c in claims for p in c.actors),
        recipients=_names(p.link.name for c in claims for p in c.recipients),
        places=_names(w.link.name for c in claims for w in c.places),
        place_id=place.id if place is not None else None,
        start=max(starts).date().isoformat() if starts else "",
        end=min(ends).date().isoformat() if ends else "",
        claims=tuple(sorted(c.id for c in claims)),
        sources=tuple(sorted({p.source for p in told})),
        numbers=tuple((q.unit, q.low, q.high, p.claim.id) for p in told for q in p.claim.quantities),
        reasons=tuple(reasons),
        comments_only=not told,
    )


def _fineness(item: Placed) -> tuple[float, str]:
    return (item.place.radius_km if item.place is not None else 1e9, item.claim.id)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _status(told: list[Placed]) -> EventStatus:
    """Return the status from article claims: independent sources for and against.

    Only what is told as fact can be corroborated: two sources for one plan make it no fact.
    """
    denying = {p.source for p in told if p.claim.modality is Modality.DENIED}
    against = denying | {p.source for p in told if p.claim.negated}
    for_it = {p.source for p in told if p.claim.modality in REALIS - {Modality.DENIED} and not p.claim.negated}
    if against and for_it:
        return EventStatus.DISPUTED
    if denying:
        return EventStatus.DENIED
    return EventStatus.CORROBORATED if len(for_it) > 1 else EventStatus.REPORTED
