"""All that is stored of one track."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

import apsw

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import AlbumRef, Track
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.store.times import optional_time

_PLAIN = (
    "name", "image", "release_date", "duration", "bpm", "key", "scale", "plays", "licensing_type",
    "exclusive_status", "reposts", "likes", "description",
)  # fmt: skip
_COLUMNS = (
    *_PLAIN, "created_at", "price", "currency", "exclusive_price", "exclusive_currency",
    "tags_json", "genres_json", "artists_json", "album_id", "album", "growth", "plays_period",
    "plays_previous", "growth_at", "completeness",
)  # fmt: skip


class TrackDetails(NamedTuple):
    """A stored track. `growth` is None while the server has not told it; `missing` are those of
    METADATA_FIELDS that are empty, None when the server does not send them all."""

    track: Track
    growth: TrackGrowth | None
    missing: tuple[str, ...] | None


def read(
    connection: apsw.Connection, account: int, artist: int, track_id: int
) -> TrackDetails | None:
    """The track with its growth; None when it is not shown."""
    row = connection.execute(
        f"""SELECT {", ".join(_COLUMNS)} FROM tracks
            WHERE account = ? AND artist = ? AND id = ? AND gone_at IS NULL""",
        (account, artist, track_id),
    ).fetchone()
    if row is None:
        return None
    stored: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    track = Track(
        id=track_id,
        created_at=optional_time(stored["created_at"]),
        price=_money(stored["price"], stored["currency"]),
        exclusive_price=_money(stored["exclusive_price"], stored["exclusive_currency"]),
        tags=_texts(stored["tags_json"]),
        genres=_texts(stored["genres_json"]),
        artists=_credits(stored["artists_json"]),
        album=AlbumRef(stored["album_id"], stored["album"]) if stored["album_id"] else None,
        **{name: stored[name] for name in _PLAIN},
    )
    told = stored["growth_at"] is not None
    growth = (
        TrackGrowth(track_id, stored["growth"], stored["plays_period"], stored["plays_previous"])
        if told
        else None
    )
    missing = None
    if stored["completeness"] is not None:
        missing = tuple(field for field in METADATA_FIELDS if not getattr(track, field))
    return TrackDetails(track, growth, missing)


def _money(amount: str | None, currency: str | None) -> Money | None:
    return None if amount is None or currency is None else Money(Decimal(amount), currency)


def _texts(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))


def _credits(text: str | None) -> tuple[ArtistRef, ...] | None:
    return None if text is None else tuple(ArtistRef(**one) for one in json.loads(text))
