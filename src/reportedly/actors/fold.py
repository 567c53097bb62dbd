"""Names in the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINERS = re.compile(r"[\s\-‐‑–/.'’‘ʿʾ`´]+")
_OUTER = " \t\n\"“”‘’'«»()[]{},;:!?"
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name without case, accents, hyphens, apostrophes and doubled spaces.

    >>> fold("Türkiye’s"), fold("Hay'at Tahrir al-Sham")
    ('turkiye s', 'hay at tahrir al sham')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i")
    return _JOINERS.sub(" ", plain).strip()


def strip_surface(surface: str) -> str:
    """Return a mention without quotation marks, leading article and possessive ending."""
    cleaned = surface.strip(_OUTER)
    cleaned = _ARTICLE.sub("", cleaned)
    return _POSSESSIVE.sub("", cleaned).strip(_OUTER) if len(cleaned) > 3 else cleaned


def is_abbreviation(name: str) -> bool:
    """Tell whether a name counts only as written: short and in capitals ("HTS", "M23", "YPG")."""
    letters = [c for c in name if c.isalpha()]
    return len(name) <= 7 and bool(letters) and all(c.isupper() for c in letters) and " " not in name
