"""Says who a phrase of a report is: a named actor, a class of people, several candidates, or nobody known.

Order of the means, surest first: the abbreviation that the text defines, an exact name, a nationality with a noun for a
state's organ, a title with a name, a known name with a noun for its members, a class noun, and last a misspelling.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from rapidfuzz import fuzz, process

from reportedly.actors.base import ActorBase, ClassNoun
from reportedly.actors.context import countries_in, read_abbreviations
from reportedly.actors.fold import fold, is_abbreviation, strip_surface
from reportedly.actors.links import CONFIDENCE, class_link, resolved, slug, unknown, with_reason
from reportedly.actors.nouns import all_modifiers, class_noun, is_bare, is_plain, modifying_class, nationality
from reportedly.model import Actor, ActorLink, LinkStatus

LEANING = re.compile(
    r"\b(?:pro|anti|non|ex|former|un)\b"
    r"|[\w]-(?:backed|linked|affiliated|aligned|allied|led|held|controlled|supported)\b",
    re.IGNORECASE,
)
FUZZY_LETTERS = 5
FUZZY_CUTOFF = 86.0
PEOPLE_CUTOFF = 80.0
FUZZY_MARGIN = 4.0
BACKED = re.compile(r"[\w-]+-(?:backed|allied|aligned|supported|linked|led|based)\s+(?=\S)", re.IGNORECASE)
NUMERALS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "hundred", "thousand"}
)


class ActorLinker:
    """Links the phrases of one report. Made once a report: it reads the abbreviations that the text defines.

    countries: ISO codes that the report is about, to choose between bearers of one name; if empty they are counted
    from the text.
    """

    def __init__(self, base: ActorBase, text: str, *, countries: Collection[str] = ()) -> None:
        self._base = base
        self._defined = read_abbreviations(text)
        self._countries = frozenset(countries) or countries_in(base, text)
        self._cache: dict[tuple[str, bool, bool], ActorLink] = {}

    def link(self, surface: str, *, in_comment: bool = False, metonym_ok: bool = False) -> ActorLink:
        """Return who ``surface`` is; never raises.

        in_comment: readers misspell and mock, so close spellings count there too but less. metonym_ok: the grammar
        makes the phrase a
        doer or speaker, so a capital may stand for its government.
        """
        key = (surface, in_comment, metonym_ok)
        if key not in self._cache:
            self._cache[key] = self._link(strip_surface(surface), metonym_ok)
        return self._cache[key]

    def person(self, name: str) -> Actor | None:
        """Return the known person whose name, perhaps spelt otherwise, this is, or None."""
        link = self.link(name)
        return self._actor(link.actor_id or "") if link.kind == "person" else None

    def _link(self, name: str, metonym_ok: bool) -> ActorLink:
        if not any(c.isalpha() for c in name) or name.lower() in NUMERALS:
            return unknown(name or "?")
        backed = BACKED.match(name)
        if backed is not None:
            inner = self._link(name[backed.end() :], metonym_ok)
            if inner.status is LinkStatus.RESOLVED:
                return with_reason(inner, f"'{backed.group().strip()}' says who is behind it")
        long_form = self._defined.get(name)
        if long_form is not None:
            link = self._named(long_form) or self._named(name)
            if link is not None and link.status is LinkStatus.RESOLVED:
                return with_reason(link, f"'{name}' is defined in the text as '{long_form}'")
            return ActorLink(
                LinkStatus.UNKNOWN, long_form, confidence=0.5, reasons=(f"'{name}' is defined in the text",)
            )
        for means in (
            self._named,
            self._nationality_alone,
            self._metonym if metonym_ok else None,
            self._people,
            self._organ_or_class,
            self._titled,
            self._member,
            self._misspelt,
        ):
            link = means(name) if means is not None else None
            if link is not None:
                return link
        return unknown(name)

    def _named(self, name: str) -> ActorLink | None:
        ids = self._base.by_alias(name)
        if not ids:
            return None
        if len(ids) == 1:
            return resolved(self._actor(ids[0]), "exact", f"'{name}' is a known name")
        near = [i for i in ids if self._actor(i).country in self._countries]
        if len(near) == 1:
            return resolved(
                self._actor(near[0]),
                "member",
                f"'{name}' has {len(ids)} bearers; this one fits the countries of the report",
            )
        return self._ambiguous(name, ids, f"'{name}' has {len(ids)} bearers")

    def _actor(self, actor_id: str) -> Actor:
        return self._base.actors[actor_id]

    def _ambiguous(self, name: str, ids: list[str], reason: str) -> ActorLink:
        return ActorLink(
            LinkStatus.AMBIGUOUS, name, confidence=CONFIDENCE["ambiguous"], candidates=tuple(ids), reasons=(reason,)
        )

    def _metonym(self, name: str) -> ActorLink | None:
        state_id = self._base.state_of_capital(name)
        if not state_id:
            return None
        return resolved(self._actor(state_id), "metonym", f"'{name}' stands for the government that sits there")

    def _nationality_alone(self, name: str) -> ActorLink | None:
        state_id = self._base.country_of_adjective(name) if name[:1].isupper() else ""
        if not state_id:
            return None
        return resolved(self._actor(state_id), "organ", f"'{name}': of {self._base.states[state_id].name}")

    def _people(self, name: str) -> ActorLink | None:
        words = name.split()
        state_id = self._base.country_of_people(words[-1]) if words else ""
        if not state_id or (self._base.country_of_adjective(name) and name.lower() == name):
            return None
        state = self._base.states[state_id]
        return ActorLink(
            LinkStatus.CLASS,
            name,
            f"class:{slug(name)}",
            "people",
            ("CVL",),
            state.code,
            CONFIDENCE["people"],
            reasons=(f"people of {state.name}",),
        )

    def _organ_or_class(self, name: str) -> ActorLink | None:
        words = re.split(r"[\s]+", name)
        noun, size = class_noun(self._base, words)
        if noun is None:
            return None
        before = words[: len(words) - size]
        noun = modifying_class(self._base, before) or noun
        state_id = nationality(self._base, before)
        leaning = LEANING.search(" ".join(before)) is not None
        if state_id and noun.state_organ and not leaning and is_bare(self._base, before, state_id):
            return self._organ(name, state_id, noun)
        if not is_plain(self._base, before):
            return None
        country = self._base.states[state_id].code if state_id and not leaning else ""
        return class_link(name, noun, country, f"'{noun.noun}' names a kind of people, not a party")

    def _organ(self, name: str, state_id: str, noun: ClassNoun) -> ActorLink:
        state = self._base.states[state_id]
        sector = noun.sectors[0] if noun.sectors else ""
        if sector == "MIL" and state.forces_id and state.forces_id in self._base.actors:
            return resolved(self._actor(state.forces_id), "organ", f"'{name}': armed forces of {state.name}")
        if sector == "GOV":
            return resolved(self._actor(state_id), "organ", f"'{name}': government of {state.name}", noun.sectors)
        return ActorLink(
            LinkStatus.CLASS,
            name,
            f"class:{slug(state.name)}-{sector.lower() or slug(noun.noun)}",
            f"class ({noun.kind})",
            noun.sectors,
            state.code,
            CONFIDENCE["organ"],
            reasons=(f"'{noun.noun}' of {state.name}",),
        )

    def _titled(self, name: str) -> ActorLink | None:
        """Read titles before a name: "Turkish President Recep Tayyip Erdogan"."""
        words = name.split()
        for start in range(1, len(words)):
            rest = " ".join(words[start:])
            link = self._named(rest)
            if (
                link is not None
                and link.status is LinkStatus.RESOLVED
                and (link.kind == "person" or all_modifiers(self._base, words[:start]))
            ):
                return with_reason(link, f"'{' '.join(words[:start])}' goes before the name")
        return None

    def _member(self, name: str) -> ActorLink | None:
        """Read a known name before a noun: "Hezbollah fighters"; "SDF-led forces" are not the SDF's own."""
        words = name.split()
        if len(words) < 2 or LEANING.search(name):
            return None
        noun, size = class_noun(self._base, words)
        if noun is None:
            return None
        for start in range(len(words) - size):
            link = self._named(strip_surface(" ".join(words[start : len(words) - size])))
            if link is not None and link.kind == "person":
                return self._under(name, link, noun)
            if link is not None and link.status is LinkStatus.RESOLVED:
                return replace(link, confidence=CONFIDENCE["member"], reasons=(f"'{noun.noun}' of {link.name}",))
        if words[-1][:1].isupper() and len(words) > 1:
            return None  # capitalised to the end: a name of its own ("Northern Storm Brigade")
        if any(w[:1].isupper() for w in words[: len(words) - size]):
            place = next((self._base.state_of_city(w) for w in words if self._base.state_of_city(w)), "")
            country = self._base.states[place].code if place else ""
            return class_link(
                name,
                noun,
                country,
                f"'{noun.noun}' with a name that is not in the knowledge base",
                confidence=CONFIDENCE["class"] - 0.1,
            )
        return None

    def _under(self, name: str, leader: ActorLink, noun: ClassNoun) -> ActorLink:
        """Say who "Assad's forces" are: those of the state that the leader heads, else a class; never the leader."""
        actor = self._actor(leader.actor_id or "")
        heads = next((r.target for r in actor.relations if r.kind == "commands" and r.target in self._base.states), "")
        if heads and noun.state_organ:
            return self._organ(name, heads, noun)
        return class_link(name, noun, leader.country, f"'{noun.noun}' under {leader.name}")

    def _is_about(self, people: str) -> bool:
        """Tell whether the report names the state of a people."""
        return self._base.states[self._base.country_of_people(people)].code in self._countries

    def _misspelt(self, name: str) -> ActorLink | None:
        """Find close spellings of a proper name, and entries of which it is one word; both are only candidates."""
        folded = fold(name)
        if len(folded) < FUZZY_LETTERS or not name[:1].isupper() or is_abbreviation(name):
            return None
        if " " in folded and (
            nationality(self._base, name.split()) or class_noun(self._base, name.split())[0] is not None
        ):
            return None  # "Syrian Army" is no misspelt "Serbian Army"
        partial = self._base.beginning_with(folded)
        choices = self._base.near_spellings(folded)
        close = [
            (key, score)
            for key, score, _ in process.extract(folded, choices, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=4)
        ]
        peoples = [w for w in self._base.peoples() if w[0] == folded[0] and self._is_about(w)]
        people = process.extractOne(folded, peoples, scorer=fuzz.ratio, score_cutoff=PEOPLE_CUTOFF)
        if people is not None and not close:
            link = self._people(people[0])
            return link and replace(
                with_reason(link, f"read as a spelling of '{people[0]}'"), name=name, confidence=0.5
            )
        if partial and " " not in folded:
            lookalikes = [s.id for s in self._base.states.values() if fold(s.name)[:4] == folded[:4]]
            return self._ambiguous(
                name, [*partial[:4], *lookalikes[:2]], f"'{name}' is part of a longer name, or means another"
            )
        if not close:
            return None
        best = close[0][1]
        ids = sorted(
            {
                i
                for key, score in close
                if score >= best - FUZZY_MARGIN
                for alias, i in self._base.aliases()[key]
                if not is_abbreviation(alias)
            }
        )
        if len(ids) == 1:
            return resolved(
                self._actor(ids[0]), "fuzzy", f"'{name}' read as a spelling of '{self._actor(ids[0]).name}'"
            )
        return self._ambiguous(name, ids[:5], f"'{name}' is close to several names") if ids else None
