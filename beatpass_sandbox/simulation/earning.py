"""When each artist earned which achievement, judged against the whole platform.

The history is walked from checkpoint to checkpoint. Exact past play counts exist only for
catalogues with daily plays, so at past checkpoints a track's plays are taken from its final
count and the same half-life by which the plays were drawn; at the last one they are exact.
"""

from __future__ import annotations

import math
import random
import sqlite3
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter

from beatpass_sandbox.achievements import ACHIEVEMENTS, SEASONS, Standing
from beatpass_sandbox.rules import DAYS_PER_MONTH
from beatpass_sandbox.simulation.producers import DAY

_MONTH = int(30.4375 * DAY)
_LARGE_PLATFORM = 10_000
_HALF_LIFE = 6 * DAYS_PER_MONTH * DAY
_SEASON_OF_DAY = {day: name for name, days in SEASONS.items() for day in days}
_MILESTONE_MONTHS = {"Rising": 3, "Seasoned": 6, "OG": 12, "Veteran": 24, "Legacy": 36}


@dataclass(slots=True)
class _Artist:
    """Running totals of an artist while the history is walked."""

    id: int
    joined_at: int
    joining_rank: int
    has_bio: bool
    link_dates: list[int]
    picture_dates: list[int]
    tracks: int = 0
    complete: int = 0
    plays: float = 0.0
    best_plays: float = 0.0
    best_composite: float = 0.0
    best_in_genre: dict[int, float] = field(default_factory=dict)
    genres: set[int] = field(default_factory=set)
    collaborators: set[int] = field(default_factory=set)
    seasons: dict[str, int] = field(default_factory=dict)
    earned: dict[int, int] = field(default_factory=dict)


_Track = tuple[int, int, bool, int, tuple[int, ...]]


def earn_achievements(connection: sqlite3.Connection, seed: int, now: int) -> None:
    """Walk the platform's history and store every artist's achievements and progress."""
    source = random.Random(f"{seed}/achievements")
    artists = _artists(connection)
    tracks = _tracks(connection)
    begin = min((artist.joined_at for artist in artists.values()), default=now)
    step = _MONTH * (4 if len(tracks) > _LARGE_PLATFORM else 1)
    checkpoints = [*range(begin + step, now, step), now]
    position = 0
    previous = begin
    for moment in checkpoints:
        while position < len(tracks) and tracks[position][0] <= moment:
            _publish(artists, tracks[position])
            position += 1
        standings = _standings(artists, tracks[:position], moment, now)
        for artist_id, standing in standings.items():
            artist = artists[artist_id]
            for achievement in ACHIEVEMENTS:
                if achievement.id in artist.earned:
                    continue
                if achievement.progress(standing) >= 1.0:
                    guess = source.randrange(previous, moment + 1) if moment > previous else moment
                    when = _exact_date(artist, achievement.name) or max(guess, artist.joined_at)
                    artist.earned[achievement.id] = min(when, now)
        previous = moment
        if moment == now:
            _store(connection, artists, standings)


def _artists(connection: sqlite3.Connection) -> dict[int, _Artist]:
    artists: dict[int, _Artist] = {}
    rows = connection.execute("SELECT id, joined_at, bio FROM artists ORDER BY joined_at, id")
    for rank, (artist_id, joined_at, bio) in enumerate(rows.fetchall(), start=1):
        links, pictures = (
            [
                added_at
                for (added_at,) in connection.execute(
                    f"SELECT added_at FROM {table} WHERE artist_id = ? ORDER BY added_at",
                    (artist_id,),
                )
            ]
            for table in ("artist_links", "artist_pictures")
        )
        artists[artist_id] = _Artist(artist_id, joined_at, rank, bool(bio), links, pictures)
    return artists


def _tracks(connection: sqlite3.Connection) -> list[_Track]:
    """(created, plays, complete, first genre, credited artists) in the order of upload."""
    rows = connection.execute(
        "SELECT t.id, t.created_at, f.plays, f.complete, g.genre_id, c.artist_id"
        " FROM tracks t JOIN track_figures f ON f.track_id = t.id"
        " JOIN track_genres g ON g.track_id = t.id AND g.position = 0"
        " JOIN credits c ON c.track_id = t.id ORDER BY t.id, c.position"
    )
    tracks: list[_Track] = []
    for _, credits in groupby(rows, key=itemgetter("id")):
        first, *others = credits
        credited = (first["artist_id"], *(row["artist_id"] for row in others))
        tracks.append(
            (
                first["created_at"],
                first["plays"],
                bool(first["complete"]),
                first["genre_id"],
                credited,
            )
        )
    return tracks


def _publish(artists: dict[int, _Artist], track: _Track) -> None:
    created_at, _plays, complete, genre_id, credited = track
    day = datetime.fromtimestamp(created_at, UTC)
    season = _SEASON_OF_DAY.get((day.month, day.day))
    for artist_id in credited:
        artist = artists[artist_id]
        artist.tracks += 1
        artist.complete += complete
        artist.genres.add(genre_id)
        artist.collaborators.update(other for other in credited if other != artist_id)
        if season is not None:
            artist.seasons.setdefault(season, created_at)


