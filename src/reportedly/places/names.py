"""What does a name look like in its text, and what do the words around it say? The view that the spotters share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportedly.model import PlaceKind, Span
from reportedly.places import fold, regions
from reportedly.places.candidate import Candidate
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.lexicon import Words
from reportedly.places.toponym import Toponym

PLACE_LABELS = frozenset(["GPE", "LOC", "FAC"])
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻŁŃŇŅŌŐŘŚŞŠŢŤŪŮŰŹŻŽƏḤḨṢṬẒ"
WORD = rf"[{UPPER}][\w'’ʼʿ‘`´.]*[\w.]|[{UPPER}]"
JOINER = (
    r"(?:al|el|as|ash|ad|an|ar|at|az|ez|ed|es|en|et|of|the|and|de|del|la|las|los|le|du|des|da|do|dos|di"
    r"|upon|sur|am|bin|abu)"
)
LEAD = r"(?:(?:al|el|as|ash|ad|an|ar|at|az|ez)-)?"
RUN = re.compile(rf"(?<![\w@#])(?:{LEAD}(?:{WORD}))(?:(?:[ -]|[ -](?:{JOINER}[ -]){{1,2}})(?:{WORD}))*")
_NAMING = frozenset(["division", "district", "water", "mountain", "country"])  # sorts that are part of a proper name
_ADJECTIVE_AFTER = re.compile(r"-(?:led|backed|based|made|born|funded|trained|style|held|run|controlled|[A-Z]\w+an\b)")
_ARTICLE = re.compile(r"(?i:the)\s+")
_IS_SETTLEMENT = re.compile(
    r"(?:\s+\([^)]*\))?,?\s+(?:is|was)\s+(?:a|an|the)\s+(?:[\w-]+\s+){0,5}?(?:city|town|village|hamlet|municipality|settlement|suburb"
    r"|borough|neighbou?rhood|locality|census-designated place)\b"
)
_TOKEN = re.compile(r"[^\s]+")
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)+[{UPPER}]?")
WELL_KNOWN = 15_000  # inhabitants from which a bare name after "in" counts as a town without a model's word for it


def is_initials(name: str) -> bool:
    """Tell whether a name is written as initials with dots ("U.N.", "D.C")."""
    return _INITIALS.fullmatch(name) is not None


class NameView:
    """Looks at names in one text. Holds nothing that outlives it."""

    def __init__(self, text: str, gazetteer: Gazetteer, words: Words) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.words = words
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def places(self, name: str, *, loose: bool) -> tuple[Candidate, ...]:
        """Return the places called ``name``, regions and routes first."""
        strict = self._known.get(name)
        if strict is None:
            own = regions.find_regions(name, self.gazetteer)
            found = own + self.gazetteer.lookup(name, loose=False)
            if is_initials(name):  # "U.S." and "D.C.", but no town is written with dots
                found = [place for place in found if place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1)]
            strict = self._known[name] = tuple(found)
        if not loose or is_initials(name):
            return strict
        if any(place.kind not in (PlaceKind.TOWN, PlaceKind.SITE, PlaceKind.ADMIN2) for place in strict):
            return strict
        return tuple(self.gazetteer.lookup(name))

    def knows(self, name: str) -> bool:
        """Tell whether a gazetteer, region or route has exactly this name."""
        return bool(self.places(name, loose=False))

    def gazetteer_knows(self, name: str) -> bool:
        """Tell cheaply whether anything has this name."""
        return regions.is_region_name(name) or self.gazetteer.holds_key(name)

    def largest(self, places: Sequence[Candidate]) -> int:
        return max((place.population for place in places), default=0)

    def make(
        self,
        key: Span,
        label: str,
        places: tuple[Candidate, ...],
        *,
        trusted: bool = False,
        within: Span | None = None,
    ) -> Toponym:
        """Make a toponym. Its span takes in the capitalised generic words and directions around the key."""
        span = self._proper_name(key, within or key)
        return Toponym(span, key, key.of(self.text), label, places, trusted)

    def _proper_name(self, key: Span, within: Span) -> Span:
        start, end = key.start, key.end
        before = re.search(rf"(?:(?:{WORD})[ -])+$", self.text[max(0, start - 40) : start])
        for word in reversed(before.group().split() if before else []):
            plain = word.lower().replace("-", "")
            is_part = plain in self.words.directions or word == "Lake" or self.words.generics.get(plain) == "mountain"
            first = start - len(word) - 1
            if not is_part or (first < within.start and self._begins_sentence(first)):
                break
            start = first
        after = re.match(rf" ({WORD})(?![\w-])", self.text[end : end + 25])
        if after and self.words.generics.get(after.group(1).lower()) in _NAMING:
            end += after.end()
        return Span(start, end)

    def _begins_sentence(self, at: int) -> bool:
        return not re.search(r"[\w,;:] $", self.text[max(0, at - 3) : at])

    def trim(self, span: Span) -> Span:
        """Cut spaces, quotation marks, "the" and a final "'s" off a span."""
        name = span.of(self.text)
        if name[:1].isalpha() and name[-1:].isalpha() and name[-1] != "s" and name[:3].lower() != "the":
            return span  # most of them
        left = len(name) - len(name.lstrip(" \n\t\"'“”‘(["))
        right = len(name) - len(name.rstrip(" \n\t\"'“”’)],;:"))
        start, end = span.start + left, max(span.start + left, span.end - right)
        name = self.text[start:end]
        if name.endswith(("'s", "’s")):
            end -= 2
        article = _ARTICLE.match(name)
        if article:
            start += article.end()
        if self.text[start:end].endswith(".") and self.text[start:end].count(".") == 1:
            end -= 1
        return Span(min(start, end), end)

    def split(self, span: Span) -> Iterator[Span]:
        """Yield the parts of "Aleppo, Syria" or "Iraq/Syria"; a span that is one known name stays whole."""
        whole = span.of(self.text)
        if self.knows(whole) or not re.search(r",|/| and |\n|–", whole):
            yield from self._split_unmarked(span) or (span,)
            return
        start = span.start
        for piece in re.split(r"(,\s*|/|\s+and\s+|\s*\n\s*|–)", whole):
            if piece and not re.fullmatch(r",\s*|/|\s+and\s+|\s*\n\s*|–", piece):
                yield Span(start, start + len(piece))
            start += len(piece)

    def _split_unmarked(self, span: Span) -> list[Span]:
        """Return the two names of "Idlib Syria", where nothing parts them and only the parts are known, else []."""
        name = self.trim(span)
        if " " not in name.of(self.text) or self.knows(name.of(self.text)):
            return []
        for gap in re.finditer(" ", name.of(self.text)):
            first = Span(name.start, name.start + gap.start())
            second = Span(name.start + gap.end(), name.end)
            if self._is_great_name(first) and self._is_great_name(second):
                return [first, second]
        return []

    def _is_great_name(self, span: Span) -> bool:
        """Tell whether a span alone is the name of an area or of a town that reports name without more ado."""
        name = span.of(self.text)
        if not self.may_be_name(name) or name.lower() in self.words.directions or name.lower() in self.words.generics:
            return False
        places = self.places(name, loose=False)
        return self.largest(places) >= WELL_KNOWN or any(
            place.kind is PlaceKind.COUNTRY or place.id.startswith(("region:", "admin1:")) for place in places
        )

    def core(self, span: Span) -> Span:
        """Return the name in a span: the longest part that is known, else without directions and generic words."""
        span = self.trim(span)
        if self.knows(span.of(self.text)):
            return span
        shorter = [s for s in self._shorter(span) if len(s) > 0]
        for part in shorter:
            name = part.of(self.text)
            if self.knows(name) and self.may_be_name(name) and self._may_lose_direction(span, part, name):
                return part
        return shorter[-1] if shorter else span

    def _may_lose_direction(self, whole: Span, part: Span, name: str) -> bool:
        """Tell whether a direction in capitals is no part of the name: "Northern Syria", but not "West Branch"."""
        if part.start == whole.start or self.text[whole.start].islower():
            return True
        places = self.places(name, loose=False)
        return any(p.kind is not PlaceKind.TOWN for p in places) or self.largest(places) >= WELL_KNOWN

    def _shorter(self, span: Span) -> Iterator[Span]:
        """Yield the span without direction words before, generic words before ("city of") and after, one by one."""
        words = self.words
        tokens = [Span(span.start + t.start(), span.start + t.end()) for t in _TOKEN.finditer(span.of(self.text))]
        first, last = 0, len(tokens)
        while first < last - 1:
            word = tokens[first].of(self.text)
            plain = word.lower().replace("-", "")
            if (
                plain in words.directions
                or word in words.compass
                or plain in words.generics
                or plain in ("of", "the", "greater")
            ):
                first += 1
                yield Span(tokens[first].start, tokens[last - 1].end)
            else:
                break
        while last - 1 > first and tokens[last - 1].of(self.text).lower() in words.generics:
            last -= 1
            yield Span(tokens[first].start, tokens[last - 1].end)

    def may_be_name(self, name: str) -> bool:
        lowered = name.lower()
        if not any(c.isupper() or ("\u0590" <= c <= "\u08ff") for c in name):
            return False
        if lowered in self.words.not_places or lowered in self.words.common or lowered in fold.ARTICLES:
            return False
        if lowered in self.words.bare:
            return False
        return len(name) > 1

    def is_adjective(self, span: Span) -> bool:
        return span.of(self.text).lower().split(" ")[-1] in self.words.not_places

    def is_titled(self, span: Span) -> bool:
        return self.word_before(span).rstrip(".").lower() in self.words.titles

    def is_direction(self, span: Span) -> bool:
        """Tell whether the span is the compass word of the name after it ("NE Latakia")."""
        return span.of(self.text) in self.words.compass and bool(
            re.match(rf" (?:{WORD})", self.text[span.end : span.end + 20])
        )

    def is_located(self, span: Span) -> bool:
        """Tell whether a locative stands before the name ("in X", "the city of X", "northern X") or ", Y" after."""
        before = self.text[max(0, span.start - 40) : span.start]
        match = re.search(r"([\w-]+)\s+(?:the\s+)?$", before)
        word = match.group(1).lower() if match else ""
        if word == "of" and re.search(rf"(?:{WORD}) of (?:the )?$", before):
            return False  # "Bank of England", "Islamic State of Iraq"
        if word in self.words.locatives or word in self.words.generics:
            return True
        if self.generic_after(span) in (
            "division",
            "district",
            "town",
            "countryside",
            "outskirts",
            "border",
        ):
            return True
        return bool(self.has_container_after(span)) or self.is_called_settlement(span)

    def is_called_settlement(self, span: Span) -> bool:
        """Tell whether the text says what it is: "X is a village in"."""
        return _IS_SETTLEMENT.match(self.text, span.end) is not None

    def has_container_after(self, span: Span) -> bool:
        """Tell whether ", Country" or ", Division" follows."""
        match = re.match(rf",\s+((?:{WORD})(?:[ -](?:{WORD}))?)", self.text[span.end : span.end + 60])
        if not match:
            return False
        first = match.group(1).split(" ")[0]
        for name in (match.group(1), first):
            if any(p.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1) for p in self.places(name, loose=False)):
                return True
        return False

    def generic_after(self, span: Span) -> str:
        match = re.match(r"(?:'s|’s)?\s+([a-zA-Z-]+)(?:\s+([a-z]+))?", self.text[span.end : span.end + 40])
        if not match:
            return ""
        pair = f"{match.group(1)} {match.group(2)}".lower()
        return self.words.generics.get(pair) or self.words.generics.get(match.group(1).lower(), "")

    def continues(self, span: Span) -> bool:
        """Tell whether the words after make the name an adjective or part of another name ("Paris Agreement")."""
        if self.is_of_other_thing(span):
            return True
        after = self.text[span.end : span.end + 30]
        match = re.match(r"[ -]([\w’']+)", after)
        return match is not None and match.group(1).lower() in self.words.after_actor

    def is_of_other_thing(self, span: Span) -> bool:
        """Tell whether the words around make it something else ("US$", "US-led", "Marburg virus")."""
        if self.text[max(0, span.start - 1) : span.start] == "$" or self.text[span.end : span.end + 1] == "$":
            return True
        if _ADJECTIVE_AFTER.match(self.text, span.end):
            return True
        match = re.match(r"[ -]([\w’']+)", self.text[span.end : span.end + 30])
        return match is not None and match.group(1).lower() in self.words.after_other

    def is_part_of_name(self, span: Span, run: Span) -> bool:
        """Tell whether other capitalised words of the run make it a longer name ("Bank of England")."""
        before = self.text[run.start : span.start].strip(" -")
        after = self.text[span.end : run.end].strip(" -")
        before_words = [w for w in before.split() if w.lower() not in self.words.common and not w.islower()]
        return bool(before_words) or bool(after and not after.split()[0].islower())

    def is_named_place(self, span: Span) -> bool:
        """Tell whether "the village of X" or "X airbase" makes X a place even if no gazetteer has it."""
        before = re.search(r"\b(\w+) of $", self.text[max(0, span.start - 25) : span.start])
        if before is not None and self.words.generics.get(before.group(1)) in ("town", "district", "division"):
            return True
        return self.generic_after(span) == "facility" and self.is_located(span)

    def word_before(self, span: Span) -> str:
        before = self.text[max(0, span.start - 30) : span.start].rstrip(" ")
        match = re.search(r"[\w.'’-]+$", before)
        return match.group() if match else ""
