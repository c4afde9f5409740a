"""Odd but possible data: what a tolerant client must survive."""

from __future__ import annotations

import sqlite3

_LARGEST_ID = 2**63 - 1
_END_OF_TIME = 253_402_300_799
_LONG_NAME = "An Endless Title That Nobody Ever Shortened " * 7

_NAMES = (
    "<b>Bold</b> & <script>alert('beat')</script>",
    "🌊🔥 Waves 👩🏽‍🎤🇨🇦",
    "ليل طويل في المدينة",
    "שיר של לילה (prod. נועם)",
    "Right\u202eelttil a tfel\u202c Again",
    _LONG_NAME[:300],
    "  Spaces  Around  ",
    "Line\nBreak\tTab",
    "Zero\u200bWidth\u200dJoin\ufeff",
    '=HYPERLINK("https://example.com","free")',
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
    "%s %d {name} \\n &amp; &#60;",
    "夜の東京 — 深夜ドライブ",
    "",
    "NUL\x00Inside",
)

_TRACK_ODDITIES: tuple[dict[str, object], ...] = (
    {"price": 3_000, "currency": "JPY"},
    {"price": 12.345, "currency": "KWD"},
    {"price": 2_980.5, "currency": "JPY"},
    {"price": 0.00012345, "currency": "XBT"},
    {"price": 0, "currency": "USD"},
    {"price": -5.0, "currency": "EUR"},
    {"price": 1e12, "currency": "GBP"},
    {"price": None, "currency": None, "licensing_type": None},
    {"licensing_type": "lease_unlimited_plus", "exclusive_status": "in_negotiation"},
    {"bpm": 999, "key": "H", "scale": "dorian"},
    {"bpm": 0, "duration_ms": 0},
    {"duration_ms": 2**53, "image": None, "description": ""},
    {"created_at": _END_OF_TIME, "release_date": "9999-12-31"},
    {"created_at": 0, "release_date": "0000-00-00"},
    {"release_date": "next summer", "image": "not a url"},
    {"withheld": "plays,likes_count,reposts_count"},
    {"withheld": "tags,genres,artists,album"},
    {"withheld": "price,currency,licensing_type,created_at,duration"},
    {"image": "https://images.invalid/cover.png", "description": "<img src=x onerror=alert(1)>"},
    {"likes": 2**53, "reposts": 2**40},
)

_ALBUM_ODDITIES: tuple[dict[str, object], ...] = (
    {"name": "", "release_date": None, "image": None},
    {"name": "<i>Untitled</i>", "release_date": "2999-01-01"},
    {"name": _LONG_NAME[:300], "release_date": "0000-00-00"},
    {"name": "🎧", "description": "مرحبا"},
)

_TABLES_BY_TRACK = ("appeal", "credits", "track_genres", "track_tags", "plays", "downloads")


def distort(connection: sqlite3.Connection, artist_id: int) -> None:
    """Replace parts of an artist's catalogue by oddities.

    Figures have to be settled again afterwards, so that totals still agree with rows.
    """
    track_ids = [
        track_id
        for (track_id,) in connection.execute(
            "SELECT track_id FROM credits WHERE artist_id = ? ORDER BY sequence DESC", (artist_id,)
        )
    ]
    for track_id, name in zip(track_ids, _NAMES, strict=False):
        _change(connection, "tracks", track_id, {"name": name})
    for track_id, oddity in zip(reversed(track_ids), _TRACK_ODDITIES, strict=False):
        _change(connection, "tracks", track_id, oddity)
    _renumber(connection, track_ids[0])
    albums = connection.execute(
        "SELECT id FROM albums WHERE artist_id = ? ORDER BY created_at DESC, id DESC", (artist_id,)
    ).fetchall()
    for (album_id,), oddity in zip(albums, _ALBUM_ODDITIES, strict=False):
        _change(connection, "albums", album_id, oddity)
    followers = connection.execute(
        "SELECT user_id FROM follows WHERE artist_id = ? ORDER BY followed_at DESC", (artist_id,)
    ).fetchall()
    for (user_id,), name in zip(followers, _NAMES, strict=False):
        _change(connection, "users", user_id, {"display_name": name})
    _change(
        connection,
        "artists",
        artist_id,
        {"name": "نجمة <b>Nova</b> 🌙", "website": "javascript:alert(1)", "bio": _LONG_NAME * 4},
    )


def _change(
    connection: sqlite3.Connection, table: str, row_id: int, values: dict[str, object]
) -> None:
    columns = ", ".join(f"{column} = ?" for column in values)
    connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), row_id))


def _renumber(connection: sqlite3.Connection, track_id: int) -> None:
    """Give a track the largest id there can be."""
    connection.execute("UPDATE tracks SET id = ? WHERE id = ?", (_LARGEST_ID, track_id))
    for table in _TABLES_BY_TRACK:
        connection.execute(
            f"UPDATE {table} SET track_id = ? WHERE track_id = ?", (_LARGEST_ID, track_id)
        )
