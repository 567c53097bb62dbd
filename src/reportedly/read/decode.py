"""Which characters do the bytes mean? BOM, UTF-8, a declared charset, a guess; never silently lossy."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reportedly._errors import UnsuitableInput
from reportedly.read.limits import MAX_CONTROL_SHARE

# Longest first: the UTF-32-LE mark begins with the UTF-16-LE mark.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_GUESS_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the charset that gave it, and what had to be done."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_bytes(data: bytes, *, name: str, markup: bool = False) -> Decoded:
    """Return ``data`` as text, character for character (line ends are kept; only the byte-order mark goes).

    markup: honour a charset declared in the first 2 KB, as an HTML page does.
    Raise UnsuitableInput for empty and for binary bytes.
    """
    if not data.strip():
        raise UnsuitableInput(name, "the file is empty")
    _refuse_known_binary(data, name)
    decoded = _decode_marked(data) or _decode_unmarked(data, name, markup)
    if not decoded.text.strip():
        raise UnsuitableInput(name, "the file is empty")
    controls = sum(1 for _ in _CONTROL.finditer(decoded.text))
    if controls > MAX_CONTROL_SHARE * len(decoded.text):
        raise UnsuitableInput(name, "not text: too many control characters")
    return decoded


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page declares in its first 2 KB, if Python knows it."""
    match = _DECLARED.search(data[:2048])
    if not match:
        return None
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None


def _refuse_known_binary(data: bytes, name: str) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise UnsuitableInput(name, f"not text: it is {what}")


def _decode_marked(data: bytes) -> Decoded | None:
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], charset)
    return None


def _decode_unmarked(data: bytes, name: str, markup: bool) -> Decoded:
    if b"\x00" in data[:4096] or b"\x00" in data:
        return _decode_wide(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    declared = declared_charset(data) if markup else None
    if declared:
        return _decode_as(data, declared)
    return _decode_guessed(data)


def _decode_wide(data: bytes, name: str) -> Decoded:
    """Decode UTF-16 without a mark, told by where the NULs stand; anything else with NULs is binary."""
    odd, even = data[1::2].count(0), data[0::2].count(0)
    charset = "utf-16-le" if odd > even else "utf-16-be"
    if max(odd, even) >= 0.3 * len(data) / 2 and min(odd, even) <= 0.01 * len(data) / 2 and len(data) % 2 == 0:
        try:
            return Decoded(data.decode(charset), charset, (f"no byte-order mark: read as {charset}",))
        except UnicodeDecodeError:
            pass
    raise UnsuitableInput(name, "not text: it holds NUL bytes")


def _decode_guessed(data: bytes) -> Decoded:
    almost = data.decode("utf-8", "replace")
    broken = almost.count("\ufffd")
    sound = sum(1 for character in almost if ord(character) > 127 and character != "\ufffd")
    if sound > 4 * broken:  # UTF-8 with a few damaged bytes reads better than any single-byte guess
        return Decoded(almost, "utf-8", (f"{broken} invalid bytes replaced by U+FFFD",))
    charset = _guess_charset(data)
    if charset is None:
        return Decoded(almost, "utf-8", (f"{broken} invalid bytes replaced by U+FFFD",))
    decoded = _decode_as(data, charset)
    return Decoded(decoded.text, charset, (f"charset guessed: {charset}", *decoded.notes))


def _guess_charset(data: bytes) -> str | None:
    """Return the likeliest charset; Windows-1252 where nothing speaks against it, as browsers assume (WHATWG)."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_GUESS_BYTES])
    best = matches.best()
    if best is None or best.encoding in ("utf_8", "ascii"):
        return None
    for match in matches:
        as_good = match.chaos <= best.chaos and match.coherence >= best.coherence - 0.01
        if as_good and "cp1252" in match.could_be_from_charset:
            return "cp1252"
    return codecs.lookup(best.encoding).name


def _decode_as(data: bytes, charset: str) -> Decoded:
    try:
        return Decoded(data.decode(charset), charset)
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
        return Decoded(text, charset, (f"{text.count(chr(0xFFFD))} invalid bytes replaced by U+FFFD",))
