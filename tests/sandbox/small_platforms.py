"""Small simulated platforms for laws that hold whatever the seed, profile, and time."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from simulated import SimulatedPlatform

from beatpass_sandbox.database import open_database
from beatpass_sandbox.simulation.passing import advance
from beatpass_sandbox.simulation.platform import simulate
from beatpass_sandbox.simulation.profiles import PROFILES, Profile

names = st.sampled_from(sorted(PROFILES))
with_artist = st.sampled_from(sorted(set(PROFILES) - {"no-artist"}))
ordinary = st.sampled_from(sorted(set(PROFILES) - {"no-artist", "quirky"}))
seeds = st.integers(0, 2**63 - 2)
moments = st.datetimes(datetime(2018, 1, 1), datetime(2038, 1, 1), timezones=st.just(UTC))
spans = st.lists(st.integers(1, 12), max_size=2)
law = settings(
    max_examples=5,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
    # A smaller seed explains nothing, so failures are not shrunk.
    phases=[Phase.explicit, Phase.generate],
)


def small(name: str) -> Profile:
    """A profile with the same traits on a platform of a few people."""
    profile = PROFILES[name]
    artists = tuple(
        replace(
            artist,
            uploads=min(artist.uploads, 16),
            albums=min(artist.albums, 2),
            collaborators=min(artist.collaborators, 4),
            followers=min(artist.followers, 40),
        )
        for artist in profile.artists
    )
    return replace(profile, artists=artists, platform_size=8, listeners=60)


def simulated(name: str, seed: int, now: datetime, *spans: int) -> SimulatedPlatform:
    """A small platform after the given spans of days have passed one after the other."""
    database = open_database(":memory:")
    simulate(database, small(name), seed, now)
    for days in spans:
        advance(database, seed, days)
    return SimulatedPlatform(database)


def digest(platform: SimulatedPlatform) -> str:
    dump = "\n".join(platform.database.iterdump())
    return hashlib.sha256(dump.encode("utf-8", "surrogatepass")).hexdigest()
