"""The report that the project began with, against what a perfect reader finds in it (counts, not its words)."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.discuss import split_discussion
from reportedly.model import Certainty, Passage, PassageKind, Report
from reportedly.read import read_path

SPECIMEN = Path(__file__).resolve().parents[3] / "shared" / "specimen" / "report.txt"
ANSWERS = {3: 2, 4: 3, 5: 4, 6: 3, 7: 6, 8: 3, 10: 9, 13: 12, 15: 14, 16: 15, 17: 16, 18: 16}
UNNAMED = {1, 6, 13, 16}

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not SPECIMEN.is_file(), reason="the specimen is not beside the repository"),
]


@pytest.fixture(scope="module")
def report() -> Report:
    (report,) = read_path(SPECIMEN)
    assert isinstance(report, Report)
    return report


@pytest.fixture(scope="module")
def passages(report: Report) -> tuple[Passage, ...]:
    return split_discussion(report, key=b"k")


def test_title_paragraphs_and_boundary_are_exact(passages: tuple[Passage, ...]) -> None:
    article = [(p.kind, p.span.start, p.span.end) for p in passages if p.in_article]
    assert article == [
        (PassageKind.TITLE, 0, 71),
        (PassageKind.PARAGRAPH, 73, 406),
        (PassageKind.PARAGRAPH, 408, 652),
        (PassageKind.PARAGRAPH, 654, 996),
        (PassageKind.PARAGRAPH, 998, 1190),
    ]


def test_twenty_comments_have_the_right_authors(passages: tuple[Passage, ...]) -> None:
    comments = [p for p in passages if p.kind is PassageKind.COMMENT]
    named = [p.author for p in comments if p.author is not None]
    assert len(comments) == 20
    assert {p.comment for p in comments if p.author is None} == UNNAMED
    assert (len(named), len(set(named))) == (16, 8)
    assert len({p.pseudonym for p in comments}) == 12


def test_bodies_lie_where_the_reading_says(passages: tuple[Passage, ...]) -> None:
    spans = {p.comment: (p.span.start, p.span.end) for p in passages if p.comment}
    assert (spans[1], spans[4], spans[9], spans[18], spans[20]) == (
        (1193, 1294),
        (1876, 4753),
        (5102, 5222),
        (6627, 7570),
        (7693, 7832),
    )
    assert spans[7][0] == spans[7][1]


def test_at_least_ten_of_twelve_reply_links_are_right_and_none_is_invented(passages: tuple[Passage, ...]) -> None:
    number = {p.index: p.comment for p in passages}
    found = {p.comment: number[p.answers] for p in passages if p.comment and p.answers is not None}
    assert sum(found.get(comment) == parent for comment, parent in ANSWERS.items()) >= 10
    assert set(found) <= set(ANSWERS)


def test_the_answer_of_the_empty_comment_is_ambiguous(passages: tuple[Passage, ...]) -> None:
    (empty,) = [p for p in passages if p.comment == 7]
    assert empty.answers_certainty is Certainty.AMBIGUOUS
