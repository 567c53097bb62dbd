"""The public corpora that may teach a model that ships. Test parts are never read here."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.attributions import AttributedDocument
from benchmarks.conll import read_conll
from benchmarks.gum import read_gum
from benchmarks.hrds.record import read_articles
from benchmarks.muc4.corpus import read_documents
from benchmarks.re3d import Re3dDocument, read_re3d
from benchmarks.scoring import Labelled
from benchmarks.tasks.factuality import read_sentences
from reportedly.language.truecase import truecase
from training.item import Item, Pair, Voice

COARSE = {
    "PER": "PER", "person": "PER", "politician": "PER", "writer": "PER",
    "LOC": "LOC", "location": "LOC", "country": "LOC",
    "ORG": "ORG", "corporation": "ORG", "organisation": "ORG", "politicalparty": "ORG",
}  # fmt: skip
STORY_WORDS = 48
NEWLINE = re.compile(r"\n+")


def re3d(corpora: Path, split: str) -> Iterator[Item]:
    """Yield re3d's lines with mentions and relations between mentions of one line.

    What ships learns from the train and dev parts; the test part judges it.
    """
    for part in ("train", "dev") if split == "train" else ("test",):
        for document in read_re3d(corpora / "re3d", part):
            yield from _re3d_lines(document)


def _re3d_lines(document: Re3dDocument) -> Iterator[Item]:
    for number, (start, end) in enumerate(lines(document.text)):
        item = Item("re3d", f"{document.id}:{number}", document.text[start:end])
        item.mentions, item.relations = [], []
        for entity in document.entities:
            if start <= entity.start and entity.end <= end:
                span = item.word_span(entity.start - start, entity.end - start)
                if span is not None:
                    item.mentions.append((span, entity.label))
        held = {span for span, _ in item.mentions}
        for relation in document.relations:
            ends = [
                item.word_span(each.start - start, each.end - start) if start <= each.start < end else None
                for each in (relation.source, relation.target)
            ]
            if ends[0] in held and ends[1] in held and ends[0] != ends[1]:
                item.relations.append(Pair([ends[0]], [ends[1]], relation.kind))
        yield item


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines of a text that hold something."""
    start = 0
    for match in [*NEWLINE.finditer(text), None]:
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield start, end
        start = match.end() if match else end


def gum(corpora: Path, split: str) -> Iterator[Item]:
    """Yield GUM's paragraphs with their attributions."""
    for document in read_gum(corpora / "gum-open", split):
        yield from _gum_lines(document)


def _gum_lines(document: AttributedDocument) -> Iterator[Item]:
    for number, (start, end) in enumerate(lines(document.text)):
        item = Item("gum", f"{document.id}:{number}", document.text[start:end])
        item.voices, item.voices_complete = [], False
        for each in document.attributions:
            if each.cue is None or not start <= each.cue.start < end:
                continue
            cue = _shifted(item, each.cue, start)
            source = _shifted(item, each.source, start) if each.source else None
            contents = [_shifted(item, piece, start) for piece in each.content if start <= piece.start < end]
            if cue and contents:
                item.voices.append(Voice(cue, source, [span for span in contents if span]))
        yield item


def _shifted(item: Item, span: Labelled, offset: int) -> tuple[int, int] | None:
    return item.word_span(span.start - offset, span.end - offset)


def uds(corpora: Path, split: str) -> Iterator[Item]:
    """Yield UDS-IH2's sentences with how sure it is that each predicate happened (-3 to 3)."""
    return _factuality(corpora / "factuality-uds-ih2", split, "happened")


def meantime(corpora: Path, split: str) -> Iterator[Item]:
    """Yield MEANTIME's sentences with what the text commits itself to (-3 to 3)."""
    return _factuality(corpora / "factuality-meantime", split, "committed")


def _factuality(folder: Path, split: str, layer: str) -> Iterator[Item]:
    for sentence in read_sentences(folder, split):
        item = Item(folder.name, sentence.id, sentence.text)
        for target in sentence.targets:
            span = item.word_span(*sentence.bounds[target.token])
            if span is not None:
                getattr(item, layer).append((span[1] - 1, target.value))
        yield item


def names(corpora: Path, split: str) -> Iterator[Item]:
    """Yield blocks of sentences with gold names: half of WikiGold, WNUT-17 and CrossNER politics."""
    paths = {
        "train": ("wikigold/wikigold.conll.txt", "wnut17/wnut17train.conll", "crossner-politics/train.txt"),
        "dev": ("wikigold/wikigold.conll.txt",),
    }
    for path in paths[split]:
        for number, document in enumerate(read_conll(corpora / path)):
            if path.startswith("wikigold") and (number % 2 == 0) != (split == "train"):
                continue
            item = Item(path.split("/", maxsplit=1)[0], document.id, document.text)
            spans = [(item.word_span(name.start, name.end), COARSE.get(name.label, "")) for name in document.names]
            item.names = [(span, kind) for span, kind in spans if span is not None]
            yield item


def stories(corpora: Path, split: str) -> Iterator[Item]:
    """Yield the beginnings of NGEC's synthetic stories with the category of the whole; nine in ten to train on."""
    csv.field_size_limit(10_000_000)
    with (corpora / "ngec" / "synthetic_events.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows):
        if (number % 10 == 9) != (split == "dev") or not row["label"].strip():
            continue
        text = " ".join((row["text"] or "").split()[:STORY_WORDS])
        item = Item("ngec", str(number), text)
        if len(item.words) >= 5:
            item.pairs = [Pair([], [], row["label"].strip().upper())]
            yield item


def articles(corpora: Path, split: str) -> Iterator[Item]:
    """Yield paragraphs of HRDsAttack and MUC-4 reports, for syntax and names only."""
    if split != "train":
        return
    generator = random.Random(4)
    hrds = [article.text for article in read_articles(corpora / "hrdsattack", "train")]
    muc = [truecase(document.text) for document in read_documents(corpora / "muc4", "dev_all")]
    yield from _paragraphs("hrdsattack", generator.sample(hrds, 150))
    yield from _paragraphs("muc4", [NEWLINE.sub(" ", re.sub(r"\n\s*\n", "\x00", each)).replace("\x00", "\n")
                                    for each in generator.sample(muc, 250)])  # fmt: skip


def _paragraphs(corpus: str, texts: Sequence[str]) -> Iterator[Item]:
    for number, text in enumerate(texts):
        for place, (start, end) in enumerate(lines(text)):
            if 40 <= end - start <= 1500:
                yield Item(corpus, f"{number}:{place}", text[start:end])
