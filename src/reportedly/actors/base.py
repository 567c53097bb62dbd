"""The knowledge base: states, actors and class nouns, read from ``data/actors`` and indexed by folded name.

Invariant: built once, never changed; ids are unique; every relation's target exists (a test checks the files).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeVar

from reportedly._errors import DataError
from reportedly.actors.fold import fold, is_abbreviation
from reportedly.actors.names import NameFinder, NameHit
from reportedly.model import Actor, ActorRelation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class State:
    """A state with the words that stand for it. ``forces_id``: the entry of its armed forces, "" if it has none."""

    id: str
    name: str
    code: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    cities: tuple[str, ...]
    forces_id: str
    partly_recognised: bool


@dataclass(frozen=True, slots=True)
class ClassNoun:
    """A noun for a kind of people. ``state_organ``: with a nationality it is that state's own organ."""

    noun: str
    sectors: tuple[str, ...]
    kind: str
    state_organ: bool


@dataclass(slots=True)
class ActorBase:
    """All actors, with look-ups by id, by folded alias, by nationality and by class noun."""

    actors: dict[str, Actor] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    classes: dict[str, ClassNoun] = field(default_factory=dict)
    agents: dict[str, ClassNoun] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    _aliases: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    _adjectives: dict[str, str] = field(default_factory=dict)
    _people: dict[str, str] = field(default_factory=dict)
    _capitals: dict[str, str] = field(default_factory=dict)
    _cities: dict[str, str] = field(default_factory=dict)
    _finder: NameFinder | None = None
    _by_initial: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_first_word: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __iter__(self) -> Iterator[Actor]:
        return iter(self.actors.values())

    def get(self, actor_id: str) -> Actor | None:
        """Return the entry with this id, or None."""
        return self.actors.get(actor_id)

    def by_alias(self, surface: str) -> list[str]:
        """Return the ids that ``surface`` can name, exact but for case and accents; abbreviations only as written."""
        shouted = surface.isupper() and len(surface) > 7
        return list(
            dict.fromkeys(
                actor_id
                for alias, actor_id in self._aliases.get(fold(surface), ())
                if not is_abbreviation(alias) or alias == surface or shouted
            )
        )

    def country_of_adjective(self, word: str) -> str:
        """Return the state id for a nationality adjective ("Turkish") or country name ("Turkey"), or ""."""
        key = fold(word)
        return self._adjectives.get(key, "")

    def country_of_people(self, word: str) -> str:
        """Return the state id for the plural noun of its people ("Turks"), or ""."""
        return self._people.get(fold(word), "")

    def peoples(self) -> list[str]:
        """Return the folded plural nouns of all peoples."""
        return list(self._people)

    def state_of_capital(self, word: str) -> str:
        """Return the state id whose capital this is, or ""."""
        return self._capitals.get(fold(word), "")

    def state_of_city(self, word: str) -> str:
        """Return the state id that a large city belongs to, or ""."""
        return self._cities.get(fold(word), "") or self._capitals.get(fold(word), "")

    def class_of(self, noun: str) -> ClassNoun | None:
        """Return the class of a noun, singular or plural, or None."""
        return _by_lemma(self.classes, noun)

    def agent_of(self, noun: str) -> ClassNoun | None:
        """Return what event coders take a noun for (``agents.tsv``), singular or plural, or None."""
        return _by_lemma(self.agents, noun)

    def country_of_region(self, word: str) -> str:
        """Return the ISO code of the country that a province, large city or people within it belongs to, or ""."""
        return _by_lemma(self.regions, word) or ""

    def find(self, text: str) -> list[NameHit]:
        """Return every knowledge-base name in a text, longest first at each place, in text order."""
        if self._finder is None:
            self._finder = NameFinder((alias, i) for pairs in self._aliases.values() for alias, i in pairs)
        return self._finder.find(text)

    def near_spellings(self, folded: str) -> list[str]:
        """Return the folded aliases that begin with the same letter and differ little in length."""
        if not self._by_initial:
            for key in self._aliases:
                self._by_initial[key[:1], len(key)].append(key)
        sizes = range(len(folded) - 3, len(folded) + 4)
        return [key for size in sizes for key in self._by_initial.get((folded[:1], size), ())]

    def beginning_with(self, word: str) -> list[str]:
        """Return the ids of actors that have a name of several words of which this is the first."""
        if not self._by_first_word:
            for key, pairs in self._aliases.items():
                first, space, _ = key.partition(" ")
                if space:
                    self._by_first_word[first].extend(i for _, i in pairs)
        return sorted(set(self._by_first_word.get(word, ())))

    def aliases(self) -> dict[str, list[tuple[str, str]]]:
        """Return folded alias to (alias as written, id) pairs."""
        return self._aliases

    def related(self, first: str, second: str) -> bool:
        """Tell whether one actor is the other, or a part of it, or both belong to one state's organs."""
        if first == second:
            return True
        one, two = self.get(first), self.get(second)
        if one is None or two is None:
            return False
        parts = {("part-of", two.id), ("commands", two.id)} & {(r.kind, r.target) for r in one.relations}
        parts |= {("part-of", one.id), ("commands", one.id)} & {(r.kind, r.target) for r in two.relations}
        official = {"GOV", "MIL", "COP", "SPY"}
        same_state = bool(one.country) and one.country == two.country and bool(official & set(one.sectors[:1]))
        return bool(parts) or (same_state and bool(official & set(two.sectors[:1])))

    def add(self, actor: Actor) -> None:
        """Enter an actor while the base is being loaded."""
        if actor.id in self.actors:
            raise DataError(f"data/actors: the id {actor.id!r} is given twice")
        self.actors[actor.id] = actor
        for alias in dict.fromkeys((actor.name, *actor.aliases)):
            self._aliases[fold(alias)].append((alias, actor.id))


