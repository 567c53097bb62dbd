"""Article and comments told apart in flat text, in the layouts that pages are copied in."""

from __future__ import annotations

import pytest

from reportedly.discuss import split_discussion
from reportedly.model import Certainty, Passage, PassageKind, Report
from reportedly.read import read_text

KEY = b"a key of the test"
TITLE = "Convoy reaches the besieged valley"
ARTICLE = (
    "A convoy of eleven trucks reached the valley on Thursday, the provincial council said, after two weeks "
    "in which the road had been closed by shelling from both banks of the river.",
    "The trucks carried flour, fuel and medicine. According to the council, a second convoy is planned for Sunday "
    "if the road stays open and if the parties keep to the pause that they agreed on.",
    "Residents reported that drones had circled over the road all morning. Neither party commented on the flights.",
)
FLAT = "\n\n".join((TITLE, *ARTICLE))


def split(text: str) -> tuple[Report, list[Passage]]:
    report = read_text(text)
    return report, list(split_discussion(report, key=KEY))


def comments_of(text: str) -> list[tuple[str | None, str]]:
    report, passages = split(text)
    return [(p.author, p.span.of(report.text)) for p in passages if p.kind is PassageKind.COMMENT]


def article_of(text: str) -> list[str]:
    report, passages = split(text)
    return [p.span.of(report.text) for p in passages if p.in_article]


BODIES = (
    "Thanks for this. I doubt that the second convoy will make it.",
    "You always doubt everything. My cousin drives one of those trucks!",
    "I hope he is safe.",
)
NAMES = ("Mira Holt", "oldriver77", "Mira Holt")
SPOKEN = tuple(zip(NAMES, BODIES, strict=True))

