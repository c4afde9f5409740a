"""The tables, and how an older file becomes a current one.

Every table that holds figures carries account and artist in its key. Times are milliseconds since
1970 (UTC), money is text as it was sent.
"""

from __future__ import annotations

import os
from typing import NoReturn

import apsw

from beatpass_desktop.store.errors import StoreTooNew

_FIRST = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE accounts(
    account INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    name TEXT,
    avatar TEXT,
    token_mark BLOB,
    own_artist INTEGER NOT NULL DEFAULT 0,
    current_artist INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER NOT NULL,
    UNIQUE(origin, user_id));

CREATE TABLE artists(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    name TEXT,
    image TEXT,
    verified INTEGER,
    role TEXT,
    managed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(account, artist)) WITHOUT ROWID;

CREATE TABLE documents(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    resource TEXT NOT NULL,
    params TEXT NOT NULL,
    body TEXT,
    etag TEXT,
    fetched_at INTEGER,
    server_time INTEGER,
    attempt TEXT NOT NULL DEFAULT 'none',
    attempted_at INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(account, artist, resource, params));

CREATE TABLE figures(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    figure TEXT NOT NULL,
    value NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY(account, artist, figure)) WITHOUT ROWID;

CREATE TABLE history(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    figure TEXT NOT NULL,
    day TEXT NOT NULL,
    value NOT NULL,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY(account, artist, figure, day)) WITHOUT ROWID;

CREATE TABLE visits(
    visit INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL);

CREATE TABLE visit_figures(
    visit INTEGER NOT NULL REFERENCES visits ON DELETE CASCADE,
    figure TEXT NOT NULL,
    value NOT NULL,
    PRIMARY KEY(visit, figure)) WITHOUT ROWID;

CREATE TABLE catalogues(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    resource TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0,
    changed_at INTEGER,
    held_back INTEGER,
    PRIMARY KEY(account, artist, resource)) WITHOUT ROWID;
"""

_TRACK_COLUMNS = """
    account INTEGER NOT NULL,
    artist INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT, name_key TEXT, image TEXT, created_at INTEGER, release_date TEXT, duration INTEGER,
    price TEXT, price_key REAL, currency TEXT, exclusive_price TEXT, exclusive_currency TEXT,
    bpm INTEGER, key TEXT, scale TEXT, plays INTEGER, licensing_type TEXT,
    exclusive_status TEXT, reposts INTEGER, likes INTEGER, description TEXT,
    tags TEXT, tags_key TEXT, tags_json TEXT, genres TEXT, genres_key TEXT, genres_json TEXT,
    artists TEXT, artists_key TEXT, artists_json TEXT, album_id INTEGER, album TEXT,
    album_key TEXT, completeness INTEGER,
    absent INTEGER NOT NULL, digest BLOB NOT NULL"""

_DERIVED_TRACK_COLUMNS = """
    key_key TEXT AS (nullif(key, '') || ' ' || coalesce(scale, '')),
    search TEXT AS (
        concat_ws(char(10), name_key, artists_key, album_key, genres_key, tags_key)) STORED,"""
"""What follows from other columns, so that it stays right when a reply carried only some of them.
"""

_ALBUM_COLUMNS = """
    account INTEGER NOT NULL,
    artist INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT, name_key TEXT, image TEXT, release_date TEXT, created_at INTEGER, description TEXT,
    plays INTEGER, track_ids TEXT, artists TEXT, artists_json TEXT,
    absent INTEGER NOT NULL, digest BLOB NOT NULL"""

SORT_KEYS = (
    "name_key", "artists_key", "plays", "created_at", "duration", "bpm", "key_key", "genres_key",
    "price_key", "licensing_type", "completeness",
)  # fmt: skip
"""What the catalogue table sorted by at first; each column has an index over the rows shown, and so
has the search text, which is scanned there instead of in the wide rows."""


def _catalogue(table: str, columns: str, derived: str = "") -> str:
    return f"""
CREATE TABLE {table}(
    row INTEGER PRIMARY KEY,
    gone_at INTEGER,{derived}{columns},
    UNIQUE(account, artist, id));
CREATE TABLE incoming_{table}({columns},
    generation INTEGER NOT NULL,
    PRIMARY KEY(account, artist, generation, id)) WITHOUT ROWID;
"""


_INDEXES = "".join(
    f"CREATE INDEX tracks_by_{key} ON tracks(account, artist, {key}) WHERE gone_at IS NULL;\n"
    for key in (*SORT_KEYS, "search")
)

_SECOND = """
ALTER TABLE accounts ADD COLUMN token_created TEXT;
INSERT INTO meta(name, value) VALUES('id', lower(hex(randomblob(16))));
ALTER TABLE tracks ADD COLUMN growth REAL;
ALTER TABLE tracks ADD COLUMN plays_period INTEGER;
ALTER TABLE tracks ADD COLUMN plays_previous INTEGER;
ALTER TABLE tracks ADD COLUMN growth_at INTEGER;
ALTER TABLE tracks ADD COLUMN together INTEGER AS (json_array_length(artists_json) > 1);
CREATE INDEX tracks_by_growth ON tracks(account, artist, growth) WHERE gone_at IS NULL;
CREATE INDEX tracks_by_growth_at ON tracks(account, artist, growth_at) WHERE gone_at IS NULL;
CREATE INDEX tracks_by_month ON tracks(account, artist, created_at, plays) WHERE gone_at IS NULL;
DROP INDEX tracks_by_search;
CREATE INDEX tracks_by_search ON tracks(
    account, artist, search, created_at, licensing_type, completeness, together, genres_json)
    WHERE gone_at IS NULL;
