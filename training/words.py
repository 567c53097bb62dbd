"""Two word lists that the training texts give away: English words by which capitals get their case back, and lemmas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from reportedly.language.reader.lemma import INFLECTED
from training.item import Item

FOLDER = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "data" / "language"
HEADER = """# English words, one a line: written in lower case at least twice, and rarely as names, in the texts that
# the reader is trained on (training/README.md). Made by `python -m training words`.
"""
LEMMA_HEADER = """# Forms and their lemmas as the reader's teacher gives them, seen at least twice in the training
# texts: tab-separated part of speech, form, lemma ("=": the form itself). Made by `python -m training words`.
"""
CAPITALS_ONLY = frozenset({"muc4"})  # corpora whose case is our own guess


def common_words(items: Iterable[Item]) -> list[str]:
    """Return the words in alphabetical order."""
    small: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for item in items:
        if item.corpus in CAPITALS_ONLY or item.syntax is None:
            continue
        for word, pos in zip(item.words, item.syntax["pos"], strict=True):
            text = word.of(item.text)
            if text.isalpha() and len(text) > 1:
                if pos == "PROPN":
                    names[text.lower()] += 1
                elif text.islower():
                    small[text] += 1
    return sorted(word for word, count in small.items() if count >= 2 and count > 0.2 * names[word])


def common_lemmas(items: Iterable[Item]) -> list[tuple[str, str, str]]:
    """Return (part of speech, form, lemma), in that order; of several lemmas of a form the commonest."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in items:
        assert item.syntax is not None
        for word, pos, lemma in zip(item.words, item.syntax["pos"], item.syntax["lemma"], strict=True):
            form = word.of(item.text).lower()
            if pos != "PROPN" and form.replace("'", "").isalpha():
                seen[str(pos), form][str(lemma)] += 1
    found = []
    for (pos, form), lemmas in sorted(seen.items()):
        lemma, count = min(lemmas.items(), key=lambda each: (-each[1], each[0]))
        if count >= 2 and (lemma != form or pos in INFLECTED):
            found.append((pos, form, lemma))
    return found


def write(items: list[Item], folder: Path = FOLDER) -> tuple[int, int]:
    """Write both lists; returns how many words and lemmas they have."""
    words, lemmas = common_words(items), common_lemmas(items)
    (folder / "words.txt").write_text(HEADER + "\n".join(words) + "\n", encoding="utf-8")
    rows = ("\t".join((pos, form, "=" if lemma == form else lemma)) for pos, form, lemma in lemmas)
    (folder / "lemmas.tsv").write_text(LEMMA_HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return len(words), len(lemmas)
