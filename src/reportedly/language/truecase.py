"""All-capitals text in the case a newspaper would give it: old newswire, headlines, telegrams.

``truecase`` changes letters to the same letters in another case, one for one, so that every offset into
the result is an offset into the original. It acts only where a text has practically no lower-case
letters. What is kept in capitals or capitalised: sentence starts, abbreviations, model numbers, days and
months, honorifics before names, known names, and every word that is not in a lexicon of English words.
Abbreviations defined in the text ("... NATIONAL LIBERATION FRONT [FMLN]") give away the long name as well
(the idea of Schwartz and Hearst, 2003).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from reportedly.model import Span

Lexicon = Callable[[str], bool]
"""Answers whether it knows a token, given in lower case."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.\-][^\W_]+)*\.?|[^\W_]*\d[^\W_]*(?:-[^\W_]+)*")
_SENTENCE_END = re.compile(
    r"(?:[.!?][\"'”’)\]]*|--|—|:|(?:TEXT|EXCERPTS?|REPORT)[\])])\s+[\"'“‘(\[]*$|\]\s+[\"“]$"
    r"|\n\s*\n\s*[\"'“‘(\[]*$|^[\"'“‘(\[\s]*$"
)
_DEFINED = re.compile(r"[\[(]\s*([A-Z][A-Z\-]{1,9})\s*[\])]")
_EXPANDED = re.compile(r"\b([A-Z]{2,6})\s+[\[(]([A-Z][A-Z'\- ]+(?:\n[A-Z'\- ]+)?)[\])]")
_MARKS = re.compile(r"[\[(](?:TEXT|EXCERPTS?|REPORT|PASSAGE OMITTED|WORDS? INDISTINCT|SIC)[\])]")
_LETTERS_NEEDED = 12
_LOWER_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class _Word:
    """A token of the text with what is known about it."""

    span: Span
    text: str
    lower: str
    starts: bool  # a sentence


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (files("reportedly.data") / "language" / "truecase.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {kind: frozenset(words.split(",")) for kind, words in rows}


def _list(kind: str) -> frozenset[str]:
    return _lists()[kind]


def is_all_capitals(text: str) -> bool:
    """Tell whether ``text`` has practically no lower-case letters (and enough letters to judge)."""
    upper = sum(character.isupper() for character in text)
    lower = sum(character.islower() for character in text)
    enough = upper + lower >= _LETTERS_NEEDED and " " in text.strip()
    return enough and lower <= _LOWER_SHARE * (upper + lower)


def truecase(
    text: str,
    is_name: Lexicon | None = None,
    is_word: Lexicon | None = None,
    names: Sequence[Span] = (),
) -> str:
    """Return ``text`` in ordinary case, code point for code point; unchanged unless it is all capitals.

    is_name: knows further tokens of names (lower case), beside those in ``truecase.tsv``; is_word: knows the
    common words of the language, any other word is taken for a name (by default ``english_words()``); names:
    spans of names already found, capitalised whole.

    >>> truecase("TROOPS LEFT THE TOWN OF SARAQIB ON 5 MARCH.", is_name={"saraqib"}.__contains__)
    'Troops left the town of Saraqib on 5 March.'
    """
    if not is_all_capitals(text):
        return text
    is_word = is_word or english_words()
    words = _split_words(text)
    acronyms, named = _find_defined(text, words)
    named |= {i for i, word in enumerate(words) if any(span.contains(word.span) for span in names)}
    named |= {i for i in range(len(words)) if _is_name_alone(words, i, acronyms, is_name, is_word)}
    named = _join_names(words, named, text)
    letters = [_lower(character) for character in text]
    for index, word in enumerate(words):
        for at in _capitals(words, index, named, acronyms, is_word):
            letters[word.span.start + at] = text[word.span.start + at]
    for mark in _MARKS.finditer(text):
        letters[mark.start() : mark.end()] = text[mark.start() : mark.end()]
    return "".join(letters)


@cache
def english_words() -> Lexicon:
    """Return a lexicon of English words: ``data/language/words.txt``, with regular inflections."""
    text = (files("reportedly.data") / "language" / "words.txt").read_text(encoding="utf-8")
    known = frozenset(line for line in text.splitlines() if not line.startswith("#"))
    return lambda token: _is_inflected(token, known) or token in _list("function")


def _is_inflected(token: str, known: frozenset[str]) -> bool:
    """Tell whether the token or what is left without a regular English ending is known."""
    stems = [token]
    for ending, instead in _ENDINGS:
        if token.endswith(ending) and len(token) > len(ending) + 1:
            stem = token[: -len(ending)]
            stems.extend(stem + tail for tail in instead)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return any(stem in known for stem in stems) or any(
        all(part in known or part in _list("function") or part.isdigit() for part in token.split(hyphen))
        for hyphen in ("-",)
        if hyphen in token
    )


_ENDINGS = (
    ("'s", ("",)), ("s'", ("s", "")), ("s", ("",)), ("es", ("", "e")), ("ies", ("y",)), ("ed", ("", "e")),
    ("ied", ("y",)), ("ing", ("", "e")), ("er", ("", "e")), ("est", ("", "e")), ("ly", ("", "le")),
    ("n't", ("",)), ("men", ("man",)), ("ves", ("f", "fe")),
)  # fmt: skip


def _split_words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token.endswith(".") and not _is_dotted(token):
            token = token[:-1]
        span = Span(match.start(), match.start() + len(token))
        before = text[max(0, span.start - 12) : span.start]
        ended = bool(_SENTENCE_END.search(before)) and not (words and _abbreviates(words[-1]))
        starts = span.start == 0 or ended
        words.append(_Word(span, token, "".join(map(_lower, token)), starts))
    return words


def _is_dotted(token: str) -> bool:
    """Tell whether a final full stop belongs to the token: "U.S.", "GEN."."""
    return "." in token[:-1] or token[:-1].lower() in _list("dotted")


def _abbreviates(word: _Word) -> bool:
    return word.text.endswith(".") and _is_dotted(word.text)


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _find_defined(text: str, words: Sequence[_Word]) -> tuple[frozenset[str], set[int]]:
    """Return abbreviations that the text defines in brackets, and the words of their long names."""
    acronyms: set[str] = set()
    named: set[int] = set()
    for match in _DEFINED.finditer(text):
        at = next((i for i, word in enumerate(words) if word.span.start >= match.start(1)), None)
        if at is None or _MARKS.match(match.group()):
            continue
        long_name = _measure_long_name(words[max(0, at - 12) : at], match.group(1))
        if long_name:
            acronyms.add(words[at].lower)
            named |= set(range(at - long_name, at))
    for match in _EXPANDED.finditer(text):
        inside = Span(match.start(2), match.end(2))
        long = [i for i, word in enumerate(words) if inside.contains(word.span)]
        if _shares_initials([words[i] for i in long], match.group(1)):
            acronyms.add(match.group(1).lower())
            named |= set(long)
    return frozenset(acronyms), named | _repeat_names(words, named)


def _measure_long_name(before: Sequence[_Word], acronym: str) -> int:
    """Return how many words before an abbreviation are its long name, 0 if they cannot be.

    The initials need not come in order: abbreviations are often those of another language.
    """
    full = 0
    best = 0
    for count, word in enumerate(reversed(before), start=1):
        full += word.lower not in _list("small")
        if full > len(acronym) + 1:
            break
        if word.lower[0] == acronym[0].lower() and _shares_initials(before[len(before) - count :], acronym):
            best = count
    return best


def _shares_initials(words: Sequence[_Word], acronym: str) -> bool:
    """Tell whether two thirds of an abbreviation's letters are initials of the words."""
    initials = [word.lower[0] for word in words if word.lower not in _list("small")]
    if not 2 <= len(initials) <= len(acronym) + 1:
        return False
    found = 0
    for letter in acronym.lower():
        if letter in initials:
            initials.remove(letter)
            found += 1
    return 3 * found >= 2 * len(acronym)


def _repeat_names(words: Sequence[_Word], named: set[int]) -> set[int]:
    """Return the words of every further occurrence of a run of named words."""
    runs: list[tuple[str, ...]] = []
    for index in sorted(named):
        if index - 1 in named and runs:
            runs[-1] = (*runs[-1], words[index].lower)
        else:
            runs.append((words[index].lower,))
    found: set[int] = set()
    lowers = [word.lower for word in words]
    for run in (run for run in runs if len(run) > 1):
        for start in range(len(words) - len(run) + 1):
            if tuple(lowers[start : start + len(run)]) == run:
                found |= set(range(start, start + len(run)))
    return found


def _is_name_alone(
    words: Sequence[_Word],
    index: int,
    acronyms: frozenset[str],
    is_name: Lexicon | None,
    is_word: Lexicon,
) -> bool:
    word = words[index]
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    if bare in acronyms or bare in _list("calendar") or bare in _list("name"):
        return True
    if is_name is not None and is_name(bare):
        return True
    if bare.rstrip(".") in _list("month"):
        near = [words[i].text for i in (index - 1, index + 1) if 0 <= i < len(words)]
        return any(text.isdigit() for text in near)
    if len(bare) < 2 or bare in _list("small") or any(c.isdigit() for c in bare):
        return False
    return not is_word(bare)


def _join_names(words: Sequence[_Word], named: set[int], text: str) -> set[int]:
    """Add articles and honorifics that stand before a name: "EL SALVADOR", "PRESIDENT CEREZO"."""
    joined = set(named)
    for index in sorted(named, reverse=True):
        at = index - 1
        while at >= 0 and _are_neighbours(words[at], words[at + 1], text):
            if words[at].lower.rstrip(".") not in _list("honorific") | _list("article"):
                break
            joined.add(at)
            at -= 1
    for index, word in enumerate(words[:-1]):
        if word.lower in _list("saint") | _list("article") and _are_neighbours(word, words[index + 1], text):
            joined |= {index, index + 1}
    return joined


def _are_neighbours(first: _Word, second: _Word, text: str) -> bool:
    between = text[first.span.end : second.span.start]
    return between.strip(".") in (" ", "\n")


def _capitals(
    words: Sequence[_Word],
    index: int,
    named: set[int],
    acronyms: frozenset[str],
    is_word: Lexicon,
) -> range | list[int]:
    """Return the positions in a word that stay in capitals."""
    word = words[index]
    bare = word.lower.removesuffix("'s").removesuffix("’s")
    if bare in acronyms | _list("acronym") or _looks_abbreviated(bare, is_word) or bare.rstrip(".") == "i":
        return range(len(bare))
    if index in named:
        if bare in _list("small") and index - 1 in named and bare not in _list("article"):
            return []
        return [at for at in range(len(word.lower)) if at == 0 or word.lower[at - 1] in "-."]
    return [0] if word.starts else []


def _looks_abbreviated(bare: str, is_word: Lexicon) -> bool:
    """Tell whether a token is an abbreviation by its form: dots, digits, or no way to pronounce it."""
    if re.fullmatch(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?", bare):
        return True
    if any(character.isdigit() for character in bare):
        return not re.fullmatch(r"\d+(?:st|nd|rd|th|d|s)?(?:-[a-z]+)*", bare)
    if not 2 <= len(bare) <= 6 or not bare.isalpha() or bare in _list("dotted"):
        return False
    if is_word(bare):
        return False
    return bare not in _list("month") and not re.search(r"[aeiouyáéíóúü]", bare)
