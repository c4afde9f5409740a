"""Who works with whom and in which genres (settled), and who signed in."""

from __future__ import annotations

SOCIAL_TABLES = """
CREATE TABLE collaborations (
    artist_id INTEGER NOT NULL REFERENCES artists,
    partner_id INTEGER NOT NULL REFERENCES artists,
    tracks INTEGER NOT NULL,
    PRIMARY KEY (artist_id, partner_id)
) WITHOUT ROWID;
-- primary_tracks counts those of the tracks whose first genre it is.
CREATE TABLE artist_genres (
    artist_id INTEGER NOT NULL REFERENCES artists,
    genre_id INTEGER NOT NULL REFERENCES genres,
    tracks INTEGER NOT NULL,
    primary_tracks INTEGER NOT NULL,
    PRIMARY KEY (artist_id, genre_id)
) WITHOUT ROWID;
-- Access tokens given out by signing in; only their hashes are kept.
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
"""
