"""Statements that run over several paragraphs: "The Foreign Secretary, Boris Johnson, said:" and what follows."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.claims.context import Context
from reportedly.claims.voices import voice_of
from reportedly.language import Attribution, FoundAct
from reportedly.language.lexicon import load_lexicon
from reportedly.language.subjects import find_subjects
from reportedly.model import PassageKind, Span, Voice

MARKS = ('"', "“", "«", "'", "‘")


@dataclass(frozen=True, slots=True)
class Announced:
    """A speaker announced with a colon. ``passage``: where; ``quoted``: what follows opens with quotation marks."""

    voice: Voice
    passage: int
    quoted: bool | None = None

    def covers(self, context: Context, act: FoundAct) -> bool:
        """Tell whether an act of this passage is the speaker's word (the announcing paragraph itself is not)."""
        return context.part.passage.index > self.passage


def next_speaker(context: Context, current: Announced | None) -> Announced | None:
    """Return whose statement the passage stands in, after reading it.

    A new announcement takes over; a paragraph without a quotation mark ends a statement whose paragraphs have one;
    comments and
    titles end it.
    """
    if context.part.passage.kind is not PassageKind.PARAGRAPH:
        return None
    text = context.part.analysis.text.strip()
    if text.endswith(":"):
        voice = _announced(context)
        if voice is not None:
            return Announced(voice, context.part.passage.index)
    if current is None:
        return None
    opens = text.startswith(MARKS)
    if current.quoted is None:
        return Announced(current.voice, current.passage, opens)
    return current if opens or not current.quoted else None


def _announced(context: Context) -> Voice | None:
    tree, lexicon = context.tree, load_lexicon()
    last = context.part.analysis.sentences[-1] if context.part.analysis.sentences else Span(0, 0)
    for token in reversed(tree.tokens):
        if not last.contains(token.span):
            break
        if token.pos == "VERB" and "say" in lexicon.cues.get(("v", token.lemma), ()):
            for subject in find_subjects(tree, token.index):
                return voice_of(context, Attribution(subject.span, token.span, Span(0, 0), "say"))
    return None
