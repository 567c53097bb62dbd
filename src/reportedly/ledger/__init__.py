"""What do we keep? A SQLite file with every report, its claims with their evidence, and the events.

``Ledger`` is the door; everything else here is what its views take and give.
"""

from reportedly.ledger.ledger import ENVIRONMENT_VARIABLE, Ledger, default_ledger_path
from reportedly.ledger.privacy import MASK, pseudonymise
from reportedly.ledger.rows import (
    ActorRecord,
    ActorRow,
    Added,
    ClaimFilter,
    ClaimRecord,
    ClaimRow,
    Counts,
    EventFilter,
    EventRecord,
    PassageRecord,
    PlaceRecord,
    PlaceRow,
    Problem,
    Quarantined,
    Record,
    ReportRecord,
    ReportRow,
    SearchHit,
    SourceRecord,
)
from reportedly.ledger.schema import SCHEMA_VERSION

__all__ = [
    "ENVIRONMENT_VARIABLE",
    "MASK",
    "SCHEMA_VERSION",
    "ActorRecord",
    "ActorRow",
    "Added",
    "ClaimFilter",
    "ClaimRecord",
    "ClaimRow",
    "Counts",
    "EventFilter",
    "EventRecord",
    "Ledger",
    "PassageRecord",
    "PlaceRecord",
    "PlaceRow",
    "Problem",
    "Quarantined",
    "Record",
    "ReportRecord",
    "ReportRow",
    "SearchHit",
    "SourceRecord",
    "default_ledger_path",
    "pseudonymise",
]
