"""Gold attributions, whatever corpus they come from, and the brat layout of PolNeAR.

brat: ``text/NAME.txt`` and ``attributions/NAME*.ann`` (one file an annotator), with text-bound Source, Cue
and Content annotations (``T`` lines, possibly discontinuous) that relation or event lines (``R``, ``E``) tie
together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import Labelled


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Who (source), by which words (cue), what (content, in one or several pieces)."""

    source: Labelled | None
    cue: Labelled | None
    content: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class AttributedDocument:
    """A text with its gold attributions."""

    id: str
    text: str
    attributions: tuple[GoldAttribution, ...]


def is_brat(data: Path) -> bool:
    """Tell whether ``data`` holds a folder ``attributions`` (itself, or in one folder per split)."""
    return data.is_dir() and any(data.rglob("attributions"))


def read_brat(data: Path, split: str) -> Iterator[AttributedDocument]:
    """Yield text and annotation pairs; with one folder per split, those of ``split`` ("all": of each)."""
    for folder in sorted(path.parent for path in data.rglob("attributions") if path.is_dir()):
        name = folder.relative_to(data).parts
        if name and split != "all" and split not in name:
            continue
        for path in sorted((folder / "attributions").rglob("*.ann")):
            text = _text_of(path, folder / "text")
            if text is not None:
                found = parse_brat(path.read_text(encoding="utf-8"))
                yield AttributedDocument(path.stem, text, tuple(found))


def _text_of(annotations: Path, texts: Path) -> str | None:
    """Return the text that an annotation file is about: the longest text name that begins or ends its own."""
    stems = {path.stem: path for path in texts.rglob("*.txt")}
    own = annotations.stem
    fitting = [stem for stem in stems if own.startswith(stem) or own.endswith(stem)]
    if not fitting:
        return None
    # newline="" keeps \r\n: brat counts every character.
    with stems[max(fitting, key=len)].open(encoding="utf-8", newline="") as opened:
        return opened.read()


def parse_brat(text: str) -> list[GoldAttribution]:
    """Return the attributions of one ``.ann`` file: groups of tied annotations that have content."""
    kinds: dict[str, str] = {}
    pieces: dict[str, list[Labelled]] = {}
    ties: list[list[str]] = []
    for line in text.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            kind, _, offsets = fields[1].partition(" ")
            kinds[fields[0]] = kind.lower()
            pieces[fields[0]] = _offsets(offsets)
        elif line.startswith(("E", "R")) and len(fields) >= 2:
            ties.append(re.findall(r":(T\d+)", fields[1]))
    grouped = _groups(ties)
    tied = {name for group in grouped for name in group}
    lone = [[name] for name, kind in kinds.items() if kind == "content" and name not in tied]
    found = (_attribution(group, kinds, pieces) for group in [*grouped, *lone])
    return sorted((each for each in found if each is not None), key=lambda each: each.content)


def _offsets(text: str) -> list[Labelled]:
    bounds = (each.split() for each in text.split(";"))
    return [Labelled(int(start), int(end)) for start, end in bounds]


def _groups(ties: list[list[str]]) -> list[list[str]]:
    """Join ties that share a cue or content into groups; an event line is a group by itself already."""
    groups: list[list[str]] = []
    for tie in ties:
        if len(tie) > 2 or not groups:
            groups.append(list(tie))
            continue
        shared = next((group for group in groups if set(group) & set(tie)), None)
        if shared is None:
            groups.append(list(tie))
        else:
            shared.extend(name for name in tie if name not in shared)
    return groups


def _attribution(group: list[str], kinds: dict[str, str], pieces: dict[str, list[Labelled]]) -> GoldAttribution | None:
    of_kind = {
        kind: sorted(piece for name in group if kinds.get(name) == kind for piece in pieces[name])
        for kind in ("source", "cue", "content")
    }
    if not of_kind["content"]:
        return None
    return GoldAttribution(_hull(of_kind["source"]), _hull(of_kind["cue"]), tuple(of_kind["content"]))


def _hull(spans: list[Labelled]) -> Labelled | None:
    return Labelled(spans[0].start, max(span.end for span in spans)) if spans else None
