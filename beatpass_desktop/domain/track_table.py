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
    GROWTH = "growth"
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
    """What is shown. A part that is empty or None leaves everything.

    `text` is looked for in names, artists, album, genres and tags; `genres` and `licences` are the
    wire's own words, of which a track needs one; `since` (inclusive) and `until` (exclusive) bound
    when it was added, UTC; `together` is True for tracks with two or more credited artists, False
    for the others; `incomplete` leaves those that lack some metadata.
    """

    text: str = ""
    genres: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    together: bool | None = None
    incomplete: bool = False

    @property
    def is_set(self) -> bool:
        """Whether it can leave anything out."""
        return bool(self.text.strip()) or self.parts > 0

    @property
    def parts(self) -> int:
        """How many kinds of filter are set besides the text."""
        return (
            bool(self.genres)
            + bool(self.licences)
            + (self.since is not None or self.until is not None)
            + (self.together is not None)
            + self.incomplete
        )


class TrackRow(NamedTuple):
    """One stored row of the table.

    `growth` in percent, from `plays_period` against `plays_previous`; `duration` in ms,
    `created_at` UTC, `price` as sent in major units, `completeness` how many of the five metadata
    fields are filled in (None when the server does not say).
    """

    id: int
    name: str | None
    artists: str | None
    album: str | None
    plays: int | None
    growth: float | None
    plays_period: int | None
    plays_previous: int | None
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
    created_at: datetime | None
