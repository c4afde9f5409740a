"""Catalogues: pages of a walk wait aside and replace what is shown only when all have come.

A walk stages its rows under the next generation; `replace` merges them into the rows shown in one
transaction. A row that is no longer listed is marked (`gone_at`), never erased: tracks and albums
are then hidden, transactions stay.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import apsw

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Album, Track
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.domain.text import folded
from beatpass_desktop.domain.transactions import Transaction
from beatpass_desktop.store.times import optional_ms, to_ms

T = TypeVar("T", Track, Album, Transaction)

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CatalogueTable(Generic[T]):
    """How one kind of catalogue row is stored.

    `groups` maps a domain field to the columns it fills, so that a field which a reply did not
    carry keeps its stored columns; `values` gives the columns of all groups in order.

    A list with `note_changes` keeps its rows for good: they stay shown when they are no longer
    listed, it never shrinks, and what a walk is about to change is written down first.
    """

    resource: Resource
    name: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    values: Callable[[T, frozenset[str]], Values]
    note_changes: Callable[[apsw.Connection, ResourceKey, int, datetime], None] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The value columns in the order of `values`."""
        return tuple(column for _, columns in self.groups for column in columns)


@dataclass(frozen=True, slots=True)
class Shrink:
    """A complete walk that lists far fewer rows than are stored."""

    stored: int
    listed: int


def begin(connection: apsw.Connection, table: CatalogueTable[T], key: ResourceKey) -> int:
    """Start a walk: forget what an earlier one left aside and return the new generation."""
    connection.execute(
        f"DELETE FROM incoming_{table.name} WHERE account = ? AND artist = ?",
        (key.account, key.artist),
    )
    return int(
        connection.execute(
            """INSERT INTO catalogues(account, artist, resource, generation) VALUES(?, ?, ?, 1)
               ON CONFLICT(account, artist, resource) DO UPDATE SET
                   generation = generation + 1, held_back = NULL
               RETURNING generation""",
            (key.account, key.artist, key.resource.value),
        ).get
    )


def stage(
    connection: apsw.Connection,
    table: CatalogueTable[T],
    key: ResourceKey,
    generation: int,
    rows: Iterable[Decoded[T]],
) -> None:
    """Put the rows of one page aside."""
    columns: tuple[str, ...] = (
        "account", "artist", "generation", "id", "absent", "digest", *table.columns
    )  # fmt: skip
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT OR REPLACE INTO incoming_{table.name}({', '.join(columns)}) VALUES({marks})",
        [_staged(table, key, generation, row) for row in rows],
    )


def staged(
    connection: apsw.Connection, table: CatalogueTable[T], key: ResourceKey, generation: int
) -> int:
    """How many different rows a walk has brought so far."""
    return int(
        connection.execute(
            f"""SELECT count(*) FROM incoming_{table.name}
                WHERE account = ? AND artist = ? AND generation = ?""",
            (key.account, key.artist, generation),
        ).get
    )


def shown(connection: apsw.Connection, table: CatalogueTable[T], key: ResourceKey) -> int:
    """How many rows of the catalogue are shown."""
    row = connection.execute(
        "SELECT rows FROM catalogues WHERE account = ? AND artist = ? AND resource = ?",
        (key.account, key.artist, key.resource.value),
    ).fetchone()
    return 0 if row is None else int(row[0])


def shrink(
    connection: apsw.Connection,
    table: CatalogueTable[T],
    key: ResourceKey,
    generation: int,
) -> Shrink | None:
    """Whether a walk would hide more than a fifth of a catalogue of 20 rows or more (`api.md`)."""
    if table.note_changes is not None:
        return None
    stored = shown(connection, table, key)
    listed = int(
        connection.execute(
            f"""SELECT count(*) FROM incoming_{table.name} i
                JOIN {table.name} t USING(account, artist, id)
                WHERE i.account = ? AND i.artist = ? AND i.generation = ? AND t.gone_at IS NULL""",
            (key.account, key.artist, generation),
        ).get
    )
    return Shrink(stored, listed) if stored >= 20 and listed < 0.8 * stored else None


