"""How is a claim put in a table? Short strings for its parts; what is uncertain keeps a mark.

A question mark follows what is ambiguous; words that were not resolved stand in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from reportedly.model import (
    ActorLink,
    Claim,
    Interval,
    LinkStatus,
    Party,
    PlaceKind,
    PlaceLink,
    TimePrecision,
    Voice,
    VoiceKind,
    When,
    Where,
)

NOTHING = "-"
_UNSTATED_AT = frozenset({"at", ""})
_WHOLE_DAYS = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY})


def name_actor(link: ActorLink) -> str:
    """Return the name of an actor; ambiguous ones with a question mark, unknown ones in quotation marks."""
    match link.status:
        case LinkStatus.AMBIGUOUS:
            return f"{link.name}?"
        case LinkStatus.UNKNOWN:
            return f"“{link.name}”"
    return link.name


def name_parties(parties: Iterable[Party]) -> str:
    """Return the names of parties; an implied one in square brackets, as an editor would add it."""
    names = (f"[{name_actor(p.link)}]" if p.implied else name_actor(p.link) for p in parties)
    return ", ".join(dict.fromkeys(names))


def name_who_whom(claim: Claim) -> str:
    """Return "who -> whom" with a dash where the text does not say.

    Without a party on the far side, the thing that the act is about stands there, in quotation marks.
    """
    who = name_parties(claim.actors) or NOTHING
    whom = name_parties(claim.recipients) or name_themes(claim)
    return f"{who} -> {whom}" if whom else who


def name_themes(claim: Claim) -> str:
    """Return the things, not parties, that an act is about: "“the security zone agreement”"."""
    quotes = (" ".join(e.quote.split()) for e in claim.evidence if e.role == "theme")
    return ", ".join(f"“{quote}”" for quote in dict.fromkeys(quotes))


def name_place(link: PlaceLink) -> str:
    """Return the name of a place; ambiguous ones with a question mark, unknown ones in quotation marks."""
    match link.status:
        case LinkStatus.AMBIGUOUS:
            return f"{link.name}?"
        case LinkStatus.UNKNOWN:
            return f"“{link.name}”"
    return link.place.name if link.place else link.name


def name_places(places: Iterable[Where]) -> str:
    """Return the places in the words of the text, with how they are meant ("to Ariha", "along the M4")."""
    return ", ".join(dict.fromkeys(_name_where(where) for where in places))


def _name_where(where: Where) -> str:
    said = " ".join(where.text.split())
    name = name_place(replace(where.link, name=said, place=None))
    relative = where.link.place is not None and where.link.place.kind is PlaceKind.RELATIVE
    return name if relative or where.relation in _UNSTATED_AT else f"{where.relation} {name}"


def write_days(start: str, end: str) -> str:
    """Return the days of an event from its ISO dates, of which the second is the first day after it."""
    if not start or not end or start == end:
        return start or (f"before {end}" if end else "")
    last = date.fromisoformat(end) - timedelta(days=1)
    return start if last.isoformat() <= start else f"{start}/{last}"


def write_interval(interval: Interval | None) -> str:
    """Return an interval as a person would write it, never finer than it was stated."""
    if interval is None:
        return ""
    start, end = interval.start, interval.end
    if start is None and end is None:
        return ""
    if start is None and end is not None:
        return f"before {end:%Y-%m-%d}"
    assert start is not None
    if end is None:
        return f"from {start:%Y-%m-%d}"
    match interval.precision:
        case TimePrecision.MINUTE:
            return f"{start:%Y-%m-%d %H:%M}"
        case TimePrecision.MONTH:
            return f"{start:%Y-%m}"
        case TimePrecision.YEAR:
            return f"{start:%Y}"
        case precision if precision in _WHOLE_DAYS or (end - start).days <= 1:
            return f"{start:%Y-%m-%d}"
    return f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"


def write_times(times: Iterable[When]) -> str:
    """Return the times of a claim; unresolved ones as the words of the text, in quotation marks."""
    return ", ".join(dict.fromkeys(write_interval(t.interval) or f"“{t.text}”" for t in times))


def name_voices(voices: Iterable[Voice], author: str, reader: str) -> str:
    """Return the voice chain, outermost first, with the names to show for the article and for a commenter."""
    return " > ".join(_name_voice(voice, author, reader) for voice in voices) or NOTHING


def name_inner_voices(voices: tuple[Voice, ...], author: str, reader: str) -> str:
    """Return the chain for a narrow column: without the article that it begins with, where others speak."""
    inner = voices[1:] if len(voices) > 1 and voices[0].kind is VoiceKind.AUTHOR else voices
    return name_voices(inner, author, reader)


def _name_voice(voice: Voice, author: str, reader: str) -> str:
    match voice.kind:
        case VoiceKind.AUTHOR:
            return author
        case VoiceKind.COMMENTER:  # never the name as published
            return reader
    return name_actor(voice.actor) if voice.actor is not None else voice.name


def label_act(claim: Claim) -> str:
    """Return the act in words, with "not" where the voice says that it did not happen."""
    return f"not {claim.act.label}" if claim.negated else claim.act.label


def label_modality(claim: Claim) -> str:
    """Return the modality, with the half of a conditional ("if", "then"), and "not" where negated."""
    half = {"antecedent": "if", "consequent": "then"}.get(claim.condition_role or "")
    qualified = [word for word in (half, "not" if claim.negated else None) if word]
    return f"{claim.modality} ({', '.join(qualified)})" if qualified else str(claim.modality)


def write_share(confidence: float) -> str:
    """Return a confidence with two digits."""
    return f"{confidence:.2f}"
