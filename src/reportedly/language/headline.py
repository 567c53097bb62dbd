"""Headlines In Title Case as sentences: a parser reads "Rebels Shell Aleppo Market" as one long name otherwise."""

from __future__ import annotations

import re

from reportedly.language.lexicon import load_lexicon

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TITLE_CASE_SHARE = 0.6


def sentence_case(headline: str, body: str) -> str:
    """Return a headline with its common words in lower case; the length stays the same.

    Only a headline in title case is changed. A capitalised word is common if it is a function word, if the body has
    it in lower case, or if it
    names an act; it stays as it is where the body has it capitalised inside a sentence.
    """
    words = list(WORD.finditer(headline))
    long_words = [w for w in words[1:] if len(w.group()) > 3]
    capitalised = sum(w.group()[0].isupper() for w in long_words)
    if len(words) < 3 or capitalised < TITLE_CASE_SHARE * len(long_words) or headline.isupper():
        return headline
    lower = set(re.findall(r"\b[a-z][\w'’-]+", body))
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][\w'’-]+", body))
    letters = list(headline)
    for word in words[1:]:
        text = word.group()
        if text[0].isupper() and text not in names and _is_common(text, lower) and len(text.lower()) == len(text):
            letters[word.start() : word.end()] = text.lower()
    return "".join(letters)


def _is_common(text: str, lower: set[str]) -> bool:
    word = text.lower()
    if word in load_lexicon().function_words or word in lower or text.isupper():
        return not text.isupper() or word in load_lexicon().function_words
    return any(form in lower or _names_act(form) for form in _stems(word))


def _stems(word: str) -> list[str]:
    """Return the forms that an English ending may have been added to."""
    found = [word]
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


def _names_act(word: str) -> bool:
    lexicon = load_lexicon()
    verb = ("v", word)
    return verb in lexicon.acts or ("n", word) in lexicon.acts or verb in lexicon.cues or verb in lexicon.governors