def hold_back(connection: apsw.Connection, key: ResourceKey, generation: int) -> None:
    """Keep a walk aside until somebody decides."""
    connection.execute(
        """UPDATE catalogues SET held_back = ?
           WHERE account = ? AND artist = ? AND resource = ?""",
        (generation, key.account, key.artist, key.resource.value),
    )


def held_back(connection: apsw.Connection, key: ResourceKey) -> int | None:
    """The generation that waits for a decision."""
    row = connection.execute(
        "SELECT held_back FROM catalogues WHERE account = ? AND artist = ? AND resource = ?",
        (key.account, key.artist, key.resource.value),
    ).fetchone()
    return None if row is None else row[0]


def replace(
    connection: apsw.Connection,
    table: CatalogueTable[T],
    key: ResourceKey,
    generation: int,
    at: datetime,
    *,
    hide_missing: bool = True,
) -> int:
    """Merge a complete walk into the rows shown and return how many are shown now.

    Rows that did not change are not written. `hide_missing` is off when some rows of the walk
    could not be read, since what is missing is then not known.
    """
    who: tuple[int, int] = (key.account, key.artist)
    before = connection.total_changes()
    columns = ["account", "artist", "id", "absent", "digest", *table.columns]
    targets, shown_only = list(columns), " AND gone_at IS NULL"
    if table.note_changes is not None:
        table.note_changes(connection, key, generation, at)
        targets.append("first_seen_at")
        columns.append(str(to_ms(at)))
        shown_only = ""
    updates = ", ".join(
        f"{column} = iif(excluded.absent & {1 << bit}, {table.name}.{column}, excluded.{column})"
        for bit, (_, fields) in enumerate(table.groups)
        for column in fields
    )
    connection.execute(
        f"""INSERT INTO {table.name}({", ".join(targets)})
            SELECT {", ".join(columns)} FROM incoming_{table.name}
            WHERE account = ? AND artist = ? AND generation = ?
            ON CONFLICT(account, artist, id) DO UPDATE SET
                {updates}, absent = excluded.absent, digest = excluded.digest, gone_at = NULL
            WHERE {table.name}.digest <> excluded.digest OR {table.name}.gone_at IS NOT NULL""",
        (*who, generation),
    )
    if hide_missing:
        connection.execute(
            f"""UPDATE {table.name} SET gone_at = ? WHERE account = ? AND artist = ?
                AND gone_at IS NULL AND id NOT IN (SELECT id FROM incoming_{table.name}
                    WHERE account = ? AND artist = ? AND generation = ?)""",
            (to_ms(at), *who, *who, generation),
        )
    changed = connection.total_changes() > before
    connection.execute(f"DELETE FROM incoming_{table.name} WHERE account = ? AND artist = ?", who)
    connection.execute(
        f"""UPDATE catalogues SET held_back = NULL,
                changed_at = iif(? OR changed_at IS NULL, ?, changed_at),
                rows = (SELECT count(*) FROM {table.name}
                WHERE account = ? AND artist = ?{shown_only})
            WHERE account = ? AND artist = ? AND resource = ?""",
        (changed, to_ms(at), *who, *who, key.resource.value),
    )
    return shown(connection, table, key)


def collaboration(connection: apsw.Connection, key: ResourceKey) -> tuple[int, int] | None:
    """Other artists credited on the tracks shown, and tracks with two or more credited artists.

    None when no track names its artists.
    """
    known, collaborators, together = connection.execute(
        """SELECT count(DISTINCT t.row),
                  count(DISTINCT iif(j.value ->> 'id' <> t.artist, j.value ->> 'id', NULL)),
                  count(DISTINCT iif(json_array_length(t.artists_json) > 1, t.row, NULL))
           FROM tracks t LEFT JOIN json_each(t.artists_json) j
           WHERE t.account = ? AND t.artist = ? AND t.gone_at IS NULL
             AND t.artists_json IS NOT NULL""",
        (key.account, key.artist),
    ).get
    return (collaborators, together) if known else None


def _staged(table: CatalogueTable[T], key: ResourceKey, generation: int, row: Decoded[T]) -> Values:
    absent = sum(
        1 << bit for bit, (field, _) in enumerate(table.groups) if not _has(field, row.carried)
    )
    values: Values = table.values(row.value, row.carried)
    digest = blake2b(repr((absent, values)).encode(), digest_size=8).digest()
    return key.account, key.artist, generation, row.value.id, absent, digest, *values


