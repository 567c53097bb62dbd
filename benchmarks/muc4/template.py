"""The MUC-4 template: 23 scored slots (task documentation, template-doc-part1, version 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Slot(StrEnum):
    """A scored slot. The value is the name used in figures; ``label`` is the name in the key files."""

    DATE = "date"
    LOCATION = "location"
    TYPE = "type"
    STAGE = "stage"
    INSTRUMENT_ID = "instrument_id"
    INSTRUMENT_TYPE = "instrument_type"
    CATEGORY = "category"
    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    ORG_CONFIDENCE = "org_confidence"
    PHYS_ID = "phys_id"
    PHYS_TYPE = "phys_type"
    PHYS_NUMBER = "phys_number"
    PHYS_NATION = "phys_nation"
    PHYS_EFFECT = "phys_effect"
    PHYS_TOTAL = "phys_total"
    HUM_NAME = "hum_name"
    HUM_DESCRIPTION = "hum_description"
    HUM_TYPE = "hum_type"
    HUM_NUMBER = "hum_number"
    HUM_NATION = "hum_nation"
    HUM_EFFECT = "hum_effect"
    HUM_TOTAL = "hum_total"

    @property
    def label(self) -> str:
        """Return the slot's name as the key files print it."""
        return _LABELS[self]


_LABELS: Mapping[Slot, str] = {
    Slot.DATE: "INCIDENT: DATE",
    Slot.LOCATION: "INCIDENT: LOCATION",
    Slot.TYPE: "INCIDENT: TYPE",
    Slot.STAGE: "INCIDENT: STAGE OF EXECUTION",
    Slot.INSTRUMENT_ID: "INCIDENT: INSTRUMENT ID",
    Slot.INSTRUMENT_TYPE: "INCIDENT: INSTRUMENT TYPE",
    Slot.CATEGORY: "PERP: INCIDENT CATEGORY",
    Slot.INDIVIDUAL: "PERP: INDIVIDUAL ID",
    Slot.ORGANIZATION: "PERP: ORGANIZATION ID",
    Slot.ORG_CONFIDENCE: "PERP: ORGANIZATION CONFIDENCE",
    Slot.PHYS_ID: "PHYS TGT: ID",
    Slot.PHYS_TYPE: "PHYS TGT: TYPE",
    Slot.PHYS_NUMBER: "PHYS TGT: NUMBER",
    Slot.PHYS_NATION: "PHYS TGT: FOREIGN NATION",
    Slot.PHYS_EFFECT: "PHYS TGT: EFFECT OF INCIDENT",
    Slot.PHYS_TOTAL: "PHYS TGT: TOTAL NUMBER",
    Slot.HUM_NAME: "HUM TGT: NAME",
    Slot.HUM_DESCRIPTION: "HUM TGT: DESCRIPTION",
    Slot.HUM_TYPE: "HUM TGT: TYPE",
    Slot.HUM_NUMBER: "HUM TGT: NUMBER",
    Slot.HUM_NATION: "HUM TGT: FOREIGN NATION",
    Slot.HUM_EFFECT: "HUM TGT: EFFECT OF INCIDENT",
    Slot.HUM_TOTAL: "HUM TGT: TOTAL NUMBER",
}
SLOT_BY_LABEL: Mapping[str, Slot] = {label: slot for slot, label in _LABELS.items()}

CROSS_REFERENCED = frozenset(
    {
        Slot.INSTRUMENT_TYPE,
        Slot.ORG_CONFIDENCE,
        Slot.PHYS_TYPE,
        Slot.PHYS_NUMBER,
        Slot.PHYS_NATION,
        Slot.PHYS_EFFECT,
        Slot.HUM_DESCRIPTION,
        Slot.HUM_TYPE,
        Slot.HUM_NUMBER,
        Slot.HUM_NATION,
        Slot.HUM_EFFECT,
    }
)
STRING_SLOTS = frozenset(
    {
        Slot.INSTRUMENT_ID,
        Slot.INDIVIDUAL,
        Slot.ORGANIZATION,
        Slot.PHYS_ID,
        Slot.HUM_NAME,
        Slot.HUM_DESCRIPTION,
    }
)
NUMBER_SLOTS = frozenset({Slot.PHYS_NUMBER, Slot.PHYS_TOTAL, Slot.HUM_NUMBER, Slot.HUM_TOTAL})
CONTENT_SLOTS = (
    Slot.INDIVIDUAL,
    Slot.ORGANIZATION,
    Slot.PHYS_ID,
    Slot.PHYS_TYPE,
    Slot.HUM_NAME,
    Slot.HUM_DESCRIPTION,
    Slot.HUM_TYPE,
)


@dataclass(frozen=True, slots=True)
class Fill:
    """One filler of a slot.

    values: acceptable forms (a response has one; "-" among them: null is right too).
    tags: acceptable forms of the cross-reference after the colon, () where there is none, "-" for a dummy.
    optional: the key marks it with "?": leaving it out is no fault.
    """

    values: tuple[str, ...]
    tags: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of one document. Slots that are null are not in ``slots``.

    inapplicable: slots that the key marks with "*": not scored. optional: the whole template may be left out.
    """

    document: str
    slots: Mapping[Slot, tuple[Fill, ...]]
    optional: bool = False
    inapplicable: frozenset[Slot] = field(default_factory=frozenset)

    def fills(self, slot: Slot) -> tuple[Fill, ...]:
        """Return the fillers of a slot, () if it is null."""
        return self.slots.get(slot, ())


def choose_first(template: Template) -> Template:
    """Return a key template as a system would answer it: the first form of every filler."""
    slots = {
        slot: tuple(Fill(fill.values[:1], fill.tags[:1]) for fill in fills if fill.values[0] != "-")
        for slot, fills in template.slots.items()
    }
    return Template(template.document, slots)
