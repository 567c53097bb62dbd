"""Relations between mentions: who fights, commands, belongs to, talks to, is allied with whom, and is where.

The network judges ordered pairs of mentions of one sentence; kinds without a direction are judged both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from reportedly.language.analysis import Analysis, words_of
from reportedly.language.reader.findings import Ranked
from reportedly.model import Span

SYMMETRIC = frozenset({"FightingAgainst", "AlliesOf", "CommWith", "CoLocated", "IsSynonymOf", "Apart"})
NONE = "none"
SURE = 0.3  # chosen on re3d's dev documents with a network that had not seen them


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation (re3d's kinds) from one mention to another, in text order where it has no direction."""

    kind: str
    source: Span
    target: Span
    confidence: float


def find_relations(analysis: Analysis, mentions: Sequence[Span], sure: float = SURE) -> list[FoundRelation]:
    """Return the relations between ``mentions`` (spans of the analysis's text) that the network is sure of."""
    if analysis.findings is None:
        return []
    placed = [(span, words) for span in sorted(set(mentions)) if (words := words_of(analysis.tokens, span)) is not None]
    sentence = {words: analysis.tokens[words[0]].sentence for _, words in placed}
    pairs = [(a, b) for a, b in combinations(placed, 2) if sentence[a[1]] == sentence[b[1]] and a[1] != b[1]]
    judged = analysis.findings.relations([(a[1], b[1]) for a, b in pairs] + [(b[1], a[1]) for a, b in pairs])
    found = []
    for (a, b), forth, back in zip(pairs, judged[: len(pairs)], judged[len(pairs) :], strict=True):
        best = _best(a[0], b[0], forth, back)
        if best is not None and best.confidence > sure:
            found.append(best)
    return found


def _best(one: Span, other: Span, forth: Sequence[Ranked], back: Sequence[Ranked]) -> FoundRelation | None:
    """Return the likeliest relation of a pair: the mean of both ways for kinds without a direction."""
    ahead, behind = ({each.label: each.confidence for each in ranked} for ranked in (forth, back))
    candidates = []
    for kind in ahead:
        if kind in SYMMETRIC:
            candidates.append(FoundRelation(kind, one, other, (ahead[kind] + behind[kind]) / 2))
        elif kind != NONE:
            candidates.append(FoundRelation(kind, one, other, ahead[kind]))
            candidates.append(FoundRelation(kind, other, one, behind[kind]))
    return max(candidates, key=lambda each: each.confidence, default=None)
