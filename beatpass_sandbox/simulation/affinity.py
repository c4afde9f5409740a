"""With whom and in which genres each artist works, counted from the credits.

Networks and recommendations read these counts, so that they cost the same however large the
catalogue is.
"""

from __future__ import annotations

import sqlite3

_COLLABORATIONS = """
INSERT INTO collaborations
SELECT c.artist_id, other.artist_id, COUNT(*)
FROM track_figures f
JOIN credits c ON c.track_id = f.track_id
JOIN credits other ON other.track_id = f.track_id AND other.artist_id <> c.artist_id
WHERE f.credited > 1
GROUP BY c.artist_id, other.artist_id
ORDER BY c.artist_id, other.artist_id
"""

_ARTIST_GENRES = """
INSERT INTO artist_genres
SELECT c.artist_id, l.genre_id, COUNT(*), SUM(l.position = 0)
FROM credits c JOIN track_genres l ON l.track_id = c.track_id
GROUP BY c.artist_id, l.genre_id
ORDER BY c.artist_id, l.genre_id
"""


def settle_affinities(connection: sqlite3.Connection) -> None:
    """Recount collaborations and genres; the tracks' figures must be settled already."""
    connection.execute("DELETE FROM collaborations")
    connection.execute("DELETE FROM artist_genres")
    connection.execute(_COLLABORATIONS)
    connection.execute(_ARTIST_GENRES)
