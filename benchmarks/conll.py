"""Read CoNLL files of names: one token and its tag a line, a blank line after each sentence.

Tokens are put back into prose. Twenty sentences make a document here: these corpora keep no document bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import Labelled
from benchmarks.tokenised import join_tokens

Row = tuple[str, str]  # token and tag
SENTENCES = 20  # in a block: enough for a text to read like a report
SUFFIXES = (".conll", ".txt", ".conll.txt")


@dataclass(frozen=True, slots=True)
class ConllDocument:
    """A block of sentences with the spans of its names, labelled as in the file."""

    id: str
    text: str
    names: tuple[Labelled, ...]


def is_conll(data: Path) -> bool:
    """Tell whether ``data`` is a CoNLL file or a folder that holds some."""
    if data.is_file():
        return True
    return not any(data.rglob("documents.json")) and bool(_files(data))


def _files(data: Path) -> list[Path]:
    named = (path for path in data.iterdir() if path.suffix in SUFFIXES and "LICENSE" not in path.name)
    return sorted(named)


def read_conll(data: Path) -> Iterator[ConllDocument]:
    """Yield blocks of sentences of a CoNLL file, or of each one in a folder."""
    for path in [data] if data.is_file() else _files(data):
        sentences = list(_sentences(path))
        for start in range(0, len(sentences), SENTENCES):
            block = sentences[start : start + SENTENCES]
            yield to_document(f"{path.name}:{start + 1}", [row for sentence in block for row in sentence])


def _sentences(path: Path) -> Iterator[list[Row]]:
    rows: list[Row] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        fields = line.split()
        if len(fields) >= 2 and not line.startswith("-DOCSTART-"):
            rows.append((fields[0], fields[-1]))
        elif rows:
            yield rows
            rows = []


def to_document(name: str, rows: Sequence[Row]) -> ConllDocument:
    """Join tokens to text and IOB or IOB2 tags to spans."""
    text, bounds = join_tokens([token for token, _ in rows])
    names: list[Labelled] = []
    before = "O"
    for (_, tag), (start, end) in zip(rows, bounds, strict=True):
        label = tag[2:]
        if tag != "O":
            if names and before[2:] == label and not tag.startswith("B-"):
                names[-1] = Labelled(names[-1].start, end, label)
            else:
                names.append(Labelled(start, end, label))
        before = tag
    return ConllDocument(name, text, tuple(names))
