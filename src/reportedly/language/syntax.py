"""Texts to tokens, sentences, trees and names: the reader's, mended by a few rules, overruled by what is known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reportedly.language.analysis import Entity, Token
from reportedly.language.lexicon import load_lexicon
from reportedly.language.plain import plain
from reportedly.language.reader.parse import Parsed, parse_all

Relabel = Callable[[str, Sequence[Entity]], Sequence[Entity]]
"""Corrects the model's names with what is known: takes a text and its entities, returns the entities to use."""
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})


def parse_texts(texts: Sequence[str], relabel: Relabel | None = None) -> Iterator[Parsed]:
    """Parse each text; spans count from its beginning. The same text parses the same in any batch."""
    fixes = load_lexicon().lemma_fixes
    for parsed in parse_all([(plain(text), text) for text in texts], fixes):
        mended = replace(parsed, tokens=tuple(_mended(list(parsed.tokens))))
        known = mended if relabel is None else _relabelled(mended, relabel)
        yield replace(known, tokens=tuple(_with_whole_names(list(known.tokens), known.entities)))


def _relabelled(parsed: Parsed, relabel: Relabel) -> Parsed:
    """Return the parse with corrected entities, in the entities themselves and on the tokens that they cover."""
    entities = tuple(relabel(parsed.text, parsed.entities))
    if entities == parsed.entities:
        return parsed
    labels: dict[int, str] = {}
    starts = [token.span.start for token in parsed.tokens]
    for entity in entities:
        first = max(0, bisect_right(starts, entity.span.start) - 1)
        for token in parsed.tokens[first : bisect_left(starts, entity.span.end)]:
            if entity.span.overlaps(token.span):
                labels[token.index] = entity.label
    tokens = tuple(
        t if t.entity == labels.get(t.index, "") else replace(t, entity=labels.get(t.index, "")) for t in parsed.tokens
    )
    return replace(parsed, tokens=tokens, entities=entities)


def _mended(tokens: list[Token]) -> list[Token]:
    """Hang appositions on nouns, and a coordinated verb on the verb of speech where tense says so.

    "Denied that it had ... and accused ...": the parser takes "accused" for a part of what is denied; a simple past
    after a perfect or a modal is the speaker's.
    """
    helped = {t.head for t in tokens if t.dep in {"aux", "auxpass"}}
    subjects = {t.head for t in tokens if t.dep in {"nsubj", "nsubjpass"}}
    mended = list(tokens)
    for token in tokens:
        head = tokens[token.head]
        if token.dep != "conj" or token.tag != "VBD" or token.index in helped | subjects or head.dep != "ccomp":
            continue
        perfect = any(
            t.head == head.index and t.dep == "aux" and t.text.lower() in {"had", "would", "will", "has", "have"}
            for t in tokens[max(0, head.index - 6) : head.index]
        )
        if perfect and tokens[head.head].tag == "VBD":
            mended[token.index] = replace(token, head=head.head)
    for token in tokens:
        if token.dep == "appos" and mended[token.head].pos in {"VERB", "AUX"}:
            noun = _noun_before(mended, token)
            if noun is not None:
                mended[token.index] = replace(token, head=noun)
    return mended


def _with_whole_names(tokens: list[Token], entities: Sequence[Entity]) -> list[Token]:
    """Let a name be one node of the tree: its last word the head, the others its compounds ("Jaysh al-Islam")."""
    starts = [token.span.start for token in tokens]
    for entity in entities:
        first = bisect_left(starts, entity.span.start)
        last = bisect_left(starts, entity.span.end) - 1
        words = range(first, last + 1)
        loose = [i for i in words if tokens[i].head not in words or tokens[i].head == i]
        if entity.label not in NAMES or len(loose) < 2 or any(tokens[i].pos != "PROPN" for i in words):
            continue
        changed = {i: replace(tokens[i], head=last, dep="compound") for i in loose if i != last}
        if last not in loose:
            lead = tokens[loose[0]]
            changed[last] = replace(tokens[last], dep=lead.dep, head=last if lead.head == lead.index else lead.head)
        old = {i: tokens[i] for i in changed}
        for i, token in changed.items():
            tokens[i] = token
        if any(_hangs_below(tokens, i, i) for i in words) or len({tokens[i].sentence for i in words}) > 1:
            for i, token in old.items():
                tokens[i] = token
    return tokens


def _noun_before(tokens: list[Token], apposition: Token) -> int | None:
    """Return the noun that an apposition follows ("groups – the X and the Y"): it renames a noun, never a verb."""
    at = apposition.index
    while at > 0 and tokens[at - 1].head == apposition.index and tokens[at - 1].pos != "PUNCT":
        at -= 1
    at -= 1
    while at >= 0 and tokens[at].pos == "PUNCT":
        at -= 1
    fits = at >= 0 and tokens[at].sentence == apposition.sentence and tokens[at].pos in {"NOUN", "PROPN"}
    return at if fits and not _hangs_below(tokens, at, apposition.index) else None


def _hangs_below(tokens: list[Token], index: int, above: int) -> bool:
    """Tell whether a token depends on another (or, in a circle, on itself), directly or not."""
    for _ in tokens:
        if tokens[index].head == index:
            return False
        index = tokens[index].head
        if index == above:
            return True
    return True
