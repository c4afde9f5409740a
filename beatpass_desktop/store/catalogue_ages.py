"""When lists last changed: one short query, which the first paint waits for."""

from __future__ import annotations

from datetime import datetime

import apsw

from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store.times import optional_time


def changed_at(
    connection: apsw.Connection, account: int, artist: int, resource: Resource
) -> datetime | None:
    """When a walk last changed a row (UTC); None before the first complete one."""
    row = connection.execute(
        "SELECT changed_at FROM catalogues WHERE account = ? AND artist = ? AND resource = ?",
        (account, artist, resource.value),
    ).fetchone()
    return None if row is None else optional_time(row[0])
