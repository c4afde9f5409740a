"""The table of albums: its columns, how it is sorted, what is filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from beatpass_desktop.domain.text import folded


class AlbumColumn(StrEnum):
    """A column of the table of albums."""

    NAME = "name"
    TRACKS = "tracks"
    PLAYS = "plays"
    RELEASED = "released"
    CREATED = "created"


class ReleaseState(StrEnum):
    """Whether an album is out, seen from today."""

    RELEASED = "released"
    UPCOMING = "upcoming"
    UNDATED = "undated"


class AlbumSort(NamedTuple):
    """The order of the table. The default is newest first."""

    column: AlbumColumn = AlbumColumn.CREATED
    descending: bool = True


class AlbumRow(NamedTuple):
    """One stored album.

    `row` is the store's row number, `name_key` what names are compared by; `track_ids`, `plays`,
    `release_date` (`YYYY-MM-DD`) and `created_at` (UTC) are None when BeatPass did not send them.
    """

    row: int
    id: int
    name: str | None
    name_key: str | None
    image: str | None
    track_ids: tuple[int, ...] | None
    plays: int | None
    release_date: str | None
    created_at: datetime | None

    @property
    def track_count(self) -> int | None:
        """How many tracks are on it."""
        return None if self.track_ids is None else len(self.track_ids)

    @property
    def release_year(self) -> int | None:
        """The year of its release."""
        return None if self.release_date is None else int(self.release_date[:4])

    def release_state(self, today: date) -> ReleaseState:
        """Whether it is out on `today`, a local date."""
        if self.release_date is None:
            return ReleaseState.UNDATED
        is_out = self.release_date <= today.isoformat()
        return ReleaseState.RELEASED if is_out else ReleaseState.UPCOMING


class AlbumFilter(NamedTuple):
    """What is shown; a part that is empty or None leaves everything.

    Names must hold every word of `text`; `year` is that of the release.
    """

    text: str = ""
    year: int | None = None
    state: ReleaseState | None = None

    @property
    def is_set(self) -> bool:
        """Whether it can leave anything out."""
        return bool(self.text.strip()) or self.year is not None or self.state is not None


_KEYS: dict[AlbumColumn, Callable[[AlbumRow], Any]] = {
    AlbumColumn.NAME: lambda album: album.name_key,
    AlbumColumn.TRACKS: lambda album: album.track_count,
    AlbumColumn.PLAYS: lambda album: album.plays,
    AlbumColumn.RELEASED: lambda album: album.release_date,
    AlbumColumn.CREATED: lambda album: album.created_at,
}


def filtered(albums: Iterable[AlbumRow], wanted: AlbumFilter, today: date) -> list[AlbumRow]:
    """The albums that pass every part of `wanted` on `today`, in their order."""
    words = folded(wanted.text).split()
    return [
        album
        for album in albums
        if all(word in (album.name_key or "") for word in words)
        and (wanted.year is None or album.release_year == wanted.year)
        and (wanted.state is None or album.release_state(today) is wanted.state)
    ]


def ordered(albums: Iterable[AlbumRow], sort: AlbumSort) -> list[AlbumRow]:
    """The albums in order; unknown values come last in both directions."""
    key = _KEYS[sort.column]
    rows = sorted(albums, key=lambda album: album.row, reverse=sort.descending)
    known = [album for album in rows if key(album) is not None]
    unknown = [album for album in rows if key(album) is None]
    return sorted(known, key=key, reverse=sort.descending) + unknown
