"""The situations in which a sandbox account can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Stripe = Literal["active", "incomplete", "none"]


@dataclass(frozen=True, slots=True)
class OwnArtist:
    """Size and standing of one of the signed-in user's artists.

    ``popularity`` scales the plays of its tracks, ``variation`` tells how far they lie apart (the
    standard deviation of their logarithms). ``completeness`` is the share of them with
    complete metadata, ``currency`` is that of its prices and payouts, and ``stripe`` tells
    whether payouts can be made: set up, begun, or not even begun.
    """

    uploads: int
    albums: int
    collaborators: int
    age_days: int
    followers: int
    popularity: float
    variation: float = 1.1
    completeness: float = 0.78
    stripe: Stripe = "active"
    currency: str = "USD"
    quirky: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A named situation: the user's artists, the main one first, on a platform of some size.

    ``platform_size`` counts the other producers, ``listeners`` the other users.
    """

    name: str
    artists: tuple[OwnArtist, ...]
    platform_size: int = 60
    listeners: int = 1_900

    @property
    def uploads(self) -> int:
        """Uploads of the main artist."""
        return self.artists[0].uploads if self.artists else 0

    def scaled(self, tracks: int) -> Profile:
        """This profile with ``tracks`` uploads by its main artist and albums to match."""
        if self.uploads == 0:
            return self
        main, *others = self.artists
        albums = max(1, round(main.albums * (tracks / main.uploads) ** 0.5))
        return replace(self, artists=(replace(main, uploads=tracks, albums=albums), *others))


_PROFILES = (
    Profile(
        "established", (OwnArtist(180, 14, 9, 917, 1_284, 0.8, variation=0.45, completeness=0.6),)
    ),
    Profile("new-artist", (OwnArtist(0, 0, 0, 2, 0, 1.0, stripe="none"),)),
    Profile("no-artist", ()),
    Profile("stripe-incomplete", (OwnArtist(64, 5, 4, 430, 210, 0.6, stripe="incomplete"),)),
    Profile(
        "multi-artist",
        (
            OwnArtist(220, 16, 8, 1_180, 940, 0.8),
            OwnArtist(58, 4, 3, 520, 230, 0.7, currency="EUR"),
            OwnArtist(17, 1, 1, 160, 45, 0.5, stripe="incomplete"),
        ),
    ),
    Profile(
        "legend", (OwnArtist(460, 32, 27, 1_460, 3_900, 2.2, completeness=0.93),), listeners=5_600
    ),
    Profile("quirky", (OwnArtist(48, 5, 4, 400, 60, 1.0, quirky=True),)),
)
PROFILES = {profile.name: profile for profile in _PROFILES}
