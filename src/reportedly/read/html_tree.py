"""A page as a tree: parsed once, guarded against deep nesting, hidden parts gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly._errors import UnsuitableInput
from reportedly.read.limits import MAX_HTML_DEPTH

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:font-size|opacity)\s*:\s*(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?\s*(?:!|;|\Z)"  # too small or pale to see
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}",  # out of the window
    re.I,
)


def parse_page(markup: str, *, name: str) -> HtmlElement:
    """Return the tree of a page; raise UnsuitableInput if it has no elements or is nested too deeply."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = _XML_DECLARATION.sub("", markup).encode("utf-8", "replace")
    try:
        page: HtmlElement = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnsuitableInput(name, "no article text found in the page") from error
    if _is_too_deep(page) or any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnsuitableInput(name, f"elements nested more than {MAX_HTML_DEPTH} deep")
    _blank_controls(page)
    return page


def _blank_controls(page: HtmlElement) -> None:
    """Replace control characters, which pages can smuggle in ("&#1;") and lxml then refuses to write."""
    for element in page.iter():
        if element.text and _CONTROL.search(element.text):
            element.text = _CONTROL.sub(" ", element.text)
        if element.tail and _CONTROL.search(element.tail):
            element.tail = _CONTROL.sub(" ", element.tail)


def drop_hidden(page: HtmlElement) -> None:
    """Take out the elements that the page hides by its own markup: what no reader sees is not text."""
    for element in list(page.iterdescendants()):
        if not isinstance(element.tag, str) or element.tag in ("body", "head", "meta"):
            continue
        style = element.get("style")
        if element.tag == "template" or element.get("hidden") is not None or (style and _HIDDEN_STYLE.search(style)):
            drop_element(element)


def drop_element(element: HtmlElement) -> None:
    """Take an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_too_deep(page: HtmlElement) -> bool:
    depth = 0
    node: HtmlElement | None = page
    while node is not None:  # document order without recursion
        child = next(iter(node), None)
        if child is not None:
            depth += 1
            if depth > MAX_HTML_DEPTH:
                return True
            node = child
            continue
        while node is not None:
            following = node.getnext()
            if following is not None:
                node = following
                break
            node = node.getparent()
            depth -= 1
    return False
