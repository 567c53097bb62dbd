"""How does a reading lie in the tables? Writes one, reads it back, and compares the two.

Invariant: ``load(db, id)`` after ``store(db, reading)`` equals ``round_confidences(reading)``, and every
column beside a payload can be made again from the payload.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from reportedly._errors import DataError, NotInLedger
from reportedly.ledger.codec import (
    attach_place,
    attach_places,
    decode,
    detach_places,
    encode,
    fold,
    place_digest,
    round_confidences,
    slug,
    timestamp,
)
from reportedly.ledger.rows import Problem
from reportedly.model import (
    Claim,
    Mention,
    Passage,
    PassageKind,
    Place,
    PlaceLink,
    Reading,
    Report,
    Voice,
    VoiceKind,
)

Row = tuple[str | int | None, ...]

_CLAIM_COLUMNS = (
    "id, report_id, passage, position, in_comment, category, state, label, modality, negated, dated_by,"
    ' start, "end", condition, quote, payload'
)
_PASSAGE_COLUMNS = "id, report_id, position, kind, pseudonym, words, payload"
_MENTION_COLUMNS = "report_id, passage, known_as, link, link_id, name, status, kind, country, place, payload"


def store(db: sqlite3.Connection, reading: Reading) -> int:
    """Write a reading that passed ``find_problems``; return its version. Inside a transaction."""
    whole = round_confidences(reading)
    detached, places = detach_places(whole)
    thin = decode(encode(detached), Reading)  # as it will be read back: 12 becomes 12.0
    version = _store_report(db, thin)
    db.executemany(
        "INSERT OR IGNORE INTO places (sha256, id, payload) VALUES (?, ?, ?)",
        [(digest, place.id, encode(place)) for digest, place in places.items()],
    )
    for row in _passage_rows(thin):
        cursor = db.execute(f"INSERT INTO passages ({_PASSAGE_COLUMNS}) VALUES (?{', ?' * 6})", row)
        db.execute("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, row[5]))
    db.executemany(
        f"INSERT INTO mentions ({_MENTION_COLUMNS}) VALUES (?{', ?' * 10})",
        [_mention_row(reading.report.id, mention) for mention in thin.mentions],
    )
    for position, (claim, full) in enumerate(zip(thin.claims, whole.claims, strict=True)):
        _store_claim(db, position, claim, full, thin)
    return version


def load(db: sqlite3.Connection, report_id: str) -> Reading:
    """Read one reading back; NotInLedger if there is none of this id, DataError if it is damaged."""
    row = db.execute("SELECT payload FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        raise NotInLedger(f"{report_id}: no report has this id")
    frame = decode(row[0], Reading)
    passages = _payloads(db, "passages", report_id)
    mentions = [decode(payload, Mention) for payload in _payloads(db, "mentions", report_id)]
    claims = [decode(payload, Claim) for payload in _payloads(db, "claims", report_id)]
    links = [m.place for m in mentions if m.place] + [w.link for c in claims for w in c.places]
    places = load_places(db, links)
    return replace(
        frame,
        passages=tuple(decode(payload, Passage) for payload in passages),
        mentions=tuple(replace(m, place=m.place and attach_place(m.place, places)) for m in mentions),
        claims=tuple(attach_places(claim, places) for claim in claims),
    )


def load_places(db: sqlite3.Connection, links: list[PlaceLink]) -> dict[str, Place]:
    """Read the places that detached links refer to, by their SHA-256."""
    places = {}
    for digest in {place_digest(link) for link in links} - {None}:
        row = db.execute("SELECT payload FROM places WHERE sha256 = ?", (digest,)).fetchone()
        if row is not None and digest is not None:
            places[digest] = decode(row[0], Place)
    return places


def report_ids(db: sqlite3.Connection, *, all_versions: bool = False) -> list[str]:
    """List the ids of the reports, sorted; only current versions unless ``all_versions``."""
    only = "" if all_versions else "WHERE superseded_by IS NULL"
    return [row[0] for row in db.execute(f"SELECT id FROM reports {only} ORDER BY id")]


def column_problems(db: sqlite3.Connection, reading: Reading) -> list[Problem]:
    """Compare the columns of a stored reading with its payloads."""
    thin, _ = detach_places(reading)
    report_id = reading.report.id
    expected: dict[str, list[Row]] = {
        f"SELECT {_PASSAGE_COLUMNS} FROM passages WHERE report_id = ? ORDER BY position": _passage_rows(thin),
        f"SELECT {_CLAIM_COLUMNS} FROM claims WHERE report_id = ? ORDER BY position": [
            _claim_row(position, claim, thin) for position, claim in enumerate(thin.claims)
        ],
        f"SELECT {_MENTION_COLUMNS} FROM mentions WHERE report_id = ? ORDER BY n": [
            _mention_row(report_id, mention) for mention in thin.mentions
        ],
    }
    problems = []
    for query, rows in expected.items():
        table = query.split(" FROM ")[1].split()[0]
        if db.execute(query, (report_id,)).fetchall() != rows:
            problems.append(Problem(report_id, f"the columns of {table} do not fit their records"))
    key = db.execute("SELECT key FROM reports WHERE id = ?", (report_id,)).fetchone()[0]
    if key != reading.report.key:
        problems.append(Problem(report_id, "the columns of reports do not fit their records"))
    return problems


def source_of(voice: Voice, report: Report, passage: Passage) -> str | None:
    """Return the id of the source that a voice is; None for a voice that nobody could come back to."""
    if voice.kind is VoiceKind.AUTHOR:
        return f"outlet:{slug(report.outlet)}" if report.outlet else None
    if voice.kind is VoiceKind.COMMENTER:
        return passage.pseudonym
    if voice.kind is VoiceKind.UNKNOWN or not slug(voice.name):
        return None
    known = voice.actor.actor_id if voice.actor else None
    return f"voice:{known.removeprefix('class:') if known else slug(voice.name)}"


def _payloads(db: sqlite3.Connection, table: str, report_id: str) -> list[str]:
    order = "n" if table == "mentions" else "position"
    query = f"SELECT payload FROM {table} WHERE report_id = ? ORDER BY {order}"
    return [row[0] for row in db.execute(query, (report_id,))]


def _store_report(db: sqlite3.Connection, reading: Reading) -> int:
    report = reading.report
    version: int = db.execute(
        "SELECT coalesce(max(version), 0) + 1 FROM reports WHERE key = ?", (report.key,)
    ).fetchone()[0]
    # One current version per key is an index: the old version steps back before the new one is there.
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.execute(
        "UPDATE reports SET superseded_by = ? WHERE key = ? AND superseded_by IS NULL",
        (report.id, report.key),
    )
    frame = replace(reading, passages=(), mentions=(), claims=())
    db.execute(
        "INSERT INTO reports (id, key, version, title, outlet, published, language, analyzer, words, payload)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            report.id,
            report.key,
            version,
            report.title,
            report.outlet,
            timestamp(report.published.start) if report.published else None,
            report.language,
            reading.analyzer,
            len(report.text.split()),
            encode(frame),
        ),
    )
    return version


def _passage_rows(reading: Reading) -> list[Row]:
    rows: list[Row] = []
    for passage in reading.passages:
        words = "" if passage.kind is PassageKind.FURNITURE else passage.span.of(reading.report.text)
        passage_id = f"{reading.report.id}.p{passage.index}"
        rows.append(
            (
                passage_id,
                reading.report.id,
                passage.index,
                str(passage.kind),
                passage.pseudonym,
                words,
                encode(passage),
            )
        )
    return rows


def _mention_row(report_id: str, mention: Mention) -> Row:
    payload = encode(mention)
    if mention.actor is not None:
        actor = mention.actor
        known = actor.actor_id or f"?{fold(actor.name)}"
        link: Row = (known, "actor", actor.actor_id, actor.name, str(actor.status), actor.kind, actor.country)
        return (report_id, mention.passage, *link, None, payload)
    if mention.place is not None:
        place_id = mention.place.place.id if mention.place.place else None
        known = place_id or f"?{fold(mention.place.name)}"
        link = (known, "place", place_id, mention.place.name, str(mention.place.status), None, None)
        return (report_id, mention.passage, *link, place_digest(mention.place), payload)
    return (report_id, mention.passage, *(None,) * 8, payload)


def _claim_row(position: int, claim: Claim, reading: Reading) -> Row:
    dated_by, start, end = _dates(claim, reading.report)
    return (
        claim.id,
        claim.report_id,
        claim.passage,
        position,
        int(claim.in_comment),
        None if claim.act.category is None else str(claim.act.category),
        None if claim.act.state is None else str(claim.act.state),
        claim.act.label,
        str(claim.modality),
        int(claim.negated),
        dated_by,
        start,
        end,
        claim.condition,
        claim.sentence.of(reading.report.text),
        encode(claim),
    )


def _dates(claim: Claim, report: Report) -> tuple[str | None, str | None, str | None]:
    """Return what the claim's dates are from, and its first and last moment (None: open)."""
    stated = [when.interval for when in claim.when if when.interval is not None]
    intervals = stated or ([report.published] if report.published else [])
    if not intervals:
        return None, None, None
    starts = [timestamp(interval.start) for interval in intervals]
    ends = [timestamp(interval.end) for interval in intervals]
    first = None if None in starts else min(start for start in starts if start)
    last = None if None in ends else max(end for end in ends if end)
    return "claim" if stated else "report", first, last


