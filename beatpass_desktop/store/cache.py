"""Forgetting what BeatPass still has, keeping what only this computer has."""

from __future__ import annotations

from typing import Any

import apsw

from beatpass_desktop.domain.resources import Resource, ResourceKey

CACHED = (
    "documents", "figures", "tracks", "albums", "incoming_tracks", "incoming_albums",
    "incoming_transactions", "catalogues",
)  # fmt: skip
"""The tables whose rows can be fetched again."""
KEPT = (
    "accounts", "artists", "history", "visits", "downloads", "transactions", "transaction_changes",
)  # fmt: skip
"""Sign-in and what has no other copy: the daily history, what each visit found, and downloads and
transactions that the server may not list any more."""

_KNOWN = frozenset(resource.value for resource in Resource)


def clear(connection: apsw.Connection, account: int) -> frozenset[ResourceKey]:
    """Delete what was fetched of an account and return the keys of what is gone."""
    rows = connection.execute(
        "SELECT resource, artist, params FROM documents WHERE account = ?", (account,)
    ).fetchall()
    for table in CACHED:
        # Where transactions stay, so does when they last changed.
        kept = " AND resource <> 'transactions'" if table == "catalogues" else ""
        connection.execute(f"DELETE FROM {table} WHERE account = ?{kept}", (account,))
    found: list[Any] = [row for row in rows if row[0] in _KNOWN]
    return frozenset(
        ResourceKey(Resource(resource), account, artist, params)
        for resource, artist, params in found
    )


def used_bytes(connection: apsw.Connection) -> int:
    """How much of the file holds data; the rest waits to be filled again."""
    pages, free, size = (
        int(connection.pragma(name)) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
