"""The label inventories of the reader's heads: fixed here, and written beside the model for the runtime."""

from __future__ import annotations

from reportedly.model import Category, Modality

MENTION_TYPES = (
    "Organisation", "Location", "Person", "Nationality", "Temporal", "Quantity", "Weapon", "Vehicle",
    "MilitaryPlatform", "DocumentReference", "Money", "Coordinate", "CommsIdentifier", "Frequency",
)  # fmt: skip
"""re3d's entity types."""

NAME_TYPES = (
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE", "DATE", "TIME",
    "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL",
)  # fmt: skip
"""OntoNotes name and number types."""

RELATIONS = (
    "none", "CoLocated", "FightingAgainst", "BelongsTo", "CommWith", "HasAttrOf", "IsSynonymOf", "InChargeOf",
    "AlliesOf", "Likes", "Dislikes", "Apart",
)  # fmt: skip
SYMMETRIC = frozenset({"FightingAgainst", "AlliesOf", "CommWith", "CoLocated", "IsSynonymOf", "Apart"})
CATEGORIES = tuple(str(category) for category in Category)
ACT_LABELS = ("none", *CATEGORIES, "STATE")
MODALITIES = tuple(str(modality) for modality in Modality)
ACT_ROLES = ("none", "actor", "recipient", "place", "time", "instrument")
VOICE_ROLES = ("none", "source", "content")


def bio(types: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels of a span tagger: outside, and begin and inside of each type."""
    return ("O", *(f"{mark}-{name}" for name in types for mark in ("B", "I")))
