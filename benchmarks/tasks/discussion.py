"""Where does the article end and the discussion begin, in flat text? And are comments found in web pages?

Flat pages: a folder of ``*.corrected.txt`` files or a ``.tar.xz``/``.tar.gz`` that holds them (the layout of
dragnet_data, ``dragnet_Corrected.tar.gz``). A marker line ``!@#$%^&*()  COMMENTS`` stands where the comments
begin. It is taken out, and *so are the blank lines around it* (one is left): the annotators' own spacing is
no cue that a reader of real pages has. About one page in forty has the marker misspelt ("COMMNENTS", a digit
lost): it is taken as the marker all the same. Pages with a marker and nothing below it count as having none.

Splits: "train" and "dev" part the pages by a hash of the file name (60 : 40); "all" and "test" take every
page found, so that another archive in the same layout scores without a change. "html" scores the comment
segments of the trafilatura test pages (``evaldata-comments.json`` beside ``html.tar.xz``): a segment counts
when it stands inside one of our comment passages.
"""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.task import DocumentScore, Metrics, Published
from reportedly._errors import InputError
from reportedly.discuss import split_discussion
from reportedly.model import PassageKind, Report
from reportedly.read import read_bytes, read_text

_SUFFIX = ".corrected.txt"
_MARKER = re.compile(r"^!@.{0,10}\^&\*[^\r\n]*", re.M)
_NOT_BLANK = re.compile(r"^.*\S.*$", re.M)
_KEY = b"benchmark"
_TRAIN_TENTHS = 6


@dataclass(frozen=True, slots=True)
class Page:
    """A flat page without its marker; ``gold``: non-blank lines above the comments, None: no comments."""

    name: str
    text: str
    gold: int | None


class DiscussionTask:
    """The task; see the module."""

    name = "discussion"
    summary = "where the article ends and the comments begin, in flat text; comments in HTML (split html)"
    default_data = "dragnet-article-comments/dragnet_dev.tar.xz"
    splits = ("dev", "train", "all", "test", "html")
    published = (
        Published("naive cue rule", "boundary_within_1", 0.592, "measured on all 1,381 pages, corpus README"),
        Published("naive cue rule", "boundary_within_3", 0.678, "measured on all 1,381 pages, corpus README"),
        Published("naive cue rule", "false_boundary_rate", 30 / 986, "measured on all 1,381 pages, corpus README"),
        Published("trafilatura 2.3.1", "html_segments_found", 0.517, "measured, split html, corpus README"),
    )
    headline = ("boundary_within_1", "boundary_within_3", "false_boundary_rate", "html_segments_found")

    def score(self, data: Path, split: str, limit: int | None) -> Iterable[DocumentScore]:
        """Score the pages of ``split``; for "html", ``data`` holds the JSON file or lies beside it."""
        if split == "html":
            yield from islice(_score_html(_html_folder(data)), limit)
            return
        pages = (page for page in read_pages(data) if split in ("all", "test", split_of(page.name)))
        for page in islice(pages, limit):
            yield score_page(page)

    def metrics(self, scores: Sequence[DocumentScore]) -> Metrics:
        """Turn document scores into figures; a figure without documents is None."""
        errors = [value for score in scores for value in score.values.get("error", ())]
        missed = sum(len(score.values.get("missed", ())) for score in scores)
        plain = [value for score in scores for value in score.values.get("false", ())]
        found = [value for score in scores for value in score.values.get("segment", ())]
        marked = len(errors) + missed
        return {
            "boundary_within_1": sum(error <= 1 for error in errors) / marked if marked else None,
            "boundary_within_3": sum(error <= 3 for error in errors) / marked if marked else None,
            "boundary_exact": sum(error == 0 for error in errors) / marked if marked else None,
            "boundary_missed": missed / marked if marked else None,
            "false_boundary_rate": sum(plain) / len(plain) if plain else None,
            "pages_with_comments": float(marked),
            "pages_without_comments": float(len(plain)),
            "false_boundaries": sum(plain),
            "html_segments_found": sum(found) / len(found) if found else None,
            "html_segments": float(len(found)),
        }


