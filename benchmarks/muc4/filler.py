"""From incidents to MUC-4 templates: ``fill_templates`` turns a reading into what a 1992 site handed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from benchmarks.muc4.incidents import (
    COUNTRIES,
    Incident,
    find_incidents,
    is_killing,
    lemma_of,
    list_themes,
    main_country,
)
from benchmarks.muc4.perpetrators import find_perpetrators
from benchmarks.muc4.set_lists import classify, list_words
from benchmarks.muc4.template import Fill, Slot, Template
from reportedly.model import (
    Claim,
    MentionKind,
    Party,
    Place,
    PlaceKind,
    Reading,
    TimePrecision,
    When,
)

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_FINE = frozenset({TimePrecision.DAY, TimePrecision.PART_OF_DAY, TimePrecision.MINUTE})
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:the|an?|some|several|at least|about|approximately|another|other|its|his|her|their|\d+|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+)+(?=\S)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^((?:(?:mr|mrs|ms|dr|gen|col|maj|capt|lt|sgt)\.?|president|general|colonel|major|captain|lieutenant|judge|senator|"
    r"deputy|mayor|governor|ambassador|bishop|archbishop|monsignor|father|minister|doctor|former|retired|"
    r"presidential|candidate|leader|\s)+)\s(?=\S)",
    re.IGNORECASE,
)
_NUMBERS = {word: str(number) for number, word in enumerate(list_words("number"), start=1)}


def fill_templates(reading: Reading) -> list[Template]:
    """Return the templates of one report, in text order; none where nothing relevant is told."""
    return [_fill(incident, reading) for incident in find_incidents(reading)]


def _fill(incident: Incident, reading: Reading) -> Template:
    slots: dict[Slot, list[Fill]] = {
        Slot.TYPE: [Fill((incident.type,))],
        Slot.STAGE: [Fill((incident.stage,))],
        Slot.DATE: _fill_date(incident, reading),
        Slot.LOCATION: _fill_location(incident, reading),
    }
    _fill_instruments(slots, incident)
    _fill_perpetrators(slots, incident, reading)
    _fill_targets(slots, incident, reading)
    kept = {slot: tuple(dict.fromkeys(fills)) for slot, fills in slots.items() if fills}
    if incident.type in ("KIDNAPPING", "ARSON"):
        kept.pop(Slot.INSTRUMENT_ID, None)
        kept.pop(Slot.INSTRUMENT_TYPE, None)
    return Template(reading.report.key, kept)


def _fill_date(incident: Incident, reading: Reading) -> list[Fill]:
    """Return the date: a day, a range, or "on or before" the report's own day."""
    for claim in incident.claims:
        for when in claim.when:
            if when.interval is not None and not _WEEKDAY.search(when.text):
                text = _write_interval(when)
                if text:
                    return [Fill((text,))]
    published = reading.report.published
    return [Fill((f"- {_write_day(published.start)}",))] if published and published.start else []


def _write_interval(when: When) -> str:
    interval = when.interval
    if interval is None or interval.start is None or interval.end is None:
        return ""
    if interval.precision in _FINE:
        return _write_day(interval.start)
    if interval.precision in (TimePrecision.WEEK, TimePrecision.MONTH):
        return f"{_write_day(interval.start)} - {_write_day(interval.end)}"
    return ""


def _write_day(moment: datetime) -> str:
    return f"{moment.day:02d} {_MONTHS[moment.month - 1]} {moment.year % 100:02d}"


def _fill_location(incident: Incident, reading: Reading) -> list[Fill]:
    """Return the finest place told with its country, else the country that the report is about."""
    places = [where.link.place for claim in incident.claims for where in claim.places if where.link.place]
    near = [place for place in places if place.country in COUNTRIES]
    finest = min(near, key=lambda place: place.radius_km, default=None)
    if finest is None:
        country = COUNTRIES.get(main_country(reading))
        return [Fill((country,))] if country else []
    return [Fill((_write_place(finest),))]


def _write_place(place: Place) -> str:
    country = COUNTRIES[place.country]
    if place.kind is PlaceKind.COUNTRY:
        return country
    name = re.sub(r"\s+(?:department|province|governorate|district)$", "", place.name, flags=re.IGNORECASE)
    kind = "DEPARTMENT" if place.kind is PlaceKind.ADMIN1 else "CITY"
    return f"{country}: {name.upper()} ({kind})"


def _fill_instruments(slots: dict[Slot, list[Fill]], incident: Incident) -> None:
    for claim in incident.claims:
        for tool in claim.instruments:
            kind = classify("instrument", tool)
            if kind is None:
                continue
            name = _strip_leading(tool)
            slots.setdefault(Slot.INSTRUMENT_ID, []).append(Fill((name,)))
            slots.setdefault(Slot.INSTRUMENT_TYPE, []).append(Fill((kind,), (name,)))
    if Slot.INSTRUMENT_TYPE not in slots:
        if any(claim.act.mode == "firearms" for claim in incident.claims):
            slots[Slot.INSTRUMENT_TYPE] = [Fill(("GUN",), ("-",))]
        elif incident.type == "BOMBING":
            slots[Slot.INSTRUMENT_TYPE] = [Fill(("BOMB",), ("-",))]


