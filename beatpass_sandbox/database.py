"""The sandbox's SQLite database: event tables, and summaries settled from them.

Event tables hold what happened (uploads, plays, follows, downloads, achievements earned).
The ``…_figures`` tables are sums over them as of one day; `settlement` rebuilds them.
Instants are Unix seconds in UTC, days are day numbers since 1970-01-01.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE origin (
    profile TEXT NOT NULL,
    seed INTEGER NOT NULL,
    tracks INTEGER NOT NULL,
    as_of INTEGER NOT NULL
);
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    display_name TEXT NOT NULL,
    avatar TEXT,
    joined_at INTEGER NOT NULL
);
CREATE TABLE artists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    image_small TEXT,
    verified INTEGER NOT NULL,
    upload_access INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    bio TEXT,
    city TEXT,
    country TEXT,
    website TEXT
);
CREATE TABLE artist_links (
    artist_id INTEGER NOT NULL REFERENCES artists,
    position INTEGER NOT NULL,
    network TEXT NOT NULL,
    url TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (artist_id, position)
) WITHOUT ROWID;
CREATE TABLE artist_pictures (
    artist_id INTEGER NOT NULL REFERENCES artists,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (artist_id, position)
) WITHOUT ROWID;
CREATE TABLE memberships (
    user_id INTEGER NOT NULL REFERENCES users,
    position INTEGER NOT NULL,
    artist_id INTEGER NOT NULL REFERENCES artists,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, position)
) WITHOUT ROWID;
CREATE TABLE genres (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE albums (
    id INTEGER PRIMARY KEY,
    artist_id INTEGER NOT NULL REFERENCES artists,
    name TEXT NOT NULL,
    image TEXT,
    release_date TEXT,
    created_at INTEGER NOT NULL,
    description TEXT
);
CREATE INDEX albums_by_artist ON albums (artist_id, created_at DESC, id DESC);
CREATE TABLE tracks (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    image TEXT,
    created_at INTEGER NOT NULL,
    release_date TEXT,
    duration_ms INTEGER,
    price REAL,
    currency TEXT,
    bpm INTEGER,
    key TEXT,
    scale TEXT,
    licensing_type TEXT,
    exclusive_status TEXT,
    exclusive_price REAL,
    description TEXT,
    album_id INTEGER REFERENCES albums,
    likes INTEGER NOT NULL DEFAULT 0,
    reposts INTEGER NOT NULL DEFAULT 0,
    withheld TEXT
);
CREATE INDEX tracks_by_album ON tracks (album_id, id) WHERE album_id IS NOT NULL;
-- sequence counts an artist's uploads densely from 0 (the oldest), so that any page of a
-- catalogue is one range of the primary key, however deep.
CREATE TABLE credits (
    artist_id INTEGER NOT NULL REFERENCES artists,
    sequence INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES tracks,
    position INTEGER NOT NULL,
    PRIMARY KEY (artist_id, sequence)
) WITHOUT ROWID;
CREATE TABLE track_genres (
    track_id INTEGER NOT NULL REFERENCES tracks,
    position INTEGER NOT NULL,
    genre_id INTEGER NOT NULL REFERENCES genres,
    PRIMARY KEY (track_id, position)
) WITHOUT ROWID;
CREATE TABLE track_tags (
    track_id INTEGER NOT NULL REFERENCES tracks,
    position INTEGER NOT NULL,
    tag_id INTEGER NOT NULL REFERENCES tags,
    PRIMARY KEY (track_id, position)
) WITHOUT ROWID;
-- count plays in the `days` days ending with `day`; one day a row for moderate catalogues.
CREATE TABLE plays (
    track_id INTEGER NOT NULL REFERENCES tracks,
    day INTEGER NOT NULL,
    days INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (track_id, day)
) WITHOUT ROWID;
CREATE TABLE follows (
    artist_id INTEGER NOT NULL REFERENCES artists,
    followed_at INTEGER NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (artist_id, followed_at, user_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX follows_by_user ON follows (user_id, artist_id);
CREATE TABLE downloads (
    id INTEGER PRIMARY KEY,
    track_id INTEGER NOT NULL REFERENCES tracks,
    user_id INTEGER NOT NULL REFERENCES users,
    downloaded_at INTEGER NOT NULL,
    license_uuid TEXT UNIQUE
);
CREATE INDEX downloads_by_time ON downloads (downloaded_at);
-- progress runs from 0 to 1; unlocked_at is null while an achievement is locked.
CREATE TABLE achievements (
    artist_id INTEGER NOT NULL REFERENCES artists,
    achievement_id INTEGER NOT NULL,
    progress REAL NOT NULL,
    unlocked_at INTEGER,
    PRIMARY KEY (artist_id, achievement_id)
) WITHOUT ROWID;
CREATE TABLE track_figures (
    track_id INTEGER PRIMARY KEY REFERENCES tracks,
    plays INTEGER NOT NULL,
    plays_30 INTEGER NOT NULL,
    plays_previous_30 INTEGER NOT NULL,
    contribution REAL NOT NULL,
    credited INTEGER NOT NULL,
    complete INTEGER NOT NULL
);
CREATE TABLE artist_figures (
    artist_id INTEGER PRIMARY KEY REFERENCES artists,
    tracks INTEGER NOT NULL,
    tracks_with_plays INTEGER NOT NULL,
    complete_tracks INTEGER NOT NULL,
    collaborative_tracks INTEGER NOT NULL,
    recent_uploads INTEGER NOT NULL,
    plays INTEGER NOT NULL,
    plays_30 INTEGER NOT NULL,
    plays_previous_30 INTEGER NOT NULL,
    contribution REAL NOT NULL,
    top_track_id INTEGER REFERENCES tracks
);
"""

_CREDITS_INDEX = "CREATE INDEX credits_by_track ON credits (track_id, position, artist_id)"


def open_database(path: str) -> sqlite3.Connection:
    """Open ``path``; an empty path is a private temporary database that spills to disk.

    A temporary database disappears with the process, however that ends.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # The data can be simulated again from its seed: nothing here needs to survive a power cut.
    connection.executescript(
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"
    )
    return connection


def create_schema(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty database."""
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def create_late_indexes(connection: sqlite3.Connection) -> None:
    """Create the index that is cheaper to build once all rows are there."""
    connection.execute(_CREDITS_INDEX)
