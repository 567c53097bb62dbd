"""The project's own annotated sentences (``training/data/README.md``), and the check of their values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.item import Act, Item, Pair, Voice, WordSpan
from training.labels import ACT_LABELS, CATEGORIES, MENTION_TYPES, MODALITIES, RELATIONS

FOLDER = Path(__file__).resolve().parents[1] / "data" / "authored"
FLAGGED = frozenset({"modality_b"})  # files that say of every act whether it is yet to come or hangs on a condition
ROLES = {"a": "actor", "r": "recipient", "p": "place", "w": "time", "i": "instrument"}


class AnnotationError(Exception):
    """A value that is not in its text, or an unknown label."""


def authored(folder: Path = FOLDER) -> Iterator[Item]:
    """Yield the items of every file, in the order of their names. Raises AnnotationError for a value out of place."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield to_item(path.stem, json.loads(line))
                except (AnnotationError, KeyError, ValueError) as error:
                    raise AnnotationError(f"{path.name}:{number}: {error}") from error


def to_item(corpus: str, row: dict[str, Any]) -> Item:
    """Turn one line into an item."""
    item = Item(f"authored/{corpus}", str(row["id"]), str(row["text"]))
    if "acts" in row:
        loose = not any(each["mod"] == "conditional" for each in row["acts"])
        item.acts = [_act(item, each, corpus in FLAGGED, loose) for each in row["acts"]]
    if "voices" in row or corpus == "voices":
        item.voices = [_voice(item, each) for each in row.get("voices", ())]
    item.pairs = [_pair(item, each) for each in row.get("pairs", ())]
    if "mentions" in row:
        item.mentions = [_mention(item, each) for each in row["mentions"]]
        item.relations = [_relation(item, each) for each in row.get("relations", ())]
    return item


def _mention(item: Item, row: dict[str, str]) -> tuple[WordSpan, str]:
    _known(row["y"], MENTION_TYPES)
    return _locate(item, row["m"]), row["y"]


def _relation(item: Item, row: dict[str, str]) -> Pair:
    _known(row["k"], RELATIONS[1:])
    return Pair([_locate(item, row["s"])], [_locate(item, row["t"])], row["k"])


def _act(item: Item, row: dict[str, Any], flagged: bool, loose: bool) -> Act:
    _known(row["cat"], ACT_LABELS)
    _known(row["mod"], MODALITIES)
    roles = [(name, _locate(item, row[key])) for key, name in ROLES.items() if key in row]
    flags = (
        (bool(row.get("fut")), bool(row.get("con"))) if flagged else (_ahead(row["mod"]), _hanging(row["mod"], loose))
    )
    return Act(_locate(item, row["t"]), row["cat"], row["mod"], roles, *flags)


def _ahead(modality: str) -> bool | None:
    """Tell whether a modality alone says that the act is yet to come; None where it does not say."""
    known = {"planned": True, "predicted": True, "threatened": True, "asserted": False, "ongoing": False}
    return known.get(modality)


def _hanging(modality: str, loose: bool) -> bool | None:
    """Tell whether an act stands under a condition. loose: the text has no condition at all."""
    return True if modality == "conditional" else False if loose or modality in ("asserted", "ongoing") else None


def _voice(item: Item, row: dict[str, Any]) -> Voice:
    contents = [row["x"]] if isinstance(row["x"], str) else row["x"]
    source = _locate(item, row["s"]) if "s" in row else None
    return Voice(_locate(item, row["c"]), source, [_locate(item, each) for each in contents])


def _pair(item: Item, row: dict[str, str]) -> Pair:
    _known(row["root"], CATEGORIES)
    return Pair([_locate(item, row["s"])], [_locate(item, row["t"])], row["root"])


def _known(label: str, labels: tuple[str, ...]) -> None:
    if label not in labels:
        raise AnnotationError(f"unknown label {label!r}")


def _locate(item: Item, value: str) -> WordSpan:
    """Return the words of a verbatim value; "#2" behind it means its second occurrence as whole words."""
    phrase, _, count = value.rpartition("#")
    if not (phrase and count.isdigit()):
        phrase, count = value, "1"
    before, after = (r"(?<!\w)" if phrase[:1].isalnum() else ""), (r"(?!\w)" if phrase[-1:].isalnum() else "")
    starts = [match.start() for match in re.finditer(before + re.escape(phrase) + after, item.text)]
    if len(starts) < int(count):
        raise AnnotationError(f"not in the text: {value!r}")
    start = starts[int(count) - 1]
    span = item.word_span(start, start + len(phrase))
    if span is None:
        raise AnnotationError(f"no word: {value!r}")
    return span