def _fill_perpetrators(slots: dict[Slot, list[Fill]], incident: Incident, reading: Reading) -> None:
    categories = []
    for perpetrator in find_perpetrators(incident, reading):
        name = _strip_leading(perpetrator.text)
        categories += [perpetrator.category] if perpetrator.category else []
        if perpetrator.organisation:
            slots.setdefault(Slot.ORGANIZATION, []).append(Fill((name,)))
            slots.setdefault(Slot.ORG_CONFIDENCE, []).append(Fill((perpetrator.confidence,), (name,)))
        else:
            slots.setdefault(Slot.INDIVIDUAL, []).append(Fill((name,)))
    if categories:
        slots[Slot.CATEGORY] = [Fill((categories[0],))]


def _is_person(party: Party, reading: Reading) -> bool:
    return any(
        mention.kind is MentionKind.PERSON and party.span is not None and party.span.overlaps(mention.span)
        for mention in reading.mentions
    )


def _fill_targets(slots: dict[Slot, list[Fill]], incident: Incident, reading: Reading) -> None:
    for claim in incident.claims:
        for text, party in _targets(claim):
            thing = classify("phys", text)
            person = party is not None and _is_person(party, reading)
            human = classify("hum", text)
            if thing and not person and not human and incident.type != "KIDNAPPING":
                _add_thing(slots, claim, text, thing)
            elif person or human:
                whole = _fullest_name(text, reading) if person else text
                _add_human(slots, claim, incident, _Human(whole, human, person))


def _fullest_name(text: str, reading: Reading) -> str:
    """Return the longest name of a person in the report that ends in the same words."""
    words = text.split()[-2:]
    people = [
        m.text for m in reading.mentions if m.kind is MentionKind.PERSON and m.text.split()[-len(words) :] == words
    ]
    return max([text, *people], key=lambda name: (len(name.split()), name))


def _targets(claim: Claim) -> Iterable[tuple[str, Party | None]]:
    yield from ((party.text, party) for party in claim.recipients)
    yield from ((theme.quote, None) for theme in list_themes(claim))
    if not claim.recipients:
        yield from ((where.text, None) for where in claim.places if classify("phys", where.text))


def _add_thing(slots: dict[Slot, list[Fill]], claim: Claim, text: str, kind: str) -> None:
    name = _strip_leading(text)
    slots.setdefault(Slot.PHYS_ID, []).append(Fill((name,)))
    slots.setdefault(Slot.PHYS_TYPE, []).append(Fill((kind,), (name,)))
    slots.setdefault(Slot.PHYS_NUMBER, []).append(Fill((_count(text),), (name,)))
    lemma = lemma_of(claim)
    if lemma in ("destroy", "demolish", "raze", "blow_up", "level", "burn_down", "destruction"):
        slots.setdefault(Slot.PHYS_EFFECT, []).append(Fill(("DESTROYED",), (name,)))
    elif lemma in ("damage", "burn", "set_ablaze", "torch", "wreck"):
        slots.setdefault(Slot.PHYS_EFFECT, []).append(Fill(("SOME DAMAGE",), (name,)))


@dataclass(frozen=True, slots=True)
class _Human:
    """A human target: its words, the set-list item of its head, and whether it is a named person."""

    text: str
    kind: str | None
    named: bool


def _add_human(slots: dict[Slot, list[Fill]], claim: Claim, incident: Incident, human: _Human) -> None:
    name, kind = _strip_leading(human.text), human.kind
    if human.named and not _LEADING.match(human.text):
        title = _TITLE.match(name)
        bare = name[title.end() :] if title else name
        slots.setdefault(Slot.HUM_NAME, []).append(Fill((bare,)))
        if title:
            role = title.group(1).strip()
            slots.setdefault(Slot.HUM_DESCRIPTION, []).append(Fill((role,), (bare,)))
            kind = classify("hum", role) or kind
        name = bare
    else:
        slots.setdefault(Slot.HUM_DESCRIPTION, []).append(Fill((name,)))
    slots.setdefault(Slot.HUM_TYPE, []).append(Fill((kind or "CIVILIAN",), (name,)))
    slots.setdefault(Slot.HUM_NUMBER, []).append(Fill((_count(human.text),), (name,)))
    effect = _effect(claim, incident)
    if effect:
        slots.setdefault(Slot.HUM_EFFECT, []).append(Fill((effect,), (name,)))


def _effect(claim: Claim, incident: Incident) -> str | None:
    if incident.stage != "ACCOMPLISHED":
        return None
    if is_killing(claim):
        return "DEATH"
    units = {quantity.unit for quantity in claim.quantities}
    if lemma_of(claim) in ("wound", "injure", "maim", "hurt") or units & {"wounded", "injured"}:
        return "INJURY"
    return None


def _count(text: str) -> str:
    """Return how many a noun phrase speaks of: a numeral in it, else "PLURAL" or "1" by its head."""
    words: list[str] = re.findall(r"\d+|[^\W\d_]+", text.lower())
    for word in words[:4]:
        if word.isdigit():
            return word
        if word in _NUMBERS:
            return _NUMBERS[word]
    head = re.split(r",|\s(?:of|in|on|at|from|who|which|that)\s", text, maxsplit=1, flags=re.IGNORECASE)[0]
    plural = re.search(r"(?:[^s]s|men|people|children)$", head.strip(), re.IGNORECASE)
    return "PLURAL" if plural else "1"


def _strip_leading(text: str) -> str:
    return _LEADING.sub("", " ".join(text.split())).upper()