LAYOUTS = {
    "name and time on one line": "\n\n".join(
        f"{name} March {day}, 2021 at 3:4{day} pm\n\n{body}" for day, (name, body) in enumerate(SPOKEN, 1)
    ),
    "says, then time": "\n\n".join(
        f"{name} says:\nMarch {day}, 2021 at 3:4{day} pm\n\n{body}" for day, (name, body) in enumerate(SPOKEN, 1)
    ),
    "name line, time line": "\n\n".join(
        f"{name}\n{day} hours ago\n{body}" for day, (name, body) in enumerate(SPOKEN, 2)
    ),
    "posted by, below": "\n\n".join(
        f"{body}\n\nPosted by: {name} | March 0{day}, 2021 at 03:41 PM" for day, (name, body) in enumerate(SPOKEN, 1)
    ),
    "numbered": "\n\n".join(
        f"{day}. {name} - {day} March, 2021, 10:15\n\n    {body}" for day, (name, body) in enumerate(SPOKEN, 1)
    ),
    "bare names": "\n\n".join(f"{name}\n\n{body}" for name, body in SPOKEN),
    "heading and bare names": "3 Comments\n\n" + "\n\n".join(f"{name}\n{body}" for name, body in SPOKEN),
    "with buttons": "Comments (3)\n\n"
    + "\n\n".join(f"{name}\n{day} hours ago\n{body}\nReply\nShare" for day, (name, body) in enumerate(SPOKEN, 2)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_come_out_with_author_and_text(layout: str) -> None:
    text = f"{FLAT}\n\n{LAYOUTS[layout]}\n"
    assert comments_of(text) == list(SPOKEN)
    assert article_of(text) == [TITLE, *ARTICLE]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_ends_of_windows_change_nothing(layout: str) -> None:
    text = f"{FLAT}\n\n{LAYOUTS[layout]}\n".replace("\n", "\r\n")
    assert [author for author, _ in comments_of(text)] == list(NAMES)
    assert len(article_of(text)) == 4


BARE = """


I do not believe a word of this.

Mira Holt

The road was open when I drove it yesterday. You can check it yourself.

oldriver77

Open for you maybe.

We waited for six hours at the bridge, and my son was ill.

Nobody told us why.

Mira Holt


tin drum

sounds like the usual story

Mira Holt

That is not what I meant, and you know it.


I agree with the driver :)
"""


def test_a_wide_gap_marks_a_lost_name_and_a_lost_body() -> None:
    assert comments_of(FLAT + BARE) == [
        (None, "I do not believe a word of this."),
        ("Mira Holt", "The road was open when I drove it yesterday. You can check it yourself."),
        (
            "oldriver77",
            "Open for you maybe.\n\nWe waited for six hours at the bridge, and my son was ill.\n\nNobody told us why.",
        ),
        ("Mira Holt", ""),
        ("tin drum", "sounds like the usual story"),
        ("Mira Holt", "That is not what I meant, and you know it."),
        (None, "I agree with the driver :)"),
    ]


def test_how_sure_an_author_is_follows_from_the_cue() -> None:
    _, passages = split(FLAT + BARE)
    sure = {p.author: p.certainty for p in passages if p.comment}
    assert sure["Mira Holt"] is Certainty.CLEAR
    assert sure["tin drum"] is Certainty.LIKELY
    assert sure[None] is Certainty.LIKELY


NO_COMMENTS = {
    "plain article": FLAT,
    "one paragraph": ARTICLE[0],
    "headings": f"{TITLE}\n\nThe Road\n\n{ARTICLE[0]}\n\nThe Cargo\n\n{ARTICLE[1]}\n\nThe Drones\n\n{ARTICLE[2]}",
    "byline and date": f"{TITLE}\n\nBy Ada Lindqvist\n\nMarch 4, 2021 at 5:12 pm\n\n" + "\n\n".join(ARTICLE),
    "speech": f"{FLAT}\n\nThe governor said:\n\n“You will get your bread, I promise you. We are doing what we can!”",
    "interview": f"{TITLE}\n\n{ARTICLE[0]}\n\n"
    "Q: Will you go back?\n\nA: I will, if you let me.\n\nQ: When?\n\nA: On Sunday.",
    "chronology": f"{TITLE}\n\n{ARTICLE[0]}\n\n"
    "4 March 2021\n\nThe road is closed.\n\n9 March 2021\n\nThe road opens.\n\n11 March 2021\n\nThe convoy arrives.",
    "captions": f"{TITLE}\n\n{ARTICLE[0]}\n\nEnlarge Photo\n\n{ARTICLE[1]}\n\nEnlarge Photo\n\n{ARTICLE[2]}",
    "posted by": f"{FLAT}\n\nPosted by Ada Lindqvist at 9:50 AM",
    "wide gaps": "\n\n\n".join((TITLE, *ARTICLE, *ARTICLE)),
    "one word": "Truce",
    "nothing but blanks": " \n \n\t",
}


@pytest.mark.parametrize("case", NO_COMMENTS)
def test_an_article_without_comments_is_not_split(case: str) -> None:
    assert comments_of(NO_COMMENTS[case]) == []


def test_a_byline_and_a_date_line_are_furniture() -> None:
    report, passages = split(NO_COMMENTS["byline and date"])
    furniture = [p.span.of(report.text) for p in passages if p.kind is PassageKind.FURNITURE]
    assert furniture == ["By Ada Lindqvist", "March 4, 2021 at 5:12 pm"]


def test_one_paragraph_has_no_title() -> None:
    assert article_of(ARTICLE[0]) == [ARTICLE[0]]
    _, (only,) = split(ARTICLE[0])
    assert only.kind is PassageKind.PARAGRAPH


@pytest.mark.parametrize(
    "first",
    ["The convoy arrived on Thursday.", "The convoy left. It came back on Sunday"],
    ids=["full stop", "two sentences"],
)
def test_a_first_sentence_is_no_title(first: str) -> None:
    _, passages = split(f"{first}\n\n{ARTICLE[0]}")
    assert passages[0].kind is PassageKind.PARAGRAPH


def test_a_stated_title_is_stated() -> None:
    report = read_text(f"Title: {TITLE}\nDate: 2021-03-04\n\n{FLAT}")
    passages = split_discussion(report, key=KEY)
    assert [p.kind for p in passages[:2]] == [PassageKind.FURNITURE, PassageKind.TITLE]
    assert passages[1].certainty is Certainty.STATED


def test_a_title_may_stand_right_above_its_text() -> None:
    assert article_of(f"{TITLE}\n{ARTICLE[0]}\n{ARTICLE[1]}") == [TITLE, ARTICLE[0], ARTICLE[1]]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "A convoy of eleven trucks reached the valley on Thursday, the\n"
        "provincial council said, after two weeks in which the road\nhad been closed."
    )
    assert article_of(f"{wrapped}\n\nThe road is open.") == [wrapped, "The road is open."]


def test_the_day_of_a_comment_is_kept() -> None:
    _, passages = split(f"{FLAT}\n\n{LAYOUTS['says, then time']}")
    posted = [p.posted.start.date().isoformat() for p in passages if p.posted and p.posted.start]
    assert posted == ["2021-03-01", "2021-03-02", "2021-03-03"]


def test_offsets_count_code_points_beside_emoji_and_right_to_left_text() -> None:
    text = f"{FLAT}\n\nReem 😀 says:\nI was there 😀😀 هذا صحيح\n\nعمر says:\nYou were not! أنا متأكد\n"
    assert comments_of(text) == [("Reem 😀", "I was there 😀😀 هذا صحيح"), ("عمر", "You were not! أنا متأكد")]


def test_a_title_that_only_the_header_states_is_the_title() -> None:
    body = "\n\n".join(ARTICLE)
    report, passages = split(f"Outlet: Wire\nTitle: {TITLE}\nDate: 2021-03-04\n\n{body}")
    assert [(p.kind, p.span.of(report.text)) for p in passages if p.in_article] == [
        (PassageKind.TITLE, TITLE),
        *((PassageKind.PARAGRAPH, paragraph) for paragraph in ARTICLE),
    ]
    assert [p.kind for p in passages[:3]] == [PassageKind.FURNITURE, PassageKind.TITLE, PassageKind.FURNITURE]
