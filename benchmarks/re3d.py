"""Read re3d folders: documents, entities and relations, one JSON object a line.

Two traps (see ``../shared/design/models.md`` 2): rows with confidence under 0.5 are rejected candidates, not
gold; and 89 pairs of spans are nested, of which the outermost counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoring import Labelled, outermost

MIN_CONFIDENCE = 0.5
VISIBLE_SOURCES = frozenset({"Australian Department of Foreign Affairs", "CENTCOM", "UK Government", "Wikipedia"})
SPLITS = ("test", "dev", "train", "all")


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation between two entity spans; re3d gives most of them a direction."""

    kind: str
    source: Labelled
    target: Labelled


@dataclass(frozen=True, slots=True)
class Re3dDocument:
    """One document with its gold; entities are outermost spans of a nest, in text order."""

    id: str
    source: str
    text: str
    entities: tuple[Labelled, ...]
    relations: tuple[GoldRelation, ...]


def split_of(document_id: str, source: str) -> str:
    """Return the split of a document: a source that development cannot see is always "test".

    Documents of the visible sources are dealt by a hash of their id: 60 % train, 20 % dev, 20 % test.
    """
    if source not in VISIBLE_SOURCES:
        return "test"
    bucket = hashlib.sha256(document_id.encode()).digest()[0] % 10
    return "train" if bucket < 6 else "dev" if bucket < 8 else "test"


def read_re3d(data: Path, split: str = "all") -> Iterator[Re3dDocument]:
    """Yield the documents of ``split`` below ``data``: a folder of source folders, or one source folder."""
    folders = sorted(path.parent for path in data.rglob("documents.json"))
    if not folders:
        raise FileNotFoundError(f"no documents.json below {data}: not a re3d folder")
    for folder in folders:
        yield from _read_source(folder, split)


def _read_source(folder: Path, split: str) -> Iterator[Re3dDocument]:
    entities: dict[str, list[Labelled]] = {}
    for row in _rows(folder / "entities.json"):
        if float(row.get("confidence", 1)) >= MIN_CONFIDENCE:
            span = Labelled(row["begin"], row["end"], row["type"])
            entities.setdefault(row["documentId"], []).append(span)
    relations: dict[str, list[GoldRelation]] = {}
    for row in _rows(folder / "relations.json"):
        if float(row.get("confidence", 1)) >= MIN_CONFIDENCE:
            source = Labelled(row["sourceBegin"], row["sourceEnd"])
            target = Labelled(row["targetBegin"], row["targetEnd"])
            relations.setdefault(row["documentId"], []).append(GoldRelation(row["type"], source, target))
    for row in sorted(_rows(folder / "documents.json"), key=lambda each: str(each["_id"])):
        source_name = str(row.get("sourceName", folder.name))
        if split in ("all", split_of(row["_id"], source_name)):
            yield Re3dDocument(
                id=row["_id"],
                source=source_name,
                text=row["text"],
                entities=tuple(outermost(entities.get(row["_id"], ()))),
                relations=tuple(relations.get(row["_id"], ())),
            )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a mongoexport file; a file that is not there has none."""
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
