"""Sums by artist and day, settled from the events: rankings, graphs and insights read them."""

from __future__ import annotations

DAY_SUM_TABLES = """
-- Sums over the tracks that an artist uploaded on a day: `led` counts those with the artist
-- credited first, `metadata` the fields that are filled in; `plays` are those until now.
CREATE TABLE uploads_by_day (
    artist_id INTEGER NOT NULL REFERENCES artists,
    day INTEGER NOT NULL,
    first_sequence INTEGER NOT NULL,
    uploads INTEGER NOT NULL,
    led INTEGER NOT NULL,
    metadata INTEGER NOT NULL,
    collaborative INTEGER NOT NULL,
    contributing INTEGER NOT NULL,
    contribution REAL NOT NULL,
    collaborative_contribution REAL NOT NULL,
    plays INTEGER NOT NULL,
    likes INTEGER NOT NULL,
    reposts INTEGER NOT NULL,
    PRIMARY KEY (artist_id, day)
) WITHOUT ROWID;
-- Plays on a day of all tracks of an artist, whenever they were uploaded.
CREATE TABLE plays_by_day (
    artist_id INTEGER NOT NULL REFERENCES artists,
    day INTEGER NOT NULL,
    plays INTEGER NOT NULL,
    collaborative_plays INTEGER NOT NULL,
    PRIMARY KEY (artist_id, day)
) WITHOUT ROWID;
-- With whom an artist is credited on tracks uploaded on a day.
CREATE TABLE collaborators_by_day (
    artist_id INTEGER NOT NULL REFERENCES artists,
    day INTEGER NOT NULL,
    partner_id INTEGER NOT NULL REFERENCES artists,
    PRIMARY KEY (artist_id, day, partner_id)
) WITHOUT ROWID;
-- The most played tracks of each artist; place counts from 1.
CREATE TABLE best_tracks (
    artist_id INTEGER NOT NULL REFERENCES artists,
    place INTEGER NOT NULL,
    track_id INTEGER NOT NULL REFERENCES tracks,
    PRIMARY KEY (artist_id, place)
) WITHOUT ROWID;
"""
