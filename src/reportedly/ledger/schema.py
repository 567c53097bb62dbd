"""What does the file hold? Tables in the order of their migrations; one migration per schema version.

A migration is never changed once released: a new one is appended. ``PRAGMA user_version`` counts those that
a file has seen, ``PRAGMA application_id`` tells a ledger from any other SQLite file.

Each record is kept whole as JSON (``payload``); the other columns repeat parts of it for filters and can be
made again from it. ``folded`` columns are for matching only (no case, no accents). Places are stored once, by
the SHA-256 of their JSON, and payloads refer to them. The two FTS5 tables keep no text of their own: their
content is ``passages.words`` and ``claims.quote``. Rows of reports, passages and claims are only ever added.
"""

from __future__ import annotations

APPLICATION_ID = 0x52505444  # "RPTD"

_FIRST = (
    """CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE reports (
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        key TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        superseded_by TEXT REFERENCES reports (id) CHECK (superseded_by <> id),
        title TEXT,
        outlet TEXT,
        published TEXT,
        language TEXT NOT NULL,
        analyzer TEXT NOT NULL,
        words INTEGER NOT NULL,
        payload TEXT NOT NULL,
        UNIQUE (key, version)
    ) STRICT""",
    "CREATE UNIQUE INDEX reports_current ON reports (key) WHERE superseded_by IS NULL",
    """CREATE TABLE passages (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        report_id TEXT NOT NULL REFERENCES reports (id),
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        pseudonym TEXT,
        words TEXT NOT NULL,
        payload TEXT NOT NULL,
        UNIQUE (report_id, position)
    ) STRICT""",
    "CREATE INDEX passages_pseudonym ON passages (pseudonym)",
    """CREATE TABLE places (
        sha256 TEXT PRIMARY KEY,
        id TEXT NOT NULL,
        payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX places_id ON places (id)",
    """CREATE TABLE mentions (
        n INTEGER PRIMARY KEY,
        report_id TEXT NOT NULL,
        passage INTEGER NOT NULL,
        known_as TEXT,
        link TEXT CHECK (link IN ('actor', 'place')),
        link_id TEXT,
        name TEXT,
        status TEXT,
        kind TEXT,
        country TEXT,
        place TEXT REFERENCES places (sha256),
        payload TEXT NOT NULL,
        FOREIGN KEY (report_id, passage) REFERENCES passages (report_id, position)
    ) STRICT""",
    "CREATE INDEX mentions_report ON mentions (report_id)",
    """CREATE TABLE claims (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        report_id TEXT NOT NULL,
        passage INTEGER NOT NULL,
        position INTEGER NOT NULL,
        in_comment INTEGER NOT NULL CHECK (in_comment IN (0, 1)),
        category TEXT,
        state TEXT,
        label TEXT NOT NULL,
        modality TEXT NOT NULL,
        negated INTEGER NOT NULL CHECK (negated IN (0, 1)),
        dated_by TEXT CHECK (dated_by IN ('claim', 'report')),
        start TEXT,
        "end" TEXT,
        condition TEXT REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
        quote TEXT NOT NULL,
        payload TEXT NOT NULL,
        CHECK ((category IS NULL) <> (state IS NULL)),
        FOREIGN KEY (report_id, passage) REFERENCES passages (report_id, position)
    ) STRICT""",
    "CREATE INDEX claims_report ON claims (report_id, position)",
    "CREATE INDEX claims_label ON claims (label)",
    "CREATE INDEX claims_condition ON claims (condition)",
    """CREATE TABLE claim_parties (
        claim INTEGER NOT NULL REFERENCES claims (n),
        role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
        known_as TEXT NOT NULL,
        actor_id TEXT,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        kind TEXT NOT NULL,
        country TEXT NOT NULL,
        folded TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX claim_parties_claim ON claim_parties (claim)",
    "CREATE INDEX claim_parties_actor ON claim_parties (actor_id)",
    """CREATE TABLE claim_places (
        claim INTEGER NOT NULL REFERENCES claims (n),
        known_as TEXT NOT NULL,
        place_id TEXT,
        name TEXT NOT NULL,
        status TEXT NOT NULL,
        place TEXT REFERENCES places (sha256),
        folded TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX claim_places_claim ON claim_places (claim)",
    "CREATE INDEX claim_places_place ON claim_places (place_id)",
    """CREATE TABLE claim_voices (
        claim INTEGER NOT NULL REFERENCES claims (n),
        step INTEGER NOT NULL,
        kind TEXT NOT NULL,
        source_id TEXT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        PRIMARY KEY (claim, step)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX claim_voices_source ON claim_voices (source_id)",
    """CREATE TABLE events (
        id TEXT PRIMARY KEY,
        category TEXT NOT NULL,
        act TEXT NOT NULL,
        modality TEXT NOT NULL,
        negated INTEGER NOT NULL,
        status TEXT NOT NULL,
        start TEXT NOT NULL,
        "end" TEXT NOT NULL,
        comments_only INTEGER NOT NULL,
        place_id TEXT,
        folded_parties TEXT NOT NULL,
        folded_places TEXT NOT NULL,
        payload TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE event_claims (
        event TEXT NOT NULL REFERENCES events (id),
        claim TEXT NOT NULL REFERENCES claims (id),
        PRIMARY KEY (event, claim)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX event_claims_claim ON event_claims (claim)",
    """CREATE TABLE quarantine (
        name TEXT PRIMARY KEY,
        cause TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE passage_words USING fts5 (
        words, content = 'passages', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
    )""",
    """CREATE VIRTUAL TABLE claim_words USING fts5 (
        quote, content = 'claims', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
    )""",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
SCHEMA_VERSION = len(MIGRATIONS)
