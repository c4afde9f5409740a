"""Sums over the events as of one day, rebuilt by `settlement`."""

from __future__ import annotations

FIGURES_TABLES = """
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
