"""What is in the ledger? Lists, filters and searches over the current versions of the reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from reportedly.ledger.codec import attach_places, decode, fold, iso_prefix
from reportedly.ledger.filters import claim_conditions, event_conditions, search_expression, where_clause
from reportedly.ledger.reading import load_places
from reportedly.ledger.rows import (
    ActorRow,
    ClaimFilter,
    ClaimRow,
    Counts,
    EventFilter,
    PlaceRow,
    Quarantined,
    ReportRow,
    SearchHit,
)
from reportedly.model import Claim, Event, Place, Reading, Source

Value = str | int | None

_CURRENT = "JOIN reports AS r ON r.id = {0}.report_id AND r.superseded_by IS NULL"
CLAIM_ROWS = """
    SELECT c.payload, c.quote, p.pseudonym, r.payload FROM claims AS c
    JOIN reports AS r ON r.id = c.report_id
    JOIN passages AS p ON p.report_id = c.report_id AND p.position = c.passage"""
# Dated reports first and in order; undated ones after them; then by id and place in the text.
_CLAIM_ORDER = " ORDER BY r.published IS NULL, r.published, r.id, c.position"

_ACTORS = f"""
    SELECT max(link_id), min(name), min(status), max(kind), max(country), count(DISTINCT report_id),
        count(DISTINCT claim), sum(mentioned),
        count(DISTINCT CASE WHEN in_article THEN claim END) + sum(mentioned AND in_article)
    FROM (
        SELECT t.known_as, t.actor_id AS link_id, t.name, t.status, t.kind, t.country, c.report_id,
            c.n AS claim, 0 AS mentioned, NOT c.in_comment AS in_article
        FROM claim_parties AS t JOIN claims AS c ON c.n = t.claim {_CURRENT.format("c")}
        UNION ALL
        SELECT m.known_as, m.link_id, m.name, m.status, m.kind, m.country, m.report_id,
            NULL, 1, p.kind <> 'comment'
        FROM mentions AS m {_CURRENT.format("m")}
        JOIN passages AS p ON p.report_id = m.report_id AND p.position = m.passage
        WHERE m.link = 'actor'
    )
    GROUP BY known_as ORDER BY 7 DESC, 8 DESC, 2, known_as"""

_PLACES = f"""
    SELECT min(place), min(name), min(status), count(DISTINCT report_id), count(DISTINCT claim),
        sum(mentioned), count(DISTINCT CASE WHEN in_article THEN claim END) + sum(mentioned AND in_article)
    FROM (
        SELECT t.known_as, t.place, t.name, t.status, c.report_id, c.n AS claim, 0 AS mentioned,
            NOT c.in_comment AS in_article
        FROM claim_places AS t JOIN claims AS c ON c.n = t.claim {_CURRENT.format("c")}
        UNION ALL
        SELECT m.known_as, m.place, m.name, m.status, m.report_id, NULL, 1, p.kind <> 'comment'
        FROM mentions AS m {_CURRENT.format("m")}
        JOIN passages AS p ON p.report_id = m.report_id AND p.position = m.passage
        WHERE m.link = 'place'
    )
    GROUP BY known_as ORDER BY 5 DESC, 6 DESC, 2, known_as"""

_SOURCE_KINDS = {"author": "outlet", "named": "actor", "class": "class", "commenter": "commenter"}
_SOURCES = f"""
    SELECT source_id, min(kind), min(name), count(DISTINCT report_id), count(DISTINCT claim)
    FROM (
        SELECT v.source_id, v.kind,
            CASE v.kind WHEN 'author' THEN r.outlet WHEN 'commenter' THEN v.source_id ELSE v.name END AS name,
            c.report_id, c.n AS claim
        FROM claim_voices AS v JOIN claims AS c ON c.n = v.claim {_CURRENT.format("c")}
        WHERE v.source_id IS NOT NULL
        UNION ALL
        SELECT p.pseudonym, 'commenter', p.pseudonym, p.report_id, NULL
        FROM passages AS p {_CURRENT.format("p")} WHERE p.pseudonym IS NOT NULL AND p.kind = 'comment'
        UNION ALL
        SELECT outlet_id(outlet), 'author', outlet, id, NULL FROM reports
        WHERE outlet IS NOT NULL AND superseded_by IS NULL
    )
    GROUP BY source_id ORDER BY 5 DESC, 4 DESC, source_id"""


def list_reports(db: sqlite3.Connection, *, all_versions: bool = False, only: str | None = None) -> list[ReportRow]:
    """List reports, dated ones first and in order."""
    condition = "WHERE r.id = ?" if only else "" if all_versions else "WHERE r.superseded_by IS NULL"
    query = f"""
        SELECT r.payload, r.version, r.superseded_by, r.words,
            (SELECT count(*) FROM passages AS p WHERE p.report_id = r.id AND p.kind <> 'furniture'),
            (SELECT count(*) FROM passages AS p WHERE p.report_id = r.id AND p.kind = 'comment'),
            (SELECT count(*) FROM claims AS c WHERE c.report_id = r.id)
        FROM reports AS r {condition} ORDER BY r.published IS NULL, r.published, r.id"""
    return [_report_row(*row) for row in db.execute(query, (only,) if only else ())]


def list_claims(db: sqlite3.Connection, wanted: ClaimFilter) -> list[ClaimRow]:
    """List claims that fit the filter, by report date and place in the text."""
    where = where_clause(claim_conditions(wanted), wanted.limit)
    limit = "" if wanted.limit is None else " LIMIT ?"
    rows = db.execute(CLAIM_ROWS + where.sql + _CLAIM_ORDER + limit, where.values).fetchall()
    return make_claim_rows(db, rows)


def find_claims(db: sqlite3.Connection, condition: str, value: str, limit: int) -> list[ClaimRow]:
    """List current claims by one SQL condition over ``claims AS c``."""
    query = f"{CLAIM_ROWS} WHERE r.superseded_by IS NULL AND {condition}{_CLAIM_ORDER} LIMIT ?"
    return make_claim_rows(db, db.execute(query, (value, limit)).fetchall())


def find_claim(db: sqlite3.Connection, claim_id: str) -> ClaimRow | None:
    """Return one claim, also of a superseded version."""
    rows = make_claim_rows(db, db.execute(f"{CLAIM_ROWS} WHERE c.id = ?", (claim_id,)).fetchall())
    return rows[0] if rows else None


def make_claim_rows(db: sqlite3.Connection, rows: Sequence[tuple[str, str, str | None, str]]) -> list[ClaimRow]:
    """Decode claims with their reports and places."""
    claims = [decode(payload, Claim) for payload, _, _, _ in rows]
    places = load_places(db, [where.link for claim in claims for where in claim.places])
    frames = {payload: decode(payload, Reading).report for payload in {row[3] for row in rows}}
    made = []
    for claim, (_, quote, pseudonym, frame) in zip(claims, rows, strict=True):
        report = frames[frame]
        made.append(
            ClaimRow(
                claim=attach_places(claim, places),
                quote=quote,
                title=report.title,
                outlet=report.outlet,
                url=report.url,
                published=iso_prefix(report.published),
                pseudonym=pseudonym,
            )
        )
    return made


def list_events(db: sqlite3.Connection, wanted: EventFilter) -> list[Event]:
    """List events that fit the filter, dated ones first and in order."""
    where = where_clause(event_conditions(wanted), wanted.limit)
    limit = "" if wanted.limit is None else " LIMIT ?"
    query = f"SELECT e.payload FROM events AS e{where.sql} ORDER BY e.start = '', e.start, e.id{limit}"
    return [decode(row[0], Event) for row in db.execute(query, where.values)]


def list_actors(db: sqlite3.Connection, name: str | None = None, limit: int | None = None) -> list[ActorRow]:
    """List actors by number of claims; ``name``: an id or part of a name."""
    wanted = fold(name or "")
    rows = [ActorRow(*row) for row in db.execute(_ACTORS)]
    kept = [row for row in rows if name is None or row.id == name or (wanted and wanted in fold(row.name))]
    return kept[:limit]


def list_places(db: sqlite3.Connection, name: str | None = None, limit: int | None = None) -> list[PlaceRow]:
    """List places by number of claims; ``name``: an id, or part of the place's or its division's name."""
    wanted = fold(name or "")
    kept = []
    for digest, *rest in db.execute(_PLACES).fetchall():
        payload = db.execute("SELECT payload FROM places WHERE sha256 = ?", (digest,)).fetchone()
        row = PlaceRow(decode(payload[0], Place) if payload else None, *rest)
        if row.place is not None:
            row = replace(row, name=row.place.name)
        names = [row.name, *(row.place.admin if row.place else ())]
        if name is None or row.id == name or (wanted and any(wanted in fold(known) for known in names)):
            kept.append(row)
    return kept[:limit]


def list_sources(db: sqlite3.Connection, limit: int | None = None) -> list[Source]:
    """List outlets, named voices, classes and commenters by number of claims; all are graded F6 as yet."""
    rows = db.execute(_SOURCES).fetchall()
    sources = [Source(row[0], row[2], _SOURCE_KINDS[row[1]], row[3], row[4]) for row in rows]
    return sources[:limit]


def search(
    db: sqlite3.Connection, words: str, limit: int, marks: tuple[str, str], snippet_words: int = 16
) -> list[SearchHit]:
    """Find passages, then claims, that hold all the words; best matches first in each."""
    expression = search_expression(words)
    if expression is None or limit <= 0:
        return []
    passages = db.execute(
        f"""SELECT 'passage', p.id, p.report_id, r.title, iif(p.kind = 'comment', 'comments', 'article'),
            snippet(passage_words, 0, ?, ?, '…', ?)
        FROM passage_words JOIN passages AS p ON p.n = passage_words.rowid {_CURRENT.format("p")}
        WHERE passage_words MATCH ? ORDER BY passage_words.rank, p.id LIMIT ?""",
        (*marks, snippet_words, expression, limit),
    ).fetchall()
    claims = db.execute(
        f"""SELECT 'claim', c.id, c.report_id, r.title, iif(c.in_comment, 'comments', 'article'),
            snippet(claim_words, 0, ?, ?, '…', ?)
        FROM claim_words JOIN claims AS c ON c.n = claim_words.rowid {_CURRENT.format("c")}
        WHERE claim_words MATCH ? ORDER BY claim_words.rank, c.id LIMIT ?""",
        (*marks, snippet_words, expression, limit),
    ).fetchall()
    room = limit - min(len(claims), limit // 2)  # neither kind may crowd the other out
    hits = passages[:room] + claims
    return [SearchHit(*row) for row in hits[:limit]]


def list_quarantined(db: sqlite3.Connection) -> list[Quarantined]:
    """List what could not be added, by name."""
    rows = db.execute("SELECT name, cause, sha256 FROM quarantine ORDER BY name")
    return [Quarantined(*row) for row in rows]


def count(db: sqlite3.Connection) -> Counts:
    """Count what the ledger holds."""
    row = db.execute(
        f"""SELECT (SELECT count(*) FROM reports WHERE superseded_by IS NULL),
            (SELECT count(*) FROM passages AS p {_CURRENT.format("p")} WHERE p.kind = 'comment'),
            (SELECT count(*) FROM claims AS c {_CURRENT.format("c")}),
            (SELECT count(*) FROM events),
            (SELECT count(*) FROM quarantine)"""
    ).fetchone()
    return Counts(*row)


def _report_row(payload: str, version: int, superseded_by: str | None, *counts: int) -> ReportRow:
    frame = decode(payload, Reading)
    report = frame.report
    words, passages, comments, claims = counts
    return ReportRow(
        id=report.id,
        key=report.key,
        version=version,
        superseded_by=superseded_by,
        title=report.title,
        outlet=report.outlet,
        url=report.url,
        published=iso_prefix(report.published),
        language=report.language,
        analyzer=frame.analyzer,
        words=words,
        passages=passages,
        comments=comments,
        claims=claims,
    )