def _store_claim(db: sqlite3.Connection, position: int, claim: Claim, full: Claim, reading: Reading) -> None:
    row = _claim_row(position, claim, reading)
    try:
        n = db.execute(f"INSERT INTO claims ({_CLAIM_COLUMNS}) VALUES (?{', ?' * 15})", row).lastrowid
    except sqlite3.IntegrityError as error:
        raise DataError(f"{claim.id}: {error}") from error
    db.execute("INSERT INTO claim_words (rowid, quote) VALUES (?, ?)", (n, row[14]))
    db.executemany(f"INSERT INTO claim_parties VALUES (?{', ?' * 8})", [(n, *party) for party in _party_rows(claim)])
    db.executemany(
        f"INSERT INTO claim_places VALUES (?{', ?' * 6})", [(n, *place) for place in _place_rows(claim, full)]
    )
    db.executemany(
        f"INSERT INTO claim_voices VALUES (?{', ?' * 5})",
        [(n, *voice) for voice in _voice_rows(claim, reading)],
    )


def _party_rows(claim: Claim) -> Iterator[Row]:
    for role, parties in (("actor", claim.actors), ("recipient", claim.recipients)):
        for party in parties:
            link = party.link
            known = link.actor_id or f"?{fold(link.name)}"
            names = f"{fold(link.name)} | {fold(party.text)}"
            yield (role, known, link.actor_id, link.name, str(link.status), link.kind, link.country, names)


def _place_rows(claim: Claim, full: Claim) -> Iterator[Row]:
    for thin, where in zip(claim.places, full.places, strict=True):
        place = where.link.place
        names = [where.link.name, where.text, *((place.name, *place.admin) if place else ())]
        known = place.id if place else f"?{fold(where.link.name)}"
        yield (
            known,
            place.id if place else None,
            where.link.name,
            str(where.link.status),
            place_digest(thin.link),
            " | ".join(fold(name) for name in names),
        )


def _voice_rows(claim: Claim, reading: Reading) -> Iterator[Row]:
    passage = reading.passages[claim.passage]
    for step, voice in enumerate(claim.voices):
        names = [voice.name]
        if voice.kind is VoiceKind.AUTHOR and reading.report.outlet:
            names.append(reading.report.outlet)
        if voice.kind is VoiceKind.COMMENTER and passage.pseudonym:
            names.append(passage.pseudonym)
        source = source_of(voice, reading.report, passage)
        yield (step, str(voice.kind), source, voice.name, " | ".join(fold(name) for name in names))
