"""What do we talk about? The vocabulary as frozen dataclasses; imports nothing of ours.

See ``docs/vocabulary.md`` for one sentence per noun.
"""

from reportedly.model.actor import Actor, ActorLink, ActorRelation, LinkStatus
from reportedly.model.claim import (
    Act,
    Category,
    Claim,
    Modality,
    Party,
    Quantity,
    State,
    Voice,
    VoiceKind,
    Where,
)
from reportedly.model.event import Event, EventStatus, Source
from reportedly.model.place import Geometry, Place, PlaceKind, PlaceLink, Position
from reportedly.model.reading import Mention, MentionKind, Reading
from reportedly.model.report import Certainty, Passage, PassageKind, Report
from reportedly.model.span import Evidence, Occupied, Span
from reportedly.model.when import Interval, TimePrecision, When

__all__ = [
    "Act",
    "Actor",
    "ActorLink",
    "ActorRelation",
    "Category",
    "Certainty",
    "Claim",
    "Event",
    "EventStatus",
    "Evidence",
    "Geometry",
    "Interval",
    "LinkStatus",
    "Mention",
    "MentionKind",
    "Modality",
    "Occupied",
    "Party",
    "Passage",
    "PassageKind",
    "Place",
    "PlaceKind",
    "PlaceLink",
    "Position",
    "Quantity",
    "Reading",
    "Report",
    "Source",
    "Span",
    "State",
    "TimePrecision",
    "Voice",
    "VoiceKind",
    "When",
    "Where",
]
