"""Whose token it is, and the artists that data sets name."""

from __future__ import annotations

from typing import NamedTuple


class ArtistRef(NamedTuple):
    """An artist named by another data set."""

    id: int
    name: str | None = None
    image: str | None = None
    verified: bool | None = None
    role: str | None = None


class Identity(NamedTuple):
    """Whose token it is (`GET /users/me`). `artists` is None when the reply did not say."""

    user_id: int
    display_name: str | None = None
    avatar: str | None = None
    artists: tuple[ArtistRef, ...] | None = None
