"""A report as a person reads it: the article with its evidence, then the discussion as a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from reportedly.model import Certainty, Passage, PassageKind, Reading, Span
from reportedly.page.claim_view import ClaimView, view_claim
from reportedly.page.edition import Edition, Entry, group_by_voice
from reportedly.page.marks import Cutter, Piece, marks_of, visible
from reportedly.page.phrasing import interval_phrase
from reportedly.page.privacy import Names, mask, needs_warning, shown_author

THREAD_DEPTH_SHOWN = 5  # deeper answers keep the indent of this depth


@dataclass(frozen=True, slots=True)
class PassageView:
    """A title or paragraph cut into pieces; ``warned``: to be read behind a warning."""

    pieces: tuple[Piece, ...]
    warned: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment in its thread: depth from 0, whom it answers and how sure that is."""

    anchor: str
    author: str
    unnamed: bool
    posted: str
    depth: int
    answers: str
    answers_anchor: str
    answers_certainty: str
    answers_why: str
    why: str
    body: PassageView | None
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What the page shows of one report."""

    number: int
    id: str
    title: PassageView
    plain_title: str
    outlet: str
    published: str
    url: str
    site: str
    language: str
    analysed: bool
    analyzer: str
    notes: tuple[str, ...]
    paragraphs: tuple[PassageView, ...]
    voices: tuple[tuple[str, str, tuple[ClaimView, ...]], ...]
    comments: tuple[CommentView, ...]
    left_out: int

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """Return the claims of the article."""
        return tuple(claim for _, _, claims in self.voices for claim in claims)


def view_reports(edition: Edition) -> tuple[ReportView, ...]:
    """Return every report of the edition, in its order."""
    by_report: dict[int, list[Entry]] = {}
    for entry in edition.entries:
        by_report.setdefault(entry.report_number, []).append(entry)
    numbers = {entry.claim.id: entry.number for entry in edition.entries}
    return tuple(
        _view_report(number, reading, by_report.get(number, []), numbers)
        for number, reading in enumerate(edition.readings, start=1)
    )


def _view_report(number: int, reading: Reading, entries: Sequence[Entry], numbers: dict[str, int]) -> ReportView:
    report, names = reading.report, Names.of(reading)
    marks = [mark for entry in entries for mark in marks_of(entry.claim, entry.number)]
    cutter = Cutter(report.text, marks, {entry.number: entry.look.classes for entry in entries})
    title = next((one for one in reading.passages if one.kind is PassageKind.TITLE), None)
    # The body is cut before the title: a claim's words are where the article tells it, not the headline.
    paragraphs = tuple(_cut_passage(cutter, names, one, report.text) for one in _body(reading))
    comments = [one for one in reading.passages if one.kind is PassageKind.COMMENT]
    bodies = {one.index: _cut_comment(cutter, names, one, report.text) for one in comments}
    plain = mask(visible(report.title or (title.span.of(report.text) if title else "")).strip())
    plain = plain or "Untitled"
    head = _cut_passage(cutter, names, title, report.text) if title else PassageView((Piece(plain),), False)
    cut = [head, *paragraphs, *(body for body in bodies.values() if body)]
    anchors = {claim: piece.anchors[0] for view in cut for piece in view.pieces for claim in piece.anchors}
    cards = {entry.number: view_claim(entry, anchors, numbers) for entry in entries}
    article = [entry for entry in entries if not entry.claim.in_comment]
    by_comment: dict[int, list[ClaimView]] = {}
    for entry in entries:
        by_comment.setdefault(entry.claim.passage, []).append(cards[entry.number])
    return ReportView(
        number=number,
        id=report.id,
        title=head,
        plain_title=plain,
        outlet=report.outlet or "",
        published=interval_phrase(report.published),
        url=safe_link(report.url),
        site=_site(report.url),
        language=report.language,
        analysed=report.analysed,
        analyzer=reading.analyzer,
        notes=tuple(mask(names.scrub_reason(note)) for note in dict.fromkeys((*report.notes, *reading.notes))),
        paragraphs=paragraphs,
        voices=tuple(
            (group.name, group.description, tuple(cards[entry.number] for entry in group.entries))
            for group in group_by_voice(article)
        ),
        comments=tuple(_view_thread(comments, bodies, names, f"r{number}", by_comment)),
        left_out=sum(1 for one in reading.passages if one.kind is PassageKind.FURNITURE),
    )


def _body(reading: Reading) -> list[Passage]:
    if not reading.passages:
        return [Passage(0, PassageKind.PARAGRAPH, Span(0, len(reading.report.text)))]
    return [one for one in reading.passages if one.kind is PassageKind.PARAGRAPH]


def _cut_passage(cutter: Cutter, names: Names, passage: Passage, text: str) -> PassageView:
    pieces = cutter.cut(passage.span, names.redactions(passage))
    return PassageView(pieces, needs_warning(passage.span.of(text)))


def _cut_comment(cutter: Cutter, names: Names, passage: Passage, text: str) -> PassageView | None:
    return _cut_passage(cutter, names, passage, text) if len(passage.span) else None


def _view_thread(
    comments: Sequence[Passage],
    bodies: dict[int, PassageView | None],
    names: Names,
    anchor: str,
    claims: dict[int, list[ClaimView]],
) -> Iterator[CommentView]:
    by_index = {one.index: one for one in comments}
    for comment, depth in thread_order(comments):
        answered = by_index.get(comment.answers) if comment.answers is not None else None
        yield CommentView(
            anchor=f"{anchor}p{comment.index}",
            author=shown_author(comment),
            unnamed=comment.author is None,
            posted=interval_phrase(comment.posted),
            depth=min(depth, THREAD_DEPTH_SHOWN),
            answers=shown_author(answered) if answered else "",
            answers_anchor=f"{anchor}p{answered.index}" if answered else "",
            answers_certainty=_sure(comment.answers_certainty),
            answers_why=names.scrub_reason(comment.answers_why),
            why=names.scrub_reason(comment.why) if comment.certainty is not Certainty.STATED else "",
            body=bodies[comment.index],
            claims=tuple(claims.get(comment.index, ())),
        )


def thread_order(comments: Sequence[Passage]) -> list[tuple[Passage, int]]:
    """Return comments with their depth, each followed by its answers; an answer to the future is a root."""
    known = {one.index for one in comments}
    answers: dict[int | None, list[Passage]] = {}
    for one in comments:
        is_earlier = one.answers is not None and one.answers in known and one.answers < one.index
        answers.setdefault(one.answers if is_earlier else None, []).append(one)
    ordered: list[tuple[Passage, int]] = []
    stack = [(one, 0) for one in reversed(answers.get(None, []))]
    while stack:
        comment, depth = stack.pop()
        ordered.append((comment, depth))
        stack += [(one, depth + 1) for one in reversed(answers.get(comment.index, []))]
    return ordered


def _sure(certainty: Certainty | None) -> str:
    return "" if certainty is None or certainty is Certainty.STATED else str(certainty)


def safe_link(url: str | None) -> str:
    """Return the address when it is a web address, else "" (a report can bring ``javascript:`` along)."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _site(url: str | None) -> str:
    link = safe_link(url)
    return (urlsplit(link).hostname or "").removeprefix("www.") if link else ""
