"""Single uploads: what a new track is like, who is credited, and writing it all down."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta

from beatpass_sandbox.simulation import words
from beatpass_sandbox.simulation.genres import GENRES, KEYS, Genre
from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.producers import Producer
from beatpass_sandbox.simulation.standings import Track

SESSION_SIZES = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 8)
_OPTIONAL_METADATA = ("bpm", "key", "tags", "description")
_MOST_STRENGTH = 40.0
_COLUMNS = (
    "id,name,image,created_at,release_date,duration_ms,price,currency,bpm,key,scale,"
    "licensing_type,exclusive_status,exclusive_price,description,likes,reposts"
)
_TAGS = tuple(
    dict.fromkeys(
        (*(tag for genre in GENRES for tag in genre.tags), *words.MOOD_TAGS, *words.SOUND_TAGS)
    )
)
_TAG_IDS = {name: 300 + place for place, name in enumerate(_TAGS)}


def store_vocabulary(connection: sqlite3.Connection) -> None:
    """Write the genres and tags that uploads choose from."""
    connection.executemany(
        "INSERT INTO genres VALUES (?,?)", [(genre.id, genre.name) for genre in GENRES]
    )
    connection.executemany(
        "INSERT INTO tags VALUES (?,?)", [(number, name) for name, number in _TAG_IDS.items()]
    )


class Uploads:
    """Draws uploads from a seeded source and keeps them until they are flushed.

    ``sequences`` holds how many tracks each artist is credited on so far, ``collaborations`` how
    many of them together with others; both are kept up to date.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: random.Random,
        titles: Namer,
        sequences: Counter[int],
        collaborations: Counter[int],
    ) -> None:
        self._connection = connection
        self._source = source
        self._titles = titles
        self._sequences = sequences
        self._collaborations = collaborations
        self._clear()

    def __len__(self) -> int:
        return len(self._tracks)

    def strength(self, producer: Producer) -> float:
        """Draw how well a track of this producer will do, in plays a day when new."""
        drawn = self._source.lognormvariate(-1.75, producer.variation)
        return min(_MOST_STRENGTH, producer.popularity * drawn)

    def add(
        self, track_id: int, uploaded_at: int, producer: Producer, strength: float, plays: int
    ) -> Track:
        """Draw everything else about a track that has had ``plays`` since it came out."""
        source = self._source
        credited = self._credited(producer, uploaded_at)
        genre = producer.genres[min(int(source.expovariate(1.1)), len(producer.genres) - 1)]
        secondary = source.choice(GENRES) if source.random() < 0.25 else genre
        missing = self._missing(producer)
        self._tracks.append(self._track_row(track_id, uploaded_at, producer, genre, missing, plays))
        self._appeal.append((track_id, uploaded_at, strength))
        for position, artist_id in enumerate(credited):
            self._credits.append((artist_id, self._sequences[artist_id], track_id, position))
            self._sequences[artist_id] += 1
            self._collaborations[artist_id] += len(credited) > 1
        self._track_genres.append((track_id, 0, genre.id))
        if secondary is not genre:
            self._track_genres.append((track_id, 1, secondary.id))
        if "tags" not in missing:
            tags = [source.choice(genre.tags), source.choice(words.MOOD_TAGS)]
            if source.random() < 0.7:
                tags.append(source.choice(words.SOUND_TAGS))
            for position, tag in enumerate(tags):
                self._track_tags.append((track_id, position, _TAG_IDS[tag]))
        return Track(track_id, uploaded_at, strength, plays, not missing, genre.id, tuple(credited))

    def flush(self) -> None:
        """Write what has been added since the last time."""
        write = self._connection.executemany
        marks = ",".join("?" * (_COLUMNS.count(",") + 1))
        write(f"INSERT INTO tracks ({_COLUMNS}) VALUES ({marks})", self._tracks)
        write("INSERT INTO appeal VALUES (?,?,?)", self._appeal)
        write("INSERT INTO credits VALUES (?,?,?,?)", self._credits)
        write("INSERT INTO track_genres VALUES (?,?,?)", self._track_genres)
        write("INSERT INTO track_tags VALUES (?,?,?)", self._track_tags)
        self._clear()

    def _clear(self) -> None:
        self._tracks: list[tuple[object, ...]] = []
        self._appeal: list[tuple[int, int, float]] = []
        self._credits: list[tuple[int, int, int, int]] = []
        self._track_genres: list[tuple[int, int, int]] = []
        self._track_tags: list[tuple[int, int, int]] = []

    def _credited(self, producer: Producer, uploaded_at: int) -> list[int]:
        """Credited artists, the primary one first."""
        source = self._source
        partners = [other for other in producer.partners if other.joined_at < uploaded_at]
        if not partners or source.random() >= producer.collaboration_share:
            return [producer.id]
        if producer.own:
            partner = partners[self._collaborations[producer.id] % len(partners)]
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
            self._titles.track(producer.id, producer.name),
            f"/storage/track-covers/{track_id}.png",
            uploaded_at,
            released.isoformat(),
            source.randint(95_000, 245_000),
            price,
            producer.currency,
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
