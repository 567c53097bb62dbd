"""Readers of the toponym corpora in the layouts in which they are distributed."""

from __future__ import annotations

import csv
import io
import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from reportedly.model import Span


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A toponym of the corpus with its coordinates."""

    span: Span
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class ToponymDocument:
    """A text with its toponyms. ``group``: what must stay on one side of a split.

    complete: all places of the text are annotated, so that precision means something.
    """

    name: str
    group: str
    text: str
    toponyms: tuple[GoldToponym, ...]
    complete: bool = True


def read_toponyms(data: Path) -> Iterator[ToponymDocument]:
    """Yield the documents of a file (XML, JSONL or TSV, also compressed with xz) or of a folder that holds one."""
    if data.is_dir():
        files = sorted(f for f in data.iterdir() if _kind(f) in (".xml", ".jsonl", ".tsv"))
        if not files:
            raise FileNotFoundError(f"{data}: no .xml, .jsonl or .tsv file")
        data = next((f for f in files if "silver" in f.name), files[0])
    text = (lzma.decompress(data.read_bytes()) if data.suffix == ".xz" else data.read_bytes()).decode("utf-8")
    if _kind(data) == ".xml":
        yield from _read_xml(text)
    elif _kind(data) == ".jsonl":
        yield from _read_jsonl(text)
    else:
        yield from _read_silver(text)


def in_split(document: ToponymDocument, split: str) -> bool:
    """Tell whether a document is in "dev" or "test", halves by a hash of its source; "all" has both."""
    if split == "all":
        return True
    half = sha256(document.group.encode("utf-8")).digest()[0] % 2
    return split == ("dev", "test")[half]


def _kind(file: Path) -> str:
    return Path(file.stem).suffix if file.suffix == ".xz" else file.suffix


def _read_xml(text: str) -> Iterator[ToponymDocument]:
    """Read the layout of Gritta et al.: articles with text and locations or toponyms (GeoVirus, LGL, TR-News, GWN)."""
    for number, article in enumerate(ElementTree.fromstring(text).iter("article")):
        body = article.findtext("text") or ""
        found = [toponym for node in article.iter() if (toponym := _xml_toponym(node, body)) is not None]
        group = article.findtext("source") or article.findtext("url") or article.get("docid") or str(number)
        yield ToponymDocument(f"{number}", group, body, tuple(sorted(set(found), key=lambda t: t.span)))


def _xml_toponym(node: ElementTree.Element, body: str) -> GoldToponym | None:
    start, end = node.findtext("start"), node.findtext("end")
    lat, lon = node.findtext(".//lat"), node.findtext(".//lon")
    if not start or not end or not lat or not lon:
        return None
    first, last = int(start), int(end)
    name = node.findtext("name") or node.findtext("phrase") or body[first:last]
    for shift in (0, -1, 1, -2, 2):  # a few offsets of the corpora are off by one
        if body[first + shift : last + shift] == name:
            first, last = first + shift, last + shift
            break
    return GoldToponym(Span(first, last), name, float(lat), float(lon))


def _read_jsonl(text: str) -> Iterator[ToponymDocument]:
    """Read WikToR as in ``shared/corpora``: only the title's place is annotated."""
    for line in text.splitlines():
        record = json.loads(line)
        gold = tuple(
            GoldToponym(Span(t["start"], t["end"]), t.get("text") or t["name"], float(t["lat"]), float(t["lon"]))
            for t in record["toponyms"]
        )
        yield ToponymDocument(str(record["id"]), str(record["id"]), record["text"], gold, complete=False)


def _read_silver(text: str) -> Iterator[ToponymDocument]:
    """Read the UCDP silver headlines: columns headline, surface, lat, lon."""
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    for headline, group in groupby(rows, key=lambda row: row["headline"]):
        gold = []
        for row in group:
            at = headline.lower().find(row["surface"].lower())
            if at >= 0:
                span = Span(at, at + len(row["surface"]))
                gold.append(GoldToponym(span, span.of(headline), float(row["lat"]), float(row["lon"])))
        yield ToponymDocument(headline[:60], headline, headline, tuple(dict.fromkeys(gold)), complete=False)
