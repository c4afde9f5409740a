"""Where every artist stands on the platform: what achievements are judged by."""

from __future__ import annotations

import math
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from beatpass_sandbox.achievements import SEASONS, Standing
from beatpass_sandbox.rules import DAYS_PER_MONTH
from beatpass_sandbox.simulation.producers import DAY

_HALF_LIFE = 6 * DAYS_PER_MONTH * DAY
_MOST_DATES = 50
_INCOMPLETE_SCORE = 0.6
_SEASON_OF_DAY = {day: name for name, days in SEASONS.items() for day in days}


@dataclass(slots=True)
class Track:
    """A published track with its plays up to now; ``strength`` drives those to come."""

    id: int
    uploaded_at: int
    strength: float
    plays: int
    complete: bool
    genre_id: int
    credited: tuple[int, ...]


@dataclass(slots=True)
class Contender:
    """Running totals of an artist with a profile.

    The lists of dates say when a first, second, third… track, genre, or collaborator came, as
    far as any achievement asks for it.
    """

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
    upload_dates: list[int] = field(default_factory=list)
    genre_dates: list[int] = field(default_factory=list)
    collaborator_dates: list[int] = field(default_factory=list)
    seasons: dict[str, int] = field(default_factory=dict)


class Standings:
    """The published tracks and the artists credited on them, as they grow."""

    def __init__(self, contenders: Iterable[Contender]) -> None:
        self.contenders = {contender.id: contender for contender in contenders}
        self.tracks: list[Track] = []

    def publish(self, track: Track) -> None:
        """Count a track for everybody credited on it; tracks come in the order of upload."""
        self.tracks.append(track)
        uploaded_at = track.uploaded_at
        season = _season(uploaded_at // DAY)
        for artist_id in track.credited:
            contender = self.contenders.get(artist_id)
            if contender is None:
                continue
            contender.tracks += 1
            contender.complete += track.complete
            _note(contender.upload_dates, uploaded_at)
            if track.genre_id not in contender.genres:
                contender.genres.add(track.genre_id)
                _note(contender.genre_dates, uploaded_at)
            if len(track.credited) > 1:
                for other in track.credited:
                    if other != artist_id and other not in contender.collaborators:
                        contender.collaborators.add(other)
                        _note(contender.collaborator_dates, uploaded_at)
            if season is not None:
                contender.seasons.setdefault(season, uploaded_at)

    def at(self, moment: int, now: int) -> dict[int, Standing]:
        """How each artist stands at ``moment``, judged by the tracks published so far.

        Exact past play counts are not kept for all tracks. So at a moment before ``now`` a
        track's plays are taken from its present ones and the half-life by which they fall.
        """
        plays_of, composites, by_genre = self._count_plays(moment, now)
        present = [one for one in self.contenders.values() if one.joined_at <= moment]
        listed = [one for one in present if one.tracks]
        uploads = sorted(float(one.tracks) for one in listed)
        diversity = sorted(float(len(one.genres)) for one in listed)
        overall = sorted(_overall(one) for one in listed)
        standings: dict[int, Standing] = {}
        for one in present:
            standing = Standing(
                tracks=one.tracks,
                collaborators=len(one.collaborators),
                genres=len(one.genres),
                accuracy=100 * one.complete / one.tracks if one.tracks else 0.0,
                pictures=sum(added <= moment for added in one.picture_dates),
                links=sum(added <= moment for added in one.link_dates),
                has_bio=one.has_bio,
                joining_rank=one.joining_rank,
                age_days=(moment - one.joined_at) / DAY,
                seasons=set(one.seasons),
            )
            if one.tracks:
                standing.uploads_share = _share(uploads, one.tracks)
                standing.diversity_share = _share(diversity, len(one.genres))
                standing.overall_share = _share(overall, _overall(one))
            if one.best_plays > 0:
                standing.best_plays_share = _share(plays_of, one.best_plays)
                standing.best_composite_share = _share(composites, one.best_composite)
                standing.best_genre_share = min(
                    _share(by_genre[genre_id], best) for genre_id, best in one.best_in_genre.items()
                )
            standings[one.id] = standing
        return standings

    def _count_plays(
        self, moment: int, now: int
    ) -> tuple[list[float], list[float], dict[int, list[float]]]:
        """Give each artist its plays and best tracks; returns all tracks' scores, ascending."""
        plays_of: list[float] = []
        composites: list[float] = []
        by_genre: dict[int, list[float]] = {}
        for one in self.contenders.values():
            one.plays = one.best_plays = one.best_composite = 0.0
            one.best_in_genre.clear()
        find = self.contenders.get
        for track in self.tracks:
            plays = float(track.plays)
            if moment < now:
                plays *= _reached(moment - track.uploaded_at) / _reached(now - track.uploaded_at)
            composite = plays if track.complete else plays * _INCOMPLETE_SCORE
            plays_of.append(plays)
            composites.append(composite)
            genre_id = track.genre_id
            by_genre.setdefault(genre_id, []).append(plays)
            for artist_id in track.credited:
                credited = find(artist_id)
                if credited is None:
                    continue
                credited.plays += plays
                if plays > credited.best_plays:
                    credited.best_plays = plays
                if composite > credited.best_composite:
                    credited.best_composite = composite
                if plays > credited.best_in_genre.get(genre_id, -1.0):
                    credited.best_in_genre[genre_id] = plays
        plays_of.sort()
        composites.sort()
        for ranked in by_genre.values():
            ranked.sort()
        return plays_of, composites, by_genre


def load_contenders(connection: sqlite3.Connection) -> list[Contender]:
    """All artists with a profile in the order of joining, with nothing published yet."""
    rows = connection.execute(
        "SELECT id, joined_at, bio FROM artists WHERE has_profile ORDER BY joined_at, id"
    ).fetchall()
    return [
        Contender(
            row["id"],
            row["joined_at"],
            rank,
            bool(row["bio"]),
            _dates(connection, "artist_links", row["id"]),
            _dates(connection, "artist_pictures", row["id"]),
        )
        for rank, row in enumerate(rows, start=1)
    ]


def load_tracks(connection: sqlite3.Connection) -> list[Track]:
    """All tracks in the order of upload, with the figures last settled."""
    credited: dict[int, tuple[int, ...]] = {}
    alone: dict[int, tuple[int]] = {}
    for track_id, artist_id in connection.execute(
        "SELECT track_id, artist_id FROM credits ORDER BY track_id, position"
    ):
        if track_id in credited:
            credited[track_id] += (artist_id,)
        else:
            credited[track_id] = alone.setdefault(artist_id, (artist_id,))
    tracks = [
        Track(track_id, uploaded_at, strength, plays, bool(complete), genre_id, credited[track_id])
        for track_id, uploaded_at, strength, plays, complete, genre_id in connection.execute(
            "SELECT f.track_id, s.uploaded_at, s.strength, f.plays, f.complete, g.genre_id"
            " FROM track_figures f JOIN appeal s ON s.track_id = f.track_id"
            " JOIN track_genres g ON g.track_id = f.track_id AND g.position = 0"
            " ORDER BY f.track_id"
        )
    ]
    tracks.sort(key=lambda track: track.uploaded_at)
    return tracks


def _dates(connection: sqlite3.Connection, table: str, artist_id: int) -> list[int]:
    rows = connection.execute(
        f"SELECT added_at FROM {table} WHERE artist_id = ? ORDER BY added_at", (artist_id,)
    )
    return [added_at for (added_at,) in rows]


@cache
def _season(day: int) -> str | None:
    """The season that a day number lies in."""
    date = datetime.fromtimestamp(day * DAY, UTC)
    return _SEASON_OF_DAY.get((date.month, date.day))


def _note(dates: list[int], moment: int) -> None:
    if len(dates) < _MOST_DATES:
        dates.append(moment)


def _reached(age_seconds: float) -> float:
    """Share of a track's eventual plays that it has reached at an age."""
    return 1.0 - math.pow(0.5, max(age_seconds, 1) / _HALF_LIFE)


def _overall(one: Contender) -> float:
    """Points by uploads, metadata, plays and collaboration, for the composite achievements."""
    return one.tracks * 100 + one.complete * 50 + one.plays + len(one.collaborators) * 25


def _share(ranked: Sequence[float], value: float) -> float:
    """Rank of ``value`` in an ascending list (ties share the best place) ÷ its length."""
    from_top = len(ranked) - bisect_left(ranked, value)
    same = bisect_left(ranked, value + 1e-9) - bisect_left(ranked, value)
    return max(1, from_top - same + 1) / len(ranked)
