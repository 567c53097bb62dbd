"""When does an act say enough to be a claim? A rare word may stand nearly alone, a common one needs its parties."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.claims.arguments import Arguments
from reportedly.language import FoundAct
from reportedly.model import Category, LinkStatus, Party, State

SOLITARY = frozenset({State.ESCALATES, State.CALM})  # states that may stand without a party
# What is said needs somebody who says it, or at least somebody to whom it is said.
VERBAL = frozenset(
    {
        Category.AGREE,
        Category.CONSULT,
        Category.SUPPORT,
        Category.CONCEDE,
        Category.REQUEST,
        Category.ACCUSE,
        Category.REJECT,
        Category.THREATEN,
    }
)
EXPLODING = frozenset({"explode", "go off", "detonate"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What an act comes with. ``named``: one of the parties is known or has a name; ``armed``: a weapon is named."""

    actors: bool
    others: bool
    place: bool
    themes: bool
    deal: bool
    named: bool
    several: bool
    armed: bool


def says_enough(act: FoundAct, arguments: Arguments, *, armed: bool) -> bool:
    """Tell whether an act has the parties that make it a claim. armed: its clause names a weapon."""
    told = _Told(
        actors=bool(arguments.actors),
        others=bool(arguments.recipients),
        place=bool(arguments.places),
        themes=bool(arguments.themes),
        deal=act.agreement is not None,
        named=any(_is_named(p) for p in (*arguments.actors, *arguments.recipients)),
        several=len(arguments.actors) > 1 or len(arguments.places) > 1,
        armed=armed,
    )
    if act.state is not None:
        return _state_says_enough(act.state, told)
    if act.category in VERBAL and not told.actors and (act.nominal or not told.others):
        return False
    if act.category is Category.ACCUSE and act.negated and not told.others:
        return False  # "is not complaining"
    return _noun_says_enough(act, told) if act.nominal else _verb_says_enough(act, told)


def _state_says_enough(state: State, told: _Told) -> bool:
    if state in SOLITARY:
        return True
    if state is State.LOCATED:
        return told.place and (told.actors or told.several)
    if state is State.CONTROLS:
        return told.actors and (told.place or told.themes)
    if state in (State.COMPLIES, State.BREACHES):
        return told.actors or told.deal or told.themes
    if state in (State.HARMED, State.DISPLACED) and told.others and told.named:
        return True
    return told.actors and told.others


def _noun_says_enough(act: FoundAct, told: _Told) -> bool:
    if act.weak:
        return told.actors and told.named and (told.others or told.place or told.several)
    return told.named or (told.place and act.category is Category.ASSAULT)


def _verb_says_enough(act: FoundAct, told: _Told) -> bool:
    harms = act.category is Category.ASSAULT
    if harms and told.armed and (act.lemma in EXPLODING or told.place or told.others):
        return True  # "a missile struck the town"
    if act.lemma == "fire" and told.actors and told.armed:
        return True
    if act.mode == "destroy" and told.themes and told.place:
        return True
    if act.weak:
        stated = told.others or told.place or told.deal
        return told.actors and (stated or (told.themes and told.named and not harms))  # burning tyres harms nobody
    return told.actors or told.others or (told.place and (told.themes or harms))


def _is_named(party: Party) -> bool:
    return party.link.status is not LinkStatus.UNKNOWN or any(c.isupper() for c in party.text)
