"""Who speaks where? A report becomes passages: title, paragraphs, furniture, comments in threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.discuss.article import Part, split_article
from reportedly.discuss.bare import find_bare
from reportedly.discuss.cues import is_placeholder
from reportedly.discuss.drafts import Discussion, Draft
from reportedly.discuss.lines import Line, parse_lines
from reportedly.discuss.pseudonyms import make_pseudonym, name_unnamed
from reportedly.discuss.replies import link_replies
from reportedly.discuss.stamped import find_stamped
from reportedly.discuss.stamps import find_stamps
from reportedly.model import Certainty, Passage, PassageKind, Report, Span
from reportedly.read.dates import find_day
from reportedly.read.header import Header, parse_header


def split_discussion(report: Report, *, key: bytes) -> tuple[Passage, ...]:
    """Return the passages of a report: what its source marks, else what layout and words show.

    key: secret of the ledger, under which names of commenters become pseudonyms.
    Every comment gets a pseudonym; links to the comment answered are added where the source gives none.
    The spans are in order, do not overlap and lie within the text.
    """
    passages = report.passages or tuple(_split_flat(report))
    passages = link_replies(report.text, passages)
    return tuple(_with_pseudonyms(passages, key))


def find_discussion(lines: list[Line]) -> Discussion | None:
    """Return the discussion below the article that ``lines`` begin with, None if there is none."""
    stamps = find_stamps(lines)
    return find_stamped(lines, stamps) or find_bare(lines, stamps)


def _split_flat(report: Report) -> Iterator[Passage]:
    text = report.text
    header = parse_header(text)
    lines = parse_lines(text, header.span.end if header else 0)
    count = 0
    for part in _header_parts(text, header, lines):
        yield _to_passage(part, count)
        count += 1
    discussion = find_discussion(lines)
    boundary = discussion.boundary if discussion else len(lines)
    article = lines[:boundary]
    stated = header.title if header and header.title_span else None
    titled = stated is not None and not (lines and lines[0].words == stated)
    for part in split_article(text, article, find_stamps(article), report.title, titled):
        yield _to_passage(part, count)
        count += 1
    if discussion is not None:
        yield from _comments(text, lines, discussion, count)


def _header_parts(text: str, header: Header | None, lines: list[Line]) -> Iterator[Part]:
    """Yield the header as furniture, and its title as title where the text below does not begin with it."""
    if header is None:
        return
    why = "a header that states metadata"
    title = header.title_span
    if title is None or (lines and lines[0].words == header.title):
        yield Part(PassageKind.FURNITURE, header.span, Certainty.CLEAR, why)
        return
    yield Part(PassageKind.FURNITURE, Span(header.span.start, title.start), Certainty.CLEAR, why)
    yield Part(PassageKind.TITLE, title, Certainty.STATED, "the header states it")
    rest = Span(title.end, header.span.end)
    if rest.of(text).strip():
        yield Part(PassageKind.FURNITURE, rest, Certainty.CLEAR, why)


def _to_passage(part: Part, index: int) -> Passage:
    return Passage(index, part.kind, part.span, certainty=part.certainty, why=part.why)


def _comments(text: str, lines: list[Line], discussion: Discussion, index: int) -> Iterator[Passage]:
    """Yield the heading of the discussion as furniture, then the comments; stamps are in no passage."""
    for line in lines[discussion.boundary : discussion.drafts[0].start]:
        yield _furniture(line.span, index)
        index += 1
    for number, draft in enumerate(discussion.drafts, 1):
        yield _comment(text, lines, draft, index, number)
        index += 1


def _furniture(span: Span, index: int) -> Passage:
    return Passage(
        index,
        PassageKind.FURNITURE,
        span,
        certainty=Certainty.LIKELY,
        why="part of the comment section's layout",
    )


def _comment(text: str, lines: list[Line], draft: Draft, index: int, number: int) -> Passage:
    author = draft.name.of(text).strip() if draft.name is not None else None
    if draft.is_empty:
        at = lines[draft.first - 1].span.end if draft.first > draft.start else lines[draft.start].span.start
        span = Span(at, at)
    else:
        span = lines[draft.first].span.cover(lines[draft.last].span)
    return Passage(
        index=index,
        kind=PassageKind.COMMENT,
        span=span,
        comment=number,
        author=author or None,
        author_span=draft.name if author else None,
        posted=find_day(draft.stamp) if draft.stamp else None,
        certainty=draft.certainty,
        why=draft.why,
    )


def _with_pseudonyms(passages: Sequence[Passage], key: bytes) -> Iterator[Passage]:
    unnamed = 0
    for passage in passages:
        if passage.kind is not PassageKind.COMMENT:
            yield passage
        elif passage.author and not is_placeholder(passage.author):
            yield replace(passage, pseudonym=make_pseudonym(passage.author, key))
        else:
            unnamed += 1
            yield replace(passage, pseudonym=name_unnamed(unnamed))
