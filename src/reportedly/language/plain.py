"""A text as the reader likes it, of the same length: plain quotes, no shouting, no datelines."""

from __future__ import annotations

import re

from reportedly.language.truecase import truecase

# Typographic characters and their plain equivalents, one for one, so that offsets hold.
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "\u00a0": " ", "\u2009": " "})
# "Goma, Democratic Republic of Congo - Rebels seized ...": where the story was filed, no part of its first sentence.
# One of capitals, a second place after a comma, or an agency in brackets must show that it is one.
DATELINE = re.compile(
    r"(?:\[TEXT\] )?"
    r"(?:[A-Z]{3}[A-Z .'-]{0,30}|[A-Z][\w.' -]{1,40}?, [A-Z][\w.' ,-]{1,50}?|[A-Z][\w.', -]{1,60}?(?= ?\())"
    r"(?: ?\([A-Z][^)\n]{1,40}\))? ?(?:--|[–—]| - ) ?(?=[A-Z\"])"
)
EDITORIAL = re.compile(
    r"\[[^\]\n]{0,50}(?:indistinct|recording|break|text|sic|begin|end|passage omitted|unidentified)[^\]\n]{0,40}\]",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return the text with plain quotes, in ordinary case, and blanks for what is no part of a sentence."""
    cased = EDITORIAL.sub(lambda m: " " * len(m.group()), truecase(text.translate(PLAIN)))
    dateline = DATELINE.match(cased[:160])
    return " " * dateline.end() + cased[dateline.end() :] if dateline is not None else cased
