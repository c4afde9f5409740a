"""Uploads of all producers in the order of time, their plays, and their albums."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.plays import PlayProcess, PlayRow
from beatpass_sandbox.simulation.producers import DAY, Producer
from beatpass_sandbox.simulation.uploads import SESSION_SIZES, Uploads, store_vocabulary

# Above this many uploads an artist's plays are kept in compact form.
_DAILY_PLAYS_UP_TO = 1_000
_BATCH = 4_000


class Catalogue:
    """Simulates every upload on the platform up to ``now`` and writes it to the database."""

    def __init__(self, connection: sqlite3.Connection, seed: int, now: int) -> None:
        self._connection = connection
        self._now = now
        self._schedule_source = random.Random(f"{seed}/schedule")
        self._source = random.Random(f"{seed}/track-ids")
        self._album_source = random.Random(f"{seed}/albums")
        self._namer = Namer(random.Random(f"{seed}/titles"))
        self._plays = PlayProcess(random.Random(f"{seed}/plays"), now // DAY)
        self._uploads = Uploads(
            connection, random.Random(f"{seed}/catalogue"), self._namer, Counter(), Counter()
        )
        self._play_rows: list[PlayRow] = []

    def simulate(self, producers: Sequence[Producer]) -> None:
        """Run all uploads and put the producers' albums together."""
        store_vocabulary(self._connection)
        track_id = 20_411
        by_artist: dict[int, list[tuple[int, int]]] = {}
        for uploaded_at, producer in self._scheduled(producers):
            track_id += self._source.randint(1, 7)
            strength = self._uploads.strength(producer)
            daily = producer.own and producer.uploads <= _DAILY_PLAYS_UP_TO
            draw = self._plays.daily if daily else self._plays.compact
            rows = draw(track_id, uploaded_at // DAY, strength)
            self._play_rows.extend(rows)
            plays = sum(row[3] for row in rows)
            self._uploads.add(track_id, uploaded_at, producer, strength, plays)
            by_artist.setdefault(producer.id, []).append((track_id, uploaded_at))
            if len(self._uploads) >= _BATCH:
                self._flush()
        self._flush()
        self._compile_albums(producers, by_artist)

    def _flush(self) -> None:
        self._uploads.flush()
        self._connection.executemany("INSERT INTO plays VALUES (?,?,?,?)", self._play_rows)
        self._play_rows.clear()

    def _scheduled(self, producers: Sequence[Producer]) -> Iterator[tuple[int, Producer]]:
        moments: list[tuple[int, int]] = []
        for index, producer in enumerate(producers):
            moments.extend((moment, index) for moment in self._schedule(producer))
        moments.sort()
        for moment, index in moments:
            yield moment, producers[index]

    def _schedule(self, producer: Producer) -> list[int]:
        """Upload times: sessions of one to eight tracks, more often as the career goes on."""
        source = self._schedule_source
        start = producer.joined_at + DAY
        span = max(1, (self._now - start) // DAY)
        moments: list[int] = []
        while len(moments) < producer.uploads:
            day = int(span * source.random() ** 0.8)
            moment = start - start % DAY + day * DAY + source.randrange(14 * 3600, 23 * 3600)
            for _ in range(min(source.choice(SESSION_SIZES), producer.uploads - len(moments))):
                moments.append(min(max(moment, start), self._now - 60))
                moment += source.randrange(90, 1_500)
        return moments

    def _compile_albums(
        self, producers: Sequence[Producer], by_artist: dict[int, list[tuple[int, int]]]
    ) -> None:
        """Cut albums out of runs of consecutive uploads; the own newest one is yet to come out."""
        source = self._album_source
        album_id = 1_206
        for producer in producers:
            uploads = by_artist.get(producer.id, [])
            count = min(producer.albums, len(uploads) // 5)
            stride = len(uploads) // count if count else 0
            for number in range(count):
                size = source.randint(4, max(4, min(10, stride)))
                run = uploads[number * stride : number * stride + min(size, stride)]
                album_id += source.randint(1, 5)
                created_at = min(run[-1][1] + source.randrange(3_600, 6 * DAY), self._now - 30)
                lead_days = source.randint(0, 9)
                if producer.own and number == count - 1:
                    lead_days = (self._now - created_at) // DAY + 12
                released = datetime.fromtimestamp(created_at + lead_days * DAY, UTC).date()
                genre = source.choice(producer.genres).name
                described = source.random() < 0.8
                self._connection.execute(
                    "INSERT INTO albums VALUES (?,?,?,?,?,?,?)",
                    (
                        album_id,
                        producer.id,
                        self._namer.album(producer.id, genre),
                        f"/storage/album-covers/{album_id}.png",
                        released.isoformat(),
                        created_at,
                        f"{len(run)} {genre} beats, mixed and tagged." if described else None,
                    ),
                )
                self._connection.executemany(
                    "UPDATE tracks SET album_id=? WHERE id=?",
                    [(album_id, run_id) for run_id, _ in run],
                )
