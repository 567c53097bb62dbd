"""HRDsAttack: from one article the violation, the kind of perpetrator, victims, country, city and date.

Data: ``train.json``, ``dev.json``, ``test.json`` as distributed. "Not stated" is an answer: see
``benchmarks/hrds/scoring.py`` for the two readings of accuracy; the published figures belong to the keys that
end in ``_published``. ``victim_name_f1`` asks for the exact string, as published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import reportedly
from benchmarks.hrds.filler import fill_record
from benchmarks.hrds.record import Article, Record, read_articles
from benchmarks.hrds.scoring import SINGLE, score_record
from benchmarks.task import DocumentScore, Metrics, Published

_SOURCE = "Ran et al., Findings of ACL 2023, T5-large, test; strings compared as they are"
_PUBLISHED = (
    ("violation_f1", 0.714),
    ("perpetrator_type_acc_published", 0.620),
    ("victim_name_f1", 0.474),
    ("country_acc_published", 0.660),
    ("city_acc_published", 0.230),
    ("year_acc_published", 0.500),
    ("day_acc_published", 0.140),
)


def answer(article: Article) -> Record:
    """Return our record for one article."""
    published = article.published.isoformat() if article.published is not None else None
    reading = reportedly.read(article.text, published=published)
    return fill_record(reading, article.published)


def _sum(scores: Sequence[DocumentScore], name: str) -> list[float]:
    return [sum(column) for column in zip(*(score.values[name] for score in scores), strict=True)]


def _f1(scores: Sequence[DocumentScore], name: str) -> float:
    right, given, wanted = _sum(scores, name)
    return 2 * right / (given + wanted) if given + wanted else 0.0


@dataclass(frozen=True, slots=True)
class AttackRecordTask:
    """The task; ``fill`` can be replaced to score other systems."""

    fill: Callable[[Article], Record] = answer
    name: str = "attack-record"
    summary: str = "HRDsAttack: one record of an attack on human rights defenders per article"
    default_data: str = "hrdsattack"
    splits: tuple[str, ...] = ("dev", "train", "test")
    headline: tuple[str, ...] = (
        "violation_f1",
        "perpetrator_type_acc",
        "victim_name_f1",
        "country_acc",
        "city_acc",
        "year_acc",
        "day_acc",
    )
    published: tuple[Published, ...] = tuple(Published("T5-large", *row, _SOURCE) for row in _PUBLISHED)

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the articles of a split, one record each."""
        for article in read_articles(data, split)[:limit]:
            values = score_record(self.fill(article), article.record)
            yield DocumentScore(article.id, len(article.text.split()), values)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Sum counts over articles and turn them into figures."""
        figures: dict[str, float | None] = {
            f"{name}_f1": _f1(scores, name) for name in ("violation", "victim_name", "victim_name_fuzzy")
        }
        for name in SINGLE:
            right, stated = _sum(scores, name)
            figures[f"{name}_acc"] = right / len(scores)
            figures[f"{name}_acc_published"] = stated / len(scores)
        return figures


TASK = AttackRecordTask()
