"""Which spans name places? The language model's labels, corrected by the gazetteer and by the words around."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from reportedly.model import Occupied, PlaceKind, Span
from reportedly.places import regions
from reportedly.places.candidate import Candidate
from reportedly.places.company import CompanySpotter
from reportedly.places.evidence import count_peoples, is_great
from reportedly.places.gazetteer import Gazetteer
from reportedly.places.lexicon import load_words
from reportedly.places.names import PLACE_LABELS, RUN, WELL_KNOWN, NameView, is_initials
from reportedly.places.pairs import PairSpotter
from reportedly.places.persons import Persons
from reportedly.places.toponym import Toponym, ToponymCandidate

_PIECE = re.compile(r"[^\s-]+")
_ARTICLES = frozenset(["the", "in", "on", "at", "a", "an", "of", "from", "both", "as", "for", "and"])
_HAS_ARTICLE = re.compile(r"(?i)\b(?:a[lnrstzd]|e[lnrstzd]|ash|esh|adh|ath)[- ]\w")
_IS_MODEL = re.compile(
    r"[ -](?:rifles?|carbines?|guns?|pistols?|assault|tanks?|shermans?|machine|mortars?|missiles?)\b", re.I
)
_SMALL_WORDS = re.compile(r" ([a-z]+)(?: ([a-z]+))?(?: ([a-z]+))?")
_ROUTE_CODE = re.compile(r"(?<![\w-])(?:[A-Z]-?\d{1,3})(?![\w-])")
_ENGLISH_NAMES = frozenset(["US", "GB", "CA", "AU", "IE", "NZ", "ZA", "JM"])
_LONGEST = 5  # words in a name looked for by the gazetteer alone


def spot_toponyms(
    text: str, candidates: Sequence[ToponymCandidate], gazetteer: Gazetteer, about: Collection[str] = ()
) -> list[Toponym]:
    """Return the toponyms of ``text``, in text order and without overlaps.

    Candidates with a place label are kept even when no gazetteer knows them; the others only when the gazetteer
    and the words around agree that a place is meant. Names that no candidate covers are looked for as well.
    about: countries (ISO alpha-2) that the report is known to be about; more are read off the text.
    """
    spotter = _Spotter(text, gazetteer, load_words())
    parts = [part for candidate in candidates for part in spotter.parts_of(candidate)]
    ordered = sorted({*candidates, *parts}, key=lambda c: (c.span, c.label))
    spotter.learn_countries(ordered, about)
    pair_spotter = PairSpotter(text, gazetteer, load_words())
    pairs = _without_overlaps(list(pair_spotter.find()))
    taken = Occupied(toponym.span for toponym in pairs)
    found = [toponym for toponym in spotter.from_long_names() if not taken.overlaps(toponym.span)]
    ordered = [candidate for candidate in ordered if not taken.overlaps(candidate.span)]
    for candidate in ordered:
        if candidate.label in PLACE_LABELS:
            found += spotter.from_model(candidate)
        else:
            found += spotter.from_other_label(candidate)
    taken = Occupied(toponym.span for toponym in (*found, *pairs))
    pairs += [toponym for toponym in pair_spotter.groups(ordered, spotter.about) if not taken.overlaps(toponym.span)]
    found += pairs
    blocked = [toponym.span for toponym in found]
    blocked += [c.span for c in ordered if c.label in ("ORG", "PERSON", "FAC", "LOC")]
    found += spotter.from_gazetteer(blocked)
    found = _without_overlaps(found)
    company = CompanySpotter(text, gazetteer, load_words())
    found = _without_overlaps(found + company.from_company(ordered, found))
    persons = Persons(spotter, ordered, found)
    built = {toponym.span for toponym in pairs}
    return [toponym for toponym in found if toponym.span in built or not persons.own(toponym)]


class _Spotter(NameView):
    """Finds the names that a label, the gazetteer or the words around make places."""

    about: frozenset[str] = frozenset()

    def learn_countries(self, candidates: Sequence[ToponymCandidate], about: Collection[str]) -> None:
        """Read off which countries the text is about: its peoples, its countries, its great towns; and the packs.

        In such a country a village counts as a place where the words around say so, however small it is.
        """
        found = {*about, *self.gazetteer.pack_countries, *count_peoples(self.text)}
        for candidate in candidates:
            if candidate.label in PLACE_LABELS:
                places = self.places(self.trim(candidate.span).of(self.text), loose=False)
                found |= {place.country for place in places[:1] if _tells_country(place)}
        self.about = frozenset(found - {""})

    def parts_of(self, candidate: ToponymCandidate) -> Iterator[ToponymCandidate]:
        """Yield the names in a list that a model took for one thing ("Kafr Nabel and Hazano", a work of art)."""
        if candidate.label not in PLACE_LABELS and candidate.label != "PERSON":
            parts = list(self.split(candidate.span))
            if len(parts) > 1:
                yield from (ToponymCandidate(part, candidate.label) for part in parts)

    def _is_near_home(self, places: Sequence[Candidate], label: str = "") -> bool:
        """Tell whether a town, village or site of these lies in a country that the text is about.

        Where places have English names, a firm or body of that name is likelier.
        """
        about = self.about - _ENGLISH_NAMES if label == "ORG" else self.about
        return any(place.country in about and place.kind in (PlaceKind.TOWN, PlaceKind.SITE) for place in places)

    def from_long_names(self) -> Iterator[Toponym]:
        """Yield names of several words that are countries, divisions or regions, whatever a model cuts out of them."""
        for run in RUN.finditer(self.text):
            tokens = [Span(run.start() + t.start(), run.start() + t.end()) for t in _PIECE.finditer(run.group())]
            yield from self._with_direction(tokens[0])
            yield from self._with_generic(tokens)
            first = 0
            while first < len(tokens) - 1:
                for last in range(min(len(tokens), first + _LONGEST + 1), first + 1, -1):
                    span = self.trim(Span(tokens[first].start, tokens[last - 1].end))
                    if self._is_long_area(span, Span(run.start(), run.end())):
                        yield self.make(span, "PROPN", self.places(span.of(self.text), loose=False))
                        first = last - 1
                        break
                first += 1

    def _is_long_area(self, span: Span, run: Span) -> bool:
        name = span.of(self.text)
        if (" " not in name and "-" not in name) or not self.gazetteer_knows(name) or self.continues(span):
            return False
        if name.isupper() and self.largest(self.places(name, loose=False)) >= WELL_KNOWN:
            return True  # "PORT SUDAN", in a headline or a dateline
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
            span = Span(token.start - len(before.group(1)) - 1, self.trim(token).end)
            if regions.is_region_name(span.of(self.text)):
                yield self.make(span, "PROPN", self.places(span.of(self.text), loose=False))

    def _with_generic(self, tokens: Sequence[Span]) -> Iterator[Toponym]:
        """Yield "Rafah crossing", "Zaporizhzhia nuclear power plant": names of the list with their small words."""
        after = _SMALL_WORDS.match(self.text, tokens[-1].end)
        if after is None:
            return
        ends = [after.end(group) for group in (3, 2, 1) if after.group(group)]
        for first in range(max(0, len(tokens) - 3), len(tokens)):
            for end in ends:
                span = Span(tokens[first].start, end)
                if regions.is_region_name(span.of(self.text)):
                    yield self.make(span, "FAC", self.places(span.of(self.text), loose=False), trusted=True)
                    return

    def from_model(self, candidate: ToponymCandidate) -> Iterator[Toponym]:
        """Yield the toponyms in a span that the model calls a place ("Aleppo, Syria" has two)."""
        for part in self.split(candidate.span):
            core = self.core(part)
            name = core.of(self.text)
            if not self.may_be_name(name) or self._is_title_case_noise(core):
                continue
            places = self.places(name, loose=True)
            if self.is_direction(core) or self.is_adjective(core) or self.is_of_other_thing(core):
                continue
            if not places and not self.words.not_places.isdisjoint(name.lower().split()):
                continue
            if places or self._may_be_unknown(core, part):
                yield self.make(core, candidate.label, places, trusted=True, within=self.trim(part))

    def from_other_label(self, candidate: ToponymCandidate) -> Iterator[Toponym]:
        """Yield a toponym from a span labelled otherwise if it is exactly a place and the words around agree."""
        span = self.trim(candidate.span)
        name = span.of(self.text)
        # Arabic names are written in many ways; a name of few letters is written like too many others.
        loose = (bool(_HAS_ARTICLE.search(name)) or len(name) > 5) and self.is_located(span)
        places = self.places(name, loose=loose)
        if not places or not self.may_be_name(name):
            return
        country = any(place.kind is PlaceKind.COUNTRY for place in places)
        region = any(place.id.startswith(("region:", "admin1:")) for place in places)
        if self.is_titled(span) or self.continues(span) or self.is_direction(span):
            return
        in_place = self.is_located(span)
        if candidate.label == "PERSON" and self.word_before(span).lower() == "between":
            in_place = False  # persons are between each other, too
        if in_place and self._is_near_home(places, candidate.label):
            accepted = True
        elif candidate.label == "PERSON":
            accepted = country or (in_place and (region or self.largest(places) >= WELL_KNOWN))
        elif candidate.label == "ORG":
            accepted = (country and not name.isupper()) or (in_place and (region or self.largest(places) >= WELL_KNOWN))
        else:
            accepted = country or (in_place and (region or self.largest(places) >= 1000))
        if accepted:
            yield self.make(span, candidate.label, places)

    def from_gazetteer(self, blocked: Sequence[Span]) -> Iterator[Toponym]:
        """Yield countries, divisions, regions, routes and, after a locative, towns that nobody pointed at."""
        taken = Occupied(blocked)
        for run in RUN.finditer(self.text):
            yield from self._in_run(Span(run.start(), run.end()), taken)
        for code in _ROUTE_CODE.finditer(self.text):
            span = Span(code.start(), code.end())
            if _IS_MODEL.match(self.text, span.end):
                continue  # an M4 rifle
            routes = tuple(p for p in self.places(span.of(self.text), loose=False) if p.kind is PlaceKind.ROUTE)
            if routes or self.generic_after(span) == "route":
                yield self.make(span, "ROUTE", routes)

    def _in_run(self, run: Span, taken: Occupied) -> Iterator[Toponym]:
        tokens = [Span(run.start + t.start(), run.start + t.end()) for t in _PIECE.finditer(run.of(self.text))]
        first = 0
        while first < len(tokens):
            for last in range(min(len(tokens), first + _LONGEST), first, -1):
                span = self.trim(Span(tokens[first].start, tokens[last - 1].end))
                if taken.overlaps(span):
                    continue
                toponym = self._recognise(span, run)
                if toponym is not None:
                    yield toponym
                    first = last - 1
                    break
            first += 1

    def _recognise(self, span: Span, run: Span) -> Toponym | None:
        name = span.of(self.text)
        if len(name) < 2 or not self.may_be_name(name) or not self.gazetteer_knows(name):
            return None
        places = self.places(name, loose=False)
        country = any(p.kind is PlaceKind.COUNTRY and (p.fit == 1 or len(name) > 2 or name.isupper()) for p in places)
        named_area = any(p.id.startswith(("region:", "admin1:")) for p in places)
        if self.continues(span) or self.is_titled(span) or self.is_direction(span):
            return None
        located = self.is_located(span)
        if len(name) == 2 and not country and not re.search(r", $", self.text[max(0, span.start - 2) : span.start]):
            return None  # postal codes of states follow a comma
        if country and (located or not self.is_part_of_name(span, run)):
            return self.make(span, "PROPN", places)
        if located and (named_area or self.largest(places) >= WELL_KNOWN or self._is_near_home(places)):
            return self.make(span, "PROPN", places)
        if regions.is_region_name(name) and (" " in name or "-" in name) and not self.is_part_of_name(span, run):
            return self.make(span, "PROPN", places)
        return None

    def _may_be_unknown(self, span: Span, part: Span) -> bool:
        """Tell whether a name that no gazetteer has is a place all the same: the words around must say so."""
        name = span.of(self.text)
        if is_initials(name) or (name.isupper() and len(name) < 6):
            return False
        return (
            self.is_located(span)
            or self.is_named_place(span)
            or self.generic_after(span) != ""
            or span != self.trim(part)
        )

    def _is_title_case_noise(self, span: Span) -> bool:
        """Tell whether the span is a common word at the beginning of a sentence."""
        name = span.of(self.text)
        return " " not in name and name.lower() in self.words.common


def _tells_country(place: Candidate) -> bool:
    return place.kind in (PlaceKind.COUNTRY, PlaceKind.ADMIN1) or is_great(place)


def _without_overlaps(found: Sequence[Toponym]) -> list[Toponym]:
    """Keep the longer of two overlapping toponyms, the model's where they are as long."""
    kept: list[Toponym] = []
    taken = Occupied()
    for toponym in sorted(found, key=lambda t: (-len(t.span), not t.trusted, t.span, t.label)):
        if taken.add(toponym.span):
            kept.append(toponym)
    return sorted(kept, key=lambda t: t.span)
