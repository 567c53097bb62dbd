"""Which report is it? Ids that are the same for the same text from the same place, on every machine."""

from __future__ import annotations

import hashlib

_ID_DIGITS = 16
_KEY_DIGITS = 12
UNNAMED = frozenset({"-", "text"})  # standard input; a string handed to ``reportedly.read``


def make_report_id(key: str, text: str) -> str:
    """Return "r-" and the first 16 hex digits of the SHA-256 over key, NUL and text.

    >>> make_report_id("https://example.org/1", "The truce held.")
    'r-0b908b1f95db4f33'
    """
    digest = hashlib.sha256(f"{key}\0{text}".encode("utf-8", "surrogatepass"))
    return "r-" + digest.hexdigest()[:_ID_DIGITS]


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of the bytes as they came, in hex."""
    return hashlib.sha256(data).hexdigest()


def make_key(name: str, data: bytes) -> str:
    """Return what makes a report without an address the same over time: its file name.

    What was piped or pasted in has none: there only the same words are the same report.

    >>> make_key("north/a.txt", b"The truce held.")
    'north/a.txt'
    >>> make_key("-", b"The truce held.")
    '-#3e268186f661'
    """
    return f"{name}#{hash_bytes(data)[:_KEY_DIGITS]}" if name in UNNAMED else name


def public_name(name: str) -> str:
    """Return a file name without what may tell who the user is: a path from the root loses its folders.

    >>> public_name("/home/jane/reports/a.txt"), public_name("north/a.txt")
    ('a.txt', 'north/a.txt')
    """
    name = name.encode("utf-8", "backslashreplace").decode()  # names of files may be any bytes
    parts = name.replace("\\", "/").rstrip("/").split("/")
    rooted = parts[0] in ("", "~", "..") or parts[0].endswith(":") or ".." in parts
    return (parts[-1] if rooted else "/".join(parts)) or name
