"""What holds for every text: spans in order, within the text, and no crash."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.discuss import split_discussion
from reportedly.model import PassageKind, Report
from reportedly.read import read_text

PIECES = st.sampled_from(
    (
        "Mira Holt",
        "Tomas",
        "Mira Holt says:",
        "March 5, 2021 at 3:41 pm",
        "2 hours ago",
        "12 Comments",
        "Posted by: Tomas | March 5, 2021 at 3:41 PM",
        "Reply",
        "I doubt it. You will see!",
        "The convoy reached the valley on Thursday, the council said, after two weeks of shelling along the road.",
        "Yes, Mira 😀",
        "هذا صحيح",
        "\t    set in",
        "@Tomas no",
        "",
        "",
        "\r",
        "x" * 300,
    )
)
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=40).map("\n".join),
    st.text(max_size=400),
)


def check(report: Report) -> None:
    passages = split_discussion(report, key=b"k")
    assert [passage.index for passage in passages] == list(range(len(passages)))
    end = 0
    for passage in passages:
        assert end <= passage.span.start <= passage.span.end <= len(report.text)
        end = passage.span.end
        if passage.kind is PassageKind.COMMENT:
            assert passage.pseudonym
        else:
            assert passage.span.of(report.text).strip()
        if passage.author_span is not None:
            assert passage.author_span.of(report.text).strip() == passage.author
        if passage.answers is not None:
            assert passage.answers < passage.index
            assert passages[passage.answers].kind is PassageKind.COMMENT
            assert passage.answers_certainty is not None
    numbers = [passage.comment for passage in passages if passage.kind is PassageKind.COMMENT]
    assert numbers == list(range(1, len(numbers) + 1))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_passages_lie_in_order_within_the_text(text: str) -> None:
    check(read_text("The first paragraph is here for the splitter to begin with.\n\n" + text))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_passages(text: str) -> None:
    report = read_text(text)
    assert split_discussion(report, key=b"k") == split_discussion(report, key=b"k")


def test_a_megabyte_on_one_line_is_one_paragraph() -> None:
    report = read_text("The truce held and the road was open. " * 27_000)
    (only,) = split_discussion(report, key=b"k")
    assert only.kind is PassageKind.PARAGRAPH


def test_twenty_thousand_comments_are_split_in_one_pass() -> None:
    article = "The convoy reached the valley on Thursday, the council said, after weeks of shelling. " * 3
    tail = "".join(f"Reader{n} March 5, 2021 at 3:41 pm\n\nI doubt it. You will see!\n\n" for n in range(20_000))
    passages = split_discussion(read_text(f"{article}\n\n{tail}"), key=b"k")
    assert sum(passage.kind is PassageKind.COMMENT for passage in passages) == 20_000
