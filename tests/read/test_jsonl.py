"""JSON Lines: structure as stated, errors by line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly._errors import InputError
from reportedly.model import Certainty, PassageKind, Report, TimePrecision
from reportedly.read import read_bytes


def read_lines(*records: object) -> list[Report | InputError]:
    data = "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records)
    return list(read_bytes(data.encode("utf-8", "surrogatepass"), name="dir/feed.jsonl"))


def read_record(record: object) -> Report:
    (report,) = read_lines(record)
    assert isinstance(report, Report), report
    return report


THREAD = {
    "title": "Truce holds",
    "text": "It held on Monday.\n\nIt held on Tuesday.",
    "outlet": "Northern Wire",
    "published": "2020-03",
    "comments": [
        {"id": 1, "author": "Kim", "text": "Good.", "posted": "2020-03-06T10:00:00Z"},
        {"id": 2, "author": None, "text": "No it did not 😀.", "answers": 1},
        {"id": 3, "text": "Indeed.", "parent": "2"},
    ],
}


def test_a_record_gives_title_paragraphs_and_comments_as_stated() -> None:
    report = read_record(THREAD)
    quoted = [(passage.kind, passage.span.of(report.text)) for passage in report.passages]
    assert quoted == [
        (PassageKind.TITLE, "Truce holds"),
        (PassageKind.PARAGRAPH, "It held on Monday."),
        (PassageKind.PARAGRAPH, "It held on Tuesday."),
        (PassageKind.COMMENT, "Good."),
        (PassageKind.COMMENT, "No it did not 😀."),
        (PassageKind.COMMENT, "Indeed."),
    ]
    comments = report.passages[3:]
    assert [comment.answers for comment in comments] == [None, 3, 4]
    assert [comment.author for comment in comments] == ["Kim", None, None]
    assert comments[1].answers_certainty is Certainty.STATED
    assert comments[0].posted is not None
    assert comments[0].posted.precision is TimePrecision.MINUTE
    assert report.published is not None
    assert report.published.precision is TimePrecision.MONTH


def test_names_of_commenters_are_not_in_the_text() -> None:
    assert "Kim" not in read_record(THREAD).text


def test_flat_text_without_stated_structure_is_left_to_the_splitter() -> None:
    report = read_record({"title": "Truce holds", "text": "Truce holds\n\nIt held.\n\nKim says:\nGood."})
    assert report.passages == ()
    assert report.text == "Truce holds\n\nIt held.\n\nKim says:\nGood."


def test_a_title_that_the_text_lacks_is_put_above_it() -> None:
    assert read_record({"title": "Truce", "text": "It held."}).text == "Truce\n\nIt held."


def test_a_reply_above_its_parent_is_moved_below_it() -> None:
    report = read_record(
        {"text": "It held.", "comments": [{"id": "b", "answers": "a", "text": "No."}, {"id": "a", "text": "Yes."}]}
    )
    first, second = report.passages[1:]
    assert (first.span.of(report.text), second.span.of(report.text)) == ("Yes.", "No.")
    assert second.answers == first.index


def test_comments_that_answer_each_other_in_a_circle_are_cut() -> None:
    report = read_record(
        {
            "text": "It.",
            "comments": [{"id": "a", "answers": "b", "text": "1"}, {"id": "b", "answers": "a", "text": "2"}],
        }
    )
    assert [passage.answers for passage in report.passages if passage.comment] in ([None, 1], [None, 2])


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{broken", "broken JSON"),
        ("[1, 2]", "must be a JSON object"),
        ('{"title": "no words"}', '"text" is missing'),
        ('{"text": 5}', '"text" must be a string'),
        ('{"text": "a", "comments": "b"}', '"comments" must be a list'),
        ('{"paragraphs": "b"}', '"paragraphs" must be a list'),
        ("[" * 100_000, "broken JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_others_go_on(line: str, cause: str) -> None:
    first, error, last = read_lines({"text": "One."}, line, {"text": "Two."})
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(error, InputError)
    assert cause in error.cause
    assert error.name.endswith("#2")


def test_unknown_keys_are_noted() -> None:
    report = read_record({"text": "It held.", "mood": 1, "comments": [{"text": "a", "likes": 2}]})
    assert report.notes == ("ignored keys: mood, comments.likes",)


def test_a_date_that_cannot_be_read_is_noted_and_not_guessed() -> None:
    report = read_record({"text": "It held.", "published": "03/05/2020"})
    assert report.published is None
    assert any("not understood" in note for note in report.notes)


def test_the_key_is_url_then_id_then_line() -> None:
    keys = [
        report.key
        for report in read_lines({"text": "a", "url": "https://e.org", "id": 1}, {"text": "a", "id": 7}, {"text": "a"})
        if isinstance(report, Report)
    ]
    assert keys == ["https://e.org", "dir/feed.jsonl#7", "dir/feed.jsonl#3"]


def test_blank_lines_and_a_byte_order_mark_are_no_reports() -> None:
    data = b'\xef\xbb\xbf{"text": "One."}\r\n\r\n  \n{"text": "Two."}'
    assert [type(outcome) for outcome in read_bytes(data, name="f.ndjson")] == [Report, Report]


def test_half_a_surrogate_pair_is_replaced() -> None:
    report = read_record('{"text": "a \\ud83d b"}')
    report.text.encode("utf-8")


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=30)


@given(
    paragraphs=st.lists(WORDS, min_size=1, max_size=4),
    comments=st.lists(st.tuples(WORDS, st.none() | WORDS), max_size=5),
    title=st.none() | WORDS,
)
def test_records_come_back_as_they_went_in(
    paragraphs: list[str], comments: list[tuple[str, str | None]], title: str | None
) -> None:
    report = read_record(
        {
            "title": title,
            "paragraphs": paragraphs,
            "language": "en",
            "comments": [{"text": text, "author": author} for text, author in comments],
        }
    )
    told = [passage.span.of(report.text) for passage in report.passages]
    assert told == [*([title] if title else []), *paragraphs, *(text for text, _ in comments)]
    assert [passage.author for passage in report.passages if passage.comment] == [author for _, author in comments]
