"""Names for commenters that cannot be turned back without the key."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

_DIGITS = 8


def make_pseudonym(author: str, key: bytes) -> str:
    """Return "reader-" and 8 hex digits of the HMAC-SHA256 of the normalised name under ``key``.

    The same name under the same key gives the same pseudonym, whatever its case, width or spacing.

    >>> make_pseudonym("Kim  Lee", b"k") == make_pseudonym("kim lee", b"k")
    True
    """
    name = " ".join(unicodedata.normalize("NFKC", author).casefold().split())
    digest = hmac.new(key, name.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return "reader-" + digest.hexdigest()[:_DIGITS]


def name_unnamed(number: int) -> str:
    """Return the pseudonym of the ``number``-th comment without a name in a report, from 1.

    >>> name_unnamed(2)
    'unnamed-2'
    """
    return f"unnamed-{number}"
