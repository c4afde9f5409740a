"""The situations in which a sandbox account can be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnArtist:
    """Size of the signed-in user's own artist."""

    uploads: int
    albums: int
    collaborators: int
    age_days: int
    followers: int
    popularity: float
    quirky: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A named situation; ``artist`` is None for a user without an artist profile."""

    name: str
    artist: OwnArtist | None


_PROFILES = (
    Profile("established", OwnArtist(180, 14, 9, 917, 1_284, 1.0)),
    Profile("new-artist", OwnArtist(0, 0, 0, 2, 0, 1.0)),
    Profile("no-artist", None),
    Profile("quirky", OwnArtist(48, 5, 4, 400, 60, 1.0, quirky=True)),
)
PROFILES = {profile.name: profile for profile in _PROFILES}