TASK = DiscussionTask()


def split_of(name: str) -> str:
    """Return "train" or "dev" for a page, by a hash of its file name."""
    digest = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    return "train" if digest % 10 < _TRAIN_TENTHS else "dev"


def read_pages(data: Path) -> Iterator[Page]:
    """Yield the pages in a folder or archive, in order of their names; unreadable ones are left out."""
    for name, content in sorted(_files(data, _SUFFIX)):
        for report in read_bytes(content, name=name, format="text"):
            if not isinstance(report, InputError):
                yield make_page(name, report.text)


def make_page(name: str, marked: str) -> Page:
    """Return the page without its marker and without the spacing around it.

    >>> make_page("a", "One.\\n\\n\\n!@#$%^&*()  COMMENTS\\n\\n\\nKim says:\\nNo.").gold
    1
    """
    marker = _MARKER.search(marked)
    if marker is None:
        return Page(name, marked, None)
    article, comments = marked[: marker.start()].rstrip(), marked[marker.end() :].lstrip("\r\n")
    if not comments.strip():
        return Page(name, article, None)
    return Page(name, f"{article}\n\n{comments}", len(_NOT_BLANK.findall(article)))


def score_page(page: Page) -> DocumentScore:
    """Return the distance of the boundary in non-blank lines, or that it was missed or invented."""
    report = read_text(page.text, name=page.name)
    boundary = predict_boundary(report)
    values: dict[str, Sequence[float]]
    if page.gold is None:
        values = {"false": [0.0 if boundary is None else 1.0]}
    elif boundary is None:
        values = {"missed": [1.0]}
    else:
        values = {"error": [float(abs(boundary - page.gold))]}
    return DocumentScore(page.name, len(page.text.split()), values)


def predict_boundary(report: Report) -> int | None:
    """Return how many non-blank lines stand above the first line of the discussion, None if there is none."""
    start = None
    for passage in split_discussion(report, key=_KEY):
        if passage.kind is PassageKind.COMMENT:
            heads = [passage.span.start] + ([passage.author_span.start] if passage.author_span else [])
            start = min(heads)
            break
    if start is None:
        return None
    line_start = report.text.rfind("\n", 0, start) + 1
    return len(_NOT_BLANK.findall(report.text[:line_start]))


def _score_html(folder: Path) -> Iterator[DocumentScore]:
    pages = {Path(name).name: content for name, content in _files(folder / "html.tar.xz", ".html")}
    gold = json.loads((folder / "evaldata-comments.json").read_text("utf-8"))
    for entry in gold.values():
        content = pages.get(entry["file"])
        if content is None:
            continue
        told: list[str] = []
        words = 0
        for report in read_bytes(content, name=entry["file"], format="html"):
            if not isinstance(report, InputError):
                passages = split_discussion(report, key=_KEY)
                told = [_squeeze(p.span.of(report.text)) for p in passages if p.kind is PassageKind.COMMENT]
                words = len(report.text.split())
        hits = [float(any(_squeeze(segment) in comment for comment in told)) for segment in entry["comments"]]
        yield DocumentScore(entry["file"], words, {"segment": hits})


def _html_folder(data: Path) -> Path:
    if (data / "evaldata-comments.json").is_file():
        return data
    if data.name == "evaldata-comments.json":
        return data.parent
    return data.parent.parent / "trafilatura-comments"


def _files(data: Path, suffix: str) -> Iterator[tuple[str, bytes]]:
    if data.is_dir():
        for path in data.rglob(f"*{suffix}"):
            yield path.name, path.read_bytes()
        return
    with tarfile.open(data) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() and member.name.endswith(suffix) else None
            if stream is not None:
                yield Path(member.name).name, stream.read()


def _squeeze(words: str) -> str:
    return " ".join(words.split())
