"""Days that pass on a platform that has been simulated before.

Each day draws from sources of its own, named by the seed and the day. So it makes no
difference whether a span of days passes at once or in parts.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Sequence

from beatpass_sandbox.simulation import listeners
from beatpass_sandbox.simulation.earning import Awards
from beatpass_sandbox.simulation.money import pass_days as pass_money_days
from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.plays import PlayProcess, PlayRow, poisson
from beatpass_sandbox.simulation.producers import DAY
from beatpass_sandbox.simulation.roster import load_producers
from beatpass_sandbox.simulation.settlement import settle
from beatpass_sandbox.simulation.standings import (
    Standings,
    Track,
    load_contenders,
    load_tracks,
)
from beatpass_sandbox.simulation.uploads import SESSION_SIZES, Uploads

_NEW_LISTENERS = 1.5
_LIKES_PER_PLAY = 0.065
_REPOSTS_PER_PLAY = 0.015
_LONGEST_SESSION = max(SESSION_SIZES) * 1_500
# Ids above are given out as a quirk.
_ORDINARY_IDS = 2**62


def advance(connection: sqlite3.Connection, seed: int, days: int) -> int:
    """Let ``days`` days pass and settle; returns the new ``as_of`` (Unix seconds).

    One transaction: all of it happens, or nothing. Raises ValueError below one day.
    """
    if days < 1:
        raise ValueError("at least one day has to pass")
    before: int = connection.execute("SELECT as_of FROM origin").fetchone()["as_of"]
    after = before + days * DAY
    connection.execute("BEGIN")
    with connection:
        platform = _Platform(connection, seed)
        for moment in range(before + DAY, after + 1, DAY):
            platform.pass_day(moment)
        platform.store_awards()
        settle(connection, after)
        connection.execute("UPDATE origin SET as_of = ?", (after,))
        pass_money_days(connection, seed, before, after)
    return after


class _Platform:
    """The platform as the process needs it: who is there, and how well each track does."""

    def __init__(self, connection: sqlite3.Connection, seed: int) -> None:
        self._connection = connection
        self._seed = seed
        self._producers = load_producers(connection)
        self._standings = Standings(load_contenders(connection))
        for track in load_tracks(connection):
            self._standings.publish(track)
        self._awards = Awards(self._standings)
        self._awards.load(connection)
        own_users = "SELECT user_id FROM memberships"
        self._listeners = [
            listeners.Listener(*row)
            for row in connection.execute(
                f"SELECT id, joined_at FROM users WHERE id NOT IN ({own_users}) ORDER BY id"
            )
        ]
        self._sequences: Counter[int] = Counter()
        self._collaborations: Counter[int] = Counter()
        for row in connection.execute("SELECT * FROM artist_figures"):
            self._sequences[row["artist_id"]] = row["tracks"]
            self._collaborations[row["artist_id"]] = row["collaborative_tracks"]
        self._next_track = self._following_id("tracks")
        self._next_user = self._following_id("users")
        self._next_download = self._following_id("downloads")

    def pass_day(self, moment: int) -> None:
        """Simulate the 24 hours that end at ``moment``."""
        start = moment - DAY
        self._sign_up(start, moment)
        self._upload(start, moment)
        played = self._play(moment)
        self._download(start, moment, played)
        self._follow(start, moment)
        self._awards.judge(self._source(moment, "achievements"), start, moment, moment)

    def store_awards(self) -> None:
        """Write all achievements as they stand after the last day."""
        self._awards.store(self._connection)

    def _source(self, moment: int, topic: str) -> random.Random:
        return random.Random(f"{self._seed}/day/{moment // DAY}/{topic}")

    def _following_id(self, table: str) -> int:
        (highest,) = self._connection.execute(
            f"SELECT COALESCE(MAX(id), 10000) FROM {table} WHERE id < ?", (_ORDINARY_IDS,)
        ).fetchone()
        return int(highest) + 1

    def _sign_up(self, start: int, moment: int) -> None:
        source = self._source(moment, "listeners")
        count = poisson(source, _NEW_LISTENERS)
        dates = sorted(source.randrange(start + 1, moment) for _ in range(count))
        newcomers = listeners.sign_up(self._connection, source, self._next_user - 1, dates)
        if newcomers:
            self._next_user = newcomers[-1].id + 1
        self._listeners += newcomers

    def _upload(self, start: int, moment: int) -> None:
        source = self._source(moment, "uploads")
        uploads = Uploads(
            self._connection,
            source,
            Namer(self._source(moment, "titles")),
            self._sequences,
            self._collaborations,
        )
        scheduled: list[tuple[int, int]] = []
        for index, producer in enumerate(self._producers):
            if source.random() < producer.sessions:
                uploaded_at = start + 1 + source.randrange(DAY - _LONGEST_SESSION)
                for _ in range(source.choice(SESSION_SIZES)):
                    scheduled.append((uploaded_at, index))
                    uploaded_at += source.randrange(90, 1_500)
        for uploaded_at, index in sorted(scheduled):
            producer = self._producers[index]
            track_id = self._next_track + source.randrange(7)
            self._next_track = track_id + 1
            strength = uploads.strength(producer)
            self._standings.publish(uploads.add(track_id, uploaded_at, producer, strength, plays=0))
        uploads.flush()

    def _play(self, moment: int) -> list[tuple[Track, int]]:
        """Play all tracks; returns those that were played, and how often."""
        today = moment // DAY
        process = PlayProcess(self._source(moment, "plays"), today)
        source = self._source(moment, "likes")
        rows: list[PlayRow] = []
        liked: list[tuple[int, int, int]] = []
        played: list[tuple[Track, int]] = []
        for track in self._standings.tracks:
            count = process.today(track.uploaded_at // DAY, track.strength)
            if count:
                track.plays += count
                played.append((track, count))
                rows.append((track.id, today, 1, count))
                likes = int(count * _LIKES_PER_PLAY + source.random())
                reposts = int(count * _REPOSTS_PER_PLAY + source.random())
                if likes or reposts:
                    liked.append((likes, reposts, track.id))
        self._connection.executemany("INSERT INTO plays VALUES (?,?,?,?)", rows)
        self._connection.executemany(
            "UPDATE tracks SET likes = likes + ?, reposts = reposts + ? WHERE id = ?", liked
        )
        return played

    def _download(self, start: int, moment: int, played: Sequence[tuple[Track, int]]) -> None:
        """Let listeners download some of what was played of the user's own artists."""
        source = self._source(moment, "downloads")
        rows: list[listeners.DownloadRow] = []
        for producer in self._producers:
            if not producer.own or not self._listeners:
                continue
            own = [(track, count) for track, count in played if producer.id in track.credited]
            if not own:
                continue
            tracks, weights = zip(*own, strict=True)
            for track in source.choices(
                tracks, weights, k=poisson(source, sum(weights) * producer.downloads)
            ):
                listener = source.choice(self._listeners)
                earliest = max(start, track.uploaded_at, listener.joined_at)
                when = source.randint(earliest + 1, moment)
                rows.append((track.id, listener.id, when, listeners.license_uuid(source)))
        rows.sort(key=lambda row: row[2])
        listeners.store_downloads(self._connection, self._next_download, rows)
        self._next_download += len(rows)

    def _follow(self, start: int, moment: int) -> None:
        """Let listeners follow artists that they do not follow yet."""
        source = self._source(moment, "follows")
        rows: list[tuple[int, int, int]] = []
        for producer in self._producers:
            count = poisson(source, producer.followers)
            for listener in source.sample(self._listeners, min(count, len(self._listeners))):
                earliest = max(start, listener.joined_at)
                rows.append((producer.id, source.randint(earliest + 1, moment), listener.id))
        self._connection.executemany("INSERT OR IGNORE INTO follows VALUES (?,?,?)", sorted(rows))
