"""Turn conflict reports and their reader comments into a sourced, geolocated ledger of claims and events.

>>> import reportedly
>>> reading = reportedly.read("Turkey denied that its troops had shelled the village.")
>>> reading.claims[0].modality
<Modality.DENIED: 'denied'>

Everything public is here; names load their modules on first use, so that importing the package is cheap.
"""

from __future__ import annotations

import importlib
from os import PathLike
from typing import TYPE_CHECKING

from reportedly._version import __version__

# The subpackage ``reportedly.read`` is imported before the function ``read`` is defined: the import system
# binds a subpackage on its parent only once, so from here on ``reportedly.read`` is the function for good.
importlib.import_module("reportedly.read")

if TYPE_CHECKING:
    from reportedly._errors import (
        DataError,
        EnvironmentProblem,
        InputError,
        LedgerError,
        LedgerLocked,
        LedgerReadOnly,
        NotInLedger,
        ReportedlyError,
        UnreadableInput,
        UnsuitableInput,
    )
    from reportedly.ledger import ClaimFilter, EventFilter, Ledger
    from reportedly.model import (
        Act,
        Actor,
        ActorLink,
        Category,
        Certainty,
        Claim,
        Event,
        EventStatus,
        Evidence,
        Interval,
        LinkStatus,
        Mention,
        Modality,
        Party,
        Passage,
        Place,
        PlaceLink,
        Quantity,
        Reading,
        Report,
        Source,
        Span,
        State,
        Voice,
        VoiceKind,
        When,
        Where,
    )

__all__ = [
    "Act",
    "Actor",
    "ActorLink",
    "Category",
    "Certainty",
    "Claim",
    "ClaimFilter",
    "DataError",
    "EnvironmentProblem",
    "Event",
    "EventFilter",
    "EventStatus",
    "Evidence",
    "InputError",
    "Interval",
    "Ledger",
    "LedgerError",
    "LedgerLocked",
    "LedgerReadOnly",
    "LinkStatus",
    "Mention",
    "Modality",
    "NotInLedger",
    "Party",
    "Passage",
    "Place",
    "PlaceLink",
    "Quantity",
    "Reading",
    "Report",
    "ReportedlyError",
    "Source",
    "Span",
    "State",
    "UnreadableInput",
    "UnsuitableInput",
    "Voice",
    "VoiceKind",
    "When",
    "Where",
    "__version__",
    "read",
]

_ERRORS = frozenset(
    name for name in __all__ if name.endswith(("Error", "Problem", "Locked", "ReadOnly", "InLedger", "Input"))
)
_LEDGER = frozenset({"ClaimFilter", "EventFilter", "Ledger"})


def read(
    source: str | PathLike[str],
    *,
    title: str | None = None,
    outlet: str | None = None,
    published: str | Interval | None = None,
    url: str | None = None,
    key: bytes | None = None,
) -> Reading:
    """Analyse one report, given as its text or as the path of a file, and store nothing.

    source: a string is the text itself, never a file name; a ``pathlib.Path`` is a file (text, HTML, or JSON Lines
        with exactly one report).
    title, outlet, published, url: what is known about a text and not stated in it; published is an ISO date
        or date prefix ("2020-03-05", "2020-03"), without which relative times stay
        unresolved. A file states these itself.
    key: makes commenters' pseudonyms; without it they differ at each call; ``Ledger.key`` keeps them the same.
    Raises InputError if the file cannot be read, and ValueError for a date that is none.
    """
    from reportedly._facade import read_one

    return read_one(source, title=title, outlet=outlet, published=published, url=url, key=key)


def __getattr__(name: str) -> object:
    if name.startswith("_") or name not in __all__:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    home = "_errors" if name in _ERRORS else "ledger" if name in _LEDGER else "model"
    value: object = getattr(importlib.import_module(f"reportedly.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
