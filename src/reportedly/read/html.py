"""Saved web pages: title, date, outlet, body and comments kept apart.

The article comes from trafilatura (Barbaresi, ACL 2021); the comments from ``html_comments``, because
trafilatura gives them as one string without authors.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from reportedly._errors import UnsuitableInput
from reportedly.model import Report
from reportedly.read.assemble import assemble_report
from reportedly.read.dates import parse_stated_date
from reportedly.read.decode import decode_bytes
from reportedly.read.html_comments import comments_from_paragraphs, find_comments
from reportedly.read.html_tree import drop_element, drop_hidden, parse_page
from reportedly.read.identity import hash_bytes, make_key, make_report_id, public_name
from reportedly.read.language import identify_language

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_PARAGRAPH_TAGS = frozenset(("p", "head", "quote", "code", "item", "cell", "ab", "fw"))
_SPACES = re.compile(r"\s+")
_TITLE_TAIL = re.compile(r"\s+[|»«·–—-]\s+[^|»«·–—]{2,50}\Z")


def read_html(data: bytes, *, name: str) -> Report:
    """Return the page as a report with its passages; raise UnsuitableInput if no article can be found."""
    decoded = decode_bytes(data, name=name, markup=True)
    page = parse_page(decoded.text, name=name)
    drop_hidden(page)
    comments, holders = find_comments(page)
    document = _extract(_without(page, holders), name) or (_extract(page, name) if holders else None)
    if document is None:
        raise UnsuitableInput(name, "no article text found in the page")
    paragraphs = _body_paragraphs(document.body)
    if not comments:
        comments = comments_from_paragraphs(_body_paragraphs(document.commentsbody))
    title = _clean_title(document.title, document.sitename, paragraphs)
    told = {_squeeze(comment.text) for comment in comments}
    article = [part for part in paragraphs if part not in (title, document.title) and part not in told]
    if not article:
        raise UnsuitableInput(name, "no article text found in the page")
    text, passages = assemble_report(title, article, comments)
    key = document.url or make_key(public_name(name), data)
    language, confidence = identify_language("\n".join([title or "", *article[:40]]))
    return Report(
        id=make_report_id(key, text),
        key=key,
        text=text,
        sha256=hash_bytes(data),
        origin=public_name(name),
        format="html",
        language=language,
        language_confidence=confidence,
        title=title,
        outlet=document.sitename or None,
        url=document.url or None,
        published=parse_stated_date(document.date) if document.date else None,
        encoding=decoded.encoding,
        passages=passages,
        notes=decoded.notes,
    )


def _without(page: HtmlElement, holders: list[HtmlElement]) -> HtmlElement:
    """Return a copy of the page without the elements that hold comments: none leaks into the article."""
    if not holders:
        return page
    mark = "data-reportedly-comment"
    for holder in holders:
        holder.set(mark, "1")
    rest = deepcopy(page)
    for holder in rest.xpath(f"//*[@{mark}]"):
        drop_element(holder)
    return rest


def _extract(page: HtmlElement, name: str) -> Any:
    """Return trafilatura's document, None if it finds no article."""
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=True,
            # the date that the page states for itself, not a year found anywhere in it
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (RecursionError, ValueError, AssertionError, TypeError, AttributeError) as error:
        raise UnsuitableInput(name, f"the page cannot be taken apart ({type(error).__name__})") from error
    text = getattr(document, "text", None)
    return document if text and text.strip() else None


def _body_paragraphs(body: _Element | None) -> list[str]:
    """Return the blocks of an extracted body in document order, white space squeezed."""
    if body is None:
        return []
    blocks: list[str] = []
    for element in body.iter():
        if element.tag not in _PARAGRAPH_TAGS:
            continue
        inner: Any = element.xpath("descendant::*[self::p or self::item or self::cell or self::head or self::quote]")
        if inner:
            continue
        words = _squeeze("".join(element.itertext()))
        if words:
            blocks.append(words)
    return blocks


def _clean_title(title: str | None, outlet: str | None, paragraphs: list[str]) -> str | None:
    """Return the headline without the site's name at its end."""
    if not title:
        return None
    title = _squeeze(title)
    if outlet and title.lower().endswith(outlet.lower()):
        title = title[: -len(outlet)].rstrip(" |»«·–—-:") or title
    shorter = _TITLE_TAIL.sub("", title)
    return shorter if shorter in paragraphs[:3] else title


def _squeeze(words: str) -> str:
    return _SPACES.sub(" ", words).strip()
