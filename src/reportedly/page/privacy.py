"""What a page does not say aloud: commenters' names, and words that are there to hurt.

Names of commenters are replaced by their pseudonyms wherever they stand, in the discussion as in summaries.
Slurs stay in the record but are read only behind a warning; in labels they are masked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from reportedly.model import LinkStatus, Mention, MentionKind, Passage, PassageKind, Reading, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_LOWER_WORD = re.compile(r"\b[^\W\d_A-Z]{3,}\b")
MASK = "▮▮▮"


@dataclass(frozen=True, slots=True)
class Redaction:
    """A stretch of a report that a page shows as ``shown`` instead."""

    span: Span
    shown: str


@cache
def _warning_list() -> tuple[str, frozenset[str]]:
    text = (files("reportedly.data") / "page" / "warnings.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    salt = next(line.removeprefix("salt ") for line in lines if line.startswith("salt "))
    return salt, frozenset(line for line in lines if not line.startswith("salt "))


@lru_cache(maxsize=65536)
def _is_listed(word: str) -> bool:
    salt, digests = _warning_list()
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return any(hashlib.sha256((salt + form).encode("utf-8")).hexdigest() in digests for form in forms)


def _listed_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        if _is_listed(match.group().lower()):
            yield match.span()


def needs_warning(text: str) -> bool:
    """Tell whether the text holds a word of the warning list (``data/page/warnings.txt``)."""
    return next(_listed_spans(text), None) is not None


def mask(text: str) -> str:
    """Return the text with every word of the warning list blotted out, for labels and summaries."""
    pieces, position = [], 0
    for start, end in _listed_spans(text):
        pieces += [text[position:start], MASK]
        position = end
    return "".join(pieces) + text[position:] if pieces else text


@dataclass(frozen=True, slots=True)
class Names:
    """The commenters of one report: how to replace their names by their pseudonyms.

    handles: published name in lower case to the pseudonym to show.
    anywhere: finds names of several words; alone: finds one-word names, which can be any word of the
        language and so count only in our own sentences about the thread, or after "@".
    plain_words: what the report also writes in lower case, and so is no name by itself.
    """

    reading: Reading
    handles: Mapping[str, str]
    anywhere: re.Pattern[str] | None
    alone: re.Pattern[str] | None
    addressed: re.Pattern[str] | None
    plain_words: frozenset[str]

    @classmethod
    def of(cls, reading: Reading) -> Names:
        """Collect the published names of a reading's commenters, save those of known actors and places."""
        known = {one.text.casefold() for one in reading.mentions if _is_known(one)}
        handles = {
            passage.author.strip().casefold(): shown_author(passage)
            for passage in reversed(reading.passages)
            if passage.author and passage.author.strip() and passage.author.strip().casefold() not in known
        }
        alone = [handle for handle in handles if " " not in handle]
        return cls(
            reading,
            handles,
            _any_of([handle for handle in handles if " " in handle]),
            _any_of(alone),
            _any_of(alone, lead="@"),
            frozenset(_LOWER_WORD.findall(reading.report.text)) if handles else frozenset(),
        )

    def scrub(self, text: str) -> str:
        """Return a label or summary without names of several words; a label that is a name is replaced."""
        whole = self.handles.get(text.strip().casefold())
        if whole is not None:
            return whole
        return self.anywhere.sub(self._shown, text) if self.anywhere else text

    def scrub_reason(self, text: str) -> str:
        """Return a sentence of ours about the thread ("second person: X") without any published name."""
        text = self.scrub(text)
        return self.alone.sub(self._shown, text) if self.alone else text

    def _shown(self, match: re.Match[str]) -> str:
        return self.handles[match.group().removeprefix("@").casefold()]

    def redactions(self, passage: Passage) -> tuple[Redaction, ...]:
        """Return what to replace in a comment: full names anywhere, and parts of other readers' names."""
        if passage.kind is not PassageKind.COMMENT:
            return ()
        found = [*self._full_names(passage), *self._answered_names(passage)]
        found.sort(key=lambda one: (one.span.start, -one.span.end))
        kept: list[Redaction] = []
        for one in found:
            if not kept or one.span.start >= kept[-1].span.end:
                kept.append(one)
        return tuple(kept)

    def _full_names(self, passage: Passage) -> Iterator[Redaction]:
        text = passage.span.of(self.reading.report.text)
        for pattern in (self.anywhere, self.addressed):
            for match in pattern.finditer(text) if pattern else ():
                yield Redaction(Span(*match.span()).shift(passage.span.start), self._shown(match))

    def _answered_names(self, passage: Passage) -> Iterator[Redaction]:
        text = passage.span.of(self.reading.report.text)
        mentions = (one for one in self.reading.mentions if one.passage == passage.index)
        taken = [one.span for one in mentions if one.kind is MentionKind.NATIONALITY or _is_found(one)]
        for answered in self._others(passage):
            for part in self._name_parts(answered.author or ""):
                for match in re.finditer(rf"\b{re.escape(part)}\b", text):
                    span = Span(*match.span()).shift(passage.span.start)
                    if not any(span.overlaps(other) for other in taken):
                        yield Redaction(span, shown_author(answered))

    def _name_parts(self, handle: str) -> list[str]:
        """Return the words of a name that stand for a person alone ("Karen", never the "The" of "The Fox")."""
        words = (part for part in _LONG_WORD.findall(handle) if part[0].isupper())
        return [word for word in words if word.lower() not in self.plain_words]

    def _others(self, passage: Passage) -> Iterator[Passage]:
        """Yield one comment of each named reader: whoever is spoken to need not be whom the comment answers."""
        named = {one.author: one for one in self.reading.passages if one.author and one.index != passage.index}
        yield from named.values()


def shown_author(passage: Passage) -> str:
    """Return how a page calls the author of a comment: the pseudonym, never the published name."""
    return passage.pseudonym or "unnamed reader"


def _is_known(mention: Mention) -> bool:
    links = (mention.actor, mention.place)
    return any(link is not None and link.status is LinkStatus.RESOLVED for link in links)


def _is_found(mention: Mention) -> bool:
    links = (mention.actor, mention.place)
    return any(link is not None and link.status is not LinkStatus.UNKNOWN for link in links)


def _any_of(names: Sequence[str], lead: str = "") -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    words = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<!\w){lead}(?:{words})(?!\w)", re.IGNORECASE)
