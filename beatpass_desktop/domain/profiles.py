"""What BeatPass keeps of an artist: their own profile and their public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """The signed-in artist's own profile (`GET /artist/profile`). `member_since` is UTC."""

    id: int | None = None
    name: str | None = None
    upload_access: bool | None = None
    total_tracks: int | None = None
    total_plays: int | None = None
    member_since: datetime | None = None
    bio: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class ArtistPage:
    """The public artist (`GET /artists/{id}`)."""

    id: int | None = None
    name: str | None = None
    image: str | None = None
    verified: bool | None = None
    genres: tuple[str, ...] | None = None
