"""Which spans name places? The language model's labels, corrected by the gazetteer and by the words around."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from reportedly.model import PlaceKind, Span
from reportedly.places import fold, regions
from reportedly.places.gazetteer import Candidate, Gazetteer
from reportedly.places.lexicon import Words, load_words
from reportedly.places.toponym import Toponym, ToponymCandidate

_PLACE_LABELS = frozenset(["GPE", "LOC", "FAC"])
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĹĻŁŃŇŅŌŐŘŚŞŠŢŤŪŮŰŹŻŽƏḤḨṢṬẒ"
_WORD = rf"[{_UPPER}][\w'’ʼʿ‘`´.]*[\w.]|[{_UPPER}]"
_JOINER = r"(?:al|el|as|ash|ad|an|ar|at|az|ez|ed|es|en|et|of|the|and|de|del|la|las|los|le|du|des|da|do|dos|di|upon|sur|am|bin|abu)"
_LEAD = r"(?:(?:al|el|as|ash|ad|an|ar|at|az|ez)-)?"
_RUN = re.compile(rf"(?<![\w@#])(?:{_LEAD}(?:{_WORD}))(?:(?:[ -]|[ -](?:{_JOINER}[ -]){{1,2}})(?:{_WORD}))*")
_PIECE = re.compile(r"[^\s-]+")
_NAMING = frozenset(["division", "district", "water", "mountain", "country"])  # sorts that are part of a proper name
_ARTICLES = frozenset(["the", "in", "on", "at", "a", "an", "of", "from", "both", "as", "for", "and"])
_HAS_ARTICLE = re.compile(r"(?i)\b(?:a[lnrstzd]|e[lnrstzd]|ash|esh|adh|ath)[- ]\w")
_LISTING = re.compile(r",? (?:and|or) (?:the )?|, ")
_TOKEN = re.compile(r"[^\s]+")
_ROUTE_CODE = re.compile(r"(?<![\w-])(?:[A-Z]-?\d{1,3})(?![\w-])")
_LONGEST = 5  # words in a name looked for by the gazetteer alone
_WELL_KNOWN = 15_000  # inhabitants from which a bare name after "in" counts as a town without a model's word for it


def spot_toponyms(text: str, candidates: Sequence[ToponymCandidate], gazetteer: Gazetteer) -> list[Toponym]:
    """Return the toponyms of ``text``, in text order and without overlaps.

    Candidates with a place label are kept even when no gazetteer knows them; the others only when the gazetteer
    and the words around agree that a place is meant. Names that no candidate covers are looked for as well.
    """
    spotter = _Spotter(text, gazetteer, load_words())
    ordered = sorted(set(candidates), key=lambda c: (c.span, c.label))
    found = list(spotter.from_long_names())
    for candidate in ordered:
        if candidate.label in _PLACE_LABELS:
            found += spotter.from_model(candidate)
        else:
            found += spotter.from_other_label(candidate)
    blocked = [toponym.span for toponym in found]
    blocked += [c.span for c in ordered if c.label in ("ORG", "PERSON", "FAC", "LOC")]
    found += spotter.from_gazetteer(blocked)
    found = _without_overlaps(found)
    return _without_overlaps(found + spotter.from_company(ordered, found))


class _Spotter:
    """Looks at one text. Holds nothing that outlives it."""

    def __init__(self, text: str, gazetteer: Gazetteer, words: Words) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.words = words
        self._known: dict[str, tuple[Candidate, ...]] = {}

    # --- looking up -----------------------------------------------------------------------------------------

    def places(self, name: str, *, loose: bool) -> tuple[Candidate, ...]:
        """Return the places called ``name``, regions and routes first."""
        strict = self._known.get(name)
        if strict is None:
            own = regions.find_regions(name, self.gazetteer)
            strict = self._known[name] = tuple(own + self.gazetteer.lookup(name, loose=False))
        if strict or not loose:
            return strict
        return tuple(self.gazetteer.lookup(name))

    def knows(self, name: str) -> bool:
        """Tell whether a gazetteer, region or route has exactly this name."""
        return bool(self.places(name, loose=False))

    def _toponym(
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
        before = re.search(rf"(?:(?:{_WORD})[ -])+$", self.text[max(0, start - 40) : start])
        for word in reversed(before.group().split() if before else []):
            plain = word.lower().replace("-", "")
            is_part = plain in self.words.directions or word == "Lake" or self.words.generics.get(plain) == "mountain"
            first = start - len(word) - 1
            if not is_part or (first < within.start and self._begins_sentence(first)):
                break
            start = first
        after = re.match(rf" ({_WORD})(?![\w-])", self.text[end : end + 25])
        if after and self.words.generics.get(after.group(1).lower()) in _NAMING:
            end += after.end()
        return Span(start, end)

    def _begins_sentence(self, at: int) -> bool:
        return not re.search(r"[\w,;:] $", self.text[max(0, at - 3) : at])

    def _is_direction(self, span: Span) -> bool:
        """Tell whether the span is the compass word of the name after it ("NE Latakia")."""
        return span.of(self.text) in self.words.compass and bool(re.match(rf" (?:{_WORD})", self.text[span.end : span.end + 20]))

    # --- names of several words -----------------------------------------------------------------------------------

    def from_long_names(self) -> Iterator[Toponym]:
        """Yield names of several words that are countries, divisions or regions, whatever a model cuts out of them."""
        for run in _RUN.finditer(self.text):
            tokens = [Span(run.start() + t.start(), run.start() + t.end()) for t in _PIECE.finditer(run.group())]
            if len(tokens) == 1:
                yield from self._with_direction(tokens[0])
            first = 0
            while first < len(tokens) - 1:
                for last in range(min(len(tokens), first + _LONGEST + 1), first + 1, -1):
                    span = self._trim(Span(tokens[first].start, tokens[last - 1].end))
                    if self._is_long_area(span, Span(run.start(), run.end())):
                        yield self._toponym(span, "PROPN", self.places(span.of(self.text), loose=False))
                        first = last - 1
                        break
                first += 1

    def _is_long_area(self, span: Span, run: Span) -> bool:
        name = span.of(self.text)
        if " " not in name and "-" not in name or not self.gazetteer_knows(name) or self._continues(span):
            return False
        before = self.text[run.start : span.start].split()
        if any(not word.islower() and word.lower() not in _ARTICLES for word in before):
            return False
        return any(
            place.kind is PlaceKind.COUNTRY
            or place.id.startswith("region:")
            or (place.id.startswith("admin1:") and place.fit == 1)
            for place in self.places(name, loose=False)
        )

    def _with_direction(self, token: Span) -> Iterator[Toponym]:
        """Yield "eastern Ghouta" where the two words are the name of a region."""
        before = re.search(r"(?<![\w-])([a-z]+) $", self.text[max(0, token.start - 15) : token.start])
        if before and before.group(1) in self.words.directions:
            span = Span(token.start - len(before.group(1)) - 1, token.end)
            if regions.is_region_name(span.of(self.text)):
                yield self._toponym(span, "PROPN", self.places(span.of(self.text), loose=False))

    # --- names in the company of places -----------------------------------------------------------------------

    def from_company(self, candidates: Sequence[ToponymCandidate], found: Sequence[Toponym]) -> list[Toponym]:
        """Return names that stand in a list with places, or that are a place elsewhere in the text.

        A name that the text treats as a place once is one wherever it stands alone, however a model labels it.
        """
        company = _Company(list(found))
        for _ in range(2):  # a list can have two names in a row that only their neighbours give away
            before = len(company.taken)
            for candidate in candidates:
                if candidate.label not in _PLACE_LABELS:
                    self._join_company(self._trim(candidate.span), candidate.label, company)
            if len(company.taken) == before:
                break
        for run in _RUN.finditer(self.text):
            self._join_misspelt(Span(run.start(), run.end()), company)
        self._join_repeated(company)
        return company.taken[len(found) :]

    def _join_company(self, span: Span, label: str, company: _Company) -> None:
        name = span.of(self.text)
        if company.overlaps(span) or not self._may_be_name(name) or self._continues(span) or self._is_titled(span):
            return
        known = company.by_key.get(fold.fold_romanised(name))
        named = self._is_named_place(span)
        if known is None and not named and not self._is_listed(span, company.taken):
            return
        places = known.places if known is not None else self.places(name, loose=True)
        if places or named:
            company.add(self._toponym(span, label, places))

    def _join_misspelt(self, run: Span, company: _Company) -> None:
        """Add a name of several words that misspells one of the text's toponyms ("Jisr ash Shigour")."""
        span = self._trim(run)
        key = fold.fold_romanised(span.of(self.text))
        if len(key) < 7 or not re.search(r"[ -]", span.of(self.text)) or company.overlaps(span):
            return
        keys = [k for k, toponym in company.by_key.items() if re.search(r"[ -]", toponym.text)]
        best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=85)
        if best:
            company.add(self._toponym(span, "PROPN", company.by_key[best[0]].places))

    def _join_repeated(self, company: _Company) -> None:
        """Add the other occurrences of names of several words, in headlines for instance."""
        for toponym in list(company.by_key.values()):
            if re.search(r"[ -]", toponym.text):
                for match in re.finditer(rf"(?<!\w){re.escape(toponym.text)}(?!\w)", self.text, re.IGNORECASE):
                    span = Span(*match.span())
                    if self.text[span.start].isupper() and not company.overlaps(span):
                        company.add(self._toponym(span, "PROPN", toponym.places))

    def _is_titled(self, span: Span) -> bool:
        return self._word_before(span).rstrip(".").lower() in self.words.titles

    def _is_listed(self, span: Span, taken: Sequence[Toponym]) -> bool:
        """Tell whether the name stands in a list beside a place of the same country ("Cairo, X and Y")."""
        countries = {c for place in self.places(span.of(self.text), loose=False) for c in place.countries}
        for other in taken:
            gap = (other.span.end, span.start) if other.span.end <= span.start else (span.end, other.span.start)
            if not 0 < gap[1] - gap[0] <= 9 or not _LISTING.fullmatch(self.text[gap[0] : gap[1]]):
                continue
            if countries & {country for place in other.places for country in place.countries}:
                return True
        return False

    def _is_named_place(self, span: Span) -> bool:
        """Tell whether "the village of X" or "X airbase" makes X a place even if no gazetteer has it."""
        before = re.search(r"\b(\w+) of $", self.text[max(0, span.start - 25) : span.start])
        if before is not None and self.words.generics.get(before.group(1)) in ("town", "district", "division"):
            return True
        return self._generic_after(span) == "facility" and self._is_located(span)

    # --- the model's places -----------------------------------------------------------------------------------

    def from_model(self, candidate: ToponymCandidate) -> Iterator[Toponym]:
        """Yield the toponyms in a span that the model calls a place ("Aleppo, Syria" has two)."""
        for part in self._split(candidate.span):
            core = self._core(part)
            name = core.of(self.text)
            if not self._may_be_name(name) or self._is_title_case_noise(core):
                continue
            places = self.places(name, loose=True)
            if self._is_direction(core) or self._is_adjective(core) or self._is_of_other_thing(core):
                continue
            if places or self._may_be_unknown(core, part):
                yield self._toponym(core, candidate.label, places, trusted=True, within=self._trim(part))

    def from_other_label(self, candidate: ToponymCandidate) -> Iterator[Toponym]:
        """Yield a toponym from a span labelled otherwise if it is exactly a place and the words around agree."""
        span = self._trim(candidate.span)
        name = span.of(self.text)
        loose = bool(_HAS_ARTICLE.search(name)) and self._is_located(span)  # Arabic names are written in many ways
        places = self.places(name, loose=loose)
        if not places or not self._may_be_name(name):
            return
        country = any(place.kind is PlaceKind.COUNTRY for place in places)
        region = any(place.id.startswith(("region:", "admin1:")) for place in places)
        if self._is_titled(span) or self._continues(span) or self._is_direction(span):
            return
        in_place = self._is_located(span)
        if candidate.label == "PERSON":
            accepted = country or (in_place and (region or self._largest(places) >= _WELL_KNOWN))
        elif candidate.label == "ORG":
            accepted = country and not name.isupper() or (in_place and (region or self._largest(places) >= _WELL_KNOWN))
        else:
            accepted = country or (in_place and (region or self._largest(places) >= 1000))
        if accepted:
            yield self._toponym(span, candidate.label, places)

    # --- names that no candidate covers -----------------------------------------------------------------------

    def from_gazetteer(self, blocked: Sequence[Span]) -> Iterator[Toponym]:
        """Yield countries, divisions, regions, routes and, after a locative, towns that nobody pointed at."""
        taken = sorted(blocked)
        for run in _RUN.finditer(self.text):
            yield from self._in_run(Span(run.start(), run.end()), taken)
        for code in _ROUTE_CODE.finditer(self.text):
            span = Span(code.start(), code.end())
            routes = tuple(p for p in self.places(span.of(self.text), loose=False) if p.kind is PlaceKind.ROUTE)
            if routes or self._generic_after(span) == "route":
                yield self._toponym(span, "ROUTE", routes)

    def _in_run(self, run: Span, taken: Sequence[Span]) -> Iterator[Toponym]:
        tokens = [Span(run.start + t.start(), run.start + t.end()) for t in _PIECE.finditer(run.of(self.text))]
        first = 0
        while first < len(tokens):
            for last in range(min(len(tokens), first + _LONGEST), first, -1):
                span = self._trim(Span(tokens[first].start, tokens[last - 1].end))
                if any(span.overlaps(other) for other in taken):
                    continue
                toponym = self._recognise(span, run)
                if toponym is not None:
                    yield toponym
                    first = last - 1
                    break
            first += 1

    def _recognise(self, span: Span, run: Span) -> Toponym | None:
        name = span.of(self.text)
        if len(name) < 2 or not self._may_be_name(name) or not self.gazetteer_knows(name):
            return None
        places = self.places(name, loose=False)
        country = any(p.kind is PlaceKind.COUNTRY and (p.fit == 1 or len(name) > 2 or name.isupper()) for p in places)
        named_area = any(p.id.startswith(("region:", "admin1:")) for p in places)
        if self._continues(span) or self._is_titled(span) or self._is_direction(span):
            return None
        located = self._is_located(span)
        if country and (located or not self._is_part_of_name(span, run)):
            return self._toponym(span, "PROPN", places)
        if located and (named_area or self._largest(places) >= _WELL_KNOWN):
            return self._toponym(span, "PROPN", places)
        if regions.is_region_name(name) and (" " in name or "-" in name) and not self._is_part_of_name(span, run):
            return self._toponym(span, "PROPN", places)
        return None

    def gazetteer_knows(self, name: str) -> bool:
        """Tell cheaply whether anything has this name."""
        return regions.is_region_name(name) or self.gazetteer.holds_key(name)

    # --- the words around -------------------------------------------------------------------------------------

    def _word_before(self, span: Span) -> str:
        before = self.text[max(0, span.start - 30) : span.start].rstrip(" ")
        match = re.search(r"[\w.'’-]+$", before)
        return match.group() if match else ""

    def _is_located(self, span: Span) -> bool:
        """Tell whether a locative stands before the name ("in X", "the city of X", "northern X") or ", Y" after."""
        before = self.text[max(0, span.start - 40) : span.start]
        match = re.search(r"([\w-]+)\s+(?:the\s+)?$", before)
        word = match.group(1).lower() if match else ""
        if word == "of" and re.search(rf"(?:{_WORD}) of (?:the )?$", before):
            return False  # "Bank of England", "Islamic State of Iraq"
        if word in self.words.locatives or word in self.words.generics:
            return True
        if self._generic_after(span) in (
            "division",
            "district",
            "town",
            "countryside",
            "outskirts",
            "border",
        ):
            return True
        return bool(self._container_after(span))

    def _container_after(self, span: Span) -> bool:
        """Tell whether ", Country" or ", Division" follows."""
        match = re.match(rf",\s+((?:{_WORD})(?:[ -](?:{_WORD}))?)", self.text[span.end : span.end + 60])
        if not match:
            return False
        first = match.group(1).split(" ")[0]
        for name in (match.group(1), first):
            if any(p.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1) for p in self.places(name, loose=False)):
                return True
        return False

    def _generic_after(self, span: Span) -> str:
        match = re.match(r"(?:'s|’s)?\s+([a-zA-Z-]+)(?:\s+([a-z]+))?", self.text[span.end : span.end + 40])
        if not match:
            return ""
        pair = f"{match.group(1)} {match.group(2)}".lower()
        return self.words.generics.get(pair) or self.words.generics.get(match.group(1).lower(), "")

    def _continues(self, span: Span) -> bool:
        """Tell whether the words after make the name an adjective or part of another name ("Paris Agreement")."""
        if self._is_of_other_thing(span):
            return True
        after = self.text[span.end : span.end + 30]
        if re.match(r"-(?:led|backed|based|made|born|funded|trained|style|held|run|controlled|[A-Z]\w+an\b)", after):
            return True
        match = re.match(r"[ -]([\w’']+)", after)
        return match is not None and match.group(1).lower() in self.words.after_actor

    def _is_part_of_name(self, span: Span, run: Span) -> bool:
        """Tell whether other capitalised words of the run make it a longer name ("Bank of England")."""
        before = self.text[run.start : span.start].strip(" -")
        after = self.text[span.end : run.end].strip(" -")
        before_words = [w for w in before.split() if w.lower() not in self.words.common and not w.islower()]
        return bool(before_words) or bool(after and not after.split()[0].islower())

    def _is_of_other_thing(self, span: Span) -> bool:
        """Tell whether the words around make it money or part of another name ("US$", "Marburg virus")."""
        if self.text[max(0, span.start - 1) : span.start] == "$" or self.text[span.end : span.end + 1] == "$":
            return True
        match = re.match(r"[ -]([\w’']+)", self.text[span.end : span.end + 30])
        return match is not None and match.group(1).lower() in self.words.after_other

    def _may_be_unknown(self, span: Span, part: Span) -> bool:
        """Tell whether a name that no gazetteer has is a place all the same: the words around must say so."""
        name = span.of(self.text)
        if name.isupper() and len(name) < 6:
            return False
        return (
            self._is_located(span)
            or self._is_named_place(span)
            or self._generic_after(span) != ""
            or span != self._trim(part)
        )

    def _is_adjective(self, span: Span) -> bool:
        return span.of(self.text).lower().split(" ")[-1] in self.words.not_places

    def _may_be_name(self, name: str) -> bool:
        lowered = name.lower()
        if not any(c.isupper() or ("\u0590" <= c <= "\u08ff") for c in name):
            return False
        return lowered not in self.words.not_places and lowered not in self.words.common and len(name) > 1

    def _is_title_case_noise(self, span: Span) -> bool:
        """Tell whether the span is a common word at the beginning of a sentence."""
        name = span.of(self.text)
        return " " not in name and name.lower() in self.words.common

    def _largest(self, places: Sequence[Candidate]) -> int:
        return max((place.population for place in places), default=0)

    # --- cutting spans to the name ------------------------------------------------------------------------------

    def _split(self, span: Span) -> Iterator[Span]:
        """Yield the parts of "Aleppo, Syria" or "Iraq/Syria"; a span that is one known name stays whole."""
        whole = span.of(self.text)
        if self.knows(whole) or not re.search(r",|/| and |\n|–", whole):
            yield span
            return
        start = span.start
        for piece in re.split(r"(,\s*|/|\s+and\s+|\s*\n\s*|–)", whole):
            if piece and not re.fullmatch(r",\s*|/|\s+and\s+|\s*\n\s*|–", piece):
                yield Span(start, start + len(piece))
            start += len(piece)

    def _trim(self, span: Span) -> Span:
        """Cut spaces, quotation marks, "the" and a final "'s" off a span."""
        name = span.of(self.text)
        left = len(name) - len(name.lstrip(" \n\t\"'“”‘(["))
        right = len(name) - len(name.rstrip(" \n\t\"'“”’)],;:"))
        start, end = span.start + left, max(span.start + left, span.end - right)
        name = self.text[start:end]
        if re.search(r"(?:'s|’s)$", name):
            end -= 2
        article = re.match(r"(?i:the)\s+", name)
        if article:
            start += article.end()
        if self.text[start:end].endswith(".") and self.text[start:end].count(".") == 1:
            end -= 1
        return Span(min(start, end), end)

    def _core(self, span: Span) -> Span:
        """Return the name in a span: the longest part that is known, else without directions and generic words."""
        span = self._trim(span)
        if self.knows(span.of(self.text)):
            return span
        shorter = [s for s in self._shorter(span) if len(s) > 0]
        for part in shorter:
            if self.knows(part.of(self.text)) and self._may_be_name(part.of(self.text)):
                return part
        return shorter[-1] if shorter else span

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


class _Company:
    """The toponyms found so far, with an index by loose key."""

    def __init__(self, taken: list[Toponym]) -> None:
        self.taken = taken
        self.by_key = {fold.fold_romanised(toponym.text): toponym for toponym in taken if toponym.places}

    def overlaps(self, span: Span) -> bool:
        """Tell whether a span is taken."""
        return any(span.overlaps(other.span) for other in self.taken)

    def add(self, toponym: Toponym) -> None:
        """Take a toponym in."""
        self.taken.append(toponym)
        if toponym.places:
            self.by_key.setdefault(fold.fold_romanised(toponym.text), toponym)


def _without_overlaps(found: Sequence[Toponym]) -> list[Toponym]:
    """Keep the longer of two overlapping toponyms, the model's where they are as long."""
    kept: list[Toponym] = []
    for toponym in sorted(found, key=lambda t: (-len(t.span), not t.trusted, t.span, t.label)):
        if not any(toponym.span.overlaps(other.span) for other in kept):
            kept.append(toponym)
    return sorted(kept, key=lambda t: t.span)
