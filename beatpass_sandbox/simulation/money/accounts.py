"""The Stripe accounts with which the artists of a new platform begin."""

from __future__ import annotations

import random
import sqlite3

from beatpass_sandbox.simulation.producers import DAY
from beatpass_sandbox.simulation.profiles import OwnArtist, Profile
from beatpass_sandbox.stripe import REQUIREMENTS, country_code

_ENABLED_SHARE = 0.85
_OWN_SETUP_DAYS = 2


def open_accounts(connection: sqlite3.Connection, profile: Profile, seed: int) -> None:
    """Give every artist an account: own ones by the profile, of the others most are enabled."""
    source = random.Random(f"{seed}/money/accounts")
    own = dict(zip(own_artists(connection), profile.artists, strict=True))
    rows: list[tuple[object, ...]] = []
    for artist_id, joined_at, country in connection.execute(
        "SELECT id, joined_at, country FROM artists ORDER BY id"
    ):
        enabled = source.random() < _ENABLED_SHARE
        delay = source.randrange(2 * DAY, 60 * DAY)
        if artist_id in own:
            rows.append(_own_account(artist_id, joined_at, country, own[artist_id]))
        else:
            enabled_at = joined_at + delay if enabled else None
            code = country_code(country)
            rows.append((artist_id, 0, enabled, enabled, code, "USD", "", enabled_at))
    connection.executemany("INSERT INTO stripe_accounts VALUES (?,?,?,?,?,?,?,?)", rows)


def own_artists(connection: sqlite3.Connection) -> list[int]:
    """Ids of the signed-in user's artists, the main one first."""
    return [
        artist_id
        for (artist_id,) in connection.execute(
            "SELECT artist_id FROM memberships ORDER BY position"
        )
    ]


def _own_account(
    artist_id: int, joined_at: int, country: str | None, artist: OwnArtist
) -> tuple[object, ...]:
    code = country_code(country, artist.currency)
    match artist.stripe:
        case "active":
            enabled_at = joined_at + _OWN_SETUP_DAYS * DAY
            return (artist_id, 1, 1, 1, code, artist.currency, "", enabled_at)
        case "incomplete":
            due = "\n".join(REQUIREMENTS)
            return (artist_id, 1, 1, 0, code, artist.currency, due, None)
        case "none":
            return (artist_id, 1, 0, 0, None, artist.currency, "", None)