def _by_lemma(table: Mapping[str, T], word: str) -> T | None:
    key = fold(word)
    return next((table[form] for form in (key, *_singulars(key)) if form in table), None)


def _singulars(word: str) -> Iterator[str]:
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("men"):
        yield word[:-3] + "man"
    if word.endswith("women"):
        yield word[:-5] + "woman"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]


@cache
def load_actors() -> ActorBase:
    """Load the knowledge base, once a process. Raises DataError naming the file and line that is wrong."""
    base = ActorBase()
    folder = files("reportedly") / "data" / "actors"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".tsv"):
            continue
        for number, line in enumerate(entry.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = [f.strip() for f in line.split("\t")]
            reader = READERS.get(entry.name, _read_actor)
            try:
                reader(base, fields)
            except (IndexError, ValueError) as error:
                raise DataError(f"data/actors/{entry.name} line {number}: {error}") from error
    return base


def _many(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def _read_state(base: ActorBase, fields: list[str]) -> None:
    code, name, aliases, adjectives, people, capitals, seats, cities, forces = (*fields, *[""] * 9)[:9]
    partly = code.startswith("!")
    code = code.lstrip("!")
    state_id = _slug(name)
    sectors = ("PRE", "GOV") if partly else ("GOV",)
    kind = "administration" if partly else "state"
    base.add(Actor(state_id, name, kind, sectors, code, (*_many(aliases), *_many(seats)), checked_at="ISO 3166-1"))
    adjective_list = _many(adjectives)
    forces_id = _enter_forces(base, state_id, code, adjective_list, forces)
    peoples = _many(people) or tuple(f"{a}s" for a in adjective_list if a[-1:] in "ni")
    state = State(state_id, name, code, adjective_list, peoples, _many(capitals), _many(cities), forces_id, partly)
    base.states[state_id] = state
    for word in (*adjective_list, name, *_many(aliases)):
        base._adjectives.setdefault(fold(word), state_id)
    for word in peoples:
        base._people.setdefault(fold(word), state_id)
    for word in state.capitals:
        base._capitals.setdefault(fold(word), state_id)
    for word in state.cities:
        base._cities.setdefault(fold(word), state_id)


def _enter_forces(base: ActorBase, state_id: str, code: str, adjectives: tuple[str, ...], forces: str) -> str:
    if forces == "-":
        return ""
    if forces.startswith("@"):
        return forces[1:]
    names = _many(forces)
    if not names and not adjectives:
        return ""
    name = names[0] if names else f"{adjectives[0]} armed forces"
    relation = ActorRelation("part-of", state_id)
    forces_id = f"{state_id}-armed-forces"
    base.add(Actor(forces_id, name, "armed forces", ("MIL",), code, names[1:], (relation,)))
    return forces_id


def _read_class(base: ActorBase, fields: list[str]) -> None:
    nouns, sectors, kind, organ = (*fields, *[""] * 4)[:4]
    for noun in nouns.split(","):
        entry = ClassNoun(noun.strip(), _many(sectors), kind, organ == "yes")
        base.classes.setdefault(fold(noun), entry)


def _read_agent(base: ActorBase, fields: list[str]) -> None:
    nouns, sectors, kind = fields
    if kind not in {"agent", "role", "field"}:
        raise ValueError(f"no kind of agent noun: {kind!r}")
    for noun in nouns.split(","):
        base.agents.setdefault(fold(noun), ClassNoun(noun.strip(), _many(sectors), kind, False))


def _read_region(base: ActorBase, fields: list[str]) -> None:
    code, words = fields
    for word in _many(words):
        base.regions.setdefault(fold(word), code)


def _read_actor(base: ActorBase, fields: list[str]) -> None:
    actor_id, name, kind, sectors, country, aliases, relations, checked_at, note = (*fields, *[""] * 9)[:9]
    if not actor_id or not name:
        raise ValueError("an actor needs an id and a name")
    links = []
    for relation in _many(relations):
        relation_kind, target, start, end = (*relation.split(":"), "", "", "")[:4]
        links.append(ActorRelation(relation_kind, target, start, end))
    base.add(Actor(actor_id, name, kind, _many(sectors), country, _many(aliases), tuple(links), checked_at, note))


READERS = {
    "states.tsv": _read_state,
    "classes.tsv": _read_class,
    "agents.tsv": _read_agent,
    "regions.tsv": _read_region,
}
