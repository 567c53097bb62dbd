"""Perpetrator slots: individuals, organisations, the category, and how sure the attribution is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.muc4.incidents import Incident, incident_type
from benchmarks.muc4.set_lists import classify, read_words
from reportedly.language.truecase import truecase
from reportedly.model import ActorLink, Category, Claim, LinkStatus, Party, Reading, VoiceKind

TERRORIST, STATE = "TERRORIST ACT", "STATE-SPONSORED VIOLENCE"

_AUTHORITY = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_OPPOSED = frozenset({"REB", "UAF", "CRM", "PRM"})
_ACCUSING = re.compile(
    r"accus|blam|alleg|suspect|charg|attribut|presum|apparent|believ|claim|assert|insist|denounc",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s+of\s+(?:the\s+|an?\s+)?(?:(?:[A-Z][\w.'-]*|\"[^\"]+\")(?:\s+[A-Z][\w.'-]*)*(?:\s+(?:group|cartel))?|\w+)"
)
_NAME = re.compile(r"\b[A-Z][\w'-]*(?:\s+(?:of\s+)?[A-Z][\w'-]*)*")


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is said to have done it, in the text's words: an organisation, or people named or not."""

    text: str
    organisation: bool
    category: str | None
    confidence: str


def find_perpetrators(incident: Incident, reading: Reading) -> list[Perpetrator]:
    """Return the perpetrators that an incident's claims, and accusations in their sentences, name."""
    cased = truecase(reading.report.text)
    found: dict[str, Perpetrator] = {}
    for claim in incident.claims:
        for party in claim.actors:
            for perpetrator in _read_party(claim, party, cased, _confidence(claim, party.link)):
                found.setdefault(perpetrator.text.upper(), perpetrator)
        for accusation in _accusations(claim, reading):
            for party in accusation.recipients:
                for perpetrator in _read_party(claim, party, cased, _accused(accusation)):
                    found.setdefault(perpetrator.text.upper(), perpetrator)
    return list(found.values())


def _read_party(claim: Claim, party: Party, cased: str, confidence: str) -> Iterator[Perpetrator]:
    text = _whole_phrase(party, cased)
    category = _category(party, text)
    state = category == STATE and classify("state organisation", party.text)
    if party.link.status is LinkStatus.RESOLVED and party.link.kind != "person":
        yield Perpetrator(text, True, category, confidence)
        return
    if state:
        yield Perpetrator(state.upper() if state != "SAME" else text, True, category, confidence)
        return
    unnamed = bool(classify("perpetrator", text) or classify("perpetrator", party.text))
    names = [name for name in _organisation_names(text) if unnamed or party.link.kind != "person"]
    for name in names:
        yield Perpetrator(name, True, category, confidence)
    if unnamed:
        yield Perpetrator(text, False, category, confidence)


def _whole_phrase(party: Party, cased: str) -> str:
    """Return a party's words with an "of" phrase after them ("members of the FMLN")."""
    if party.span is None:
        return party.text
    after = _OF.match(cased, party.span.end)
    return " ".join(cased[party.span.start : after.end() if after else party.span.end].split())


def _organisation_names(text: str) -> list[str]:
    """Return names in a phrase that can be organisations: several words or an abbreviation, no adjectives."""
    names = (re.sub(r"^(?:The|An?)\s+", "", match.group()) for match in _NAME.finditer(text))
    kept = [name for name in names if " " in name or (len(name) > 1 and name[1:2].isupper()) or "-" in name]
    return [name for name in kept if name.upper() not in read_words("nonessential")]


def _category(party: Party, text: str) -> str | None:
    words = frozenset(re.findall(r"[^\W_]+", text.upper()))
    if words & read_words("rebel") or _OPPOSED & set(party.link.sectors):
        return TERRORIST
    if {"GOV", "MIL", "COP", "SPY"} & set(party.link.sectors):
        return STATE
    return classify("perpetrator", text)


def _confidence(claim: Claim, link: ActorLink) -> str:
    """Return how sure the attribution is, by who says it and in which words (task documentation, slot 11)."""
    speakers = [voice for voice in claim.voices if voice.kind is not VoiceKind.AUTHOR]
    if not speakers:
        return "SUSPECTED OR ACCUSED" if claim.hedges else "REPORTED AS FACT"
    speaker = speakers[-1]
    if speaker.actor is not None and link.actor_id and speaker.actor.actor_id == link.actor_id:
        return "CLAIMED OR ADMITTED"
    cues = [item.quote for item in claim.evidence if item.role == "cue"]
    if not claim.hedges and not any(_ACCUSING.search(cue) for cue in cues):
        return "REPORTED AS FACT"
    return _by_whom(speaker.actor)


def _accusations(claim: Claim, reading: Reading) -> list[Claim]:
    """Return claims of the same sentence that accuse somebody of what ``claim`` tells."""
    return [
        other
        for other in reading.claims
        if other.act.category is Category.ACCUSE
        and not other.negated
        and other.sentence.overlaps(claim.sentence)
        and incident_type(claim) is not None
    ]


def _accused(accusation: Claim) -> str:
    accusers = [party.link for party in accusation.actors]
    return _by_whom(accusers[0] if accusers else None)


def _by_whom(accuser: ActorLink | None) -> str:
    authority = accuser is not None and bool(_AUTHORITY & set(accuser.sectors))
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if authority else "SUSPECTED OR ACCUSED"
