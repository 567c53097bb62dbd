"""Mentions by rule and mentions by the network become one list.

The rules know names, heads and grammar; the network knows what annotators mark. Thresholds were chosen on re3d's dev
documents with a network that had not seen them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.language.analysis import Analysis, words_of
from reportedly.model import Mention, MentionKind, Span

SPAN_SURE = 0.8  # a mention of the network with this confidence takes the place of what the rules have there
NEW_SURE = 0.9  # ... and stands where the rules have nothing
DOUBT = 0.1  # a mention of the rules on words that the network gives less of a chance is dropped

KINDS = {
    "Person": MentionKind.PERSON,
    "Organisation": MentionKind.ORGANISATION,
    "Nationality": MentionKind.NATIONALITY,
    "Location": MentionKind.PLACE,
    "Temporal": MentionKind.TIME,
    "Quantity": MentionKind.QUANTITY,
    "Money": MentionKind.MONEY,
    "Weapon": MentionKind.WEAPON,
    "MilitaryPlatform": MentionKind.PLATFORM,
    "Vehicle": MentionKind.VEHICLE,
    "DocumentReference": MentionKind.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of the network: where, of which kind, how sure."""

    span: Span
    kind: MentionKind
    confidence: float


def marked(analysis: Analysis) -> list[Marked]:
    """Return the network's mentions of an analysed text, in text order."""
    if analysis.findings is None:
        return []
    tokens = analysis.tokens
    return [
        Marked(tokens[m.first].span.cover(tokens[m.last - 1].span), KINDS[m.label], m.confidence)
        for m in analysis.findings.mentions
        if m.label in KINDS
    ]


def merge_mentions(
    by_rule: Sequence[Mention], analysis: Analysis, resolve: Callable[[Marked, Mention | None], Mention]
) -> Iterator[Mention]:
    """Yield the mentions of one text, none overlapping.

    resolve: makes a mention of a marked one; the second argument is the rules' mention that it replaces, if any.
    """
    found = marked(analysis)
    if not found:
        yield from by_rule
        return
    used: set[Span] = set()
    kept: list[Span] = []
    for mention in by_rule:
        rivals = [each for each in found if each.span.overlaps(mention.span)]
        sure = [each for each in rivals if each.confidence > SPAN_SURE]
        if sure:
            for each in sure:
                if each.span not in used:
                    used.add(each.span)
                    kept.append(each.span)
                    yield resolve(each, mention)
        elif rivals or _credible(analysis, mention.span):
            used.update(each.span for each in rivals)
            kept.append(mention.span)
            yield mention
    for each in found:
        if each.span not in used and each.confidence > NEW_SURE and not any(each.span.overlaps(span) for span in kept):
            yield resolve(each, None)


def _credible(analysis: Analysis, span: Span) -> bool:
    words = words_of(analysis.tokens, span)
    assert analysis.findings is not None
    return words is None or analysis.findings.share_of_mentions(words) >= DOUBT
