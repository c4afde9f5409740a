"""What an artist's albums come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from beatpass_desktop.domain.album_table import AlbumRow


class AlbumSummary(NamedTuple):
    """Figures over all albums, each None unless BeatPass sent what it is made of for every album.

    `this_month` counts those created in the present local month; `top` is the most played of the
    albums whose plays are known, None while nothing was played; `without_plays` are those that
    came without a count.
    """

    this_month: int | None
    tracks: int | None
    plays: int | None
    top: AlbumRow | None
    without_plays: int

    def average_tracks(self, albums: int) -> float | None:
        """Tracks per album."""
        return None if self.tracks is None or not albums else self.tracks / albums


def summed_up(albums: Sequence[AlbumRow], today: date) -> AlbumSummary:
    """The figures over all of an artist's albums; `today` is the local date."""
    days = [None if a.created_at is None else a.created_at.astimezone().date() for a in albums]
    counts = [album.track_count for album in albums]
    plays = [album.plays for album in albums]
    played = [album for album in albums if album.plays]
    return AlbumSummary(
        this_month=_sum(
            None if day is None else (day.year, day.month) == (today.year, today.month)
            for day in days
        ),
        tracks=_sum(counts),
        plays=_sum(plays),
        top=max(played, key=lambda album: album.plays or 0, default=None),
        without_plays=plays.count(None),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum; None when a part of it is not known."""
    known: list[int] = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return sum(known)
