"""How predicates are put: eleven modalities, what is yet to come, what hangs on a condition.

Data: JSON lines of our own (``benchmarks/data/README.md``), written and labelled by somebody who knew neither
the training sentences nor the rules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.ours import Assessment, analyse_each, assess_each, token_at
from benchmarks.scoring import label_f1, macro_f1, ratio, sums, word_count
from benchmarks.task import DocumentScore, Metrics, Published, Task
from reportedly.model import Modality

# What the doer means, others foretell or somebody holds out is yet to come, whatever the words.
AHEAD = frozenset({Modality.PLANNED, Modality.PREDICTED, Modality.THREATENED})


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate: where its word begins, and how it is put."""

    start: int
    modality: str
    future: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its predicates."""

    id: str
    text: str
    predicates: tuple[Predicate, ...]


def read_passages(data: Path, split: str) -> Iterator[Passage]:
    """Yield the passages of a split ("dev", "test", "all")."""
    for line in data.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {}
        if row and split in ("all", row["split"]):
            found = (
                Predicate(locate(row["text"], each["t"]), each["class"], bool(each.get("future")),
                          bool(each.get("conditional")))
                for each in row["predicates"]
            )  # fmt: skip
            yield Passage(row["id"], row["text"], tuple(found))


def locate(text: str, value: str) -> int:
    """Return where a whole word begins; "#2" behind it means its second occurrence."""
    word, _, count = value.partition("#")
    starts = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    return starts[int(count or 1) - 1]


def score_passage(passage: Passage, assessments: Sequence[Assessment]) -> DocumentScore:
    """Count cells of the class table and of the two yes-or-no questions."""
    values: dict[str, list[float]] = {}
    for gold, found in zip(passage.predicates, assessments, strict=True):
        modality = Modality.DENIED if found.negated and found.modality is Modality.ASSERTED else found.modality
        ahead = found.future or found.modality in AHEAD
        hangs = found.conditional or found.modality is Modality.CONDITIONAL
        for cell in (
            f"class {gold.modality} {modality.value}",
            f"future {gold.future} {ahead}",
            f"conditional {gold.conditional} {hangs}",
        ):
            values.setdefault(cell, []).append(1.0)
    return DocumentScore(passage.id, word_count(passage.text), values)


def modality_metrics(scores: Sequence[DocumentScore]) -> Metrics:
    """Return accuracy and macro F1 over the classes, F1 a class, and F1 of future and conditional."""
    total = sums(scores)
    tables: dict[str, dict[tuple[str, str], float]] = {"class": {}, "future": {}, "conditional": {}}
    for name, count in total.items():
        table, gold, found = name.split(" ")
        tables[table][gold, found] = count
    classes = tables["class"]
    right = sum(count for (gold, found), count in classes.items() if gold == found)
    metrics: dict[str, float | None] = {
        "f1_conditional": label_f1(tables["conditional"], "True"),
        "f1_future": label_f1(tables["future"], "True"),
        "accuracy": ratio(right, sum(classes.values())),
        "macro_f1": macro_f1(classes),
        "predicates": sum(classes.values()),
    }
    for label in sorted({gold for gold, _ in classes}):
        metrics[f"f1_class_{label}"] = label_f1(classes, label)
    return metrics


class ModalityTask:
    """The ``modality`` task."""

    name = "modality"
    summary = "how predicates are put: eleven modalities, future, conditional (our own blind gold)"
    default_data = "benchmarks/data/modality.jsonl"
    splits: tuple[str, ...] = ("test", "dev", "all")
    headline: tuple[str, ...] = ("f1_conditional", "f1_future", "accuracy", "macro_f1")
    published: tuple[Published, ...] = ()

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the passages of a split."""
        passages = islice(read_passages(data, split), limit)
        for passage, analysis in analyse_each(passages, lambda each: each.text):
            tokens = [token_at(analysis, each.start) for each in passage.predicates]
            yield score_passage(passage, assess_each(analysis, tokens))

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Return the figures of the class table and the two questions."""
        return modality_metrics(scores)


TASK: Task = ModalityTask()
