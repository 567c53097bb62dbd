"""One claim told twice in one report is one claim: headline and body, a sentence and its echo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace

from reportedly.model import Category, Claim, Modality, Party, VoiceKind

# A headline that says less than the body may still be the body's claim: these are told apart by words, not by kind.
KINDRED = (
    frozenset({Category.ASSAULT, Category.COERCE}),
    frozenset({Category.MOBILIZE, Category.COOPERATE}),
    frozenset({Category.CONCEDE, Category.RETREAT, Category.AGREE}),
)
REALIS = frozenset({Modality.ASSERTED, Modality.ONGOING})


def merge_repeats(claims: Sequence[Claim], titles: Collection[int]) -> list[Claim]:
    """Merge each headline claim into the body's claim that it announces, and exact repeats into the first.

    claims: in text order, ids unique. titles: indexes of title passages. The body's voice and modality win: the
    headline drops the
    attribution, it does not make the claim surer.
    """
    body = [c for c in claims if c.passage not in titles]
    headline = [c for c in claims if c.passage in titles]
    kept: list[Claim] = []
    places: dict[Hashable, list[int]] = defaultdict(list)
    for claim in body:
        alike = places[_key(claim)]
        twin = next((i for i in alike if _same_claim(kept[i], claim)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append(claim)
        else:
            kept[twin] = _absorb(kept[twin], claim)
    for claim in headline:
        scores = [(_headline_match(claim, other), -i) for i, other in enumerate(kept)]
        best, position = max(scores, default=(0, 0))
        if best > 0:
            kept[-position] = _absorb(kept[-position], claim)
        else:
            kept.append(claim)
    return kept


def _party_ids(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.link.actor_id or p.text.lower() for p in parties)


def _place_ids(claim: Claim) -> frozenset[str]:
    return frozenset(w.link.place.id if w.link.place is not None else w.text.lower() for w in claim.places)


def _key(claim: Claim) -> Hashable:
    """Return what two tellings of one claim share exactly."""
    part = claim.passage if claim.in_comment else -1
    voice = claim.voices[-1].name
    put = (claim.act.label, str(claim.modality), claim.negated)
    return (*put, part, voice, _party_ids(claim.actors), _party_ids(claim.recipients))


def _same_claim(first: Claim, second: Claim) -> bool:
    """Tell whether two claims of the body that share their key say the same thing."""
    return (
        first.condition is None
        and second.condition is None
        and bool(first.actors)
        and (_place_ids(first) == _place_ids(second) or not second.places)
        and not (first.quantities and second.quantities)
    )


def _headline_match(headline: Claim, body: Claim) -> int:
    """Score how well a body claim fits a headline claim; 0 means that it does not.

    Needs a kindred act and a shared place, recipient or actor, and no two different actors.
    """
    if body.in_comment or headline.negated != body.negated or not _kindred(headline, body):
        return 0
    if (headline.modality in REALIS) != (body.modality in REALIS):
        return 0
    ours, theirs = _party_ids(headline.actors), _party_ids(body.actors)
    if ours and theirs and not ours & theirs and not _may_be_same(headline.actors, body.actors):
        return 0
    shared = 2 * len(_place_ids(headline) & _place_ids(body))
    shared += 2 * len(_party_ids(headline.recipients) & _party_ids(body.recipients)) + len(ours & theirs)
    if shared < 2 and headline.act.lemma != body.act.lemma:
        return 0
    return shared * 2 + (headline.act.label == body.act.label) + (headline.act.lemma == body.act.lemma)


def _may_be_same(short: Sequence[Party], full: Sequence[Party]) -> bool:
    """Tell whether the headline's short form ("Army") can be the body's party ("Syrian Army")."""
    names = " ".join(p.text.lower() for p in full)
    return all(p.link.actor_id is None or p.text.lower() in names for p in short)


def _kindred(first: Claim, second: Claim) -> bool:
    if first.act.state is not None or second.act.state is not None:
        return first.act.state is second.act.state
    pair = {first.act.category, second.act.category}
    return len(pair) == 1 or any(pair <= family for family in KINDRED)


def _absorb(claim: Claim, echo: Claim) -> Claim:
    """Add an echo to a claim: its words as further evidence, its parties where the claim has none."""
    reasons = list(claim.reasons)
    if echo.voices[-1].kind is VoiceKind.AUTHOR and claim.voices[-1].kind is not VoiceKind.AUTHOR:
        reasons.append("told again without its attribution")
    evidence = [*claim.evidence, *(e for e in echo.evidence if e.role in {"claim", "act"})]
    actors, recipients, places = claim.actors, claim.recipients, claim.places
    if not actors and echo.actors:
        actors = echo.actors
        reasons.append("doer named where the claim is told again")
        evidence += [e for e in echo.evidence if e.role == "actor"]
    if not recipients and echo.recipients:
        recipients = echo.recipients
        evidence += [e for e in echo.evidence if e.role == "recipient"]
    if not places and echo.places:
        places = echo.places
        evidence += [e for e in echo.evidence if e.role == "place"]
    return replace(
        claim,
        actors=actors,
        recipients=recipients,
        places=places,
        evidence=tuple(dict.fromkeys(evidence)),
        same_as=(*claim.same_as, echo.sentence),
        reasons=tuple(dict.fromkeys(reasons)),
    )
