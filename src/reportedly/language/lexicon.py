"""Loads the word lists of ``data/language``: acts, cues, modality, weapons, noun classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportedly._errors import DataError
from reportedly.model import Category, Modality, State

ROLE_LETTERS = frozenset("ARPTI-")


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One line of ``acts.tsv``: what a word does and the roles of its arguments.

    roles: argument position ("subj", "obj", or a preposition) to role letter; flags: conditions on use.
    """

    pos: str
    word: str
    category: Category | None
    state: State | None
    mode: str | None
    roles: dict[str, str]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Governor:
    """One governing word: ``modality`` it gives, or ``effect`` ("negated", "attempted", "hedged").

    clause: it also governs a finite that-clause ("demanded that they leave").
    """

    modality: Modality | None
    effect: str
    clause: bool = False


@dataclass(frozen=True, slots=True)
class WeaponName:
    """A weapon, platform or vehicle name; mode is the PLOVER mode that its use implies, or None."""

    kind: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists of the language layer.

    acts: (pos, word) to its readings in file order; particle verbs as "take_over".
    governors: (pos, lemma) to the effect on what it governs. nouns: class name to lemmas.
    weapon_starts: the first words of weapons' names. cues: (pos, lemma) to stance;
    phrases: lower-cased fixed cue phrases, longest first.
    """

    acts: dict[tuple[str, str], tuple[ActEntry, ...]]
    governors: dict[tuple[str, str], Governor]
    nouns: dict[str, frozenset[str]]
    cues: dict[tuple[str, str], tuple[str, ...]]
    phrases: tuple[tuple[str, str], ...]
    hedges: frozenset[str]
    function_words: frozenset[str]
    lemma_fixes: dict[str, str]
    weapons: dict[str, WeaponName]
    weapon_patterns: tuple[tuple[re.Pattern[str], WeaponName], ...]
    longest_weapon: int
    weapon_starts: frozenset[str]

    def is_noun(self, kind: str, lemma: str) -> bool:
        """Tell whether ``lemma`` belongs to the noun class ``kind``."""
        return lemma in self.nouns[kind]


def read_rows(name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, fields) of a tab-separated data file below ``data/language``, comments skipped."""
    text = (files("reportedly") / "data" / "language" / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


@cache
def load_lexicon() -> Lexicon:
    """Load and check all word lists, once a process. Raises DataError naming file and line."""
    weapons, patterns = _load_weapons()
    cues, phrases = _load_cues()
    return Lexicon(
        acts=_load_acts(),
        governors=_load_governors(),
        nouns={kind: frozenset(words.split(",")) for _, (kind, words) in read_rows("nouns.tsv")},
        cues=cues,
        phrases=phrases,
        hedges=frozenset(fields[0] for _, fields in read_rows("hedges.txt")),
        lemma_fixes={wrong: right for _, (wrong, right) in read_rows("lemma_fixes.tsv")},
        function_words=frozenset(fields[0] for _, fields in read_rows("function_words.txt")),
        weapons=weapons,
        weapon_patterns=patterns,
        longest_weapon=max(name.count(" ") + 1 for name in weapons),
        weapon_starts=frozenset(re.split("[ -]", name)[0] for name in weapons),
    )


def _load_acts() -> dict[tuple[str, str], tuple[ActEntry, ...]]:
    found: dict[tuple[str, str], list[ActEntry]] = {}
    for number, fields in read_rows("acts.tsv"):
        if len(fields) != 5:
            raise DataError(f"acts.tsv line {number}: five tab-separated fields expected, found {len(fields)}")
        pos, words, act, mode, frame = fields
        roles, flags = _parse_frame(frame, pos, number)
        for word in words.split(","):
            try:
                category = None if act.startswith("state:") else Category(act)
                state = State(act.removeprefix("state:")) if category is None else None
            except ValueError as error:
                raise DataError(f"acts.tsv line {number}: {error}") from error
            entry = ActEntry(pos, word, category, state, None if mode == "-" else mode, roles, flags)
            found.setdefault((pos, word), []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}


def _parse_frame(frame: str, pos: str, number: int) -> tuple[dict[str, str], frozenset[str]]:
    roles = (
        {"subj": "A", "obj": "R", "by": "A"}
        if pos == "v"
        else {"poss": "A", "by": "A", "nationality": "A", "on": "R", "against": "R", "subj": "-"}
    )
    flags = set()
    for item in frame.split():
        name, arrow, letter = item.partition(">")
        if not arrow:
            flags.add(name)
        elif letter in ROLE_LETTERS:
            roles[name] = letter
        else:
            raise DataError(f"acts.tsv line {number}: unknown role {letter!r}")
    return roles, frozenset(flags - {"-"})


def _load_governors() -> dict[tuple[str, str], Governor]:
    found: dict[tuple[str, str], Governor] = {}
    for _, (pos, words, modality, *flags) in read_rows("modality.tsv"):
        known = modality in set(Modality)
        governor = Governor(Modality(modality) if known else None, "" if known else modality, "clause" in flags)
        for word in words.split(","):
            found.setdefault((pos, word), governor)
    return found


def _load_cues() -> tuple[dict[tuple[str, str], tuple[str, ...]], tuple[tuple[str, str], ...]]:
    cues: dict[tuple[str, str], tuple[str, ...]] = {}
    phrases = []
    for _, (pos, words, stance) in read_rows("cues.tsv"):
        for word in words.split(","):
            if pos == "p":
                phrases.append((word, stance))
            else:
                cues[pos, word] = (*cues.get((pos, word), ()), stance)
    return cues, tuple(sorted(phrases, key=lambda item: -len(item[0])))


def _load_weapons() -> tuple[dict[str, WeaponName], tuple[tuple[re.Pattern[str], WeaponName], ...]]:
    names: dict[str, WeaponName] = {}
    patterns = []
    for _, (kind, words, mode) in read_rows("weapons.tsv"):
        weapon = WeaponName(kind, None if mode == "-" else mode)
        if words.startswith("/"):
            patterns.append((re.compile(rf"\b{words.strip('/')}\b"), weapon))
            continue
        for word in words.split(","):
            names.setdefault(word, weapon)
    return names, tuple(patterns)
