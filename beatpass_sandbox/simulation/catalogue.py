"""Uploads of all producers in the order of time, with metadata, credits and plays."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from beatpass_sandbox.clock import day_number
from beatpass_sandbox.simulation import words
from beatpass_sandbox.simulation.genres import GENRES, KEYS, Genre
from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.plays import PlayProcess, PlayRow
from beatpass_sandbox.simulation.producers import DAY, Producer

# Above this many uploads an artist's plays are kept in compact form.
_DAILY_PLAYS_UP_TO = 1_000
_BATCH = 4_000
_SESSION_SIZES = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8)
_OPTIONAL_METADATA = ("bpm", "key", "tags", "description")


class Catalogue:
    """Simulates every upload on the platform up to ``now`` and writes it to the database."""

    def __init__(self, connection: sqlite3.Connection, seed: int, now: int) -> None:
        self._connection = connection
        self._now = now
        self._today = day_number(datetime.fromtimestamp(now, UTC))
        self._schedule_source = random.Random(f"{seed}/schedule")
        self._source = random.Random(f"{seed}/catalogue")
        self._album_source = random.Random(f"{seed}/albums")
        self._namer = Namer(random.Random(f"{seed}/titles"))
        self._plays = PlayProcess(random.Random(f"{seed}/plays"), self._today)
        self._sequences: dict[int, int] = {}
        self._own_collaborations = 0
        self._tag_ids: dict[str, int] = {}
        self._clear_batches()

    def simulate(self, producers: list[Producer]) -> None:
        """Run all uploads and put the producers' albums together."""
        self._store_vocabulary()
        track_id = 20_411
        by_artist: dict[int, list[tuple[int, int]]] = {}
        for uploaded_at, producer in self._uploads(producers):
            track_id += self._source.randint(1, 7)
            self._upload(track_id, uploaded_at, producer)
            by_artist.setdefault(producer.id, []).append((track_id, uploaded_at))
            if len(self._tracks) >= _BATCH:
                self._flush()
        self._flush()
        self._compile_albums(producers, by_artist)

    def _store_vocabulary(self) -> None:
        names = dict.fromkeys(tag for genre in GENRES for tag in genre.tags)
        names.update(dict.fromkeys((*words.MOOD_TAGS, *words.SOUND_TAGS)))
        self._tag_ids = {name: 300 + place for place, name in enumerate(names)}
        self._connection.executemany(
            "INSERT INTO genres VALUES (?,?)", [(genre.id, genre.name) for genre in GENRES]
        )
        self._connection.executemany(
            "INSERT INTO tags VALUES (?,?)",
            [(number, name) for name, number in self._tag_ids.items()],
        )

    def _uploads(self, producers: list[Producer]) -> Iterator[tuple[int, Producer]]:
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
            for _ in range(min(source.choice(_SESSION_SIZES), producer.uploads - len(moments))):
                moments.append(min(max(moment, start), self._now - 60))
                moment += source.randrange(90, 1_500)
        return moments

    def _upload(self, track_id: int, uploaded_at: int, producer: Producer) -> None:
        source = self._source
        credited = self._credited(producer, uploaded_at)
        genre = producer.genres[min(int(source.expovariate(1.1)), len(producer.genres) - 1)]
        secondary = source.choice(GENRES) if source.random() < 0.25 else genre
        missing = self._missing(producer)
        plays, rows = self._played(track_id, uploaded_at, producer)
        self._play_rows.extend(rows)
        self._tracks.append(self._track_row(track_id, uploaded_at, producer, genre, missing, plays))
        for position, artist_id in enumerate(credited):
            sequence = self._sequences.get(artist_id, 0)
            self._sequences[artist_id] = sequence + 1
            self._credits.append((artist_id, sequence, track_id, position))
        self._track_genres.append((track_id, 0, genre.id))
        if secondary is not genre:
            self._track_genres.append((track_id, 1, secondary.id))
        if "tags" not in missing:
            tags = [source.choice(genre.tags), source.choice(words.MOOD_TAGS)]
            if source.random() < 0.7:
                tags.append(source.choice(words.SOUND_TAGS))
            for position, tag in enumerate(tags):
                self._track_tags.append((track_id, position, self._tag_ids[tag]))

    def _credited(self, producer: Producer, uploaded_at: int) -> list[int]:
        """Credited artists, the primary one first."""
        source = self._source
        partners = [other for other in producer.partners if other.joined_at < uploaded_at]
        if not partners or source.random() >= producer.collaboration_share:
            return [producer.id]
        if producer.own:
            partner = partners[self._own_collaborations % len(partners)]
            self._own_collaborations += 1
        else:
            partner = source.choice(partners)
        credited = [producer.id, partner.id]
        if source.random() < 0.3:
            credited.reverse()
        if source.random() < 0.15:
            third = source.choice(partners)
            if third is not partner:
                credited.append(third.id)
        return credited

    def _missing(self, producer: Producer) -> tuple[str, ...]:
        if self._source.random() < producer.completeness:
            return ()
        return tuple(self._source.sample(_OPTIONAL_METADATA, self._source.choice((1, 1, 2, 3))))

    def _played(
        self, track_id: int, uploaded_at: int, producer: Producer
    ) -> tuple[int, list[PlayRow]]:
        strength = min(40.0, producer.popularity * self._source.lognormvariate(-1.75, 1.1))
        first_day = uploaded_at // DAY
        daily = producer.own and producer.uploads <= _DAILY_PLAYS_UP_TO
        rows = (self._plays.daily if daily else self._plays.compact)(track_id, first_day, strength)
        return sum(row[3] for row in rows), rows

    def _track_row(
        self,
        track_id: int,
        uploaded_at: int,
        producer: Producer,
        genre: Genre,
        missing: tuple[str, ...],
        plays: int,
    ) -> tuple[object, ...]:
        source = self._source
        bpm = source.randint(*genre.bpm)
        price: float | None = source.choice(genre.prices)
        exclusive_status, exclusive_price = None, None
        licensing = source.choices(
            ("standard", "standard_exclusive", "exclusive_only"), (62, 30, 8)
        )[0]
        if licensing != "standard":
            exclusive_price = float(source.choice((199, 249, 299, 399, 499, 799)))
            exclusive_status = "sold" if source.random() < 0.15 else "available"
        if licensing == "exclusive_only":
            price = None
        released = datetime.fromtimestamp(uploaded_at, UTC).date()
        if source.random() < 0.1:
            released += timedelta(days=source.randint(1, 14))
        description = source.choice(words.DESCRIPTIONS).format(
            mood=source.choice(words.MOOD_TAGS),
            sound=source.choice(words.SOUND_TAGS),
            genre=genre.name,
            bpm=bpm,
        )
        minor = source.random() < genre.minor_share
        return (
            track_id,
            self._namer.track(producer.id, producer.name),
            f"/storage/track-covers/{track_id}.png",
            uploaded_at,
            released.isoformat(),
            source.randint(95_000, 245_000),
            price,
            "USD",
            None if "bpm" in missing else bpm,
            None if "key" in missing else source.choice(KEYS),
            None if "key" in missing else ("minor" if minor else "major"),
            licensing,
            exclusive_status,
            exclusive_price,
            None if "description" in missing else description,
            int(plays * source.uniform(0.02, 0.11)),
            int(plays * source.uniform(0.0, 0.03)),
        )

    def _compile_albums(
        self, producers: list[Producer], by_artist: dict[int, list[tuple[int, int]]]
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

    def _clear_batches(self) -> None:
        self._tracks: list[tuple[object, ...]] = []
        self._credits: list[tuple[int, int, int, int]] = []
        self._track_genres: list[tuple[int, int, int]] = []
        self._track_tags: list[tuple[int, int, int]] = []
        self._play_rows: list[PlayRow] = []

    def _flush(self) -> None:
        write = self._connection.executemany
        write(
            "INSERT INTO tracks (id,name,image,created_at,release_date,duration_ms,price,currency,"
            "bpm,key,scale,licensing_type,exclusive_status,exclusive_price,description,likes,reposts)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            self._tracks,
        )
        write("INSERT INTO credits VALUES (?,?,?,?)", self._credits)
        write("INSERT INTO track_genres VALUES (?,?,?)", self._track_genres)
        write("INSERT INTO track_tags VALUES (?,?,?)", self._track_tags)
        write("INSERT INTO plays VALUES (?,?,?,?)", self._play_rows)
        self._clear_batches()
