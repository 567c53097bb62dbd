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
from reportedly.actors.fold import fold, is_abbreviation, strip_surface
from reportedly.model import Actor, ActorLink, LinkStatus

DEFINED = re.compile(r"[(\[](?:the\s+)?[\"“]?([A-Z][A-Z0-9-]{1,9})[\"”]?[)\]]")
NAME_WORD = re.compile(r"[\w'’-]+")
LINKING = frozenset({"of", "the", "for", "and", "al", "de", "la", "el", "-"})
LONGEST_NAME = 200  # characters before the bracket in which its name is looked for
LEANING = re.compile(
    r"\b(?:pro|anti|non|ex|former|un)\b"
    r"|[\w]-(?:backed|linked|affiliated|aligned|allied|led|held|controlled|supported)\b",
    re.IGNORECASE,
)
NOT_OWN = frozenset(
    {"backed", "linked", "affiliated", "aligned", "allied", "led", "supported", "pro", "anti", "held", "controlled"}
)
FUZZY_LETTERS = 5
FUZZY_CUTOFF = 86.0
PEOPLE_CUTOFF = 80.0
FUZZY_MARGIN = 4.0
BACKED = re.compile(r"[\w-]+-(?:backed|allied|aligned|supported|linked|led|based)\s+(?=\S)", re.IGNORECASE)
NUMERALS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "hundred", "thousand"}
)
OUTRANKING = frozenset({"REB", "PRM", "CRM", "OPP", "COP", "CVL", "REF", "UAF"})
CONFIDENCE = {
    "exact": 0.95,
    "defined": 0.95,
    "organ": 0.9,
    "title": 0.9,
    "member": 0.85,
    "class": 0.8,
    "metonym": 0.75,
    "people": 0.8,
    "fuzzy": 0.55,
    "ambiguous": 0.3,
    "unknown": 0.2,
}


