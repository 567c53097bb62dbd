"""Attributions as the network hears them, and the rules' where it hears none.

A voice of the network counts from a probability that was chosen on development texts; at one cue its source and content
are nearer to what annotators mark than those of the rules. Its stance is that of its cue in ``cues.tsv``; a cue that is
not there ("plans to", "is keen to") has the stance "intend": thoughts and wishes that are attributed to somebody, but
hand nobody the floor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.language.analysis import Attribution
from reportedly.language.lexicon import Lexicon
from reportedly.language.reader.findings import Findings
from reportedly.language.reader.roles import FoundVoice, Words
from reportedly.language.tree import NOUNS, Tree
from reportedly.model import Span

SURE = 0.6
INTEND = "intend"
MODIFIERS = frozenset({"compound", "amod", "nmod", "det"})
OUTER = frozenset({",", ";", ":", "-", "--", "–", "—", "."})


def add_voices(
    found: Sequence[Attribution], findings: Findings, tree: Tree, text: str, lexicon: Lexicon
) -> list[Attribution]:
    """Return the attributions of the network, and those of the rules at other cues, in the order of their cues."""
    heard = [(voice, _span(tree, voice.cue)) for voice in findings.voices(SURE)]
    merged = [each for each in found if not any(cue.overlaps(each.cue) for _, cue in heard)]
    for voice, cue in heard:
        named = [each.source for each in found if each.source is not None and each.cue.overlaps(cue)]
        source, stance = _source(tree, voice, named), _stance(tree, voice.cue, lexicon)
        merged.extend(Attribution(source, cue, each, stance, _is_quoted(text, each)) for each in _contents(tree, voice))
    return sorted(dict.fromkeys(merged), key=lambda a: (a.cue, a.content))


def _source(tree: Tree, voice: FoundVoice, named: Sequence[Span]) -> Span | None:
    """Return who speaks: the rules' phrase, which is whole, where the network means the same, else the network's."""
    if voice.source is None:
        return named[0] if named else None
    span = _span(tree, voice.source)
    return next((source for source in named if source.overlaps(span)), None) or _whole_phrase(tree, voice.source)


def _contents(tree: Tree, voice: FoundVoice) -> Iterator[Span]:
    for content in voice.contents:
        first, last = _trimmed(tree, content)
        if last > first:
            yield _span(tree, (first, last))


def _is_quoted(text: str, content: Span) -> bool:
    quoted = content.of(text)
    return quoted[:1] in '"“«' and quoted[-1:] in '"”»'


def _stance(tree: Tree, cue: Words, lexicon: Lexicon) -> str:
    for index in range(*cue):
        for pos in ("v", "n"):
            stances = lexicon.cues.get((pos, tree.lemma(index))) or lexicon.cues.get((pos, tree[index].lemma))
            if stances:
                return stances[0]
    phrase = " ".join(tree[index].text.lower() for index in range(*cue))
    return next((stance for words, stance in lexicon.phrases if words == phrase), INTEND)


def _whole_phrase(tree: Tree, words: Words) -> Span:
    """Return the span of a source, never half a noun phrase ("pro-government" of "pro-government sources")."""
    while words[1] > words[0] + 1 and tree[words[1] - 1].pos in {"ADP", "PUNCT"}:
        words = words[0], words[1] - 1
    span = _span(tree, words)
    head = next((i for i in range(*words) if not words[0] <= tree[i].head < words[1]), words[0])
    while tree[head].dep in MODIFIERS and tree[head].head > head:
        head = tree[head].head
    return span.cover(tree.phrase(head)) if tree[head].pos in NOUNS else span


def _trimmed(tree: Tree, words: Words) -> Words:
    """Return a content without the signs at its edges that separate it from its cue."""
    first, last = words
    while first < last and tree[first].text in OUTER:
        first += 1
    while first < last and tree[last - 1].text in OUTER:
        last -= 1
    return first, last


def _span(tree: Tree, words: Words) -> Span:
    return tree.span(words[0], words[1] - 1)
