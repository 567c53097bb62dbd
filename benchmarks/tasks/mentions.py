"""Mentions of actors, places, times, numbers and weapons in re3d, and names elsewhere.

re3d's types and ours do not meet everywhere; the mapping below is fixed and one way. Our organisations and
groups (peoples, classes: "militant groups", "civilians") are both Organisation, which is what re3d calls
every collective party. CoNLL files (WikiGold, WNUT, CrossNER) are scored as recall of names, untyped, because
their types differ and because a tool that marks more than names must not be punished there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.conll import ConllDocument, is_conll, read_conll
from benchmarks.ours import mentions
from benchmarks.re3d import SPLITS, Re3dDocument, read_re3d
from benchmarks.scoring import Labelled, f1, mean, outermost, pair_by_overlap, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task

TYPES = {
    "person": "Person",
    "organisation": "Organisation",
    "group": "Organisation",
    "nationality": "Nationality",
    "place": "Location",
    "time": "Temporal",
    "quantity": "Quantity",
    "money": "Money",
    "weapon": "Weapon",
    "platform": "MilitaryPlatform",
    "vehicle": "Vehicle",
    "document": "DocumentReference",
}
UNTYPED = "untyped"
MEASURED = "measured on a document split of all of re3d, design/models.md 3"
SENTENCE_SPLIT = "ConfliBERT workbook, easier sentence split that shares documents"


def score_re3d(document: str, words: int, gold: Sequence[Labelled], found: Sequence[Labelled]) -> DocumentScore:
    """Count exact and overlapping matches of one document, by type and without types.

    gold: labelled with re3d types; found: with ours, mapped and reduced to the outermost span of a nest as
    the gold is. Values are named "exact Person gold", "exact Person found", "exact Person hits", and likewise
    with "overlap".
    """
    mapped = outermost(Labelled(each.start, each.end, TYPES[each.label]) for each in found if each.label in TYPES)
    values: dict[str, list[float]] = {}
    for label in sorted({each.label for each in (*gold, *mapped)}):
        ours = [each for each in mapped if each.label == label]
        theirs = [each for each in gold if each.label == label]
        _count(values, label, theirs, ours)
    _count(values, UNTYPED, [_bare(each) for each in gold], [_bare(each) for each in mapped])
    return DocumentScore(document, words, values)


def _count(values: dict[str, list[float]], label: str, gold: Sequence[Labelled], found: Sequence[Labelled]) -> None:
    values[f"gold {label}"] = [len(gold)]
    values[f"found {label}"] = [len(found)]
    values[f"exact {label}"] = [len(set(gold) & set(found))]
    values[f"overlap {label}"] = [len(pair_by_overlap(gold, found))]


def _bare(span: Labelled) -> Labelled:
    return Labelled(span.start, span.end)


def score_names(document: ConllDocument, found: Sequence[Labelled]) -> DocumentScore:
    """Count which names of a CoNLL document our mentions hit: exactly, wholly covered, or in part."""
    spans = [_bare(each) for each in found]
    exact = set(spans)
    names = [_bare(each) for each in document.names]
    values = {
        "names": [float(len(names))],
        "names exact": [float(sum(name in exact for name in names))],
        "names covered": [float(sum(any(_covers(span, name) for span in spans) for name in names))],
        "names overlap": [float(sum(any(span.overlap(name) for span in spans) for name in names))],
    }
    return DocumentScore(document.id, word_count(document.text), values)


def _covers(span: Labelled, name: Labelled) -> bool:
    return span.start <= name.start and name.end <= span.end


def mention_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Turn counts into micro F1 over all types, macro F1 over the types with gold, and F1 per type."""
    total = sums(scores)
    if "names" in total:
        ways = ("exact", "covered", "overlap")
        return {f"names_{way}_recall": ratio(total[f"names {way}"], total["names"]) for way in ways}
    labels = sorted(name[5:] for name in total if name.startswith("gold ") and name != f"gold {UNTYPED}")
    gold, found = (sum(total[f"{side} {label}"] for label in labels) for side in ("gold", "found"))
    metrics: dict[str, float | None] = {}
    hits = {way: sum(total[f"{way} {label}"] for label in labels) for way in ("exact", "overlap")}
    with_gold = [label for label in labels if total[f"gold {label}"]]
    metrics["micro_f1"] = f1(hits["exact"], found, gold)
    metrics["macro_f1"] = mean(_label_f1(total, "exact", label) or 0.0 for label in with_gold)
    metrics["overlap_f1"] = f1(hits["overlap"], found, gold)
    metrics["overlap_precision"] = ratio(hits["overlap"], found)
    metrics["overlap_recall"] = ratio(hits["overlap"], gold)
    metrics["untyped_exact_f1"] = _label_f1(total, "exact", UNTYPED)
    metrics["untyped_overlap_f1"] = _label_f1(total, "overlap", UNTYPED)
    for label in with_gold:
        metrics[f"f1_{label}"] = _label_f1(total, "exact", label)
        metrics[f"overlap_f1_{label}"] = _label_f1(total, "overlap", label)
        metrics[f"gold_{label}"] = total[f"gold {label}"]
    return metrics