def _standings(
    artists: dict[int, _Artist], tracks: list[_Track], moment: int, now: int
) -> dict[int, Standing]:
    plays_of: list[float] = []
    composites: list[float] = []
    by_genre: dict[int, list[float]] = {}
    for artist in artists.values():
        artist.plays = artist.best_plays = artist.best_composite = 0.0
        artist.best_in_genre.clear()
    for created_at, final_plays, complete, genre_id, credited in tracks:
        plays = float(final_plays)
        if moment < now:
            plays *= _reached(moment - created_at) / _reached(now - created_at)
        composite = plays * (1.0 if complete else 0.6)
        plays_of.append(plays)
        composites.append(composite)
        by_genre.setdefault(genre_id, []).append(plays)
        for artist_id in credited:
            artist = artists[artist_id]
            artist.plays += plays
            artist.best_plays = max(artist.best_plays, plays)
            artist.best_composite = max(artist.best_composite, composite)
            best = artist.best_in_genre
            best[genre_id] = max(best.get(genre_id, 0.0), plays)
    plays_of.sort()
    composites.sort()
    for ranked in by_genre.values():
        ranked.sort()
    present = [artist for artist in artists.values() if artist.joined_at <= moment]
    listed = [artist for artist in present if artist.tracks]
    uploads = sorted(float(artist.tracks) for artist in listed)
    diversity = sorted(float(len(artist.genres)) for artist in listed)
    overall = sorted(_overall(artist) for artist in listed)
    standings: dict[int, Standing] = {}
    for artist in present:
        standing = Standing(
            tracks=artist.tracks,
            collaborators=len(artist.collaborators),
            genres=len(artist.genres),
            accuracy=100 * artist.complete / artist.tracks if artist.tracks else 0.0,
            pictures=sum(added <= moment for added in artist.picture_dates),
            links=sum(added <= moment for added in artist.link_dates),
            has_bio=artist.has_bio,
            joining_rank=artist.joining_rank,
            age_days=(moment - artist.joined_at) / DAY,
            seasons=set(artist.seasons),
        )
        if artist.tracks:
            standing.uploads_share = _share(uploads, artist.tracks)
            standing.diversity_share = _share(diversity, len(artist.genres))
            standing.overall_share = _share(overall, _overall(artist))
        if artist.best_plays > 0:
            standing.best_plays_share = _share(plays_of, artist.best_plays)
            standing.best_composite_share = _share(composites, artist.best_composite)
            standing.best_genre_share = min(
                _share(by_genre[genre_id], best) for genre_id, best in artist.best_in_genre.items()
            )
        standings[artist.id] = standing
    return standings


def _reached(age_seconds: float) -> float:
    """Share of a track's eventual plays that it has reached at an age."""
    return 1.0 - math.pow(0.5, max(age_seconds, 1) / _HALF_LIFE)


def _overall(artist: _Artist) -> float:
    """Points by uploads, metadata, plays and collaboration, for the composite achievements."""
    return (
        artist.tracks * 100 + artist.complete * 50 + artist.plays + len(artist.collaborators) * 25
    )


def _share(ranked: list[float], value: float) -> float:
    """Rank of ``value`` in an ascending list (ties share the best place) ÷ its length."""
    from_top = len(ranked) - bisect_left(ranked, value)
    same = bisect_left(ranked, value + 1e-9) - bisect_left(ranked, value)
    return max(1, from_top - same + 1) / len(ranked)


def _exact_date(artist: _Artist, name: str) -> int | None:
    """The instant of those achievements whose condition is an event with a date."""
    if name in SEASONS:
        return artist.seasons[name]
    if name in _MILESTONE_MONTHS:
        return artist.joined_at + round(_MILESTONE_MONTHS[name] * DAYS_PER_MONTH * DAY)
    if name in ("Early Adopter", "Oracle"):
        return artist.joined_at
    if name == "Photogenic":
        return artist.picture_dates[0]
    if name == "Model":
        return artist.picture_dates[5]
    if name == "Linked":
        return artist.link_dates[3]
    return None


def _store(
    connection: sqlite3.Connection, artists: dict[int, _Artist], standings: dict[int, Standing]
) -> None:
    rows: list[tuple[int, int, float, int | None]] = []
    for artist_id in sorted(standings):
        for achievement in ACHIEVEMENTS:
            unlocked_at = artists[artist_id].earned.get(achievement.id)
            progress = achievement.progress(standings[artist_id]) if unlocked_at is None else 1.0
            rows.append((artist_id, achievement.id, progress, unlocked_at))
    connection.executemany("INSERT INTO achievements VALUES (?,?,?,?)", rows)
