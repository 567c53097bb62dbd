"""Read attributions off GUM's rhetorical trees.

An attribution satellite ("said KCNA", "According to Yonhap news agency") is an elementary unit of the eRST
tree in ``rst/rstweb/*.rs4``; what it attributes is its nucleus. Cue and source are read off the satellite
with the dependencies in ``dep/*.conllu``, which also give the text back with its spaces.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.attributions import AttributedDocument, GoldAttribution
from benchmarks.scoring import Labelled

ATTRIBUTION = frozenset({"attribution-positive", "attribution-negative"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: its bounds in the text, its head as an index into the document's words (-1: root)."""

    form: str
    start: int
    end: int
    head: int
    relation: str
    tag: str


@dataclass(slots=True)
class Node:
    """A node of the rhetorical tree; ``words`` are the words of a segment, empty for a group."""

    id: str
    parent: str | None
    relation: str
    words: range = range(0)
    children: list[Node] = field(default_factory=list)


def read_gum(data: Path, split: str) -> Iterator[AttributedDocument]:
    """Yield the documents of ``split`` from an unpacked GUM folder, its archive, or the archive's folder."""
    archives = [data] if data.is_file() else sorted(data.glob("*.tar.xz"))
    files = _from_archive(archives[0]) if archives else _from_folder(data)
    splits = read_splits(files.get("splits.md", ""))
    for name in sorted(files):
        if name.endswith(".rs4"):
            stem = Path(name).stem
            conllu = next((text for other, text in files.items() if other.endswith(f"{stem}.conllu")), None)
            if conllu is not None and split in ("all", splits.get(stem, "train")):
                yield to_document(stem, files[name], conllu)


def _from_archive(path: Path) -> dict[str, str]:
    texts = {}
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith((".rs4", ".conllu", "splits.md")):
                opened = archive.extractfile(member)
                if opened is not None:
                    texts[member.name.removeprefix("./")] = opened.read().decode("utf-8")
    return texts


def _from_folder(folder: Path) -> dict[str, str]:
    paths = [*folder.rglob("*.rs4"), *folder.rglob("*.conllu"), *folder.glob("splits.md")]
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


def read_splits(text: str) -> dict[str, str]:
    """Read ``splits.md``: a heading per split, a bullet per document."""
    splits = {}
    current = ""
    for line in text.splitlines():
        if line.startswith("## "):
            current = line[3:].strip()
        elif line.strip().startswith("* "):
            splits[line.strip()[2:].strip()] = current
    return splits


def to_document(name: str, rs4: str, conllu: str) -> AttributedDocument:
    """Bring tree and dependencies of one document together."""
    text, words = read_words(conllu)
    nodes, multinuclear = read_tree(rs4)
    found = []
    for node in nodes.values():
        if node.relation in ATTRIBUTION and node.parent in nodes:
            satellite = _words_below(node)
            content = _nucleus_words(nodes[node.parent], multinuclear)
            if satellite and content:
                source, cue = source_and_cue([words[index] for index in satellite], satellite)
                found.append(GoldAttribution(source, cue, tuple(_spans(content, words))))
    return AttributedDocument(name, text, tuple(found))


def read_words(conllu: str) -> tuple[str, list[Word]]:
    """Return the text (paragraphs apart by a blank line) and its words."""
    text = ""
    words: list[Word] = []
    gap = ""
    for block in re.split(r"\n\s*\n", conllu.strip()):
        if text:
            gap = "\n\n" if re.search(r"^# newpar\b", block, re.MULTILINE) else " "
        base = len(words)
        joined_until, joined_space = 0, True
        for line in block.splitlines():
            fields = line.split("\t")
            if line.startswith("#") or len(fields) < 10 or "." in fields[0]:
                continue
            spaced = "SpaceAfter=No" not in fields[9]
            if "-" in fields[0]:
                joined_until, joined_space = int(fields[0].split("-")[1]), spaced
                continue
            number = int(fields[0])
            head = base + int(fields[6]) - 1 if int(fields[6]) else -1
            start = len(text) + len(gap)
            words.append(Word(fields[1], start, start + len(fields[1]), head, fields[7], fields[4]))
            text += gap + fields[1]
            inside = number < joined_until
            gap = "" if inside or not (joined_space if number == joined_until else spaced) else " "
    return text, words