def _has(field: str, carried: frozenset[str]) -> bool:
    if field == "completeness":
        return carried.issuperset(METADATA_FIELDS)
    return field in carried


def _sort_key(text: str | None) -> str | None:
    return folded(text).strip() or None if text else None


def _names(items: Sequence[str | None] | None) -> str | None:
    return None if items is None else ", ".join(item for item in items if item)


def _json(items: Sequence[str] | None) -> str | None:
    return None if items is None else json.dumps(items, ensure_ascii=False)


def _credits(artists: Sequence[ArtistRef] | None) -> tuple[str | None, str | None]:
    if artists is None:
        return None, None
    credited = [
        {"id": a.id, "name": a.name, "image": a.image, "verified": a.verified} for a in artists
    ]
    return _names([a.name for a in artists]), json.dumps(credited, ensure_ascii=False)


def _track_values(track: Track, carried: frozenset[str]) -> Values:
    artists, artists_json = _credits(track.artists)
    genres, tags = _names(track.genres), _names(track.tags)
    album = track.album.name if track.album else None
    filled = sum(bool(getattr(track, field)) for field in METADATA_FIELDS)
    price, exclusive = track.price, track.exclusive_price
    return (
        track.name,
        _sort_key(track.name),
        track.image,
        optional_ms(track.created_at),
        track.release_date,
        track.duration,
        str(price.amount) if price else None,
        float(price.amount) if price else None,
        price.currency if price else None,
        str(exclusive.amount) if exclusive else None,
        exclusive.currency if exclusive else None,
        track.bpm,
        track.key,
        track.scale,
        track.plays,
        track.licensing_type,
        track.exclusive_status,
        track.reposts,
        track.likes,
        track.description,
        tags,
        _sort_key(tags),
        _json(track.tags),
        genres,
        _sort_key(genres),
        _json(track.genres),
        artists,
        _sort_key(artists),
        artists_json,
        track.album.id if track.album else None,
        album,
        _sort_key(album),
        filled if _has("completeness", carried) else None,
    )


def _album_values(album: Album, carried: frozenset[str]) -> Values:
    artists, artists_json = _credits(album.artists)
    return (
        album.name,
        _sort_key(album.name),
        album.image,
        album.release_date,
        optional_ms(album.created_at),
        album.description,
        album.plays,
        None if album.track_ids is None else json.dumps(album.track_ids),
        artists,
        artists_json,
    )


TRACKS: CatalogueTable[Track] = CatalogueTable(
    Resource.TRACKS,
    "tracks",
    (
        ("name", ("name", "name_key")),
        ("image", ("image",)),
        ("created_at", ("created_at",)),
        ("release_date", ("release_date",)),
        ("duration", ("duration",)),
        ("price", ("price", "price_key", "currency")),
        ("exclusive_price", ("exclusive_price", "exclusive_currency")),
        ("bpm", ("bpm",)),
        ("key", ("key",)),
        ("scale", ("scale",)),
        ("plays", ("plays",)),
        ("licensing_type", ("licensing_type",)),
        ("exclusive_status", ("exclusive_status",)),
        ("reposts", ("reposts",)),
        ("likes", ("likes",)),
        ("description", ("description",)),
        ("tags", ("tags", "tags_key", "tags_json")),
        ("genres", ("genres", "genres_key", "genres_json")),
        ("artists", ("artists", "artists_key", "artists_json")),
        ("album", ("album_id", "album", "album_key")),
        ("completeness", ("completeness",)),
    ),
    _track_values,
)

ALBUMS: CatalogueTable[Album] = CatalogueTable(
    Resource.ALBUMS,
    "albums",
    (
        ("name", ("name", "name_key")),
        ("image", ("image",)),
        ("release_date", ("release_date",)),
        ("created_at", ("created_at",)),
        ("description", ("description",)),
        ("plays", ("plays",)),
        ("track_ids", ("track_ids",)),
        ("artists", ("artists", "artists_json")),
    ),
    _album_values,
)
