"""Reports and their passages: what was published, and who speaks where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.model.span import Span
from reportedly.model.when import Interval


class PassageKind(StrEnum):
    """What a stretch of a report is."""

    TITLE = "title"
    PARAGRAPH = "paragraph"
    COMMENT = "comment"
    FURNITURE = "furniture"  # bylines, captions, "12 Comments", share lines: kept, never analysed


class Certainty(StrEnum):
    """How sure a reading of the layout is, in the words of the specimen's readers."""

    STATED = "stated"  # marked up in the source (HTML, JSONL)
    CLEAR = "clear"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Passage:
    """One title, article paragraph or reader comment.

    index: position in the report, from 0; ``id`` in the ledger is ``{report id}.p{index}``.
    span: the words themselves, without the author line; may be empty (a comment whose text is lost).
    comment: running number of the comment from 1, None in the article.
    author: display name as published, None if the source gives none. Local ledger only:
        exports and pages show ``pseudonym``.
    author_span: where the name stands in the text, None if it is not in the text (JSONL).
    pseudonym: stable name by keyed hash ("reader-7f3a9c"); unnamed comments each get their own.
    posted: when the comment was posted, if stated.
    answers: ``index`` of the passage that a comment answers; None: it answers the article.
    answers_certainty, answers_why: how sure that is, and the cue in words.
    certainty, why: how sure it is that the passage is of this kind with this author, and the cue.
    """

    index: int
    kind: PassageKind
    span: Span
    comment: int | None = None
    author: str | None = None
    author_span: Span | None = None
    pseudonym: str | None = None
    posted: Interval | None = None
    answers: int | None = None
    answers_certainty: Certainty | None = None
    answers_why: str = ""
    certainty: Certainty = Certainty.STATED
    why: str = ""

    @property
    def in_article(self) -> bool:
        """Tell whether the passage belongs to the article (title or paragraph)."""
        return self.kind in (PassageKind.TITLE, PassageKind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Report:
    """One published document, as read.

    id: "r-" and the first 16 hex digits of the SHA-256 over text and origin key; the same bytes from
        the same place are the same report.
    key: what makes it the same report over time (URL if known, else file name): a changed text with
        the same key is a new version.
    text: kept character for character; every offset counts its code points.
    sha256: of the bytes as they came (before decoding).
    passages: filled by the reader when the source marks its structure (HTML, JSONL), else empty:
        then ``discuss`` finds them.
    language: ISO 639-1 code or "und"; only "en" is analysed.
    outlet, title, published, url: None where the source does not state them; never guessed.
    encoding: the charset used to decode; notes: what the reader had to do (replaced bytes, cut page).
    """

    id: str
    key: str
    text: str
    sha256: str
    origin: str
    format: str
    language: str
    language_confidence: float
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: Interval | None = None
    encoding: str = "utf-8"
    passages: tuple[Passage, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def analysed(self) -> bool:
        """Tell whether this version of Reportedly analyses the report's language."""
        return self.language == "en"
