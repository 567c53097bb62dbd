"""Records of attacks: how gold answers are read and how answers are scored."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.hrds.record import Record, plain_place, read_articles, read_gold, read_paragraphs
from benchmarks.hrds.scoring import score_record
from benchmarks.tasks.attack_record import TASK, AttackRecordTask

EMPTY = Record(None, frozenset(), (), None, None, None, None, None, None)
GOLD = {
    "perpetrator_mention": True,
    "perpetrator_type": "state actor",
    "violation_types": ["killing", "unknown", "torture"],
    "year": "2020.0",
    "month": "Novermber",
    "date": "2021.0",
    "city": "N/a",
    "region": "None",
    "country": "USA",
    "victims": [{"victim_name": "Ana Ruiz"}, {"victim_name": None}, {"victim_name": "Ana Ruiz"}],
}
STATED = Record("state actor", frozenset({"killing", "torture"}), ("Ana Ruiz",), "USA", None, None, 2020, 11, None)


def test_gold_answers_are_read_with_their_typing_errors() -> None:
    assert read_gold(GOLD) == STATED


@pytest.mark.parametrize(("month", "number"), [("07", 7), ("7.0", 7), ("May", 5), ("unknown", None), ("Xyz", None)])
def test_months_are_read_as_numbers_or_names(month: str, number: int | None) -> None:
    assert read_gold(GOLD | {"month": month}).month == number


def test_markup_becomes_paragraphs() -> None:
    assert read_paragraphs("<p>A &amp; B <b>c</b></p> <p></p><p>D</p>") == "A & B c\n\nD"


@pytest.mark.parametrize(
    ("one", "other"),
    [("USA", "the United States"), ("Burma", "Myanmar"), ("Lagos City", "Lagos"), ("England", "UK")],
)
def test_names_of_one_place_compare_equal(one: str, other: str) -> None:
    assert plain_place(one) == plain_place(other)


def test_an_honest_blank_is_right_but_not_for_the_published_reading() -> None:
    scores = score_record(EMPTY, STATED)
    assert scores["city"] == (1.0, 0.0)
    assert scores["country"] == (0.0, 0.0)
    assert score_record(STATED, STATED)["country"] == (1.0, 1.0)


def test_lists_are_counted_by_hand() -> None:
    ours = Record(None, frozenset({"killing", "other"}), ("Ruiz", "Bo Li"), *(None,) * 6)
    scores = score_record(ours, STATED)
    assert scores["violation"] == (1.0, 2.0, 2.0)
    assert scores["victim_name"] == (0.0, 2.0, 1.0)
    assert scores["victim_name_fuzzy"] == (1.0, 2.0, 1.0)


def test_no_violation_found_means_the_label_unknown() -> None:
    assert score_record(EMPTY, EMPTY)["violation"] == (1.0, 1.0, 1.0)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    row = {
        "sample": {
            "Input.GLOBALEVENTID": 7,
            "Input.title": "T",
            "Input.publish_date": "2020-11-30 02:48:13",
            "Input.article_interface": "<p>Ana Ruiz was killed.</p>",
        },
        "merged_sample": GOLD,
    }
    blank = row | {"merged_sample": GOLD | dict.fromkeys(("country", "year", "month"), "None")}
    (tmp_path / "dev.json").write_text(json.dumps([row, blank]))
    return tmp_path


def test_articles_are_read(corpus: Path) -> None:
    article = read_articles(corpus, "dev")[0]
    assert (article.id, article.text, article.published) == ("7", "Ana Ruiz was killed.", date(2020, 11, 30))


def test_the_gold_as_answer_scores_one(corpus: Path) -> None:
    task = AttackRecordTask(fill=lambda article: article.record)
    figures = task.metrics(list(task.score(corpus, "dev", None)))
    assert {figures[key] for key in TASK.headline} == {1.0}
    assert figures["country_acc_published"] == 0.5


def test_no_answer_is_right_only_where_nothing_is_stated(corpus: Path) -> None:
    task = AttackRecordTask(fill=lambda article: EMPTY)
    figures = task.metrics(list(task.score(corpus, "dev", None)))
    assert figures["violation_f1"] == figures["victim_name_f1"] == figures["perpetrator_type_acc"] == 0.0
    assert (figures["country_acc"], figures["city_acc"]) == (0.5, 1.0)
    assert figures["city_acc_published"] == 0.0


def test_every_published_metric_is_a_figure(corpus: Path) -> None:
    task = AttackRecordTask(fill=lambda article: EMPTY)
    figures = task.metrics(list(task.score(corpus, "dev", 1)))
    assert {row.metric for row in TASK.published} <= set(figures)
