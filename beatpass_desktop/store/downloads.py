"""Downloads: each kept for good by its id, and beside them what the server lists of a period."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.domain.downloads import Download, Downloads, DownloadsPage, TopDownload
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents
from beatpass_desktop.store.times import optional_ms, optional_time, to_ms

_COLUMNS = "id, at, user_id, user, avatar, track_id, track, image, artists, license_uuid"


@dataclass(frozen=True, slots=True)
class Walk:
    """What has been read of a period's list: its ids, how many pages on end, whether more follow.

    `more` is None while the server has not said.
    """

    listed: tuple[int, ...] = ()
    pages: int = 0
    more: bool | None = None


def take(
    connection: apsw.Connection, key: ResourceKey, decoded: Decoded[Downloads], at: datetime
) -> None:
    """Store the reply for a period.

    The pages read earlier stay listed as long as the new first page reaches down to them;
    otherwise something would be missing in between, and reading begins anew.
    """
    value = decoded.value
    documents.merge(connection, key, value, decoded.carried - {"recent"})
    if value.recent is None:
        return
    _keep(connection, key, value.recent, at)
    ids = tuple(row.id for row in value.recent)
    before = walk(connection, key)
    goes_on = value.has_more is not False and before.pages > 1
    if goes_on and not set(ids).isdisjoint(before.listed):
        ids = tuple(dict.fromkeys((*ids, *before.listed)))
        _note(connection, key, Walk(ids[: value.total_downloads], before.pages, before.more))
    else:
        _note(connection, key, Walk(ids, 1, value.has_more))


def take_page(
    connection: apsw.Connection, key: ResourceKey, decoded: Decoded[DownloadsPage], at: datetime
) -> None:
    """Store a further page; `key.params` is as `page_params` writes it."""
    value = decoded.value
    params, page = page_of(key.params)
    period = key._replace(resource=Resource.DOWNLOADS, params=params)
    _keep(connection, key, value.recent or (), at)
    before = walk(connection, period)
    if page > before.pages + 1:
        # The first page has begun anew in the meantime.
        return
    ids = dict.fromkeys((*before.listed, *(row.id for row in value.recent or ())))
    more = value.has_more if value.recent else False
    if page < before.pages:
        more = before.more
    _note(connection, period, Walk(tuple(ids), max(page, before.pages), more))


def page_params(params: str, page: int) -> str:
    """The params of a further page of a period's list."""
    return f"{params}/{page}"


def page_of(params: str) -> tuple[str, int]:
    """The inverse of `page_params`. Raises ValueError."""
    period, _, page = params.rpartition("/")
    return period, int(page)


def walk(connection: apsw.Connection, key: ResourceKey) -> Walk:
    """What has been read of a period's list."""
    body = documents.body(connection, key) or {}
    return Walk(tuple(body.get("listed") or ()), body.get("pages") or 0, body.get("more"))


def summary(connection: apsw.Connection, key: ResourceKey) -> Downloads | None:
    """The stored figures of a period, without the list; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    top, daily = body.get("top_track"), body.get("daily")
    return Downloads(
        total_downloads=body.get("total_downloads"),
        unique_users=body.get("unique_users"),
        this_week=body.get("this_week"),
        top_track=None if top is None else TopDownload(**top),
        daily=None if daily is None else tuple((day, count) for day, count in daily),
        has_more=body.get("has_more"),
    )


def recent(connection: apsw.Connection, key: ResourceKey, limit: int) -> list[Download]:
    """The downloads that the server lists for a period, newest first."""
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM downloads WHERE account = ? AND artist = ?
            AND id IN (SELECT value FROM json_each(?)) ORDER BY at DESC, id DESC LIMIT ?""",
        (key.account, key.artist, json.dumps(walk(connection, key).listed), limit),
    )
    return [_download(row) for row in rows]


def _keep(
    connection: apsw.Connection, key: ResourceKey, rows: Iterable[Download], at: datetime
) -> None:
    """Add downloads to those that are kept; what a reply left out stays as it was known."""
    names = _COLUMNS.split(", ")[1:]
    updates = ", ".join(f"{name} = coalesce(excluded.{name}, {name})" for name in names)
    connection.executemany(
        f"""INSERT INTO downloads(account, artist, fetched_at, {_COLUMNS})
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(account, artist, id) DO UPDATE SET
                {updates}, fetched_at = excluded.fetched_at""",
        [
            (
                key.account,
                key.artist,
                to_ms(at),
                row.id,
                optional_ms(row.at),
                row.user_id,
                row.user,
                row.avatar,
                row.track_id,
                row.track,
                row.image,
                None if row.artists is None else json.dumps(row.artists, ensure_ascii=False),
                row.license_uuid,
            )
            for row in rows
        ],
    )


def _note(connection: apsw.Connection, key: ResourceKey, found: Walk) -> None:
    documents.merge(connection, key, found, Walk.__dataclass_fields__)


def _download(row: tuple[Any, ...]) -> Download:
    number, at, user_id, user, avatar, track_id, track, image, artists, licence = row
    return Download(
        id=number,
        at=optional_time(at),
        user_id=user_id,
        user=user,
        avatar=avatar,
        track_id=track_id,
        track=track,
        image=image,
        artists=None if artists is None else tuple(json.loads(artists)),
        license_uuid=licence,
    )
