"""Who says what: attributions in GUM (rhetorical trees) and in brat pairs as in PolNeAR.

Contents are compared as sets of characters (white space left out), because gold contents can be in pieces.
Pairs are made greedily, one to one, best Jaccard first. ``source_acc`` counts, among the pairs with Jaccard
of at least .3 whose gold names a source, those whose source overlaps ours. PolNeAR attributes intentions and wishes
("plans to", "hopes to"), GUM's trees do not: what we read as such is left out there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.attributions import AttributedDocument, GoldAttribution, is_brat, read_brat
from benchmarks.gum import read_gum
from benchmarks.ours import analyse_each, attributions
from benchmarks.scoring import f1, f1_of, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task

POLNEAR = "PolNeAR test, design/attribution-and-discussion.md"


def content_characters(text: str, attribution: GoldAttribution) -> frozenset[int]:
    """Return the positions of the characters of a content that are not white space."""
    return frozenset(
        position
        for span in attribution.content
        for position in range(span.start, min(span.end, len(text)))
        if not text[position].isspace()
    )


def pair_contents(
    gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]], threshold: float
) -> list[tuple[int, int]]:
    """Pair contents with Jaccard of at least ``threshold``, one to one, the best first."""
    candidates = []
    for place, one in enumerate(gold):
        for where, other in enumerate(found):
            shared = len(one & other)
            if shared and shared / len(one | other) >= threshold:
                candidates.append((-shared / len(one | other), place, where))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, place, where in sorted(candidates):
        if place not in taken[0] and where not in taken[1]:
            taken[0].add(place)
            taken[1].add(where)
            pairs.append((place, where))
    return pairs


def score_document(document: AttributedDocument, found: Sequence[GoldAttribution]) -> DocumentScore:
    """Compare our attributions with the gold ones of one document."""
    gold_sets = [content_characters(document.text, each) for each in document.attributions]
    our_sets = [content_characters(document.text, each) for each in found]
    loose = pair_contents(gold_sets, our_sets, 0.3)
    gold_union: frozenset[int] = frozenset().union(*gold_sets)
    our_union: frozenset[int] = frozenset().union(*our_sets)
    sourced = [(document.attributions[place].source, found[where].source) for place, where in loose]
    values: dict[str, list[float]] = {
        "gold": [len(gold_sets)],
        "found": [len(our_sets)],
        "hits 30": [len(loose)],
        "hits 80": [len(pair_contents(gold_sets, our_sets, 0.8))],
        "gold characters": [len(gold_union)],
        "found characters": [len(our_union)],
        "shared characters": [len(gold_union & our_union)],
        "sourced": [sum(source is not None for source, _ in sourced)],
        "right sources": [sum(bool(one and other and one.overlap(other)) for one, other in sourced)],
    }
    if "_news_" in document.id:
        for name in ("gold", "found", "hits 30"):
            values[f"news {name}"] = values[name]
    return DocumentScore(document.id, word_count(document.text), values)


def attribution_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return F1 at two thresholds, F1 over content characters and accuracy of sources."""
    total = sums(scores)
    precision = ratio(total["shared characters"], total["found characters"]) or 0.0
    recall = ratio(total["shared characters"], total["gold characters"]) or 0.0
    metrics: dict[str, float | None] = {
        "f1_j30": f1(total["hits 30"], total["found"], total["gold"]),
        "f1_j80": f1(total["hits 80"], total["found"], total["gold"]),
        "content_char_f1": f1_of(precision, recall) if total["gold characters"] else None,
        "source_acc": ratio(total["right sources"], total["sourced"]),
        "precision_j30": ratio(total["hits 30"], total["found"]),
        "recall_j30": ratio(total["hits 30"], total["gold"]),
        "gold": total["gold"],
        "found": total["found"],
    }
    if "news gold" in total:
        metrics["f1_j30_news"] = f1(total["news hits 30"], total["news found"], total["news gold"])
    return metrics


class Attributions:
    """The ``attribution`` task."""

    name = "attribution"
    summary = "who says what: source, cue and content (GUM; brat pairs as in PolNeAR)"
    default_data = "gum-open"
    splits: tuple[str, ...] = ("test", "dev", "train", "all")
    headline: tuple[str, ...] = ("f1_j30", "f1_j80", "content_char_f1", "source_acc")
    published: tuple[Published, ...] = (
        Published("GenderGapTracker", "f1_j30", 0.554, POLNEAR),
        Published("textacy", "f1_j30", 0.257, POLNEAR),
        Published("GenderGapTracker", "f1_j80", 0.379, POLNEAR),
        Published("textacy", "f1_j80", 0.146, POLNEAR),
        Published("GenderGapTracker", "content_char_f1", 0.686, POLNEAR),
        Published("textacy", "content_char_f1", 0.395, POLNEAR),
        Published("GenderGapTracker", "source_acc", 0.822, POLNEAR),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score brat pairs or GUM; a folder of pairs without folders per split is scored whole."""
        brat = is_brat(data)
        documents = read_brat(data, split) if brat else read_gum(data, split)
        for document, analysis in analyse_each(documents, lambda each: each.text, limit):
            yield score_document(document, attributions(analysis, intentions=brat))

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return F1 of contents and accuracy of sources."""
        return attribution_metrics(scores)


TASK: Task = Attributions()
