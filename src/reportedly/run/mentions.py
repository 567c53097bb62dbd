"""All mentions of a report with what they were resolved to: actors, places, times, numbers, weapons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportedly.actors import ActorLinker
from reportedly.claims import Part
from reportedly.claims.parties import QUANTIFIERS
from reportedly.claims.times import read_time
from reportedly.language.analysis import Token
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import ActorLink, LinkStatus, Mention, MentionKind, PlaceLink, Report, Span
from reportedly.run.mention_kinds import (
    NAMES,
    PERSON_KINDS,
    PRONOUNS,
    is_head,
    kind_of_name,
    kind_of_phrase,
    load_heads,
    takes_part,
)
from reportedly.run.mention_merge import Marked, merge_mentions

WEAPON_KINDS = {"weapon": MentionKind.WEAPON, "platform": MentionKind.PLATFORM, "vehicle": MentionKind.VEHICLE}
PARTIES = frozenset({MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.PERSON})
WITHIN_PHRASE = frozenset({"compound", "nmod"})
BEFORE_PLACE = frozenset({"det", "amod", "compound", "nmod"})
Located = Sequence[tuple[Span, PlaceLink]]


def collect_mentions(
    report: Report, parts: Sequence[Part], linker: ActorLinker, places: Located
) -> tuple[Mention, ...]:
    """Return the mentions in text order; where two overlap, the one found by the surer means stays.

    Order of trust: times and numbers; whole noun phrases, the longest first; then places, weapons and names that
    stand in none.
    """
    kept: list[Mention] = []
    surnames = _surnames(parts, places)
    for part in parts:
        inside = part.passage.span
        mine = [(span.shift(-inside.start), link) for span, link in places if inside.contains(span)]
        kept.extend(_Collector(report, part, linker, mine, surnames).collect())
    shown = (replace(m, text=m.span.of(report.text)) for m in kept)
    return tuple(sorted(shown, key=lambda m: (m.span, m.kind)))


@dataclass(frozen=True, slots=True)
class _Collector:
    """Collects the mentions of one part; spans count from its beginning until they are shifted at the end."""

    report: Report
    part: Part
    linker: ActorLinker
    places: Located
    surnames: frozenset[str]

    def collect(self) -> list[Mention]:
        tree = Tree(self.part.analysis.tokens)
        taken = bytearray(len(self.part.analysis.text))
        found = list(_free(self._times(), taken))
        found.extend(_free(self._quantities(), taken))
        phrases = sorted(self._phrases(tree, taken), key=lambda m: -len(m.span))
        for rest in (phrases, self._places(), self._weapons(), self._names()):
            found.extend(_free(rest, taken))
        merged = list(merge_mentions(found, self.part.analysis, self._resolve))
        offset = self.part.passage.span.start
        return [replace(mention, span=mention.span.shift(offset)) for mention in merged]

    def _resolve(self, marked: Marked, replaced: Mention | None) -> Mention:
        """Return a mention of the network's with what it was resolved to, by the rules where they had one there."""
        kind = marked.kind
        if replaced is not None and (replaced.kind is kind or {replaced.kind, kind} <= PARTIES):
            return replace(replaced, span=marked.span)
        words = marked.span.of(self.part.analysis.text)
        if kind is MentionKind.TIME:
            return self._mention(kind, marked.span, when=read_time(words, self.report.published))
        if kind is MentionKind.PLACE:
            link = next((link for span, link in self.places if marked.span.contains(span)), None)
            return self._mention(kind, marked.span, place=link)
        if kind in PARTIES:
            actor = self._link(QUANTIFIERS.sub("", words).strip() or words, metonym_ok=True)
            return self._mention(kind, marked.span, actor=None if actor.status is LinkStatus.UNKNOWN else actor)
        return self._mention(kind, marked.span)

    def _times(self) -> Iterator[Mention]:
        for span in self.part.analysis.times:
            words = span.of(self.part.analysis.text)
            if words.lower() not in load_heads()["adverb"]:
                yield self._mention(MentionKind.TIME, span, when=read_time(words, self.report.published))

    def _quantities(self) -> Iterator[Mention]:
        for entity in self.part.analysis.entities:
            if entity.label == "MONEY":
                yield self._mention(MentionKind.MONEY, entity.span)
        located = [span for span, _ in self.places]
        for quantity in self.part.analysis.quantities:
            span = quantity.span
            bare = span.of(self.part.analysis.text).lower() in load_heads()["adverb"]
            if not bare and not any(span.overlaps(place) for place in located):
                yield self._mention(MentionKind.QUANTITY, span)

    def _places(self) -> Iterator[Mention]:
        for span, link in self.places:
            yield self._mention(MentionKind.PLACE, span, place=link)

    def _weapons(self) -> Iterator[Mention]:
        for span, kind, _ in self.part.analysis.weapons:
            yield self._mention(WEAPON_KINDS[kind], span)

    def _names(self) -> Iterator[Mention]:
        for entity in self.part.analysis.entities:
            if entity.label in NAMES:
                link = self._link(entity.span.of(self.part.analysis.text))
                yield self._mention(kind_of_name(entity.label, link), entity.span, actor=link)

    def _phrases(self, tree: Tree, taken: bytearray) -> Iterator[Mention]:
        """Yield what the nouns and pronouns of the text head."""
        armed = [span for span, _, _ in self.part.analysis.weapons]
        for token in tree.tokens:
            if token.tag == "PRP" and (kind := PRONOUNS.get(token.text.lower())) is not None:
                yield self._mention(kind, token.span)
            if token.pos not in NOUNS or token.dep in WITHIN_PHRASE or taken[token.span.start]:
                continue
            located = self._located(token)
            if token.text in self.surnames and (located is None or located[0] == token.span):
                yield self._person(tree, token, taken)
            elif located is not None:
                yield self._place_or_party(tree, token, *located)
            elif not any(span.contains(token.span) for span in armed):
                yield from self._phrase(tree, token, taken)

    def _located(self, token: Token) -> tuple[Span, PlaceLink] | None:
        return next((found for found in self.places if found[0].contains(token.span)), None)

    def _place_or_party(self, tree: Tree, token: Token, span: Span, link: PlaceLink) -> Mention:
        """Return a country that acts as an organisation, any other place as a place with its article."""
        if takes_part(tree, token.index):
            actor = self._link(span.of(self.part.analysis.text), metonym_ok=True)
            if actor.status is LinkStatus.RESOLVED:
                return self._mention(MentionKind.ORGANISATION, self._with_article(tree, token, span), actor=actor)
        return self._mention(MentionKind.PLACE, self._with_article(tree, token, span), place=link)

    def _with_article(self, tree: Tree, token: Token, span: Span) -> Span:
        """Return the span of a name with the article and adjectives before it."""
        start = span.start
        index = token.index
        while index > 0 and (tree[index - 1].span.start >= start or tree[index - 1].dep in BEFORE_PLACE):
            if tree[index - 1].head not in range(index - 1, token.index + 1):
                break
            index -= 1
        return Span(min(start, tree[index].span.start), span.end)

    def _phrase(self, tree: Tree, token: Token, taken: bytearray) -> Iterator[Mention]:
        text = self.part.analysis.text
        span = _after_taken(tree, tree.phrase(token.index), token, taken)
        opening, _, rest = span.of(text).partition(" ")
        if rest and opening[:1].isupper() and opening.lower() in load_heads()["initial"]:
            span = Span(span.end - len(rest.lstrip()), span.end)
            if token.pos == "PROPN" and self._link(rest).status is LinkStatus.UNKNOWN:
                yield self._mention(MentionKind.PLACE, span)
                return
        surface = QUANTIFIERS.sub("", span.of(text)).strip()
        if not surface:
            return
        link = self._link(surface)
        kind = kind_of_phrase(token, link, token.pos == "PROPN")
        if kind is None:
            yield from self._armament(span, token)
            return
        yield self._with_of_phrase(tree, token, kind, span, link) or self._plain(token, kind, span, link)

    def _person(self, tree: Tree, token: Token, taken: bytearray) -> Mention:
        """Return a person named by surname ("Petty Officer Keating", "Keating"), unless a party is known by it."""
        span = _after_taken(tree, tree.phrase(token.index), token, taken)
        link = self._link(span.of(self.part.analysis.text))
        party = link.status is LinkStatus.RESOLVED and link.kind not in PERSON_KINDS
        return self._mention(MentionKind.ORGANISATION if party else MentionKind.PERSON, span, actor=link)

    def _plain(self, token: Token, kind: MentionKind, span: Span, link: ActorLink) -> Mention:
        party = kind is not MentionKind.PLACE and kind is not MentionKind.DOCUMENT
        telling = link.status is not LinkStatus.UNKNOWN or token.pos == "PROPN"
        return self._mention(kind, span, actor=link if party and telling else None)

    def _with_of_phrase(
        self, tree: Tree, token: Token, kind: MentionKind, span: Span, link: ActorLink
    ) -> Mention | None:
        """Return a phrase with its "of" where both make one name: "the city of Mosul", "the Government of Iraq"."""
        after = token.index + 1
        if after >= len(tree) or tree[after].lemma != "of" or tree[after].head != token.index:
            return None
        inner = tree.child(after, "pobj")
        if inner is None or tree[inner].pos != "PROPN":
            return None
        if kind is MentionKind.PLACE:
            located = self._located(tree[inner])
            return located and self._mention(kind, span.cover(located[0]), place=located[1])
        whole = span.cover(tree.phrase(tree.conjuncts(inner)[-1]))
        full = self._link(QUANTIFIERS.sub("", whole.of(self.part.analysis.text)))
        if full.status is LinkStatus.RESOLVED:
            return self._mention(kind if kind is MentionKind.PERSON else MentionKind.ORGANISATION, whole, actor=full)
        if token.pos == "PROPN" and link.status is not LinkStatus.RESOLVED and self._located(tree[inner]) is None:
            return self._mention(kind, whole, actor=full)
        return None

    def _armament(self, span: Span, token: Token) -> Iterator[Mention]:
        """Yield a weapon that its head noun does not name alone: "artillery systems"."""
        if is_head("armament", token):
            for weapon, kind, _ in self.part.analysis.weapons:
                if span.contains(weapon):
                    yield self._mention(WEAPON_KINDS[kind], Span(weapon.start, span.end))

    def _link(self, surface: str, metonym_ok: bool = False) -> ActorLink:
        return self.linker.link(surface, in_comment=self.part.passage.comment is not None, metonym_ok=metonym_ok)

    def _mention(self, kind: MentionKind, span: Span, **links: object) -> Mention:
        text = span.of(self.part.analysis.text)
        return Mention(kind, span, text, self.part.passage.index, **links)  # type: ignore[arg-type]