CREATE TABLE downloads(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER, user_id INTEGER, user TEXT, avatar TEXT, track_id INTEGER, track TEXT, image TEXT,
    artists TEXT, license_uuid TEXT,
    fetched_at INTEGER NOT NULL,
    PRIMARY KEY(account, artist, id)) WITHOUT ROWID;
CREATE INDEX downloads_by_at ON downloads(account, artist, at);
"""
"""`token_created` is a local day, as its owner gave it; the id names the store in the keychain.
Growth comes by itself, not with the catalogue (percent, counts, ms). The search index holds
what the table is filtered by, so that a filter reads the narrow index alone."""

_TRANSACTION_COLUMNS = """
    account INTEGER NOT NULL,
    artist INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT, description TEXT, description_key TEXT,
    amount TEXT, amount_e4 INTEGER, currency TEXT, status TEXT, created_at INTEGER,
    track_id INTEGER, track TEXT, track_key TEXT, split TEXT,
    absent INTEGER NOT NULL, digest BLOB NOT NULL"""

_DERIVED_TRANSACTION_COLUMNS = """
    first_seen_at INTEGER NOT NULL,
    corrected INTEGER NOT NULL DEFAULT 0,
    amount_key REAL AS (CAST(amount AS REAL)),
    search TEXT AS (concat_ws(char(10), description_key, track_key, replace(kind, '_', ' '),
        amount || ' ' || lower(currency))) STORED,"""

TRANSACTION_SORT_KEYS = ("kind", "description_key", "amount_key", "status", "created_at")

_THIRD = (
    _catalogue("transactions", _TRANSACTION_COLUMNS, _DERIVED_TRANSACTION_COLUMNS)
    + "".join(
        f"CREATE INDEX transactions_by_{key} ON transactions(account, artist, {key});\n"
        for key in TRANSACTION_SORT_KEYS
    )
    + """
CREATE INDEX transactions_by_filter ON transactions(
    account, artist, created_at, kind, status, currency, amount_e4, search);
CREATE INDEX transactions_by_first_seen ON transactions(account, artist, first_seen_at);
CREATE TABLE transaction_changes(
    account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
    artist INTEGER NOT NULL,
    row INTEGER NOT NULL REFERENCES transactions ON DELETE CASCADE,
    at INTEGER NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT);
CREATE INDEX transaction_changes_by_row ON transaction_changes(row);
CREATE INDEX transaction_changes_by_at ON transaction_changes(account, artist, at);
"""
)
"""Transactions stay when they are no longer listed: `gone_at` says since when. `amount` is text as
it was sent; `amount_e4` is the same in ten-thousandths, for exact sums, where it fits. `split` is
JSON. `corrected`: some change was more than a step of its status. The filter index holds whatever
the table is filtered and summed by."""

_FOURTH = """
CREATE INDEX tracks_by_text ON tracks(account, artist, search) WHERE gone_at IS NULL;
"""
"""A typed text alone is the most frequent filter: without the columns of the others beside it, the
whole catalogue is scanned in about half the time."""

MIGRATIONS = (
    _FIRST
    + _catalogue("tracks", _TRACK_COLUMNS, _DERIVED_TRACK_COLUMNS)
    + _catalogue("albums", _ALBUM_COLUMNS)
    + _INDEXES,
    _SECOND,
    _THIRD,
    _FOURTH,
)
"""Step n turns a file of version n into one of version n + 1."""

VERSION = len(MIGRATIONS)


def version_of(connection: apsw.Connection) -> int:
    """The file's version; 0 for a new one. Raises StoreTooNew when a newer app wrote it."""
    version = int(connection.pragma("user_version"))
    if version > VERSION:
        refuse(version)
    return version


def refuse(version: int) -> NoReturn:
    """Raises StoreTooNew."""
    raise StoreTooNew(
        f"The stored data was written by a newer version of BeatPass Desktop (layout {version}, "
        f"this one knows {VERSION}). Nothing was changed; please install the newer version.",
        f"store version {version}, this app knows {VERSION}",
    )


def migrate(connection: apsw.Connection) -> None:
    """Bring the file to the current version, each step whole or not at all."""
    for step in range(version_of(connection), VERSION):
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(MIGRATIONS[step])
            if step == 0:
                connection.execute(
                    "INSERT INTO meta(name, value) VALUES('salt', ?)", (os.urandom(32),)
                )
            connection.pragma("user_version", step + 1)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
