"""What "the group", "the army" and "the town" refer back to, where one earlier name fits.

Rule: a definite phrase of one common noun takes the nearest earlier name of the same part (article, or one comment)
whose own last
word is that noun ("the Syrian army ... the army"), or whose kind fits it ("Hayat Tahrir al-Sham ... the group"), at
most
``REACH`` characters back. Everything else stays as worded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.model import ActorLink, LinkStatus, Mention, PlaceKind, PlaceLink, Span

REACH = 1200
MOST = 400  # names looked at on the way back
DEFINITE = re.compile(r"^(?:the|this|that|these|those) ([a-z]+)$", re.IGNORECASE)
KINDS = {
    "group": {"armed group", "paramilitary", "alliance", "party", "ngo", "monitor"},
    "organisation": {"armed group", "ngo", "monitor", "international body", "party"},
    "organization": {"armed group", "ngo", "monitor", "international body", "party"},
    "movement": {"armed group", "party"},
    "faction": {"armed group", "paramilitary"},
    "militia": {"armed group", "paramilitary"},
    "alliance": {"alliance"},
    "jihadists": {"armed group"},
    "militants": {"armed group"},
}
GROUND = {
    "town": {PlaceKind.TOWN},
    "city": {PlaceKind.TOWN},
    "village": {PlaceKind.TOWN},
    "province": {PlaceKind.ADMIN1},
    "governorate": {PlaceKind.ADMIN1},
    "highway": {PlaceKind.ROUTE},
    "road": {PlaceKind.ROUTE},
}
FACTOR = 0.75  # what refers back is less sure than what is named


@dataclass(frozen=True, slots=True)
class Discourse:
    """The names of one report, in order, for looking back. ``parts``: the span of each passage's part."""

    mentions: Sequence[Mention]
    places: Sequence[tuple[Span, PlaceLink]]
    article: Span

    def actor(self, words: str, at: Span, passage: int) -> ActorLink | None:
        """Return who a definite phrase at ``at`` refers back to, or None."""
        match = DEFINITE.match(words)
        if match is None:
            return None
        noun = match.group(1).lower()
        before = bisect_left(self.mentions, at.start, key=lambda m: m.span.start)
        for mention in reversed(self.mentions[max(0, before - MOST) : before]):
            link = mention.actor
            if at.start - mention.span.end > REACH:
                return None
            if not self._same_part(mention.span, at, mention.passage == passage):
                continue
            if link is None or link.status is not LinkStatus.RESOLVED:
                continue
            if mention.text.lower().endswith(" " + noun) or link.kind in KINDS.get(noun, ()):
                why = f"'{words}' refers back to '{mention.text}'"
                return replace(link, confidence=round(link.confidence * FACTOR, 3), reasons=(why, *link.reasons))
        return None

    def place(self, words: str, at: Span) -> PlaceLink | None:
        """Return the place that "the town" at ``at`` refers back to, or None."""
        match = DEFINITE.match(words)
        kinds = GROUND.get(match.group(1).lower()) if match is not None else None
        if kinds is None:
            return None
        before = bisect_left(self.places, at.start, key=lambda item: item[0].start)
        for span, link in reversed(self.places[max(0, before - MOST) : before]):
            if at.start - span.end > REACH:
                return None
            if not self._same_part(span, at, same_passage=False):
                continue
            fits = link.place.kind in kinds if link.place is not None else PlaceKind.TOWN in kinds
            if fits:
                why = f"'{words}' refers back to '{link.name}'"
                return replace(link, confidence=round(link.confidence * FACTOR, 3), reasons=(why, *link.reasons))
        return None

    def _same_part(self, span: Span, at: Span, same_passage: bool) -> bool:
        return same_passage or (self.article.contains(span) and self.article.contains(at))
