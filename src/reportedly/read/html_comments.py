"""Reader comments in a page: found by general marks of markup, with author, time and the comment answered.

Marks, in order of trust: schema.org Comment (microdata), ids with a number ("comment-1234"), repeated
class names about one comment. The place in the tree gives the thread: a comment inside another answers it.
Related: CommentsLifter (Subercaze et al. 2012) finds comments as frequent subtrees; here the words in class
names are used, which needs no repetition and so finds a single comment too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportedly.model import Certainty, Interval
from reportedly.read.assemble import StatedComment
from reportedly.read.dates import parse_stated_date
from reportedly.read.html_marks import Marks, load_marks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NUMBERED_ID = re.compile(
    r"(?:^|[^a-z])(?:comment|kommentar|commentaire|comentario|reply|answer|c|cmt|komm?)[-_]?(?:id[-_]?)?(\d{2,})\b",
    re.I,
)
_COMMENT_TYPE = re.compile(r"schema\.org/(?:User)?Comments?\b")
_BLOCK_TAGS = frozenset(
    ("p", "div", "li", "blockquote", "ul", "ol", "pre", "tr", "td", "dd", "dt", "article", "section")
)
_SKIP_TAGS = frozenset(
    ("script", "style", "form", "button", "select", "textarea", "svg", "iframe", "template", "noscript")
)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]*\n\s*|[ \t\r\f\v\u00a0]+")
_SAYS = re.compile(r"\s*(?:says?|said|wrote|writes|sagt|schrieb|schreibt|meint|dit|dijo|dice|says)\s*[:.…]*\s*\Z", re.I)
_AUTHOR_LEAD = re.compile(r"\A(?:comment|kommentar|posted|written|von|by|par|de)\b(?: (?:by|von|par|de)\b)?:?\s+", re.I)
_AUTHOR_TAIL = re.compile(
    r"\s*(?:[-–—,|(·@]|\b(?:on|am|at|le|um|vom|denkt|schreibt|says|il y a)\b)?\s*(?<![^\W\d_])\d{1,2}[.:/ ]\s?\S.*\Z",
    re.I,
)
_MAX_AUTHOR_CHARS = 60
_LONG = 300  # characters of one element that count
_SHORT = 25  # a comment with its name and date is longer on average


def find_comments(page: HtmlElement) -> tuple[list[StatedComment], list[HtmlElement]]:
    """Return the comments that the page's markup shows, in page order, and the elements that hold them."""
    marks = load_marks()
    units = _find_units(page, marks)
    members = set(units)
    comments: list[StatedComment] = []
    position: dict[HtmlElement, int] = {}
    for unit in units:
        author_element, author = _find_author(unit, members, marks)
        text = _comment_text(unit, members, author_element, marks)
        if not text:
            continue
        parent = _enclosing(unit, position)
        position[unit] = len(comments)
        comments.append(
            StatedComment(
                text=text,
                author=author,
                posted=_find_time(unit, members, marks),
                answers=parent,
                answers_why="it stands inside that comment in the page",
                why="marked up as a comment",
            )
        )
    return comments, list(position)


def comments_from_paragraphs(paragraphs: Iterable[str]) -> list[StatedComment]:
    """Return each paragraph of an extracted comment section as a comment: where one ends is not marked."""
    return [
        StatedComment(text=words, certainty=Certainty.AMBIGUOUS, why="in the page's comment section; bounds not marked")
        for words in paragraphs
    ]


def _find_units(page: HtmlElement, marks: Marks) -> list[HtmlElement]:
    """Return the elements that hold one comment each, outermost of each, in page order."""
    typed = [element for element in page.iter() if _COMMENT_TYPE.search(str(element.get("itemtype") or ""))]
    if typed:
        return typed
    numbered = _numbered_units(page)
    named = _named_units(page, marks)
    return numbered if _worth(numbered) >= 0.5 * _worth(named) else named


def _worth(units: list[HtmlElement]) -> float:
    """Return how many words of comments a set of elements may hold: buttons and teasers are short."""
    if not units:
        return 0.0
    lengths = [min(len(_flat_words(unit)), _LONG) for unit in units]
    return float(sum(lengths)) if sum(lengths) >= _SHORT * len(lengths) else 0.0


def _numbered_units(page: HtmlElement) -> list[HtmlElement]:
    units: list[HtmlElement] = []
    seen: set[str] = set()
    for element in page.iter("li", "div", "article", "section", "tr", "dl", "p", "dd"):
        match = _NUMBERED_ID.search(element.get("id") or "")
        if match and match[1] not in seen and (element.text_content() or "").strip():
            seen.add(match[1])
            units.append(element)
    return units


