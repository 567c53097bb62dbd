"""The voice chain of a claim: report author or commenter first, then everyone who is quoted on the way in."""

from __future__ import annotations

from reportedly.claims.context import Context
from reportedly.language import Attribution, FoundAct
from reportedly.language.voices import INTEND
from reportedly.model import ActorLink, LinkStatus, Party, Span, Voice, VoiceKind

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "one"})
SECOND_PERSON = frozenset({"you", "u", "ye"})


def outer_voice(context: Context) -> Voice:
    """Return who speaks in the passage: the article's writer or a reader under a pseudonym."""
    passage = context.part.passage
    if passage.comment is not None:
        return Voice(VoiceKind.COMMENTER, passage.pseudonym or f"reader {passage.comment}")
    return Voice(VoiceKind.AUTHOR, context.report.outlet or "article")


def attributions_of(context: Context, act: FoundAct) -> list[Attribution]:
    """Return the attributions in whose content the act stands, outermost first.

    An act named by the cue itself ("accused", "threatened") is the writer's, not the speaker's; of two attributions
    with one cue the widest counts. What somebody only intends is told by the writer, too.
    """
    around = [
        a
        for a in context.part.analysis.attributions
        if a.stance != INTEND and a.content.contains(act.trigger) and not a.cue.overlaps(act.trigger)
    ]
    around.sort(key=lambda a: (-len(a.content), a.cue))
    kept: list[Attribution] = []
    for attribution in around:
        if all(attribution.cue != k.cue for k in kept) and not _same_speaker(kept, attribution):
            kept.append(attribution)
    return kept


def _same_speaker(kept: list[Attribution], attribution: Attribution) -> bool:
    return any(k.source is not None and k.source == attribution.source for k in kept)


def read_voices(context: Context, attributions: list[Attribution]) -> tuple[Voice, ...]:
    """Return the voice chain for an act inside these attributions."""
    chain = [outer_voice(context)]
    for attribution in attributions:
        voice = voice_of(context, attribution)
        if voice is not None and voice.name != chain[-1].name:
            chain.append(voice)
    return tuple(chain)


def own_voices(context: Context, act: FoundAct, actors: tuple[Party, ...]) -> tuple[Voice, ...]:
    """Return the doers as voices: who claims responsibility says so itself."""
    cue = context.here(act.trigger)
    return tuple(
        Voice(VoiceKind.NAMED if a.link.actor_id else VoiceKind.UNKNOWN, a.link.name, a.link, a.span, cue)
        for a in actors
    )


def voice_of(context: Context, attribution: Attribution) -> Voice | None:
    cue = context.here(attribution.cue)
    if attribution.source is None:
        if attribution.stance in {"deny", "believe", "predict", "promise", "demand"}:
            return None
        return Voice(VoiceKind.UNKNOWN, "unnamed", None, None, cue)
    words = context.words(attribution.source)
    if words.lower() in FIRST_PERSON:
        return None
    span = context.here(attribution.source)
    if words.lower() in SECOND_PERSON:
        return Voice(VoiceKind.UNKNOWN, "the person addressed", None, span, cue)
    link = context.who(words, attribution.source, metonym_ok=True)
    return Voice(_kind(context, link, attribution.source), _name(link, words), link, span, cue)


def _name(link: ActorLink, words: str) -> str:
    return link.name if link.status is LinkStatus.RESOLVED else _without_article(words)


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in {"the", "a", "an"} and rest else words


def _kind(context: Context, link: ActorLink, source: Span) -> VoiceKind:
    if link.status is LinkStatus.RESOLVED:
        return VoiceKind.NAMED
    if link.status is LinkStatus.CLASS:
        return VoiceKind.CLASS
    named = any(t.pos == "PROPN" for t in context.tree.tokens if source.contains(t.span))
    return VoiceKind.NAMED if named else VoiceKind.UNKNOWN
