"""Analyses of passages become claims: parties linked, places chosen, voices chained, modality settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.claims.arguments import Arguments, add_nearby_places, read_arguments
from reportedly.claims.context import Context, Linker, Part
from reportedly.claims.discourse import Discourse
from reportedly.claims.enough import says_enough
from reportedly.claims.merge import merge_repeats
from reportedly.claims.statements import Announced, next_speaker
from reportedly.claims.times import read_time
from reportedly.claims.voices import attributions_of, own_voices, read_voices
from reportedly.language import Attribution, FoundAct
from reportedly.language.lexicon import load_lexicon
from reportedly.language.tree import Tree
from reportedly.model import (
    Act,
    Category,
    Claim,
    Evidence,
    Mention,
    Modality,
    Party,
    PassageKind,
    PlaceLink,
    Report,
    Span,
    Voice,
    VoiceKind,
    When,
)

COMMENT_FACTOR = 0.8


def build_claims(
    report: Report,
    parts: Sequence[Part],
    linker: Linker,
    places: Sequence[tuple[Span, PlaceLink]],
    mentions: Sequence[Mention] = (),
) -> tuple[Claim, ...]:
    """Build the claims of a report from its analysed passages, in text order, repeats merged.

    places: (span in the report, resolution) of every place mention. mentions: in text order, for looking back.
    """
    article = [p.passage.span for p in parts if p.passage.in_article]
    whole = Span(article[0].start, article[-1].end) if article else Span(0, 0)
    discourse = Discourse(mentions, places, whole)
    drafts: list[Claim] = []
    speaker: Announced | None = None
    for part in parts:
        context = Context(report, part, Tree(part.analysis.tokens), linker, places, discourse)
        speaker = next_speaker(context, speaker)
        drafts.extend(_claims_of(context, len(drafts), speaker))
    titles = {p.passage.index for p in parts if p.passage.kind is PassageKind.TITLE}
    return _number(report, merge_repeats(drafts, titles))


def _claims_of(context: Context, first: int, speaker: Announced | None) -> Iterator[Claim]:
    """Yield the claims of one passage; ids are provisional (position), conditions point at them."""
    built: dict[int, Claim] = {}
    for index, act in enumerate(context.part.analysis.acts):
        claim = _claim(context, act, speaker)
        if claim is not None:
            built[index] = claim
    position = {index: str(first + n) for n, index in enumerate(built)}
    for index, claim in built.items():
        partner = context.part.analysis.acts[index].condition
        yield replace(claim, id=position[index], condition=position.get(partner) if partner is not None else None)


def _claim(context: Context, act: FoundAct, speaker: Announced | None) -> Claim | None:
    arguments = add_nearby_places(context, act, read_arguments(context, act))
    if not says_enough(act, arguments, armed=bool(_weapons(context, act))):
        return None
    attributions = attributions_of(context, act)
    voices = read_voices(context, attributions)
    if speaker is not None and speaker.covers(context, act) and len(voices) == 1:
        voices = (*voices, speaker.voice)
    if act.lemma.endswith("responsibility") and act.negated:
        return None  # "no group claimed responsibility"
    if act.lemma.endswith("responsibility"):
        voices = (*voices, *own_voices(context, act, arguments.actors))
    modality, reasons = _settle_modality(act, attributions, voices, arguments.actors)
    sentence = _sentence(context, act)
    when = tuple(_times(context, act))
    quantities = tuple(
        replace(q, span=context.here(q.span))
        for q in context.part.analysis.quantities
        if act.clause.contains(q.span) and not load_lexicon().is_noun("measure", q.unit)
    )
    return Claim(
        id="",
        report_id=context.report.id,
        passage=context.part.passage.index,
        in_comment=context.in_comment,
        act=_act(context, act, arguments),
        actors=arguments.actors,
        recipients=arguments.recipients,
        places=arguments.places,
        when=tuple(w for w, _ in when),
        modality=modality,
        voices=voices,
        sentence=sentence,
        confidence=_confidence(context, act, arguments, voices),
        evidence=tuple(_evidence(context, act, arguments, voices, [s for _, s in when])),
        negated=act.negated and modality is not Modality.DENIED,
        condition_role=act.condition_role,
        quantities=quantities,
        instruments=tuple(dict.fromkeys(s.of(context.part.analysis.text) for s, _, _ in _weapons(context, act))),
        hedges=tuple(context.words(h) for h in act.hedges),
        agreement=None if act.agreement is None else context.words(act.agreement),
        reasons=(*act.reasons, *reasons),
    )


def _act(context: Context, act: FoundAct, arguments: Arguments) -> Act:
    mode = act.mode
    if act.category is Category.ASSAULT and (mode is None or act.lemma == "fire"):
        mode = next((m for _, _, m in _weapons(context, act) if m is not None), mode)
    category = act.category
    crowd = any("CVL" in p.link.sectors[:1] or "LAB" in p.link.sectors[:1] for p in arguments.actors)
    if crowd and category is Category.COERCE and act.lemma.startswith(("block", "close", "cut")):
        category, mode = Category.PROTEST, "obstruct"  # PLOVER: civilians who block a road protest
    return Act(category, act.state, mode, act.lemma, context.here(act.trigger))


def _weapons(context: Context, act: FoundAct) -> list[tuple[Span, str, str | None]]:
    return [w for w in context.part.analysis.weapons if act.clause.contains(w[0])]


def _sentence(context: Context, act: FoundAct) -> Span:
    sentence = context.tree[act.token].sentence
    return context.here(context.part.analysis.sentences[sentence].cover(act.clause))


def _times(context: Context, act: FoundAct) -> Iterator[tuple[When, Span]]:
    for span in context.part.analysis.times:
        if act.clause.contains(span):
            yield read_time(context.words(span), context.report.published), context.here(span)


def _settle_modality(
    act: FoundAct, attributions: list[Attribution], voices: tuple[Voice, ...], actors: tuple[Party, ...]
) -> tuple[Modality, list[str]]:
    """Let the innermost voice's stance have the last word on modality.

    What the doer itself says it will do is a plan (Vocabulary: planned); what others say it will do is a prediction.
    """
    modality, reasons = act.modality, []
    innermost = attributions[-1] if attributions else None
    if innermost is not None and innermost.stance == "deny" and modality in (Modality.ASSERTED, Modality.ONGOING):
        return Modality.DENIED, ["denied by the voice"]
    if innermost is not None and innermost.stance == "ask" and modality is Modality.ASSERTED:
        return Modality.QUESTIONED, ["asked by the voice"]
    if modality is Modality.PREDICTED and _speaks_of_itself(voices, actors):
        modality = Modality.PLANNED
        reasons.append("the speaker announces an act of its own")
    if voices[-1].name == "the person addressed":
        modality = Modality.QUESTIONED
        reasons.append("put into the mouth of the person addressed")
    return modality, reasons


def _speaks_of_itself(voices: tuple[Voice, ...], actors: tuple[Party, ...]) -> bool:
    speaker = voices[-1].actor
    if speaker is None:
        return False
    for party in actors:
        same = speaker.actor_id is not None and speaker.actor_id == party.link.actor_id
        if same or (
            speaker.country and speaker.country == party.link.country and "GOV" in speaker.sectors + party.link.sectors
        ):
            return True
    return False


def _confidence(context: Context, act: FoundAct, arguments: Arguments, voices: tuple[Voice, ...]) -> float:
    """Combine how sure the grammar and the links are; not yet calibrated (see docs/design.md)."""
    links = [p.link.confidence for p in (*arguments.actors, *arguments.recipients)]
    value = act.confidence * (0.7 + 0.3 * min(links, default=0.8))
    if any(v.kind is VoiceKind.UNKNOWN for v in voices):
        value *= 0.9
    if context.in_comment:
        value *= COMMENT_FACTOR
    return round(min(max(value, 0.05), 0.95), 3)


def _evidence(
    context: Context, act: FoundAct, arguments: Arguments, voices: tuple[Voice, ...], times: list[Span]
) -> Iterator[Evidence]:
    text = context.report.text
    roles: list[tuple[str, Span]] = [("claim", context.here(act.clause)), ("act", context.here(act.trigger))]
    roles += [("actor", p.span) for p in arguments.actors if p.span is not None]
    roles += [("recipient", p.span) for p in arguments.recipients if p.span is not None]
    roles += [("place", w.span) for w in arguments.places]
    roles += [("time", span) for span in times]
    roles += [("voice", v.span) for v in voices if v.span is not None]
    roles += [("cue", v.cue) for v in voices if v.cue is not None]
    roles += [("theme", span) for span in arguments.themes]
    for role, span in dict.fromkeys(roles):
        yield Evidence(role, span, span.of(text))


def _number(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give the claims their ids in text order and point conditions at them."""
    ordered = sorted(claims, key=lambda c: (c.passage, c.act.span, c.act.label))
    names = {claim.id: f"{report.id}.c{n}" for n, claim in enumerate(ordered, 1)}
    return tuple(
        replace(c, id=names[c.id], condition=names.get(c.condition) if c.condition is not None else None)
        for c in ordered
    )