def read_tree(rs4: str) -> tuple[dict[str, Node], frozenset[str]]:
    """Return the tree's nodes by id, with segments numbered off in words, and the multinuclear relations."""
    root = ElementTree.fromstring(rs4)
    multinuclear = {rel.get("name", "") for rel in root.iter("rel") if rel.get("type") == "multinuc"}
    nodes: dict[str, Node] = {}
    count = 0
    for element in root.iter():
        if element.tag in ("segment", "group"):
            node = Node(element.get("id", ""), element.get("parent"), element.get("relname", ""))
            if element.tag == "segment":
                size = len((element.text or "").split())
                node.words = range(count, count + size)
                count += size
            nodes[node.id] = node
    for node in nodes.values():
        if node.parent in nodes:
            nodes[node.parent].children.append(node)
    return nodes, frozenset(multinuclear | {"span"})


def _words_below(node: Node) -> list[int]:
    found = list(node.words)
    for child in node.children:
        found += _words_below(child)
    return sorted(found)


def _nucleus_words(node: Node, nuclear: frozenset[str]) -> list[int]:
    """Return the words of a nucleus: what it spans, without the satellites attached to the node itself."""
    found = list(node.words)
    for child in node.children:
        if child.relation in nuclear:
            found += [index for each in _without_attributions(child) for index in each]
    return sorted(found)


def _without_attributions(node: Node) -> Iterator[Sequence[int]]:
    """Yield words below ``node``, leaving out attribution satellites: they frame content and are none."""
    yield node.words
    for child in node.children:
        if child.relation not in ATTRIBUTION:
            yield from _without_attributions(child)


def _spans(indices: Sequence[int], words: Sequence[Word]) -> Iterator[Labelled]:
    """Yield the runs of consecutive words as spans."""
    first = last = indices[0]
    for index in indices[1:]:
        if index != last + 1:
            yield Labelled(words[first].start, words[last].end)
            first = index
        last = index
    yield Labelled(words[first].start, words[last].end)


def source_and_cue(words: Sequence[Word], indices: Sequence[int]) -> tuple[Labelled | None, Labelled | None]:
    """Read source and cue off a satellite: "according to" and its noun, else the top verb and its subject."""
    place = dict(zip(indices, words, strict=True))
    for index, word in place.items():
        if word.form.lower() == "according":
            after = place.get(index + 1)
            end = after.end if after and after.form.lower() == "to" else word.end
            noun = word.head if word.head in place else None
            return _subtree_span(noun, place, frozenset({index, index + 1})), Labelled(word.start, end)
    top = next((i for i, word in place.items() if word.head not in place and word.tag.startswith("V")), None)
    if top is None:
        top = next((i for i, word in place.items() if word.tag.startswith("V")), None)
    if top is None:
        return None, None
    subject = next((i for i, word in place.items() if word.head == top and word.relation in SUBJECTS), None)
    return _subtree_span(subject, place, frozenset()), Labelled(place[top].start, place[top].end)


def _subtree_span(top: int | None, place: Mapping[int, Word], left_out: frozenset[int]) -> Labelled | None:
    """Return the span of a word and what depends on it inside the satellite, without closing punctuation."""
    if top is None:
        return None
    kept = {top}
    for _ in place:  # heads may stand on either side; repeat until nothing is added
        added = {i for i, word in place.items() if word.head in kept and i not in left_out} - kept
        if not added:
            break
        kept |= added
    edges = (min(kept), max(kept))
    ordered = sorted(index for index in kept if index not in edges or place[index].relation != "punct")
    return Labelled(place[ordered[0]].start, place[ordered[-1]].end)
