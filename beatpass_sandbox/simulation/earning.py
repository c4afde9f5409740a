"""When each artist earned which achievement, judged against the whole platform."""

from __future__ import annotations

import random
import sqlite3

from beatpass_sandbox.achievements import ACHIEVEMENTS, SEASONS, Achievement, Standing
from beatpass_sandbox.rules import DAYS_PER_MONTH
from beatpass_sandbox.simulation.producers import DAY
from beatpass_sandbox.simulation.standings import (
    Contender,
    Standings,
    load_contenders,
    load_tracks,
)

_MONTH = int(DAYS_PER_MONTH * DAY)
_LARGE_PLATFORM = 10_000
_MILESTONE_MONTHS = {"Rising": 3, "Seasoned": 6, "OG": 12, "Veteran": 24, "Legacy": 36}
_COLLABORATORS = {
    "Collaboration Enthusiast": 1,
    "Team Player": 10,
    "Bridge Builder": 25,
    "Network Spider": 50,
}
_TRACKS_NEEDED = {"Rising Talent": 5, "Elite Producer": 10, "Legendary Producer": 20}
_GENRES_NEEDED = {"Genre Master": 3, "Genre Virtuoso": 5}
_TRACK_CATEGORIES = ("upload", "trending", "metadata", "genre", "composite", "excellence")


class Awards:
    """The achievements of all artists: once earned, they are kept."""

    def __init__(self, standings: Standings) -> None:
        self._standings = standings
        self._latest: dict[int, Standing] = {}
        self._earned: dict[tuple[int, int], int] = {}

    def load(self, connection: sqlite3.Connection) -> None:
        """Take up what has been stored before."""
        self._earned = {
            (row["artist_id"], row["achievement_id"]): row["unlocked_at"]
            for row in connection.execute(
                "SELECT * FROM achievements WHERE unlocked_at IS NOT NULL"
            )
        }

    def judge(self, source: random.Random, previous: int, moment: int, now: int) -> None:
        """Award what is earned at ``moment`` and was not yet at ``previous``.

        ``source`` chooses the instant between them where the achievement does not tell it.
        """
        self._latest = self._standings.at(moment, now)
        for artist_id, standing in self._latest.items():
            contender = self._standings.contenders[artist_id]
            for achievement in ACHIEVEMENTS:
                key = (artist_id, achievement.id)
                if key not in self._earned and achievement.progress(standing) >= 1.0:
                    when = _exact_date(contender, achievement.name)
                    if when is None:
                        earliest = max(previous, _earliest_date(contender, achievement))
                        when = source.randint(min(earliest, moment), moment)
                    self._earned[key] = min(when, moment)

    def store(self, connection: sqlite3.Connection) -> None:
        """Write every artist's achievements, the locked ones with their latest progress."""
        rows: list[tuple[int, int, float, int | None]] = []
        for artist_id in sorted(self._latest):
            for achievement in ACHIEVEMENTS:
                unlocked_at = self._earned.get((artist_id, achievement.id))
                progress = 1.0
                if unlocked_at is None:
                    progress = achievement.progress(self._latest[artist_id])
                rows.append((artist_id, achievement.id, progress, unlocked_at))
        connection.executemany("INSERT OR REPLACE INTO achievements VALUES (?,?,?,?)", rows)


def earn_achievements(connection: sqlite3.Connection, seed: int, now: int) -> None:
    """Walk the platform's history from month to month and store all achievements."""
    source = random.Random(f"{seed}/achievements")
    contenders = load_contenders(connection)
    tracks = load_tracks(connection)
    standings = Standings(contenders)
    awards = Awards(standings)
    begin = min((contender.joined_at for contender in contenders), default=now)
    step = _MONTH * (4 if len(tracks) > _LARGE_PLATFORM else 1)
    position = 0
    previous = begin
    for moment in (*range(begin + step, now, step), now):
        while position < len(tracks) and tracks[position].uploaded_at <= moment:
            standings.publish(tracks[position])
            position += 1
        awards.judge(source, previous, moment, now)
        previous = moment
    awards.store(connection)


def _exact_date(contender: Contender, name: str) -> int | None:
    """The instant of those achievements whose condition is an event with a date."""
    if name in SEASONS:
        return contender.seasons[name]
    if name in _MILESTONE_MONTHS:
        return contender.joined_at + round(_MILESTONE_MONTHS[name] * DAYS_PER_MONTH * DAY)
    if name in _COLLABORATORS:
        return contender.collaborator_dates[_COLLABORATORS[name] - 1]
    if name in ("Early Adopter", "Oracle"):
        return contender.joined_at
    if name == "Photogenic":
        return contender.picture_dates[0]
    if name == "Model":
        return contender.picture_dates[5]
    if name == "Linked":
        return contender.link_dates[3]
    return None


def _earliest_date(contender: Contender, achievement: Achievement) -> int:
    """Before this instant the condition cannot have been met."""
    if achievement.category not in _TRACK_CATEGORIES:
        return contender.joined_at
    if achievement.name in _GENRES_NEEDED:
        return contender.genre_dates[_GENRES_NEEDED[achievement.name] - 1]
    return contender.upload_dates[_TRACKS_NEEDED.get(achievement.name, 1) - 1]
