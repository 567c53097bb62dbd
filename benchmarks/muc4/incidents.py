"""From claims to incidents: which claims tell a relevant act, of what type, and which tell the same one.

Relevant (task documentation, section 1): a violent act that the report asserts or threatens, recent, against
somebody or something besides soldiers, police and armed groups, and tied to one of nine countries. Everything
here reads the analysis's own values (PLOVER category and mode, modality, parties, places, times); nothing is
learnt from keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.muc4.set_lists import classify, read_words
from reportedly.model import Category, Claim, Evidence, Modality, Reading, Span, State

COUNTRIES = {
    "SLV": "EL SALVADOR",
    "GTM": "GUATEMALA",
    "HND": "HONDURAS",
    "ARG": "ARGENTINA",
    "BOL": "BOLIVIA",
    "CHL": "CHILE",
    "COL": "COLOMBIA",
    "ECU": "ECUADOR",
    "PER": "PERU",
}
RECENT_DAYS = 62  # "within two months of the date of the article"

_TOLD = frozenset({Modality.ASSERTED, Modality.ONGOING})
_KIDNAP = read_words("kidnap")
_BURN = read_words("burn")
_ROB = read_words("rob")
_KILL = read_words("kill")
_CLASH = read_words("clash")
_HARM = frozenset({State.HARMED})


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident to report: its MUC-4 type and stage and the claims that tell of it, in text order."""

    type: str
    stage: str
    claims: tuple[Claim, ...]


def find_incidents(reading: Reading) -> list[Incident]:
    """Return the relevant incidents of a report."""
    dated = _report_day(reading)
    home = main_country(reading)
    selected: list[Incident] = []
    for claim in reading.claims:
        kind = incident_type(claim)
        stage = incident_stage(claim)
        if kind and stage and not _is_purely_military(claim) and _is_recent(claim, dated):
            selected.append(Incident(kind, stage, (claim,)))
    grouped = _merge(selected, {claim_id: event.id for event in reading.events for claim_id in event.claims})
    return [incident for incident in grouped if _is_specific(incident) and _is_of_interest(incident, home)]


def incident_type(claim: Claim) -> str | None:
    """Return the MUC-4 type of a claim's act, None if it is none of them."""
    act, lemma = claim.act, lemma_of(claim)
    if claim.in_comment or (act.category is not Category.ASSAULT and act.state not in _HARM):
        return "ROBBERY" if lemma in _ROB and not claim.in_comment else None
    if act.mode == "abduct" or lemma in _KIDNAP:
        return "KIDNAPPING"
    if lemma in _BURN:
        return "ARSON"
    if act.mode in ("explosives", "suicide-attack") or _uses_bomb(claim):
        return "ATTACK" if _is_aerial(claim) else "BOMBING"
    return "ATTACK"


def _is_aerial(claim: Claim) -> bool:
    """Tell whether armed forces bomb: from the air, which counts as an attack."""
    return "bomb" in claim.act.lemma and any("MIL" in party.link.sectors for party in claim.actors)


def _uses_bomb(claim: Claim) -> bool:
    bombs = {"BOMB", "VEHICLE BOMB", "DYNAMITE", "EXPLOSIVE", "MINE"}
    return claim.act.mode != "aerial" and any(classify("instrument", tool) in bombs for tool in claim.instruments)


def incident_stage(claim: Claim) -> str | None:
    """Return the stage of execution, None for what the voice denies, plans, asks for or imagines."""
    if claim.negated:
        return None
    if claim.modality in _TOLD:
        tried = any("attempt" in reason or "tried" in reason for reason in claim.reasons)
        return "ATTEMPTED" if tried else "ACCOMPLISHED"
    return "THREATENED" if claim.modality is Modality.THREATENED else None


def lemma_of(claim: Claim) -> str:
    """Return the lemma of a claim's act as the word lists spell it ("blow_up")."""
    return claim.act.lemma.lower().replace(" ", "_")


def is_killing(claim: Claim) -> bool:
    """Tell whether a claim says that somebody was killed."""
    units = {quantity.unit for quantity in claim.quantities}
    return lemma_of(claim) in _KILL or bool(units & {"killed", "dead", "deaths"})


def _is_purely_military(claim: Claim) -> bool:
    """Tell whether both sides, as far as told, are armed forces or armed groups: not terrorism here."""
    sides = [_armed_side(party.text, party.link.sectors) for party in claim.recipients]
    sides += [classify("military", theme.quote) for theme in list_themes(claim)]
    if not sides:
        return lemma_of(claim) in _CLASH
    return all(sides)


