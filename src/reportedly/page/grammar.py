"""The visual grammar: which form shows how a claim is put: the same in text, on the map, on the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from reportedly.model import Claim, Event, EventStatus, LinkStatus, Modality


class Form(StrEnum):
    """A form that is told apart without colour."""

    SOLID = "solid"
    ONGOING = "ongoing"
    HOLLOW = "hollow"
    DOTTED = "dotted"
    STRUCK = "struck"


FORM_OF_MODALITY: Mapping[Modality, Form] = MappingProxyType(
    {
        Modality.ASSERTED: Form.SOLID,
        Modality.ONGOING: Form.ONGOING,
        Modality.DENIED: Form.STRUCK,
        Modality.PLANNED: Form.HOLLOW,
        Modality.OBLIGATED: Form.HOLLOW,
        Modality.DEMANDED: Form.HOLLOW,
        Modality.THREATENED: Form.HOLLOW,
        Modality.PREDICTED: Form.HOLLOW,
        Modality.CONDITIONAL: Form.HOLLOW,
        Modality.QUESTIONED: Form.DOTTED,
        Modality.HYPOTHETICAL: Form.DOTTED,
    }
)

# The order in which one place that carries several claims takes its form: the strongest claim wins.
_STRENGTH = tuple(Modality)


@dataclass(frozen=True, slots=True)
class Look:
    """A form with its qualifiers; ``classes`` is what style sheets and scripts see."""

    form: Form
    negated: bool = False
    soft: bool = False
    hatched: bool = False

    @property
    def classes(self) -> str:
        """Return the class names, in a fixed order."""
        qualifiers = (("is-not", self.negated), ("is-soft", self.soft), ("is-hatched", self.hatched))
        return " ".join([f"f-{self.form}", *(name for name, is_set in qualifiers if is_set)])


def look_of_claim(claim: Claim, status: EventStatus | None) -> Look:
    """Return the look of a claim whose event has ``status`` (None: in no event)."""
    links = [place.link.status for place in claim.places]
    links += [party.link.status for party in (*claim.actors, *claim.recipients)]
    return Look(
        form=FORM_OF_MODALITY[claim.modality],
        negated=claim.negated,
        soft=LinkStatus.AMBIGUOUS in links,
        hatched=status is EventStatus.DISPUTED,
    )


def look_of_event(event: Event) -> Look:
    """Return the look of an event: a denied one is struck, unless it carries the mark of what is negated."""
    try:
        form = FORM_OF_MODALITY[Modality(event.modality)]
    except ValueError:
        form = Form.SOLID
    if event.status is EventStatus.DENIED and not event.negated:
        form = Form.STRUCK
    return Look(form=form, negated=event.negated, hatched=event.status is EventStatus.DISPUTED)


def strongest(claims: Iterable[tuple[Claim, Look]]) -> Look:
    """Return the look of the strongest claim; the article goes before comments.

    Disputed is kept when any of the claims is; the pair must not be empty.
    """
    pairs = list(claims)
    _, best = min(pairs, key=lambda pair: _weakness(pair[0]))
    return Look(best.form, best.negated, best.soft, any(look.hatched for _, look in pairs))


def _weakness(claim: Claim) -> tuple[bool, bool, int]:
    return (claim.in_comment, claim.negated, _STRENGTH.index(claim.modality))
