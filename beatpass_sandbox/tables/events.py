"""What happened on the platform besides uploads."""

from __future__ import annotations

EVENTS_TABLES = """
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
"""