class ActorLinker:
    """Links the phrases of one report. Made once a report: it reads the abbreviations that the text defines.

    countries: ISO codes that the report is about, to choose between bearers of one name; if empty they are counted
    from the text.
    """

    def __init__(self, base: ActorBase, text: str, *, countries: Collection[str] = ()) -> None:
        self._base = base
        self._defined = _read_abbreviations(text)
        self._countries = frozenset(countries) or _countries_in(base, text)
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

    def _link(self, name: str, metonym_ok: bool) -> ActorLink:
        if not any(c.isalpha() for c in name) or name.lower() in NUMERALS:
            return _unknown(name or "?")
        backed = BACKED.match(name)
        if backed is not None:
            inner = self._link(name[backed.end() :], metonym_ok)
            if inner.status is LinkStatus.RESOLVED:
                return _with_reason(inner, f"'{backed.group().strip()}' says who is behind it")
        long_form = self._defined.get(name)
        if long_form is not None:
            link = self._named(long_form) or self._named(name)
            if link is not None and link.status is LinkStatus.RESOLVED:
                return _with_reason(link, f"'{name}' is defined in the text as '{long_form}'")
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
        return _unknown(name)

    def _named(self, name: str) -> ActorLink | None:
        ids = self._base.by_alias(name)
        if not ids:
            return None
        if len(ids) == 1:
            return _resolved(self._actor(ids[0]), "exact", f"'{name}' is a known name")
        near = [i for i in ids if self._actor(i).country in self._countries]
        if len(near) == 1:
            return _resolved(
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
        return _resolved(self._actor(state_id), "metonym", f"'{name}' stands for the government that sits there")

    def _nationality_alone(self, name: str) -> ActorLink | None:
        state_id = self._base.country_of_adjective(name) if name[:1].isupper() else ""
        if not state_id:
            return None
        return _resolved(self._actor(state_id), "organ", f"'{name}': of {self._base.states[state_id].name}")

    def _people(self, name: str) -> ActorLink | None:
        words = name.split()
        state_id = self._base.country_of_people(words[-1]) if words else ""
        if not state_id or (self._base.country_of_adjective(name) and name.lower() == name):
            return None
        state = self._base.states[state_id]
        return ActorLink(
            LinkStatus.CLASS,
            name,
            f"class:{_slug(name)}",
            "people",
            ("CVL",),
            state.code,
            CONFIDENCE["people"],
            reasons=(f"people of {state.name}",),
        )

    def _organ_or_class(self, name: str) -> ActorLink | None:
        words = re.split(r"[\s]+", name)
        noun, size = self._class_noun(words)
        if noun is None:
            return None
        before = words[: len(words) - size]
        noun = self._modifying_class(before) or noun
        state_id = self._nationality(before)
        leaning = LEANING.search(" ".join(before)) is not None
        if state_id and noun.state_organ and not leaning and self._is_bare(before, state_id):
            return self._organ(name, state_id, noun)
        if not self._is_plain(before):
            return None
        country = self._base.states[state_id].code if state_id and not leaning else ""
        return _class_link(name, noun, country, f"'{noun.noun}' names a kind of people, not a party")

    def _modifying_class(self, words: list[str]) -> ClassNoun | None:
        """Return the class that a modifier gives to a neutral head: "guerrilla forces" are guerrillas."""
        for word in reversed(words):
            noun = self._base.class_of(word)
            if noun is not None and noun.sectors[:1] and noun.sectors[0] in OUTRANKING:
                return noun
        return None

    def _class_noun(self, words: list[str]) -> tuple[ClassNoun | None, int]:
        """Return the class noun that ends the phrase (up to three words) and its length."""
        for size in (3, 2, 1):
            if size <= len(words):
                noun = self._base.class_of(" ".join(words[-size:]))
                if noun is not None:
                    return noun, size
        last = words[-1].rsplit("-", 1)[-1] if words else ""
        return (self._base.class_of(last), 1) if "-" in words[-1] else (None, 0)

    def _nationality(self, words: list[str]) -> str:
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                phrase = strip_surface(" ".join(words[start : start + size]))
                state_id = self._base.country_of_adjective(phrase) if phrase[:1].isupper() else ""
                if state_id:
                    return state_id
        return ""

    def _is_bare(self, words: list[str], state_id: str) -> bool:
        """Tell whether only the nationality and plain adjectives stand before the noun."""
        rest = [w for w in words if self._base.country_of_adjective(strip_surface(w)) != state_id]
        return all(w.islower() or self._base.class_of(w) is not None for w in rest)

    def _is_plain(self, words: list[str]) -> bool:
        """Tell whether no unknown proper name stands before the class noun ("Northern Storm Brigade" is a name)."""
        for word in words:
            known = self._base.country_of_adjective(strip_surface(word)) or self._base.country_of_people(word)
            if word[:1].isupper() and not known and self._base.class_of(word) is None and "-" not in word:
                return False
        return True

    def _organ(self, name: str, state_id: str, noun: ClassNoun) -> ActorLink:
        state = self._base.states[state_id]
        sector = noun.sectors[0] if noun.sectors else ""
        if sector == "MIL" and state.forces_id and state.forces_id in self._base.actors:
            return _resolved(self._actor(state.forces_id), "organ", f"'{name}': armed forces of {state.name}")
        if sector == "GOV":
            return _resolved(self._actor(state_id), "organ", f"'{name}': government of {state.name}", noun.sectors)
        return ActorLink(
            LinkStatus.CLASS,
            name,
            f"class:{_slug(state.name)}-{sector.lower() or _slug(noun.noun)}",
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
                and (link.kind == "person" or self._all_modifiers(words[:start]))
            ):
                return _with_reason(link, f"'{' '.join(words[:start])}' goes before the name")
        return None

    def _all_modifiers(self, words: list[str]) -> bool:
        return all(w.islower() or self._base.class_of(w) or self._base.country_of_adjective(w) for w in words) and not (
            {part for w in words for part in w.lower().split("-")} & NOT_OWN
        )

    def _member(self, name: str) -> ActorLink | None:
        """Read a known name before a noun: "Hezbollah fighters"; "SDF-led forces" are not the SDF's own."""
        words = name.split()
        if len(words) < 2 or LEANING.search(name):
            return None
        noun, size = self._class_noun(words)
        if noun is None:
            return None
        for start in range(len(words) - size):
            link = self._named(strip_surface(" ".join(words[start : len(words) - size])))
            if link is not None and link.kind == "person":
                return self._under(name, link, noun)
            if link is not None and link.status is LinkStatus.RESOLVED:
                return ActorLink(
                    link.status,
                    link.name,
                    link.actor_id,
                    link.kind,
                    link.sectors,
                    link.country,
                    CONFIDENCE["member"],
                    link.candidates,
                    (f"'{noun.noun}' of {link.name}",),
                )
        if words[-1][:1].isupper() and len(words) > 1:
            return None  # capitalised to the end: a name of its own ("Northern Storm Brigade")
        if any(w[:1].isupper() for w in words[: len(words) - size]):
            place = next((self._base.state_of_city(w) for w in words if self._base.state_of_city(w)), "")
            country = self._base.states[place].code if place else ""
            return _class_link(
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
        return _class_link(name, noun, leader.country, f"'{noun.noun}' under {leader.name}")

    def _is_about(self, people: str) -> bool:
        """Tell whether the report names the state of a people."""
        return self._base.states[self._base.country_of_people(people)].code in self._countries

    def _misspelt(self, name: str) -> ActorLink | None:
        """Find close spellings of a proper name, and entries of which it is one word; both are only candidates."""
        folded = fold(name)
        if len(folded) < FUZZY_LETTERS or not name[:1].isupper() or is_abbreviation(name):
            return None
        if " " in folded and (self._nationality(name.split()) or self._class_noun(name.split())[0] is not None):
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
                _with_reason(link, f"read as a spelling of '{people[0]}'"), name=name, confidence=0.5
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
            return _resolved(
                self._actor(ids[0]), "fuzzy", f"'{name}' read as a spelling of '{self._actor(ids[0]).name}'"
            )
        return self._ambiguous(name, ids[:5], f"'{name}' is close to several names") if ids else None


def _read_abbreviations(text: str) -> dict[str, str]:
    """Return the abbreviations that a text defines: "Turkistan Islamic Party (TIP)" (after Schwartz & Hearst 2003)."""
    found: dict[str, str] = {}
    for match in DEFINED.finditer(text):
        name, short = _name_before(text, match.start()), match.group(1)
        words = re.findall(r"[\w'’]+", name)
        initials = [w for w in words if w[0].isupper()]
        for size in range(len(short) + 2, 1, -1):
            tail = initials[-size:]
            letters = "".join(w[0] for w in tail).upper()
            if letters == short.replace("-", "") or (
                letters[:1] == short[:1]
                and set(short) <= set("".join(tail).upper())
                and len(tail) == size
                and size <= len(short)
            ):
                start = name.rfind(tail[0])
                found.setdefault(short, name[start:].strip())
                break
    return found


def _name_before(text: str, end: int) -> str:
    """Return the run of capitalised and linking words that ends at ``end``, word by word: no pattern can hang on it."""
    window = text[max(0, end - LONGEST_NAME) : end].rstrip()
    start = len(window)
    for word in reversed(list(NAME_WORD.finditer(window))):
        near = window[word.end() : start] in ("", " ")
        if not near or not (word[0][0].isupper() or word[0].split("-")[0] in LINKING):
            break
        start = word.start()
    return window[start:]


def _countries_in(base: ActorBase, text: str) -> frozenset[str]:
    """Return the ISO codes of the states that a text names."""
    found = set()
    for hit in base.find(text[:20_000]):
        for actor_id in hit.candidates:
            if actor_id in base.states:
                found.add(base.states[actor_id].code)
    for word in set(re.findall(r"\b[A-Z][a-z]+\b", text[:20_000])):
        state_id = base.country_of_adjective(word)
        if state_id:
            found.add(base.states[state_id].code)
    return frozenset(found)


def _class_link(
    name: str, noun: ClassNoun, country: str, reason: str, *, confidence: float = CONFIDENCE["class"]
) -> ActorLink:
    """Return the link to a kind of people ("gunmen"), who are no party of the knowledge base."""
    return ActorLink(
        LinkStatus.CLASS,
        name,
        f"class:{_slug(name)}",
        f"class ({noun.kind})",
        noun.sectors,
        country,
        confidence,
        reasons=(reason,),
    )


def _resolved(actor: Actor, means: str, reason: str, sectors: tuple[str, ...] = ()) -> ActorLink:
    return ActorLink(
        LinkStatus.RESOLVED,
        actor.name,
        actor.id,
        actor.kind,
        sectors or actor.sectors,
        actor.country,
        CONFIDENCE[means],
        (actor.id,),
        (reason,),
    )


def _with_reason(link: ActorLink, reason: str) -> ActorLink:
    return ActorLink(
        link.status,
        link.name,
        link.actor_id,
        link.kind,
        link.sectors,
        link.country,
        link.confidence,
        link.candidates,
        (reason, *link.reasons),
    )


def _unknown(name: str) -> ActorLink:
    return ActorLink(LinkStatus.UNKNOWN, name, confidence=CONFIDENCE["unknown"], reasons=("not in the knowledge base",))


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")
