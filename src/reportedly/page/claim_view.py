"""A claim as a person reads it: every value in words, every gap with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportedly.model import Evidence, LinkStatus, Party, Span, Where
from reportedly.page.edition import Entry
from reportedly.page.marks import visible
from reportedly.page.phrasing import quantity_phrase, when_phrase, where_detail, where_phrase
from reportedly.page.privacy import needs_warning

_HALVES: Mapping[str, str] = MappingProxyType({"antecedent": "the “if”", "consequent": "the “then”"})
QUOTE_LIMIT = 600  # characters; a report can be one endless line


@dataclass(frozen=True, slots=True)
class PartyView:
    """An actor in words: name, what the text calls it, and how sure the two are one."""

    name: str
    told: str
    note: str
    soft: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in words: name with relation, what sort and how sure, and why."""

    name: str
    detail: str
    reasons: tuple[str, ...]
    soft: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What a claim's card shows."""

    number: int
    id: str
    classes: str
    modality: str
    negated: bool
    disputed: bool
    act: str
    told_act: str
    actors: tuple[PartyView, ...]
    recipients: tuple[PartyView, ...]
    places: tuple[PlaceView, ...]
    times: tuple[str, ...]
    voices: tuple[str, ...]
    confidence: float
    quote: str
    warned: bool
    extras: tuple[tuple[str, str], ...]
    evidence: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    words_anchor: int | None
    in_comment: bool
    event: int | None
    event_status: str


def view_claim(entry: Entry, anchors: Mapping[int, int], numbers: Mapping[str, int]) -> ClaimView:
    """Return the card of a claim.

    anchors: claim number to the claim number whose words it shares on the page (absent: not shown there).
    numbers: claim id to claim number, for the other half of a condition.
    """
    claim = entry.claim
    warned = bool(entry.passage and needs_warning(entry.passage.span.of(entry.reading.report.text)))
    return ClaimView(
        number=entry.number,
        id=claim.id,
        classes=entry.look.classes,
        modality=str(claim.modality),
        negated=claim.negated,
        disputed=entry.look.hatched,
        act=claim.act.label,
        told_act=entry.safe(quote_of(entry, claim.act.span)),
        actors=tuple(_view_party(entry, party) for party in claim.actors),
        recipients=tuple(_view_party(entry, party) for party in claim.recipients),
        places=tuple(_view_place(entry, place) for place in claim.places),
        times=tuple(entry.safe(when_phrase(when)) for when in claim.when),
        voices=entry.voice_names(),
        confidence=min(1.0, max(0.0, claim.confidence)),
        quote=quote_of(entry, claim.sentence),
        warned=warned,
        extras=tuple(_extras(entry, numbers)),
        evidence=tuple(_view_evidence(entry, one) for one in claim.evidence),
        reasons=tuple(entry.safe(reason) for reason in claim.reasons),
        words_anchor=anchors.get(entry.number),
        in_comment=claim.in_comment,
        event=entry.event_number,
        event_status=str(entry.event.status) if entry.event else "",
    )


def quote_of(entry: Entry, span: Span) -> str:
    """Return the words at ``span`` as the page may show them (commenters' names replaced)."""
    text = entry.reading.report.text
    pieces, position = [], span.start
    for redaction in entry.redactions:
        if span.start <= redaction.span.start and redaction.span.end <= span.end:
            pieces += [text[position : redaction.span.start], f"[{redaction.shown}]"]
            position = redaction.span.end
    quote = visible("".join(pieces) + text[position : span.end])
    return quote if len(quote) <= QUOTE_LIMIT else quote[:QUOTE_LIMIT] + " …"


def _view_party(entry: Entry, party: Party) -> PartyView:
    link = party.link
    name = entry.safe(visible(link.name or party.text))
    told = entry.safe(visible(party.text))
    notes = ["implied"] if party.implied else []
    if link.status is LinkStatus.CLASS:
        notes.append("a group, nobody named")
    elif link.status is LinkStatus.AMBIGUOUS:
        notes.append("ambiguous" + (": " + " or ".join(link.candidates[:4]) if link.candidates else ""))
    elif link.status is LinkStatus.UNKNOWN:
        notes.append("not in the actor list")
    return PartyView(
        name=name or "somebody",
        told="" if told.casefold() == name.casefold() else told,
        note=", ".join(notes),
        soft=link.status is LinkStatus.AMBIGUOUS,
    )


def _view_place(entry: Entry, where: Where) -> PlaceView:
    return PlaceView(
        name=entry.safe(visible(where_phrase(where))),
        detail=entry.safe(where_detail(where)),
        reasons=tuple(entry.safe(reason) for reason in where.link.reasons),
        soft=where.link.status is LinkStatus.AMBIGUOUS,
    )


def _view_evidence(entry: Entry, evidence: Evidence) -> tuple[str, str]:
    return evidence.role, quote_of(entry, evidence.span)


def _extras(entry: Entry, numbers: Mapping[str, int]) -> list[tuple[str, str]]:
    claim = entry.claim
    themes = dict.fromkeys(" ".join(e.quote.split()) for e in claim.evidence if e.role == "theme")
    rows = [("About", f"“{theme}”") for theme in themes if theme != claim.agreement]
    rows += [("Figures", quantity_phrase(quantity)) for quantity in claim.quantities]
    if claim.instruments:
        rows.append(("With", ", ".join(claim.instruments)))
    if claim.hedges:
        rows.append(("Hedged", ", ".join(f"“{hedge}”" for hedge in claim.hedges)))
    if claim.agreement:
        rows.append(("Agreement", claim.agreement))
    if claim.condition_role:
        other = numbers.get(claim.condition or "")
        half = _HALVES.get(claim.condition_role, claim.condition_role)
        rows.append(("Condition", f"{half} of claim {other}" if other else half))
    if claim.same_as:
        rows.append(("Told again", f"{len(claim.same_as)}× elsewhere in this report, counted once"))
    return [(name, entry.safe(visible(value))) for name, value in rows]
