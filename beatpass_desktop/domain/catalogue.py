"""Tracks and albums as the catalogue lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class AlbumRef:
    """An album named by a track."""

    id: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One track of `GET /artists/{id}/tracks`.

    `duration` in ms, `created_at` UTC, `release_date` as `YYYY-MM-DD`; `licensing_type` and
    `exclusive_status` are the wire's own words.
    """

    id: int
    name: str | None = None
    image: str | None = None
    created_at: datetime | None = None
    release_date: str | None = None
    duration: int | None = None
    price: Money | None = None
    exclusive_price: Money | None = None
    bpm: int | None = None
    key: str | None = None
    scale: str | None = None
    plays: int | None = None
    licensing_type: str | None = None
    exclusive_status: str | None = None
    reposts: int | None = None
    likes: int | None = None
    description: str | None = None
    tags: tuple[str, ...] | None = None
    genres: tuple[str, ...] | None = None
    artists: tuple[ArtistRef, ...] | None = None
    album: AlbumRef | None = None


@dataclass(frozen=True, slots=True)
class Album:
    """One album of `GET /artists/{id}/albums`. `created_at` UTC, `release_date` `YYYY-MM-DD`."""

    id: int
    name: str | None = None
    image: str | None = None
    release_date: str | None = None
    created_at: datetime | None = None
    description: str | None = None
    plays: int | None = None
    track_ids: tuple[int, ...] | None = None
    artists: tuple[ArtistRef, ...] | None = None
