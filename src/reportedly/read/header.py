"""A small header at the top of a plain-text report.

A plain-text file may begin with lines that say what the text itself does not, closed by a blank line::

    Title: Truce holds in the north
    Outlet: Northern Wire
    Date: 2020-03-05
    URL: https://example.org/truce

Any of the four keys, and "Note", in any order, in any case ("Source" means Outlet, "Published" means Date). The header
stays in the text, so that offsets hold, and is furniture: never analysed. Only a title that the text below
does not repeat is the report's title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportedly.model import Interval, Span
from reportedly.read.dates import parse_stated_date

_LINE = re.compile(
    r"[ \t]*(title|outlet|source|date|published|url|link|note)[ \t]*:[ \t]*(\S[^\r\n]*?)[ \t]*(?:\r\n|\n|\r|\Z)",
    re.I,
)
_BLANK = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")
_SAME = {"source": "outlet", "published": "date", "link": "url"}


@dataclass(frozen=True, slots=True)
class Header:
    """What the header states; ``span`` covers its lines, without the blank line after them."""

    span: Span
    title: str | None = None
    title_span: Span | None = None
    outlet: str | None = None
    url: str | None = None
    published: Interval | None = None
    notes: tuple[str, ...] = ()


def parse_header(text: str) -> Header | None:
    """Return the header at the top of ``text``, None if there is none.

    A lone "Title: ..." or "Source: ..." line may be part of an article, so a header needs two keys, or a
    date or address that can be read as such.
    """
    stated: dict[str, str] = {}
    title_span = None
    position = end = 0
    while match := _LINE.match(text, position):
        key = match[1].lower()
        key = _SAME.get(key, key)
        if key in stated:
            return None
        stated[key] = match[2]
        if key == "title":
            title_span = Span(*match.span(2))
        position, end = match.end(), match.end(2)
    if not stated or not _BLANK.match(text, position) or not text[position:].strip():
        return None
    published = parse_stated_date(stated.get("date", ""))
    if len(stated) == 1 and published is None and "://" not in stated.get("url", ""):
        return None
    return Header(
        span=Span(len(text) - len(text.lstrip()), end),
        title=stated.get("title"),
        title_span=title_span,
        outlet=stated.get("outlet"),
        url=stated.get("url"),
        published=published,
        notes=(f"note: {stated['note']}",) if "note" in stated else (),
    )
