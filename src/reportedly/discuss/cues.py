"""What the words of a line say about who speaks (word lists in ``data/discussion/cues.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\+1")
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,600}[\"”»]")
_SMILEY = re.compile(
    r"(?<![\w:])[:;=8]['’]?-?[()DPpoO/\\|3](?!\w)|[\U0001F600-\U0001F64F\U0001F44D\U0001F44F❤]|<3\b|\bx+o+\b"
)
_TERMINAL = re.compile(r"[.?!:;,…]+[\"”’')\]]*\Z")
_VOCATIVE = re.compile(r"@?[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:,| [-–—]|!|:) ?")
_SHOUT = re.compile(r"[!?]{2,}|!\s*\Z")


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists, ready for look-up."""

    heading: re.Pattern[str]
    furniture: re.Pattern[str]
    speech_verbs: frozenset[str]
    by_words: re.Pattern[str]
    stamp_words: frozenset[str]
    profile_words: frozenset[str]
    sentence_words: frozenset[str]
    second_person: frozenset[str]
    first_person: frozenset[str]
    thanks: frozenset[str]
    praise: frozenset[tuple[str, str]]
    praise_words: frozenset[str]
    greetings: frozenset[str]
    agreement: re.Pattern[str]
    plain_words: frozenset[str]
    placeholder_names: frozenset[str]
    closing: re.Pattern[str]
    article_headings: frozenset[str]


@cache
def load_cues() -> Cues:
    """Read the word lists, once."""
    source = files("reportedly").joinpath("data/discussion/cues.yaml").read_text("utf-8")
    lists: dict[str, list[str]] = yaml.load(source, Loader=yaml.CSafeLoader)
    return Cues(
        heading=_whole_line(lists["heading_patterns"]),
        furniture=_whole_line(lists["furniture_patterns"]),
        speech_verbs=frozenset(lists["speech_verbs"]),
        by_words=re.compile(rf"(?:{_alternatives(lists['by_words'])})\b\s*:?\s*", re.I),
        stamp_words=frozenset(lists["stamp_words"]),
        profile_words=frozenset(lists["profile_words"]),
        sentence_words=frozenset(lists["sentence_words"]),
        second_person=frozenset(lists["second_person"]),
        first_person=frozenset(lists["first_person"]),
        thanks=frozenset(lists["thanks"]),
        praise=frozenset((first, second) for first, second in (phrase.split() for phrase in lists["praise"])),
        praise_words=frozenset(lists["praise_words"]),
        greetings=frozenset(lists["greetings"]),
        agreement=re.compile(rf"\W*(?:{_alternatives(lists['agreement'])})(?![\w'’])", re.I),
        plain_words=frozenset(lists["plain_words"]),
        placeholder_names=frozenset(lists["placeholder_names"]),
        closing=re.compile(rf"\W*(?:{_alternatives(lists['closing_words'])})\b", re.I),
        article_headings=frozenset(lists["article_headings"]),
    )


def find_words(text: str) -> list[str]:
    """Return the words of ``text`` in lower case."""
    return _WORD.findall(text.lower())


def praises(words: list[str]) -> bool:
    """Tell whether lower-case words hold a phrase of praise ("great post", "so true")."""
    return not load_cues().praise.isdisjoint(pairwise(words))


def talk_score(text: str) -> float:
    """Return how much ``text`` speaks to somebody or for its writer: 0 for reporting, 1 and more for talk.

    Words inside quotation marks are left out: reports quote people who say "I" and "you".
    """
    cues = load_cues()
    plain = text[:1200]
    if any(mark in plain for mark in '"“«'):
        plain = _QUOTED.sub(" ", plain)
    words = find_words(plain)
    if not words:
        return 0.0
    spoken = set(words)
    score = 0.0
    score += 0.5 if not cues.second_person.isdisjoint(spoken) else 0.0
    score += 0.5 if not cues.first_person.isdisjoint(spoken) else 0.0
    score += 0.6 if not cues.thanks.isdisjoint(words[:12]) else 0.0
    score += 0.6 if praises(words) else 0.0
    score += 0.5 if words[0] in cues.greetings else 0.0
    score += 0.4 if cues.agreement.match(plain) else 0.0
    score += 0.3 if _SHOUT.search(plain) else 0.0
    score += 0.4 if _SMILEY.search(plain) else 0.0
    score += 0.2 if plain.lstrip()[:1].islower() else 0.0
    return score


def opening_score(words: str) -> float:
    """Return how much a line opens a comment: greeting, thanks, praise, yes or no, a name spoken to."""
    cues = load_cues()
    found = find_words(words[:200])
    if not found:
        return 0.0
    score = 0.8 if found[0] in cues.greetings else 0.0
    score += 0.7 if not cues.thanks.isdisjoint(found[:6]) else 0.0
    score += 0.8 if praises(found) else 0.0
    score += 0.5 if cues.agreement.match(words) else 0.0
    score += 0.5 if _VOCATIVE.match(words) else 0.0
    score += 0.3 if _SMILEY.search(words[:400]) else 0.0
    score += 0.4 if words[:1].islower() else 0.0
    score += 0.2 if _SHOUT.search(words) else 0.0
    return min(score, 1.5)


def closes_article(words: str) -> bool:
    """Tell whether a line begins as the last lines of articles do ("Source: ...", "P.S.", "Disclosure")."""
    return load_cues().closing.match(words) is not None


def ends_sentence(words: str) -> bool:
    """Tell whether a line ends in a mark that closes or carries on a sentence."""
    return _TERMINAL.search(words) is not None


def is_heading(words: str) -> bool:
    """Tell whether a line announces comments ("12 Comments", "Leave a reply")."""
    return len(words) <= 160 and load_cues().heading.fullmatch(words.strip(" \t–—-|»«•*#=")) is not None


def is_machinery(words: str) -> bool:
    """Tell whether a line is page machinery ("Reply", "Share on Facebook", "3 likes")."""
    return len(words) <= 160 and load_cues().furniture.fullmatch(words.strip(" \t–—-|»«•*#=")) is not None


def is_placeholder(name: str) -> bool:
    """Tell whether a display name stands for nobody in particular ("Anonymous")."""
    return name.strip().lower() in load_cues().placeholder_names


def _whole_line(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
