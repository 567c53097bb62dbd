"""JSON Lines: one report a line.

Keys (all but the words themselves may be left out)::

    text        the article, as one string (required unless "paragraphs" is there)
    paragraphs  the article, as a list of strings
    title       headline
    outlet      who published it
    url         where
    published   ISO date, moment or prefix: "2020-03-05", "2020-03-05T14:30:00Z", "2020-03"
    id, key     what makes it the same report over time, where there is no url
    language    ISO 639-1 code, where it is known
    note        anything else worth keeping; goes to the notes of the report
    comments    list of {"text", "author", "posted", "id", "answers" or "parent": id of the comment answered}

Structure that is given is taken as stated. A record with neither "paragraphs" nor "comments" may hold its
comments inside "text": ``discuss`` looks for them. Unknown keys are named in the notes of the report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly._errors import InputError, UnsuitableInput
from reportedly.model import Passage, Report
from reportedly.read.assemble import StatedComment, assemble_report, link_parents, sort_parents_first
from reportedly.read.dates import parse_stated_date
from reportedly.read.identity import UNNAMED, hash_bytes, make_key, make_report_id, public_name
from reportedly.read.language import identify_language
from reportedly.read.limits import MAX_BAD_LINES, MAX_REPORT_BYTES

_KEYS = frozenset(
    ("text", "paragraphs", "title", "outlet", "url", "published", "id", "key", "language", "note", "comments")
)
_COMMENT_KEYS = frozenset(("text", "author", "posted", "id", "answers", "parent"))
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9_-]+)?\Z")


@dataclass(frozen=True, slots=True)
class _Line:
    """One decoded record with its place in the file, for messages."""

    name: str
    number: int
    record: dict[str, object]

    @property
    def where(self) -> str:
        return f"{self.name}#{self.number}"

    def text_of(self, key: str) -> str | None:
        """Return the string under ``key``; numbers as ids are taken as strings; None if it is not there."""
        value = self.record.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "key"):
            return str(value)
        if not isinstance(value, str):
            raise UnsuitableInput(self.where, f'"{key}" must be a string')
        return _without_lone_surrogates(value)


def read_jsonl(lines: Iterable[bytes], *, name: str) -> Iterator[Report | InputError]:
    """Yield a report or an error for each line that is not blank; errors name the file and the line.

    A file whose first hundred lines are all errors is something else: its rest is not read.
    """
    name = public_name(name)
    good = bad = 0
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not data.strip():
            continue
        try:
            report = _read_record(_parse_line(data, name, number), data)
        except InputError as error:
            bad += 1
            yield error
        else:
            good += 1
            yield report
        if not good and bad == MAX_BAD_LINES:
            yield UnsuitableInput(name, f"none of its first {bad} lines is a report; the rest was not read")
            return
    if not good and not bad:
        yield UnsuitableInput(name, "the file is empty")


def _parse_line(data: bytes, name: str, number: int) -> _Line:
    where = f"{name}#{number}"
    if len(data) > MAX_REPORT_BYTES:
        raise UnsuitableInput(where, f"larger than {MAX_REPORT_BYTES // 1_000_000} MB")
    try:
        record = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnsuitableInput(where, f"not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise UnsuitableInput(where, f"broken JSON: {error.msg} (column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise UnsuitableInput(where, "broken JSON: nested too deeply or a number too long") from error
    if not isinstance(record, dict):
        raise UnsuitableInput(where, "a report must be a JSON object")
    return _Line(name, number, record)


def _read_record(line: _Line, data: bytes) -> Report:
    title = line.text_of("title")
    article = _stated_article(line)
    comments = _stated_comments(line)
    text, passages = _assemble(line, title, article, comments)
    if not (article if isinstance(article, str) else "".join(article)).strip():
        raise UnsuitableInput(line.where, 'no words: "text" is missing or empty')
    url = line.text_of("url")
    own_id = line.text_of("id") or line.text_of("key")
    key = url or (
        f"{line.name}#{own_id}" if own_id else make_key(line.name if line.name in UNNAMED else line.where, data)
    )
    published = line.text_of("published")
    interval = parse_stated_date(published) if published else None
    language, confidence = _language_of(line, title, article)
    notes = _unknown_keys(line)
    if note := line.text_of("note"):
        notes = (f"note: {note}", *notes)
    if published and interval is None:
        notes = (*notes, f'"published" not understood: {published[:40]}')
    return Report(
        id=make_report_id(key, text),
        key=key,
        text=text,
        sha256=hash_bytes(data),
        origin=line.where,
        format="jsonl",
        language=language,
        language_confidence=confidence,
        title=title,
        outlet=line.text_of("outlet"),
        url=url,
        published=interval,
        passages=passages,
        notes=notes,
    )


def _assemble(
    line: _Line, title: str | None, article: str | list[str], comments: list[StatedComment] | None
) -> tuple[str, tuple[Passage, ...]]:
    """Return text and passages; a flat text without stated structure has none, only its title above it."""
    if not isinstance(article, str):
        return assemble_report(title, article, comments or [])
    repeated = title is not None and article.lstrip().startswith(title)
    if comments is None:
        return (article if repeated or not title else f"{title}\n\n{article}"), ()
    if repeated and title is not None:
        article = article.lstrip()[len(title) :].lstrip()
    return assemble_report(title, article, comments)


def _stated_article(line: _Line) -> str | list[str]:
    value = line.record.get("paragraphs")
    if value is None:
        return line.text_of("text") or ""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnsuitableInput(line.where, '"paragraphs" must be a list of strings')
    return [_without_lone_surrogates(item) for item in value if item.strip()]


def _stated_comments(line: _Line) -> list[StatedComment] | None:
    value = line.record.get("comments")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UnsuitableInput(line.where, '"comments" must be a list of objects')
    records = [_Line(line.name, line.number, item) for item in value]
    ids = [_identifier(record, "id") for record in records]
    parents = [_identifier(record, "answers") or _identifier(record, "parent") for record in records]
    order = sort_parents_first(ids, parents)
    answers = link_parents([ids[at] for at in order], [parents[at] for at in order])
    return [_stated_comment(records[at], answer) for at, answer in zip(order, answers, strict=True)]


def _stated_comment(record: _Line, answers: int | None) -> StatedComment:
    posted = record.text_of("posted")
    return StatedComment(
        text=record.text_of("text") or "",
        author=record.text_of("author"),
        posted=parse_stated_date(posted) if posted else None,
        answers=answers,
        answers_why="the source names the comment it answers",
        why="stated in the source",
    )


def _identifier(record: _Line, key: str) -> str:
    value = record.record.get(key)
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _language_of(line: _Line, title: str | None, article: str | list[str]) -> tuple[str, float]:
    stated = line.text_of("language")
    if stated and _LANGUAGE.match(stated):
        return re.split("[-_]", stated.lower())[0], 1.0
    words = article if isinstance(article, str) else "\n".join(article)
    return identify_language(f"{title}\n{words}" if title else words)


def _unknown_keys(line: _Line) -> tuple[str, ...]:
    unknown = sorted(set(line.record) - _KEYS)
    comments = line.record.get("comments")
    inside = {key for item in comments for key in item} - _COMMENT_KEYS if isinstance(comments, list) else set()
    unknown += [f"comments.{key}" for key in sorted(inside)]
    return (f"ignored keys: {', '.join(unknown)}",) if unknown else ()


def _without_lone_surrogates(text: str) -> str:
    """Replace single halves of surrogate pairs: JSON can escape them, but they are no characters."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not _is_encodable(text) else text


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
