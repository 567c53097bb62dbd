"""Read the MUC-4 corpus as NIST distributed it (``corpora/``) and its GRIT and GTT versions (JSON lines)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.muc4.keys import parse_templates
from benchmarks.muc4.template import Template

SPLITS = ("dev", "dev_all", "tst1", "tst2", "tst3", "tst4", "test")
DEV_SAMPLE = 200
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")

_HEADER = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d{4})(?:[ \t]+\([^()\n]*\))?[ \t]*$", re.MULTILINE)
_DATELINE = re.compile(r"\b(\d{1,2})\s+([A-Z]{3})[A-Z]*\.?\s+(\d{2})\b")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

Entity = tuple[str, ...]
"""An entity of the GRIT and GTT gold: the mentions that are right for it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One news report. ``dated`` comes from its dateline ("SAN SALVADOR, 3 JAN 90 --"), None without one."""

    id: str
    text: str
    dated: date | None
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """A template of the GTT version: the incident type and, role by role in the order of ROLES, entities."""

    incident_type: str
    roles: tuple[tuple[Entity, ...], ...]


def read_documents(data: Path, split: str) -> list[Document]:
    """Return the documents of a split in the order of their ids.

    "dev" is a fixed sample of 200 of the 1,300 ("dev_all"), those with the smallest SHA-256 of their id;
    "test" is tst3 and tst4 together. Raises FileNotFoundError if a part is not there.
    """
    parts = {"dev": ("dev",), "dev_all": ("dev",), "test": ("tst3", "tst4")}.get(split, (split,))
    documents = [document for part in parts for document in _read_part(data / "corpora" / part)]
    if split == "dev":
        documents = sorted(documents, key=lambda document: hashlib.sha256(document.id.encode()).hexdigest())
        documents = documents[:DEV_SAMPLE]
    return sorted(documents, key=lambda document: document.id)


def _read_part(folder: Path) -> Iterator[Document]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: this part of MUC-4 is not here")
    templates: dict[str, tuple[Template, ...]] = {}
    for file in sorted(folder.glob("key-*")):
        templates |= parse_templates(file.read_text(encoding="latin-1"))
    for file in sorted(folder.iterdir()):
        if file.name.startswith("key-") or "mixed" in file.name or not file.is_file():
            continue
        for name, text in split_documents(file.read_text(encoding="latin-1")):
            if name in templates:
                yield Document(name, text, read_dateline(text), templates[name])


def split_documents(text: str) -> Iterator[tuple[str, str]]:
    """Yield (id, text) of the documents of one text file."""
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends[: len(headers)], strict=True):
        yield header.group(1), text[header.end() : end].strip("\n") + "\n"


def read_dateline(text: str) -> date | None:
    """Return the date in the dateline, None if there is none that is a date."""
    match = _DATELINE.search(text[:300])
    if match is None or match.group(2) not in _MONTHS:
        return None
    try:
        return date(1900 + int(match.group(3)), _MONTHS.index(match.group(2)) + 1, int(match.group(1)))
    except ValueError:
        return None


def read_role_fillers(data: Path) -> dict[str, tuple[tuple[Entity, ...], ...]]:
    """Return the GRIT gold by document id: per role of ROLES its entities; {} where the folder is absent."""
    return {
        row["docid"]: tuple(_read_entities(row["extracts"].get(role, [])) for role in ROLES)
        for row in _read_lines(data / "grit-processed")
    }


def read_role_templates(data: Path) -> dict[str, tuple[RoleTemplate, ...]]:
    """Return the GTT gold by document id, templates told twice once; {} where the folder is absent."""
    found = {}
    for row in _read_lines(data / "gtt-processed"):
        templates = (
            RoleTemplate(template["incident_type"], tuple(_read_entities(template.get(role, [])) for role in ROLES))
            for template in row["templates"]
        )
        found[row["docid"]] = tuple(dict.fromkeys(templates))
    return found


def _read_lines(folder: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def _read_entities(entities: list[list[list[str]]]) -> tuple[Entity, ...]:
    return tuple(tuple(mention[0] for mention in entity) for entity in entities if entity)
