"""Which rows does a filter mean? Filters as SQL conditions with their parameters, and safe search words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reportedly.ledger.codec import fold
from reportedly.ledger.rows import ClaimFilter, EventFilter
from reportedly.model import State

_PHRASE = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Condition:
    """Part of a WHERE clause and what its question marks stand for."""

    sql: str
    values: tuple[str | int, ...] = ()


def claim_conditions(wanted: ClaimFilter) -> list[Condition]:
    """Return the conditions over ``claims AS c`` joined with ``reports AS r``."""
    conditions = [] if wanted.all_versions or wanted.report else [Condition("r.superseded_by IS NULL")]
    if wanted.about:
        conditions.append(_claims_with("claim_parties", "actor_id", wanted.about))
    if wanted.by:
        conditions.append(_claims_with("claim_voices", "source_id", wanted.by))
    if wanted.where:
        conditions.append(_claims_with("claim_places", "place_id", wanted.where))
    if wanted.kind:
        conditions.append(_kind("c", "label", wanted.kind))
    if wanted.modality:
        conditions.append(Condition("c.modality = ?", (str(wanted.modality).lower(),)))
    if wanted.part:
        conditions.append(Condition("c.in_comment = ?", (int(_is_comments(wanted.part)),)))
    if wanted.report:
        conditions.append(Condition("c.report_id = ?", (wanted.report,)))
    if wanted.negated is not None:
        conditions.append(Condition("c.negated = ?", (int(wanted.negated),)))
    if wanted.since or wanted.until:
        conditions.append(Condition("c.dated_by IS NOT NULL"))
    if wanted.since:
        first = _midnight(wanted.since)
        conditions.append(Condition('(c."end" IS NULL OR c."end" > ? OR c.start >= ?)', (first, first)))
    if wanted.until and wanted.until < date.max:
        after = _midnight(wanted.until + timedelta(days=1))
        conditions.append(Condition("(c.start IS NULL OR c.start < ?)", (after,)))
    return conditions


def event_conditions(wanted: EventFilter) -> list[Condition]:
    """Return the conditions over ``events AS e``."""
    conditions = []
    if wanted.about:
        conditions.append(_events_with("folded_parties", "claim_parties", "actor_id", wanted.about))
    if wanted.where:
        conditions.append(_events_with("folded_places", "claim_places", "place_id", wanted.where))
    if wanted.kind:
        conditions.append(_kind("e", "act", wanted.kind))
    if wanted.modality:
        conditions.append(Condition("e.modality = ?", (str(wanted.modality).lower(),)))
    if wanted.status:
        conditions.append(Condition("e.status = ?", (str(wanted.status).lower(),)))
    if wanted.part:
        conditions.append(Condition("e.comments_only = ?", (int(_is_comments(wanted.part)),)))
    if wanted.negated is not None:
        conditions.append(Condition("e.negated = ?", (int(wanted.negated),)))
    if wanted.since or wanted.until:
        conditions.append(Condition("(e.start <> '' OR e.\"end\" <> '')"))
    if wanted.since:
        last = """substr(CASE WHEN e."end" = '' THEN e.start ELSE e."end" END, 1, 10)"""
        conditions.append(Condition(f"{last} >= ?", (wanted.since.isoformat(),)))
    if wanted.until:
        conditions.append(Condition("substr(e.start, 1, 10) <= ?", (wanted.until.isoformat(),)))
    return conditions


def where_clause(conditions: Iterable[Condition], limit: int | None) -> Condition:
    """Join the conditions into a WHERE clause that begins with a space ("" if there are none)."""
    conditions = list(conditions)
    sql = " WHERE " + " AND ".join(condition.sql for condition in conditions) if conditions else ""
    values = tuple(value for condition in conditions for value in condition.values)
    return Condition(sql, values) if limit is None else Condition(sql, (*values, max(limit, 0)))


def search_expression(words: str) -> str | None:
    """Turn a person's words into an FTS5 query that cannot fail; None if there is nothing to search for.

    All words must occur; words in quotation marks are a phrase, ``word*`` is a beginning.

    >>> search_expression('M4 "security zone" patrol*')
    '"M4" "security zone" "patrol" *'
    """
    parts = []
    for match in _PHRASE.finditer(words.replace("\0", " ")):
        phrase = match[1] if match[1] is not None else match[2]
        bare = phrase.replace('"', " ").strip()
        if any(c.isalnum() for c in bare):
            parts.append(f'"{bare.rstrip("*")}"' + (" *" if bare.endswith("*") else ""))
    return " ".join(parts) or None


def _claims_with(table: str, id_column: str, name: str) -> Condition:
    sql = f"EXISTS (SELECT 1 FROM {table} AS t WHERE t.claim = c.n AND ({_matches('t', id_column, name)}))"
    return Condition(sql, _match_values(name))


def _events_with(folded: str, table: str, id_column: str, name: str) -> Condition:
    through_claims = (
        f"EXISTS (SELECT 1 FROM event_claims AS ec JOIN claims AS c ON c.id = ec.claim JOIN {table} AS t"
        f" ON t.claim = c.n WHERE ec.event = e.id AND ({_matches('t', id_column, name)}))"
    )
    if not fold(name):
        return Condition(through_claims, _match_values(name))
    return Condition(f"(instr(e.{folded}, ?) > 0 OR {through_claims})", (fold(name), *_match_values(name)))


def _matches(alias: str, id_column: str, name: str) -> str:
    by_name = f" OR instr({alias}.folded, ?) > 0" if fold(name) else ""
    return f"{alias}.{id_column} = ?{by_name}"


def _match_values(name: str) -> tuple[str, ...]:
    return (name, fold(name)) if fold(name) else (name,)


def _kind(alias: str, label_column: str, kind: str) -> Condition:
    wanted = " ".join(kind.split()).lower()
    if wanted.upper() in State.__members__:  # "located" as well as "is at"
        wanted = str(State[wanted.upper()])
    sql = f"(lower({alias}.category) = ? OR lower({alias}.{label_column}) = ?)"
    return Condition(sql, (wanted, wanted))


def _is_comments(part: str) -> bool:
    if part not in ("article", "comments"):
        raise ValueError(f'part is "article" or "comments", not {part!r}')
    return part == "comments"


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
