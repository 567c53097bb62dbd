"""Saved pages: article and comments kept apart."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reportedly._errors import UnsuitableInput
from reportedly.model import Certainty, Passage, PassageKind, Report
from reportedly.read import read_bytes

ARTICLE = "".join(
    f"<p>The truce in the valley held for day {number}, and the monitors counted two shells near the "
    f"northern road, which neither party said that it had fired. Patrol {number} went as far as the bridge.</p>"
    for number in range(1, 7)
)
HEAD = (
    "<head><title>Truce holds in the valley | Northern Wire</title>"
    '<meta property="og:site_name" content="Northern Wire">'
    '<meta property="og:title" content="Truce holds in the valley">'
    '<meta property="article:published_time" content="2020-03-07T08:00:00+00:00"></head>'
)
COMMENTS = """
<section id="comments"><h3>3 Comments</h3><ol class="comment-list">
<li class="comment" id="comment-11"><article><footer class="comment-meta"><cite class="fn">Kim Lee</cite> says:
  <time datetime="2020-03-08T10:00:00+00:00">8 March</time></footer>
  <div class="comment-content"><p>They will break it again.</p><p>You will see.</p></div>
  <div class="reply"><a href="#">Reply</a></div></article>
  <ol class="children"><li class="comment" id="comment-12"><article><cite class="fn">Old Oak</cite>
    <div class="comment-content"><p>I doubt that.</p></div></article></li></ol></li>
<li class="comment" id="comment-13"><article>
  <div class="comment-content"><p>Nobody asked the villagers.</p></div></article></li>
</ol><form><textarea>Leave a reply</textarea></form></section>"""


def read_page(body: str, head: str = HEAD) -> Report:
    (report,) = read_bytes(f"<html>{head}<body>{body}</body></html>".encode(), name="page.html")
    assert isinstance(report, Report), report
    return report


def comments_of(report: Report) -> list[Passage]:
    return [passage for passage in report.passages if passage.kind is PassageKind.COMMENT]


@pytest.fixture(scope="module")
def page() -> Report:
    return read_page(f"<article><h1>Truce holds in the valley</h1>{ARTICLE}</article>{COMMENTS}")


def test_title_outlet_and_date_are_those_that_the_page_states(page: Report) -> None:
    assert (page.title, page.outlet) == ("Truce holds in the valley", "Northern Wire")
    assert page.published is not None
    assert page.published.start is not None
    assert page.published.start.date().isoformat() == "2020-03-07"


def test_comments_have_author_text_and_time(page: Report) -> None:
    first, second, third = comments_of(page)
    assert first.span.of(page.text) == "They will break it again.\n\nYou will see."
    assert [first.author, second.author, third.author] == ["Kim Lee", "Old Oak", None]
    assert first.posted is not None
    assert first.certainty is Certainty.STATED


def test_a_comment_inside_another_answers_it(page: Report) -> None:
    first, second, third = comments_of(page)
    assert (first.answers, second.answers, third.answers) == (None, first.index, None)


def test_no_comment_leaks_into_the_article(page: Report) -> None:
    article = " ".join(passage.span.of(page.text) for passage in page.passages if passage.in_article)
    assert "Patrol 6" in article
    assert "villagers" not in article
    assert "Leave a reply" not in page.text


def test_passages_lie_in_order_within_the_text(page: Report) -> None:
    spans = [passage.span for passage in page.passages]
    assert all(earlier.end <= later.start for earlier, later in pairwise(spans))
    assert spans[-1].end == len(page.text)


def test_hidden_text_is_not_text() -> None:
    report = read_page(
        f'<article><h1>Truce</h1>{ARTICLE}<p style="display:none">SECRET words</p><p hidden>MORE</p></article>'
    )
    assert "SECRET" not in report.text
    assert "MORE" not in report.text


def test_a_page_without_a_date_has_none() -> None:
    report = read_page(f"<article><h1>Truce</h1>{ARTICLE}</article>", "<head><title>Truce</title></head>")
    assert report.published is None


def test_comments_marked_in_schema_org_terms_are_found() -> None:
    comments = (
        '<div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Kim</b>'
        '<p itemprop="text">They will break it.</p></div>'
    )
    (comment,) = comments_of(read_page(f"<article><h1>Truce</h1>{ARTICLE}</article>{comments}"))
    assert comment.author == "Kim"


def test_a_declared_charset_is_honoured() -> None:
    markup = f'<html><head><meta charset="windows-1252"><title>Tr\xeave</title></head><body>{ARTICLE}'
    markup += "<p>caf\xe9 was shelled twice on the day.</p></body></html>"
    (report,) = read_bytes(markup.encode("cp1252"), name="a.html")
    assert isinstance(report, Report)
    assert "café" in report.text
    assert report.encoding == "cp1252"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_deeply_nested_pages_are_refused_or_read_and_never_crash(depth: int) -> None:
    markup = "<html><body>" + "<div>" * depth + ARTICLE + "</div>" * depth + "</body></html>"
    (outcome,) = read_bytes(markup.encode(), name="deep.html")
    assert isinstance(outcome, UnsuitableInput)
    assert "nested" in outcome.cause


@pytest.mark.parametrize("markup", ["<html></html>", "<html><body><nav>Home</nav></body></html>", "<!-- -->", "<"])
def test_a_page_without_an_article_is_refused(markup: str) -> None:
    (outcome,) = read_bytes(markup.encode(), name="a.html")
    assert isinstance(outcome, UnsuitableInput)


@pytest.mark.parametrize("junk", ["&#1;", "\x0c", "&#xD800;", "&#65534;"])
def test_control_characters_in_a_page_do_not_break_it(junk: str) -> None:
    comment = f'<div class="comment" id="comment-21"><p>I doubt{junk} it.</p></div>{junk} tail'
    (found,) = comments_of(read_page(f"<article><h1>Truce</h1>{ARTICLE}{junk}</article>{comment}"))
    assert found.comment == 1
