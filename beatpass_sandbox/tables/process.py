"""What drives the simulation, kept so that further days can pass later.

The API shows none of these.
"""

from __future__ import annotations

PROCESS_TABLES = """
CREATE TABLE origin (
    profile TEXT NOT NULL,
    seed INTEGER NOT NULL,
    tracks INTEGER NOT NULL,
    as_of INTEGER NOT NULL
);
-- own marks the signed-in user's artists. sessions, followers and downloads are what an artist
-- gets on an average day: upload sessions, new followers, and downloads for each play.
CREATE TABLE habits (
    artist_id INTEGER PRIMARY KEY REFERENCES artists,
    own INTEGER NOT NULL,
    currency TEXT NOT NULL,
    completeness REAL NOT NULL,
    collaboration_share REAL NOT NULL,
    popularity REAL NOT NULL,
    variation REAL NOT NULL,
    sessions REAL NOT NULL,
    followers REAL NOT NULL,
    downloads REAL NOT NULL
);
-- The genres an artist uploads in, the favourite one first.
CREATE TABLE styles (
    artist_id INTEGER NOT NULL REFERENCES artists,
    position INTEGER NOT NULL,
    genre_id INTEGER NOT NULL REFERENCES genres,
    PRIMARY KEY (artist_id, position)
) WITHOUT ROWID;
-- Whom an artist works with.
CREATE TABLE partnerships (
    artist_id INTEGER NOT NULL REFERENCES artists,
    position INTEGER NOT NULL,
    partner_id INTEGER NOT NULL REFERENCES artists,
    PRIMARY KEY (artist_id, position)
) WITHOUT ROWID;
-- When a track really came out (its created_at may be a quirk), and its plays a day when new.
CREATE TABLE appeal (
    track_id INTEGER PRIMARY KEY REFERENCES tracks,
    uploaded_at INTEGER NOT NULL,
    strength REAL NOT NULL
);
"""
