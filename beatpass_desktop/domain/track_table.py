"""The catalogue table: its columns, how it is sorted, what is filtered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class TrackColumn(StrEnum):
    """A column of the catalogue table."""

    NAME = "name"
    ARTISTS = "artists"
    PLAYS = "plays"
    CREATED = "created"
    DURATION = "duration"
    BPM = "bpm"
    KEY = "key"
    GENRES = "genres"
    PRICE = "price"
    LICENCE = "licence"
    COMPLETENESS = "completeness"


class TrackSort(NamedTuple):
    """The order of the table. The default is newest first."""

    column: TrackColumn = TrackColumn.CREATED
    descending: bool = True


class TrackFilter(NamedTuple):
    """What is shown: `text` is looked for in names, artists, album, genres and tags."""

    text: str = ""


class TrackRow(NamedTuple):
    """One stored row of the table.

    `duration` in ms, `created_at` UTC, `price` as sent in major units, `completeness` how many of
    the five metadata fields are filled in (None when the server does not say).
    """

    id: int
    name: str | None
    artists: str | None
    album: str | None
    plays: int | None
    created_at: datetime | None
    duration: int | None
    bpm: int | None
    key: str | None
    scale: str | None
    genres: str | None
    tags: str | None
    price: str | None
    currency: str | None
    licensing_type: str | None
    completeness: int | None
    image: str | None
