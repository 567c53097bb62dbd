"""Put tokenised text back into prose: corpora store tokens, the analysis reads prose."""

from __future__ import annotations

from collections.abc import Sequence

CLOSING = frozenset(".,;:?!)]}%'’”") | {
    "'s",
    "’s",
    "n't",
    "n’t",
    "'re",
    "'ve",
    "'ll",
    "'d",
    "'m",
    "...",
    "''",
}
OPENING = frozenset("([{$£€#“‘") | {"``"}


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return readable text (no space before closing punctuation, none after opening) and each token's bounds.

    >>> join_tokens(["They", "did", "n't", "leave", "."])
    ("They didn't leave.", [(0, 4), (5, 8), (8, 11), (12, 17), (17, 18)])
    """
    text = ""
    bounds = []
    glued = True
    for token in tokens:
        if not glued and token not in CLOSING:
            text += " "
        bounds.append((len(text), len(text) + len(token)))
        text += token
        glued = token in OPENING
    return text, bounds
