"""What is stored of uploads by the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import apsw

from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack
from beatpass_desktop.store import documents
from beatpass_desktop.store.times import from_ms


def days(connection: apsw.Connection, key: ResourceKey) -> dict[date, UploadDay] | None:
    """The days of a year with what was uploaded on them; None before the first reply."""
    listed = (documents.body(connection, key) or {}).get("days")
    if listed is None:
        return None
    return {date.fromisoformat(one["day"]): _day(one) for one in listed}


def counts(connection: apsw.Connection, key: ResourceKey) -> dict[date, int] | None:
    """How many uploads each day of a year had; None before the first reply."""
    listed = (documents.body(connection, key) or {}).get("days")
    if listed is None:
        return None
    return {date.fromisoformat(one["day"]): one["count"] for one in listed}


def total(connection: apsw.Connection, key: ResourceKey) -> int | None:
    """The uploads of a year, as the server says, else as its days add up; None when unknown."""
    body = documents.body(connection, key) or {}
    if body.get("total") is not None:
        return int(body["total"])
    listed = body.get("days")
    return None if listed is None else sum(one["count"] for one in listed)


def first_year(connection: apsw.Connection, account: int, artist: int, *, own: bool) -> int | None:
    """The year (UTC) in which the artist can have begun; None when nothing stored tells it.

    That is the year of joining, which only the `own` profile of the account tells, or that of the
    first track if it is earlier.
    """
    found = []
    if own:
        body = documents.body(connection, ResourceKey(Resource.PROFILE, account)) or {}
        if (joined := body.get("member_since")) is not None:
            found.append(datetime.fromisoformat(joined).astimezone(UTC).year)
    first = connection.execute(
        """SELECT min(created_at) FROM tracks INDEXED BY tracks_by_month
           WHERE account = ? AND artist = ? AND gone_at IS NULL""",
        (account, artist),
    ).get
    if first is not None:
        found.append(from_ms(first).year)
    return min(found, default=None)


def _day(one: Mapping[str, Any]) -> UploadDay:
    listed = one["tracks"]
    return UploadDay(
        one["day"], one["count"], None if listed is None else tuple(map(_track, listed))
    )


def _track(one: Mapping[str, Any]) -> UploadedTrack:
    at = one["created_at"]
    return UploadedTrack(
        one["id"], one["name"], one["image"], None if at is None else datetime.fromisoformat(at)
    )