def _armed_side(text: str, sectors: Sequence[str]) -> str | None:
    if {"MIL", "PAR"} & set(sectors):
        return "STATE"
    if {"REB", "UAF", "PRM"} & set(sectors):
        return "REBEL"
    return classify("military", text)


def _is_recent(claim: Claim, dated: date | None) -> bool:
    ends = [when.interval.end for when in claim.when if when.interval is not None and when.interval.end is not None]
    if dated is None or not ends:
        return True
    return max(ends).date() >= dated - timedelta(days=RECENT_DAYS)


def _is_specific(incident: Incident) -> bool:
    """Tell whether somebody or something attacked, or the perpetrator of a lone attack's place, is told."""
    hurt = any(claim.recipients or claim.quantities or list_themes(claim) for claim in incident.claims)
    return hurt or (incident.type == "BOMBING" and any(claim.places for claim in incident.claims))


def _is_of_interest(incident: Incident, home: str) -> bool:
    countries = {where.link.place.country for claim in incident.claims for where in claim.places if where.link.place}
    countries |= {p.link.country for claim in incident.claims for p in (*claim.actors, *claim.recipients)}
    return bool(countries & set(COUNTRIES)) or bool(home)


def list_themes(claim: Claim) -> list[Evidence]:
    """Return the things that an act is done to, those that are targets: buildings, vehicles, people."""
    themes = [item for item in claim.evidence if item.role == "theme"]
    return [item for item in themes if classify("phys", item.quote) or classify("hum", item.quote)]


def main_country(reading: Reading) -> str:
    """Return which of the nine countries most places and actors of the report belong to, "" if none does."""
    counts: dict[str, int] = {}
    for mention in reading.mentions:
        country = ""
        if mention.place is not None and mention.place.place is not None:
            country = mention.place.place.country
        elif mention.actor is not None:
            country = mention.actor.country
        if country in COUNTRIES:
            counts[country] = counts.get(country, 0) + 1
    return max(counts, key=lambda country: (counts[country], country), default="")


def _report_day(reading: Reading) -> date | None:
    published = reading.report.published
    return published.start.date() if published is not None and published.start is not None else None


def _merge(selected: Iterable[Incident], event_of: dict[str, str]) -> list[Incident]:
    """Bring claims together that are of one event, or of one type and stage with nothing that differs."""
    merged: list[Incident] = []
    for incident in selected:
        at = next((i for i, other in enumerate(merged) if _may_join(other, incident, event_of)), None)
        if at is None:
            merged.append(incident)
        else:
            kind = _narrower(merged[at].type, incident.type)
            merged[at] = Incident(kind, merged[at].stage, merged[at].claims + incident.claims)
    return merged


def _narrower(first: str, second: str) -> str:
    return second if first == "ATTACK" else first


def _may_join(one: Incident, other: Incident, event_of: dict[str, str]) -> bool:
    if one.stage != other.stage or not (one.type == other.type or "ATTACK" in (one.type, other.type)):
        return False
    if {event_of.get(claim.id, claim.id) for claim in one.claims} & {
        event_of.get(claim.id, claim.id) for claim in other.claims
    }:
        return True
    if one.type != other.type and {one.type, other.type} != {"ATTACK", "BOMBING"}:
        return False
    return not any(_differ(get(one), get(other)) for get in (_places, _days, _actors))


def _differ(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first) and bool(second) and not first & second


def _places(incident: Incident) -> frozenset[str]:
    return frozenset(
        where.link.place.id
        for claim in incident.claims
        for where in claim.places
        if where.link.place is not None and where.link.place.kind != "country"
    )


def _days(incident: Incident) -> frozenset[str]:
    return frozenset(
        when.interval.start.date().isoformat()
        for claim in incident.claims
        for when in claim.when
        if when.interval is not None and when.interval.start is not None
    )


def _actors(incident: Incident) -> frozenset[str]:
    return frozenset(party.link.actor_id or "" for claim in incident.claims for party in claim.actors) - {""}


def sentence_spans(incident: Incident) -> tuple[Span, ...]:
    """Return the sentences of an incident's claims, each once, in text order."""
    return tuple(sorted({claim.sentence for claim in incident.claims}))
