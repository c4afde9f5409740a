"""Users, artists, and which user acts for which artist."""

from __future__ import annotations

PEOPLE_TABLES = """
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    display_name TEXT NOT NULL,
    avatar TEXT,
    joined_at INTEGER NOT NULL
);
-- An artist without a profile is only a credited name: no XP, no achievements, not ranked.
-- Administrators are not ranked either.
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
    website TEXT,
    has_profile INTEGER NOT NULL,
    administrator INTEGER NOT NULL
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
"""
