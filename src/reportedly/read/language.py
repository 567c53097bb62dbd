"""In which language is a report? Decided once per report: per comment it would flip on misspellings."""

from __future__ import annotations

import math

from reportedly.read.limits import LANGUAGE_SAMPLE_CHARS, SHORT_TEXT_WORDS

_UNDETERMINED = ("und", 0.0)
_SHORT_TEXT_CONFIDENCE = 0.3
_FEW_WORDS = 120


def identify_language(text: str) -> tuple[str, float]:
    """Return the ISO 639-1 code of the language of ``text`` and a confidence from 0 to 1.

    A text without letters is "und". A few words in plain ASCII are taken for English with low confidence:
    no identifier can tell, and a random answer would keep a headline from being read.
    Method: py3langid (Lui and Baldwin, langid.py, ACL 2012), naive Bayes over byte n-grams.
    """
    sample = text[:LANGUAGE_SAMPLE_CHARS]
    words = sample.split()
    if not any(character.isalpha() for character in sample):
        return _UNDETERMINED
    if len(words) < SHORT_TEXT_WORDS and sample.isascii():
        return "en", _SHORT_TEXT_CONFIDENCE
    import py3langid

    ranked = py3langid.rank(sample)
    if ranked[0][0] != "en" and len(words) < _FEW_WORDS and sample.isascii():
        # Foreign names make up most of a short report from abroad: ask for the words that are no names.
        plain = " ".join(word for word in words if word[:1].islower())
        ranked = py3langid.rank(plain) if plain else ranked
    best = ranked[0][1]
    share = 1.0 / sum(math.exp(score - best) for _, score in ranked)
    return str(ranked[0][0]), round(share, 4)
