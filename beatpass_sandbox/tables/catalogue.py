"""Tracks and albums with their credits, genres and tags."""

from __future__ import annotations

CATALOGUE_TABLES = """
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
-- Every uploaded track is public.
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
"""
