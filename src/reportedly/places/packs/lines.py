"""Opens the files of a source: plain, .gz, .xz or .zip, within limits that no honest gazetteer reaches."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from reportedly._errors import UnreadableInput
from reportedly.places.packs.entry import PackError, Reject

MOST_BYTES = 3 * 1024**3  # GeoNames' file of the whole world has 1.7 GB
_MOST_JSON = 256 * 1024**2  # JSON is read whole: ten times its size in memory
_MOST_EXPANSION = 120  # times the packed size; names in many scripts reach 15
_FREE_BYTES = 64 * 1024**2  # below this, expansion is harmless
_LONGEST_LINE = 4 * 1024**2
_CHUNK = 1024**2
_PACKED = (".xz", ".gz")
# What the standard library raises for packed bytes that are not what they say they are. RuntimeError: encrypted.
_CORRUPT = (
    OSError, EOFError, ValueError, OverflowError, RuntimeError, struct.error, zlib.error, lzma.LZMAError,
    zipfile.BadZipFile,
)  # fmt: skip


class _Bounded(io.RawIOBase):
    """Counts what comes out of a packed file and stops at what no gazetteer has."""

    def __init__(self, source: BinaryIO, path: Path, most: int) -> None:
        self._source, self._path, self._most = source, path, most
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._source.read(min(len(buffer), _CHUNK))
        except _CORRUPT as error:
            raise PackError(f"{self._path.name}: it cannot be unpacked: {error}") from error
        self._read += len(chunk)
        if self._read > self._most:
            raise _bursting(self._path, self._most)
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def open_source(path: Path, member: str | None = None, *, most: int = MOST_BYTES) -> Iterator[BinaryIO]:
    """Open a source for reading its bytes, unpacked.

    member: the file wanted in a .zip; else its only .txt, or its only one beside a readme. most: bytes that it may
    have, packed or not. Raise PackError for what is too large, packed to burst, or broken; UnreadableInput for what
    cannot be opened.
    """
    packing = path.suffix.lower()
    try:
        size = path.stat().st_size
        handle = path.open("rb")
    except OSError as error:
        raise UnreadableInput(str(path), error.strerror or str(error)) from error
    with ExitStack() as stack:
        source: BinaryIO = stack.enter_context(handle)
        if size > most:
            raise PackError(f"{path.name}: it has {size / 1024**3:.1f} GB, more than any gazetteer")
        bound = most if packing not in (*_PACKED, ".zip") else min(most, max(_FREE_BYTES, size * _MOST_EXPANSION))
        if packing == ".zip":
            source = stack.enter_context(_open_member(source, path, member, bound))
        elif packing == ".xz":
            source = cast(BinaryIO, stack.enter_context(lzma.open(source, "rb")))
        elif packing == ".gz":
            source = cast(BinaryIO, stack.enter_context(gzip.open(source, "rb")))
        yield cast(BinaryIO, io.BufferedReader(_Bounded(source, path, bound), _CHUNK))


def check_packing(path: Path) -> None:
    """Unpack a .xz or .gz once to its end: what is broken or bursts is refused before any row of it is used."""
    if path.suffix.lower() in _PACKED:
        with open_source(path) as source:
            while source.read(_CHUNK):
                pass


def read_json(path: Path) -> Any:
    """Return what a JSON file holds. Raise PackError if it is none, or too large to be read whole."""
    with open_source(path, most=_MOST_JSON) as source:
        try:
            return json.loads(source.read())
        except RecursionError:
            raise PackError(f"{path.name}: it is nested too deep") from None
        except ValueError as error:
            raise PackError(f"{path.name}: it is no JSON: {error}") from None


def read_lines(source: BinaryIO, name: str, reject: Reject) -> Iterator[tuple[int, str]]:
    """Yield (number, line) without line ends, counted from 1.

    reject: is told of a line that is not UTF-8 or has NUL bytes, and may raise. A line without end raises PackError.
    """
    number = 0
    while line := source.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise PackError(f"{name}, row {number}: longer than {_LONGEST_LINE // 1024**2} MB")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            reject(PackError(f"{name}, row {number}: not UTF-8 ({error.reason})"))
            continue
        if "\0" in text:
            reject(PackError(f"{name}, row {number}: NUL bytes"))
            continue
        yield number, text.rstrip("\r\n")


@contextmanager
def _open_member(source: BinaryIO, path: Path, member: str | None, most: int) -> Iterator[BinaryIO]:
    try:
        archive = zipfile.ZipFile(source)
        info = _pick(archive, path, member)
        if info.file_size > most:  # the module reads no more than is declared
            raise _bursting(path, most)
        opened = archive.open(info)
    except _CORRUPT as error:
        raise PackError(f"{path.name}: it is no readable .zip: {error}") from error
    with archive, opened:
        yield cast(BinaryIO, opened)


def _pick(archive: zipfile.ZipFile, path: Path, member: str | None) -> zipfile.ZipInfo:
    files = [i for i in archive.infolist() if not i.is_dir() and "readme" not in i.filename.lower()]
    named = [i for i in files if Path(i.filename).name == member]
    wanted = named or [i for i in files if i.filename.lower().endswith(".txt")] or files
    if len(wanted) != 1:
        raise PackError(f"{path.name}: one file {member or ''} is wanted in it, and there are {len(wanted)}")
    return wanted[0]


def _bursting(path: Path, most: int) -> PackError:
    return PackError(f"{path.name}: it unpacks to more than {most // 1024**2} MB, which no gazetteer does")