def _named_units(page: HtmlElement, marks: Marks) -> list[HtmlElement]:
    """Return the elements of the class name about one comment that holds most."""
    groups: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in page.iter("li", "div", "article", "section", "tr", "dl", "p", "dd", "blockquote"):
        for token in marks.item_tokens(element):
            groups[element.tag, token].append(element)
    return max(groups.values(), key=_worth, default=[])


def _enclosing(unit: HtmlElement, position: dict[HtmlElement, int]) -> int | None:
    """Return the number of the comment that ``unit`` stands inside or in whose list of answers it stands."""
    node = unit.getparent()
    while node is not None:
        if node in position:
            return position[node]
        if node.tag in ("ul", "ol", "div", "section") and "children" in (node.get("class") or "").lower():
            before = node.getprevious()
            if before is not None and before in position:
                return position[before]
        node = node.getparent()
    return None


def _own_elements(unit: HtmlElement, members: set[HtmlElement]) -> list[HtmlElement]:
    """Return the elements of a unit in page order, without those of comments nested in it."""
    own: list[HtmlElement] = []
    stack = [child for child in reversed(unit) if child not in members]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in _SKIP_TAGS:
            continue
        own.append(element)
        stack.extend(child for child in reversed(element) if child not in members)
    return own


def _find_author(unit: HtmlElement, members: set[HtmlElement], marks: Marks) -> tuple[HtmlElement | None, str | None]:
    own = _own_elements(unit, members)
    ranked = (
        [element for element in own if (element.get("itemprop") or "") in ("author", "creator")],
        [element for element in own if "fn" in (element.get("class") or "").split()],
        [element for element in own if (element.get("rel") or "") == "author" or element.tag == "cite"],
        [element for element in own if marks.is_author(element)],
    )
    for elements in ranked:
        for element in elements:
            name = _clean_author(element)
            if name and len(name) <= _MAX_AUTHOR_CHARS and any(character.isalnum() for character in name):
                return element, name
    return None, None


def _clean_author(element: HtmlElement) -> str:
    """Return the name in an author element, without "says", a date behind it or "Comment by" before it."""
    words = _AUTHOR_LEAD.sub("", _SAYS.sub("", _flat_words(element)))
    return _AUTHOR_TAIL.sub("", words).strip(" :,|·-–—@(")


def _find_time(unit: HtmlElement, members: set[HtmlElement], marks: Marks) -> Interval | None:
    for element in _own_elements(unit, members):
        stated = element.get("datetime")
        if not stated and (element.get("itemprop") or "") in ("datePublished", "dateCreated", "commentTime"):
            stated = element.get("content") or _flat_words(element)
        if not stated and marks.is_time(element):
            stated = element.get("title") or _flat_words(element)
        if stated:
            interval = parse_stated_date(stated[:80])
            if interval is not None:
                return interval
    return None


def _comment_text(unit: HtmlElement, members: set[HtmlElement], author: HtmlElement | None, marks: Marks) -> str:
    own = _own_elements(unit, members)
    for element in own:
        if (element.get("itemprop") or "") in ("text", "commentText"):
            return _block_words(element, members, None, marks)
    for word in marks.text_words:
        for element in own:
            if marks.has_token(element, word) and (author is None or not _contains(element, author)):
                words = _block_words(element, members, None, marks)
                if words:
                    return words
    return _block_words(unit, members, author, marks) or _block_words(unit, members, author, None)


def _contains(element: HtmlElement, inner: HtmlElement) -> bool:
    return any(ancestor is element for ancestor in inner.iterancestors()) or element is inner


def _block_words(
    element: HtmlElement, members: set[HtmlElement], author: HtmlElement | None, marks: Marks | None
) -> str:
    """Return the words of an element as paragraphs, without furniture and other comments."""
    pieces: list[str] = []
    stack: list[HtmlElement | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        skipped = item is not element and (
            item in members
            or item is author
            or not isinstance(item.tag, str)
            or item.tag in _SKIP_TAGS
            or (marks is not None and marks.is_furniture(item))
        )
        if skipped:
            continue
        block = item.tag in _BLOCK_TAGS
        after: list[HtmlElement | str] = ["\n\n"] if block else []
        for child in reversed(item):
            if child.tail:
                after.append(_SPACES.sub(" ", child.tail))
            after.append(child)
        stack.extend(after)
        pieces.append("\n\n" if block else "\n" if item.tag == "br" else "")
        if item.text:
            pieces.append(_SPACES.sub(" ", item.text))
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()


def _flat_words(element: HtmlElement) -> str:
    return " ".join((element.text_content() or "").split())
