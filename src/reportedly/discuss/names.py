"""Could a line be a reader's display name, and nothing else?"""

from __future__ import annotations

import re

from reportedly.discuss.cues import ends_sentence, find_words, load_cues, praises

_MAX_CHARS = 40
_MAX_WORDS = 5
_LETTER = re.compile(r"[^\W\d_]")
_NOT_IN_NAMES = re.compile(
    r"^\d+[.)]|\w@\w|https?://|www\.|\.\.\.|[“”\"«»\[\]{}|<>]|\d{4}|[$€£%]|\d:\d|\b\d{1,2}(?:st|nd|rd|th)\b|,\s|:\s"
)


def looks_like_name(words: str) -> bool:
    """Tell whether a line could be a display name."""
    return name_score(words) > 0.0


def name_score(words: str) -> float:
    """Return how much the shape of a line speaks for a display name: below 0 hardly, 1 and more very likely.

    Short, no closing mark, words that begin with capitals or look like handles; words of sentences and of
    headings speak against it. Slogans and lower-case handles ("klove and light") come out near 0.
    """
    text = words.strip()
    cues = load_cues()
    if not text or len(text) > _MAX_CHARS or not _LETTER.search(text) or _NOT_IN_NAMES.search(text):
        return -2.0
    parts = text.split()
    if len(parts) > _MAX_WORDS or text.lower() in cues.article_headings:
        return -2.0
    if ends_sentence(text) and not re.search(r"\b(?:[A-Z]|Jr|Sr|Dr)\.\Z", text):
        return -1.5
    spoken = find_words(text)
    functional = sum(1 for word in spoken if word in cues.sentence_words)
    if praises(spoken) or cues.agreement.match(text) or (spoken and spoken[0] in cues.thanks):
        return -1.0
    capital = sum(1 for part in parts if part[:1].isupper() or not part[:1].isalpha())
    score = 0.4 if len(parts) <= 3 else 0.0
    score += 0.8 if capital == len(parts) else 0.3 if len(parts) == 1 else -0.2
    score += 0.3 if any(character.isdigit() or character == "_" for character in text) and len(parts) == 1 else 0.0
    score -= 0.9 * functional
    return score
