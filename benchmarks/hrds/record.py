"""The record of one article, and how the gold answers are read (typing errors and blanks included)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

VIOLATIONS = (
    "arbitrary detention",
    "enforced disappearance",
    "kidnapping",
    "killing",
    "torture",
    "other",
)
UNKNOWN = "unknown"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_UNSTATED = frozenset({"", "none", "unknown", "n/a", "n//a", "na", "nan", "null", "not stated", "insufficient info"})


@dataclass(frozen=True, slots=True)
class Record:
    """What an article says of the attack; None (victims and violations: nothing) where it does not say.

    victims: names in order. violations: of VIOLATIONS; an empty set stands for the label "unknown".
    """

    perpetrator: str | None
    violations: frozenset[str]
    victims: tuple[str, ...]
    country: str | None
    region: str | None
    city: str | None
    year: int | None
    month: int | None
    day: int | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as text (paragraphs apart by a blank line) with its gold record."""

    id: str
    title: str
    text: str
    published: date | None
    record: Record


def read_articles(data: Path, split: str) -> list[Article]:
    """Read ``{split}.json`` in ``data``, or ``data`` itself if it is a file."""
    file = data if data.is_file() else data / f"{split}.json"
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [_read_article(row) for row in rows if "country" in row.get("merged_sample", {})]


def _read_article(row: Mapping[str, Mapping[str, object]]) -> Article:
    sample = row["sample"]
    stamp = re.match(r"(\d{4})-(\d\d)-(\d\d)", str(sample.get("Input.publish_date") or ""))
    return Article(
        str(sample["Input.GLOBALEVENTID"]),
        str(sample.get("Input.title") or ""),
        read_paragraphs(str(sample["Input.article_interface"])),
        date(*map(int, stamp.groups())) if stamp else None,
        read_gold(row["merged_sample"]),
    )


def read_paragraphs(markup: str) -> str:
    """Return the text of ``<p>`` paragraphs, a blank line between them."""
    blocks = re.split(r"</?p\b[^>]*>", markup)
    texts = (" ".join(html.unescape(re.sub(r"<[^>]+>", " ", block)).split()) for block in blocks)
    return "\n\n".join(text for text in texts if text)


def read_gold(gold: Mapping[str, object]) -> Record:
    """Read the gold answers of one article.

    "unknown" beside another violation is dropped, as in the published evaluation; a stated perpetrator type
    counts as none when no perpetrator is mentioned.
    """
    violations = frozenset(str(each) for each in _rows(gold.get("violation_types"))) & frozenset(VIOLATIONS)
    victims = (_stated(row.get("victim_name")) for row in _rows(gold.get("victims")) if isinstance(row, Mapping))
    return Record(
        str(gold["perpetrator_type"]) if gold.get("perpetrator_type") else None,
        violations,
        tuple(dict.fromkeys(name for name in victims if name)),
        _stated(gold.get("country")),
        _stated(gold.get("region")),
        _stated(gold.get("city")),
        _whole(gold.get("year"), 1800, 2100),
        _month(gold.get("month")),
        _whole(gold.get("date"), 1, 31),
    )


def _rows(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _stated(value: object) -> str | None:
    text = " ".join(str(value if value is not None else "").split())
    return None if text.lower() in _UNSTATED else text


def _whole(value: object, low: int, high: int) -> int | None:
    match = re.match(r"\s*(\d+)(?:\.0)?\s*$", str(value))
    return int(match.group(1)) if match and low <= int(match.group(1)) <= high else None


def _month(value: object) -> int | None:
    """Return the number of a month given as a number or as a name, misspelt or not."""
    number = _whole(value, 1, 12)
    if number is not None or _stated(value) is None:
        return number
    close = get_close_matches(str(value).strip().lower(), _MONTHS, n=1, cutoff=0.7)
    return _MONTHS.index(close[0]) + 1 if close else None


@cache
def _same_country() -> Mapping[str, str]:
    file = Path(__file__).with_name("countries.tsv")
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {name: shown for shown, names in rows for name in names.split("|")}


def plain_place(name: str | None) -> str | None:
    """Return a place name for comparison: lower case, no "the", one name per country.

    >>> plain_place("People's Republic of China"), plain_place("USA")
    ('china', 'united states')
    """
    if name is None:
        return None
    plain = " ".join(re.sub(r"[^\w\s]", "", name.lower()).split())
    plain = re.sub(r"^(?:the|republic of|city of)\s", "", plain)
    plain = re.sub(r"\s(?:city|state|province)$", "", plain)
    return _same_country().get(plain, plain)
