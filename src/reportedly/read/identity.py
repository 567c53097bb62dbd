"""Which report is it? Ids that are the same for the same text from the same place, on every machine."""

from __future__ import annotations

import hashlib

_ID_DIGITS = 16


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


def short_name(name: str) -> str:
    """Return the last part of a file name: folders above it may tell who the user is.

    >>> short_name("/home/jane/reports/a.txt")
    'a.txt'
    """
    return name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or name