def _surnames(parts: Sequence[Part], places: Located) -> frozenset[str]:
    """Return the last words of the full names of persons: later such a word alone is that person."""
    found = set()
    for part in parts:
        for entity in part.analysis.entities:
            words = entity.span.of(part.analysis.text).split()
            if entity.label == "PERSON" and len(words) > 1 and words[0].lower() not in load_heads()["initial"]:
                span = entity.span.shift(part.passage.span.start)
                if not any(span.overlaps(place) for place, _ in places):  # the model takes places for persons
                    found.add(words[-1])
    return frozenset(found)


def _after_taken(tree: Tree, span: Span, token: Token, taken: bytearray) -> Span:
    """Return a phrase without the number, time or adverb that opens it ("three fighting positions")."""
    last = max(taken.rfind(1, span.start, token.span.start), span.start - 1)
    first = token.index
    while first > 0 and tree[first - 1].span.start > last:
        first -= 1
    while first < token.index and tree[first].pos in {"ADV", "PUNCT", "SPACE"}:
        first += 1
    return Span(tree[first].span.start, span.end)


def _free(mentions: Iterable[Mention], taken: bytearray) -> Iterator[Mention]:
    """Yield the mentions that stand on characters not yet taken, and take them."""
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        if start < end and taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            yield mention