def _label_f1(total: dict[str, float], way: str, label: str) -> float | None:
    return f1(total[f"{way} {label}"], total[f"found {label}"], total[f"gold {label}"])


class Mentions:
    """The ``mentions`` task."""

    name = "mentions"
    summary = "actors, places, times, numbers, weapons in conflict reports (re3d); names (CoNLL)"
    default_data = "re3d"
    also: tuple[str, ...] = (
        "wikigold/wikigold.conll.txt",
        "wnut17/emerging.dev.conll",
        "crossner-politics/dev.txt",
    )
    splits: tuple[str, ...] = SPLITS
    headline: tuple[str, ...] = (
        "overlap_f1",
        "micro_f1",
        "macro_f1",
        "names_covered_recall",
        "names_overlap_recall",
    )
    published: tuple[Published, ...] = (
        Published("spaCy en_core_web_md as it comes", "micro_f1", 0.341, MEASURED),
        Published("spaCy trained on re3d", "micro_f1", 0.609, MEASURED),
        Published("MiniLM 22M fine-tuned on re3d", "micro_f1", 0.639, MEASURED),
        Published("ConfliBERT-Cont-cased", "micro_f1", 0.722, SENTENCE_SPLIT),
        Published("BERT-cased", "micro_f1", 0.704, SENTENCE_SPLIT),
        Published("ConfliBERT-SCR-uncased", "macro_f1", 0.664, SENTENCE_SPLIT),
        Published("BERT-uncased", "macro_f1", 0.634, SENTENCE_SPLIT),
        Published("spaCy en_core_web_md as it comes", "overlap_f1", 0.547, MEASURED),
        Published("spaCy trained on re3d", "overlap_f1", 0.737, MEASURED),
        Published("MiniLM 22M fine-tuned on re3d", "overlap_f1", 0.776, MEASURED),
    )

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score re3d folders, or one CoNLL file (or a folder of them; the split does not apply there)."""
        if is_conll(data):
            return self._score_names(read_conll(data), limit)
        return self._score_re3d(read_re3d(data, split), limit)

    def _score_re3d(self, documents: Iterable[Re3dDocument], limit: int | None) -> Iterator[DocumentScore]:
        for document in islice(documents, limit):
            found = mentions(document.text)
            yield score_re3d(document.id, word_count(document.text), document.entities, found)

    def _score_names(self, documents: Iterable[ConllDocument], limit: int | None) -> Iterator[DocumentScore]:
        for document in islice(documents, limit):
            yield score_names(document, mentions(document.text))

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return micro, macro and per-type F1, or recall of names for CoNLL files."""
        return mention_metrics(scores)


TASK: Task = Mentions()
