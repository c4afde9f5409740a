"""The tracks of one album."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlbumTrack:
    """A track as an album lists it. `duration` in ms; None for what BeatPass did not send."""

    id: int
    name: str | None = None
    plays: int | None = None
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class AlbumTracks:
    """`GET /albums/{id}?with=tracks`: its tracks in the order in which they came."""

    tracks: tuple[AlbumTrack, ...] | None = None
