"""Near-copies: one text published by several outlets (syndication) is one source.

Method: word 5-gram shingles, Jaccard similarity at or above a threshold (Broder 1997), transitive closure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from reportedly.model import Reading

SHINGLE_WORDS = 5
COPY_JACCARD = (
    0.5  # of article shingles; syndicated copies with edited leads stay above, reports of one event below 0.1
)


def find_copies(readings: Sequence[Reading]) -> dict[str, str]:
    """Map each report id to the id of the first publisher of its text (its own id if it is no copy).

    "First" is the earliest published date, undated reports last, then the smaller id; the order of ``readings`` does
    not matter.
    """
    ordered = sorted(readings, key=_age)
    shingles = {r.report.id: _shingles(r) for r in ordered}
    holders: dict[int, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    for reading in ordered:
        mine = shingles[reading.report.id]
        shared: dict[str, int] = defaultdict(int)
        for shingle in mine:
            for holder in holders[shingle]:
                shared[holder] += 1
        original = reading.report.id
        for holder, count in sorted(shared.items()):
            if count >= COPY_JACCARD * (len(mine) + len(shingles[holder]) - count):
                original = first[holder]
                break
        first[reading.report.id] = original
        for shingle in mine:
            holders[shingle].append(reading.report.id)
    return first


def _age(reading: Reading) -> tuple[bool, str, str]:
    published = reading.report.published
    start = published.start.isoformat() if published is not None and published.start is not None else ""
    return (not start, start, reading.report.id)


def _shingles(reading: Reading) -> frozenset[int]:
    words: list[str] = []
    for passage in reading.passages:
        if passage.in_article:
            words += re.findall(r"\w+", passage.span.of(reading.report.text).lower())
    grams = zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False)
    return frozenset(_stable_hash(" ".join(gram)) for gram in grams)


def _stable_hash(text: str) -> int:
    import zlib

    return zlib.crc32(text.encode())
