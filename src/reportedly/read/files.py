"""Files and folders: which of them are reports, and what each yields.

Errors are yielded, not raised: one bad file never stops the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportedly._errors import InputError, UnreadableInput, UnsuitableInput
from reportedly.model import Report
from reportedly.read.html import read_html
from reportedly.read.jsonl import read_jsonl
from reportedly.read.limits import MAX_REPORT_BYTES
from reportedly.read.plain import read_plain

_FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    "": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. name: what to call it: its path below the folder that was named, else its file name."""

    path: Path
    name: str


FORMATS = frozenset(_FORMATS.values())


def format_of(name: str) -> str:
    """Return "text", "html" or "jsonl" after the suffix of a file name; an unknown suffix is read as text."""
    return _FORMATS.get(Path(name).suffix.lower(), "text")


def walk(paths: Sequence[str | Path]) -> Iterator[Found | InputError]:
    """Yield the report files that ``paths`` name, folders expanded in sorted order.

    Inside folders hidden files and files of other suffixes are left out; a file named outright is always
    yielded. What cannot be read (no such file, no permission, a dangling link) is yielded as an error.
    Names are those below the folder given: they tell apart equal names in sub-folders, and do not tell
    where on this machine the folder is.
    """
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                yield from _walk_folder(path, "", frozenset((path.resolve(),)))
            elif path.exists():
                yield Found(path, path.name)
            else:
                cause = "a link that leads nowhere" if path.is_symlink() else "no such file"
                yield UnreadableInput(path.name or str(given), cause)
        except (OSError, ValueError) as error:
            yield UnreadableInput(path.name or str(given), _cause(error))


def read_path(path: Path, *, name: str | None = None) -> Iterator[Report | InputError]:
    """Yield the reports in one file; what cannot be read is yielded as an error, never raised.

    name: what to call it in messages and in the key of its reports; the file name unless given.
    """
    name = name or path.name
    try:
        if path.is_dir():
            yield UnreadableInput(name, "a folder where a file was meant")
            return
        if format_of(path.name) == "jsonl":
            with path.open("rb") as stream:
                yield from read_jsonl(_bounded_lines(stream), name=name)
            return
        with path.open("rb") as stream:
            data = stream.read(MAX_REPORT_BYTES + 1)
    except (OSError, ValueError) as error:
        yield UnreadableInput(name, _cause(error))
        return
    yield from read_bytes(data, name=name)


def read_bytes(data: bytes, *, name: str, format: str | None = None) -> Iterator[Report | InputError]:
    """Yield the reports in ``data``.

    name: what to call them in messages and, without an address, in their key ("-" for standard input).
    format: "text", "html" or "jsonl"; None: after the suffix of ``name``, else after how the bytes begin.
    """
    chosen = format or (format_of(name) if Path(name).suffix else _sniff_format(data))
    if chosen not in FORMATS:
        raise ValueError(f"no format {chosen!r} (there are: {', '.join(sorted(FORMATS))})")
    if chosen == "jsonl":
        yield from read_jsonl(_bounded_lines(BytesIO(data)), name=name)
        return
    try:
        if len(data) > MAX_REPORT_BYTES:
            raise UnsuitableInput(name, f"larger than {MAX_REPORT_BYTES // 1_000_000} MB")
        yield read_html(data, name=name) if chosen == "html" else read_plain(data, name=name)
    except InputError as error:
        yield error


def _walk_folder(folder: Path, name: str, above: frozenset[Path]) -> Iterator[Found | InputError]:
    """Yield report files below ``folder``.

    name: of the folder below the one named outright. above: the folders on the way, so that links cannot circle.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableInput(name or folder.name or ".", _cause(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        entry_name = f"{name}/{entry.name}" if name else entry.name
        try:
            if entry.is_dir():
                real = entry.resolve()
                if real not in above:
                    yield from _walk_folder(entry, entry_name, above | {real})
            elif not entry.exists():
                yield UnreadableInput(entry_name, "a link that leads nowhere")
            elif entry.suffix.lower() in _FORMATS and entry.is_file():
                yield Found(entry, entry_name)
        except OSError as error:
            yield UnreadableInput(entry_name, _cause(error))


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines, none longer than the limit and one byte: the rest of a longer line is skipped."""
    while line := stream.readline(MAX_REPORT_BYTES + 1):
        yield line
        while len(line) > MAX_REPORT_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_REPORT_BYTES + 1)


def _sniff_format(data: bytes) -> str:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        return "html"
    return "jsonl" if start.startswith(b'{"') else "text"


def _cause(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error) or type(error).__name__
