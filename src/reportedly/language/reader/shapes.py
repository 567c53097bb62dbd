"""The shape of a word: what an uncased vocabulary drops."""

from __future__ import annotations

LOWER, TITLE, UPPER, MIXED, NUMBER, SIGN = range(6)


def shape_of(word: str) -> int:
    """Return how a word is written: lower case, Capitalised, CAPITALS, miXed, with digits, or a sign."""
    if word.islower():
        return NUMBER if any(letter.isdigit() for letter in word) else LOWER
    if not any(letter.isalpha() for letter in word):
        return NUMBER if any(letter.isdigit() for letter in word) else SIGN
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return TITLE
    return UPPER if word.isupper() else MIXED
