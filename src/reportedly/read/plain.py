"""Plain text as a report: the characters as they came, and what a small header states."""

from __future__ import annotations

from dataclasses import replace

from reportedly.model import Interval, Report
from reportedly.read.decode import decode_bytes
from reportedly.read.header import parse_header
from reportedly.read.identity import hash_bytes, make_key, make_report_id, public_name
from reportedly.read.language import identify_language


def read_text(
    text: str,
    *,
    name: str = "text",
    outlet: str | None = None,
    published: Interval | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """Return ``text`` as a report without structure; ``discuss`` finds title, paragraphs and comments.

    What the caller states (outlet, published, title, url) wins over a header at the top of the text
    (see ``reportedly.read.header``). The key of the report is its url, else ``name``, else its words.

    >>> read_text("Outlet: Northern Wire\\nDate: 2020-03-05\\n\\nThe truce held.").outlet
    'Northern Wire'
    """
    header = parse_header(text)
    if header is not None:
        outlet = outlet or header.outlet
        published = published or header.published
        title = title or header.title
        url = url or header.url
    origin = public_name(name)
    data = text.encode("utf-8", "surrogatepass")
    key = url or make_key(origin, data)
    language, confidence = identify_language(text[header.span.end :] if header else text)
    return Report(
        id=make_report_id(key, text),
        key=key,
        text=text,
        sha256=hash_bytes(data),
        origin=origin,
        format="text",
        language=language,
        language_confidence=confidence,
        title=title,
        outlet=outlet,
        url=url,
        published=published,
        notes=header.notes if header else (),
    )


def read_plain(data: bytes, *, name: str) -> Report:
    """Return the bytes of a plain-text file as a report; raise UnsuitableInput if they are none."""
    decoded = decode_bytes(data, name=name)
    report = read_text(decoded.text, name=name)
    return replace(report, sha256=hash_bytes(data), encoding=decoded.encoding, notes=(*decoded.notes, *report.notes))
