"""The files of data/actors: form of each line, targets of relations, names with more than one bearer."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from importlib.resources import files
from typing import NamedTuple

import pytest

from reportedly.actors import code_phrase
from reportedly.actors.base import load_actors
from reportedly.actors.fold import fold, is_abbreviation

OTHER_FORMS = frozenset({"states.tsv", "classes.tsv", "agents.tsv", "regions.tsv"})
# fmt: off
KINDS = frozenset({
    "armed forces", "armed group", "paramilitary", "police", "government body", "intelligence", "party", "alliance",
    "international body", "ngo", "medium", "monitor", "person", "people", "company", "administration",
})
SECTORS = frozenset({
    "MIL", "REB", "PRM", "COP", "GOV", "SPY", "PTY", "OPP", "JRN", "SOC", "CVL", "JUD", "LEG", "REL", "MED", "REF",
    "ELI", "PRE", "BUS", "CRM", "UAF", "LAB", "EDU", "AGR",
})
# fmt: on
RELATIONS = frozenset({"part-of", "allied-with", "linked-to", "commands", "led-by", "opposes", "successor-of"})
TERRITORIES = frozenset({"HKG", "MAC", "GRL", "PRI", "NCL", "GIB"})  # ISO 3166-1, no entry of states.tsv
DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")

# Names that more than one entry bears on purpose: the linker chooses by the countries of the report, or answers
# "ambiguous".
SHARED_NAMES = {
    "adf": "Australian Defence Force; Allied Democratic Forces of Uganda and the Congo",
    "afp": "Agence France-Presse; Armed Forces of the Philippines",
    "ansar al sharia": "separate groups in Libya and Tunisia",
    "ansar al sunna": "former name of Ansar al-Islam in Iraq; the insurgents of Mozambique",
    "aoun": "two presidents of Lebanon",
    "army of islam": "Jaysh al-Islam of Syria and of Gaza",
    "aswj": "Sufi militia of Somalia; the insurgents of Mozambique",
    "barzani": "one family, three offices",
    "cpc": "Communist Party of China; Coalition of Patriots for Change of the Central African Republic",
    "golani": "the brigade; a spelling of al-Julani",
    "gss": "General Security Service: a name of Shin Bet and of Syria's service",
    "hariri": "father and son, both prime ministers",
    "jem": "Justice and Equality Movement of Darfur; Jaish-e-Mohammed (JeM)",
    "kabila": "father and son, both presidents",
    "pdf": "People's Defence Force of Myanmar; Panama Defense Forces",
    "pla": "Palestine Liberation Army; People's Liberation Army of China",
    "rada": "Rada force of Tripoli; Verkhovna Rada of Ukraine",
    "rsf": "Rapid Support Forces; Reporters sans frontières",
    "sadr": "Muqtada al-Sadr; Sahrawi Arab Democratic Republic",
    "sla": "South Lebanon Army; Sudan Liberation Army",
    "talabani": "father and son, both heads of the PUK",
}


class Entry(NamedTuple):
    """One line of a file of actors."""

    place: str
    id: str
    name: str
    kind: str
    sectors: list[str]
    country: str
    aliases: list[str]
    relations: list[str]
    checked_at: str
    note: str


def _lines(name: str) -> list[tuple[str, list[str]]]:
    text = (files("reportedly") / "data" / "actors" / name).read_text(encoding="utf-8")
    numbered = enumerate(text.splitlines(), 1)
    return [(f"{name}:{number}", line.split("\t")) for number, line in numbered if line and not line.startswith("#")]


def _file_names() -> list[str]:
    names = (entry.name for entry in (files("reportedly") / "data" / "actors").iterdir())
    return sorted(name for name in names if name.endswith(".tsv") and name not in OTHER_FORMS)


def _values(column: str) -> list[str]:
    return column.split("; ") if column else []


def _entries() -> list[Entry]:
    return [
        Entry(place, f[0], f[1], f[2], _values(f[3]), f[4], _values(f[5]), _values(f[6]), f[7], f[8])
        for name in _file_names()
        for place, f in _lines(name)
        if len(f) == 9
    ]


def _faults(found: list[str]) -> str:
    return "\n".join(found)


def test_there_are_files_for_each_region() -> None:
    expected = {"syria.tsv", "iraq-iran.tsv", "turkey-kurds.tsv", "sudan-chad.tsv", "leaders-mena.tsv"}
    assert expected <= set(_file_names())


@pytest.mark.parametrize("name", _file_names())
def test_each_line_has_nine_columns_without_stray_blanks(name: str) -> None:
    faults = [
        f"{place}: {len(fields)} columns" if len(fields) != 9 else f"{place}: blank at the edge of a column"
        for place, fields in _lines(name)
        if len(fields) != 9 or any(field != field.strip() for field in fields)
    ]
    assert not faults, _faults(faults)


def test_ids_are_slugs_and_unique_over_all_files() -> None:
    counts = Counter(entry.id for entry in _entries())
    faults = [
        f"{e.place}: {e.id!r}"
        for e in _entries()
        if counts[e.id] > 1 or not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", e.id)
    ]
    assert not faults, _faults(faults)


def test_kinds_sectors_and_countries_are_known() -> None:
    states = {fields[0].lstrip("!") for _, fields in _lines("states.tsv")} | TERRITORIES
    faults = [
        f"{e.place}: {e.kind!r} {e.sectors} {e.country!r}"
        for e in _entries()
        if e.kind not in KINDS
        or (not e.sectors and e.kind != "international body")
        or not set(e.sectors) <= SECTORS
        or (e.country and e.country not in states)
    ]
    assert not faults, _faults(faults)


def test_each_entry_can_be_checked_somewhere() -> None:
    faults = [e.place for e in _entries() if not e.checked_at]
    assert not faults, _faults(faults)


def test_relations_are_known_and_dated_in_order() -> None:
    faults = []
    for entry in _entries():
        for relation in entry.relations:
            kind, _, start, end = (*relation.split(":"), "", "")[:4]
            dated = DATE.fullmatch(start) and DATE.fullmatch(end) and not (start and end and start[: len(end)] > end)
            if kind not in RELATIONS or relation.count(":") not in (1, 2, 3) or not dated:
                faults.append(f"{entry.place}: {relation}")
    assert not faults, _faults(faults)


def test_the_target_of_each_relation_exists_and_is_another_actor() -> None:
    known = load_actors().actors
    faults = [
        f"{entry.place}: {relation}"
        for entry in _entries()
        for relation in entry.relations
        if relation.split(":")[1] not in known or relation.split(":")[1] == entry.id
    ]
    assert not faults, _faults(faults)


def test_the_armed_forces_that_states_refer_to_are_defined() -> None:
    wanted = {fields[8][1:] for _, fields in _lines("states.tsv") if len(fields) > 8 and fields[8].startswith("@")}
    assert wanted - {entry.id for entry in _entries()} == set()


def test_no_alias_is_empty_or_said_twice() -> None:
    faults = []
    for entry in _entries():
        # An abbreviation counts only as written ("ISIS" beside "Isis", "MIT" beside "MİT"), a name in any case.
        forms = Counter(
            name if is_abbreviation(name) else name.casefold() + "\n" for name in (entry.name, *entry.aliases)
        )
        faults += [f"{entry.place}: {form.strip()!r}" for form, count in forms.items() if count > 1 or not form.strip()]
    assert not faults, _faults(faults)


def test_names_with_two_bearers_are_the_listed_ones() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in load_actors():
        for name in (actor.name, *actor.aliases):
            bearers[fold(name)].add(actor.id)
    shared = {name: sorted(ids) for name, ids in bearers.items() if len(ids) > 1}
    unlisted = [f"{name}: {', '.join(ids)}" for name, ids in sorted(shared.items()) if name not in SHARED_NAMES]
    assert not unlisted, _faults(unlisted)
    assert set(SHARED_NAMES) <= set(shared), f"no longer shared: {sorted(set(SHARED_NAMES) - set(shared))}"


def test_each_agent_noun_stands_once_with_known_sectors_and_kind() -> None:
    faults, seen = [], set[str]()
    for place, fields in _lines("agents.tsv"):
        nouns, sectors, kind = fields
        if kind not in {"agent", "role", "field"} or not set(_values(sectors)) <= SECTORS | {"UNK", "JNK"}:
            faults.append(f"{place}: {sectors} {kind}")
        for noun in nouns.split(","):
            if noun in seen or noun != noun.strip().lower() or not noun:
                faults.append(f"{place}: {noun!r}")
            seen.add(noun)
    assert not faults, _faults(faults)


def test_each_region_belongs_to_one_country_and_is_no_countrys_adjective() -> None:
    base = load_actors()
    faults, seen = [], set[str]()
    for place, (code, words) in _lines("regions.tsv"):
        if not re.fullmatch("[A-Z]{3}", code):
            faults.append(f"{place}: {code!r}")
        for word in _values(words):
            state = base.states.get(base.country_of_adjective(word))
            if word in seen or not any(c.isupper() for c in word) or (state is not None and state.code != code):
                faults.append(f"{place}: {word!r}")
            seen.add(word)
    assert not faults, _faults(faults)


def test_each_state_is_known_by_its_name_adjective_people_and_capital() -> None:
    faults = []
    for state in load_actors().states.values():
        words = [f"{a} officials" for a in state.adjectives] + [f"two {p}" for p in state.people]
        words += [f"{c} police" for c in state.capitals if not c.endswith("'s")] + [f"the government of {state.name}"]
        faults += [
            f"{w!r} is {code_phrase(w)[0]!r}, not {state.code}" for w in words if code_phrase(w)[0] != state.code
        ]
    assert not faults, _faults(faults)
