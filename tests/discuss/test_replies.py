"""Which comment answers which, and how sure that is."""

from __future__ import annotations

from reportedly.discuss import split_discussion
from reportedly.model import Certainty, Passage, Report
from reportedly.read import read_bytes, read_text

ARTICLE = (
    "Convoy reaches the valley\n\nA convoy of eleven trucks reached the valley on Thursday, the council said, "
    "after two weeks in which the road had been closed by shelling from both banks of the river.\n\n"
)


def thread(*comments: tuple[str, str]) -> list[Passage]:
    """Return the comments of a page that signs each with a name and a time."""
    tail = "\n\n".join(
        f"{name} March {number}, 2021 at 3:4{number % 10} pm\n\n{text}"
        for number, (name, text) in enumerate(comments, 1)
    )
    report = read_text(ARTICLE + tail)
    found = [p for p in split_discussion(report, key=b"k") if p.comment]
    assert [p.author for p in found] == [name for name, _ in comments]
    return found


def links(found: list[Passage]) -> list[int | None]:
    number = {p.index: p.comment for p in found}
    return [None if p.answers is None else number[p.answers] for p in found]


def test_words_quoted_again_are_a_clear_answer() -> None:
    found = thread(
        ("Mira", "The bridge was mined by the locals."),
        ("Tomas", "A new road is needed."),
        ("Anke", "“Mined by the locals”? Who says that?"),
    )
    assert links(found) == [None, None, 1]
    assert found[2].answers_certainty is Certainty.CLEAR


def test_a_reader_spoken_to_by_name_is_answered() -> None:
    found = thread(
        ("Mira", "The bridge was mined."), ("Tomas", "A new road is needed."), ("Anke", "That is nonsense, Mira.")
    )
    assert links(found) == [None, None, 1]


def test_of_two_comments_of_the_one_named_the_one_about_the_same_thing_is_answered() -> None:
    found = thread(
        ("Mira", "The bridge was mined."),
        ("Tomas", "A new road is needed."),
        ("Mira", "Flour is dearer than ever."),
        ("Anke", "The bridge never was, Mira."),
    )
    assert links(found)[3] == 1


def test_you_and_yes_answer_the_comment_before() -> None:
    found = thread(("Mira", "The bridge was mined."), ("Tomas", "How would you know?"), ("Anke", "Exactly."))
    assert links(found) == [None, 1, 2]
    assert found[1].answers_certainty is Certainty.LIKELY
    assert "you" in found[1].answers_why


def test_remarks_on_the_matter_answer_the_article() -> None:
    found = thread(
        ("Mira", "The bridge was mined."),
        ("Tomas", "Flour is dearer than ever."),
        ("Anke", "Thank you for this article."),
        ("Omar", "Victory awaits."),
    )
    assert links(found) == [None, None, None, None]


def test_nobody_answers_himself() -> None:
    found = thread(("Mira", "The bridge was mined."), ("Mira", "You will see."), ("Mira", "Yes, mined."))
    assert links(found) == [None, None, None]


def test_a_name_that_is_a_word_of_the_article_is_no_address() -> None:
    found = thread(("River", "Nothing new."), ("Tomas", "The river is high."), ("Anke", "The river is low."))
    assert links(found) == [None, None, None]


def test_comments_set_in_further_answer_the_one_above() -> None:
    tail = (
        "Mira March 1, 2021 at 3:41 pm\n\nI hope it holds.\n\n"
        "    Tomas March 1, 2021 at 3:42 pm\n\n    It may.\n\n"
        "        Anke March 1, 2021 at 3:43 pm\n\n        It will.\n\n"
        "Omar March 1, 2021 at 3:44 pm\n\nFlour is dearer than ever.\n"
    )
    found = [p for p in split_discussion(read_text(ARTICLE + tail), key=b"k") if p.comment]
    assert links(found) == [None, 1, 2, None]
    assert found[1].answers_certainty is Certainty.CLEAR


def test_links_that_the_source_states_are_left_alone() -> None:
    record = (
        b'{"text": "It held.", "comments": [{"id": 1, "author": "A", "text": "x"}, '
        b'{"id": 2, "author": "B", "text": "You lie, A."}, {"id": 3, "author": "C", "text": "y", "answers": 1}]}'
    )
    (report,) = read_bytes(record, name="a.jsonl")
    assert isinstance(report, Report)
    found = [p for p in split_discussion(report, key=b"k") if p.comment]
    assert links(found) == [None, None, 1]
    assert found[2].answers_certainty is Certainty.STATED


def test_praise_answers_the_article() -> None:
    found = thread(
        ("Mira", "You forgot the river."),
        (
            "Tomas",
            "Looks good. I drew mine with the road, the bridge and both of the towns, in red and in green ink. A fine map any way you turn it.",
        ),
        ("Anke", "Indeed very good advice."),
    )
    assert links(found) == [None, None, None]


def test_praise_with_you_beside_it_still_answers() -> None:
    found = thread(("Mira", "The bridge was mined."), ("Tomas", "Good that you saw it."))
    assert links(found) == [None, 1]


def test_shared_words_alone_prove_no_answer() -> None:
    found = thread(
        ("Mira", "The Ostrova ferry sank twice. How was that possible?"),
        ("Tomas", "Mira, the ferry never sank."),
        ("Mira", "The harbour pilot saw it."),
        ("Omar", "Any pilot knows: the harbour silts up. Who dredges it?"),
    )
    assert links(found) == [None, 1, None, None]


def test_you_beside_the_name_of_another_reader_is_that_readers() -> None:
    found = thread(("Mira", "The bridge was mined."), ("Tomas", "Flour is dearer."), ("Anke", "Mira, you saw it."))
    assert links(found) == [None, None, 1]


def test_no_before_a_thing_is_no_answer() -> None:
    found = thread(("Mira", "The bridge was mined."), ("Tomas", "No flour in town since Monday."))
    assert links(found) == [None, None]
