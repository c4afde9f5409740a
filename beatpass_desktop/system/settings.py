"""What the app remembers between starts, in one small JSON file.

Without a file there is nothing to decode, and the start does without the decoder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any


class Setting(StrEnum):
    """Every key of the settings file."""

    THEME = "theme"
    """`dark`, `light` or `system`"""
    TEXT_SCALE = "text_scale"
    """percent, 80 to 200"""
    REDUCED_MOTION = "reduced_motion"
    """true or false"""
    AUTOMATIC_REFRESH = "automatic_refresh"
    """true or false"""
    UPDATE_NOTICE = "update_notice"
    """whether to tell of newer versions, true or false"""
    RELEASES_ASKED = "releases_asked"
    """when the release feed was last asked for, ISO 8601, UTC"""
    RELEASE_FEED = "release_feed"
    """the release feed last received whose signature was good, as JSON"""
    PAGE = "page"
    """the page last shown"""
    SIDEBAR_COLLAPSED = "sidebar_collapsed"
    """true or false"""
    GEOMETRY = "geometry"
    """the window's place, as Qt's base64"""
    TRACKS_TABLE = "tracks_table"
    """the catalogue table's columns, as Qt's base64"""
    TRACKS_SORT = "tracks_sort"
    """column name and `asc` or `desc`"""
    TRACKS_SEARCH = "tracks_search"
    """the text searched for"""
    TRACKS_FILTER = "tracks_filter"
    """the catalogue's filters, as JSON"""
    LEADERBOARD = "leaderboard"
    """category and period last chosen, such as `plays/30d`"""
    TRACK_DETAILS = "track_details"
    """whether the details of the current track are open, true or false"""
    ALBUMS_TABLE = "albums_table"
    """the columns of the table of albums, as Qt's base64"""
    ALBUMS_VIEW = "albums_view"
    """`table` or `covers`"""
    ALBUMS_SORT = "albums_sort"
    """column name and `asc` or `desc`"""
    ALBUMS_SEARCH = "albums_search"
    """the name searched for"""
    ALBUMS_FILTER = "albums_filter"
    """year and state of release with a colon between; either may be empty"""
    ALBUM_TRACKS = "album_tracks"
    """whether the tracks of the current album are open, true or false"""
    TRANSACTIONS_TABLE = "transactions_table"
    """the columns of the table of transactions, as Qt's base64"""
    TRANSACTIONS_SORT = "transactions_sort"
    """column name and `asc` or `desc`; empty for the newest first"""
    TRANSACTIONS_SEARCH = "transactions_search"
    """the text searched for"""
    TRANSACTIONS_FILTER = "transactions_filter"
    """tab and period, as JSON"""
    TRANSACTION_DETAILS = "transaction_details"
    """whether the details of the current transaction are open, true or false"""
    WITHOUT_KEYCHAIN = "without_keychain"
    """what becomes of fetched data where no keychain can hold a key: `plain` or `session`"""


class Settings:
    """The settings file. Values of the wrong type count as absent; a file that cannot be read or
    written costs the remembered state, nothing else. With `keeps` off nothing is written."""

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self._path = path
        self._keeps = keeps
        self._values: dict[str, Any] = _read(path)

    def text(self, key: Setting, default: str = "") -> str:
        """A text value."""
        value = self._values.get(key.value)
        return value if isinstance(value, str) else default

    def number(self, key: Setting, default: int, low: int, high: int) -> int:
        """A whole number, held within `low` and `high`."""
        value = self._values.get(key.value)
        if not isinstance(value, int) or isinstance(value, bool):
            return default
        return min(max(value, low), high)

    def flag(self, key: Setting, default: bool = False) -> bool:
        """A yes or no."""
        value = self._values.get(key.value)
        return value if isinstance(value, bool) else default

    def put(self, key: Setting, value: str | int | bool) -> None:
        """Remember a value; it is written when it changed."""
        before = self._values.get(key.value)
        if before != value or type(before) is not type(value):
            self._values[key.value] = value
            self._write()

    def _write(self) -> None:
        if not self._keeps:
            return
        import json

        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self._path.with_name(self._path.name + ".new")
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=1, sort_keys=True)
            fresh.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return dict(found) if isinstance(found, Mapping) else {}
