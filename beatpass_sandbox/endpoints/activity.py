"""Downloads of an artist's tracks. The body of this group is assumed."""

from __future__ import annotations

from beatpass_sandbox.clock import date_of, iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Query, Source
from beatpass_sandbox.endpoints import shapes
from beatpass_sandbox.endpoints.resources import credited_artists
from beatpass_sandbox.replies import Json, forbidden, requested_page
from beatpass_sandbox.schemas import (
    COUNT,
    DATE,
    FLAG,
    IDENTIFIER,
    INSTANT,
    PAGE_NUMBER,
    TEXT,
    array,
    choice,
    enveloped,
    nullable,
    record,
)

_DAY = 86_400
_PERIODS = {"7d": 7, "30d": 30, "90d": 90, "all": None}
_DEFAULT_PERIOD = "30d"
_RECENT_ON_A_PAGE = 20

# Starting from the downloads (CROSS JOIN keeps that order) does not slow down with the catalogue.
_FROM_DOWNLOADS = (
    " FROM downloads d CROSS JOIN credits c ON c.track_id = d.track_id AND c.artist_id = ?"
)
_SINCE = " WHERE d.downloaded_at > ?"


def downloads_analytics(context: Context) -> Json:
    """``GET /artists/{id}/downloads-analytics?period=7d|30d|90d|all&page=N``.

    A period is that many whole UTC days, the last of which is the current one.
    """
    session = context.signed_in()
    artist_id = context.artist()["id"]
    if artist_id not in session.artist_ids:
        raise forbidden("You may only see the downloads of your own artists.")
    period = context.query.get("period", _DEFAULT_PERIOD)
    page = requested_page({"page": context.query.get("page", "1")})
    today = context.as_of // _DAY
    days = _PERIODS[period]
    since = (today + 1 - days) * _DAY - 1 if days is not None else -1
    summary = context.row(
        "SELECT COUNT(*) AS total, COUNT(DISTINCT d.user_id) AS users,"
        " MIN(d.downloaded_at) AS first" + _FROM_DOWNLOADS + _SINCE,
        artist_id,
        since,
    )
    week = context.row(
        "SELECT COUNT(*) AS total" + _FROM_DOWNLOADS + _SINCE, artist_id, (today - 6) * _DAY - 1
    )
    assert summary is not None
    assert week is not None
    recent, has_more = _recent(context, artist_id, since, page.number)
    body: Json = {
        "period": period,
        "total_downloads": summary["total"],
        "unique_users": summary["users"],
        "this_week": week["total"],
        "daily": _daily(context, artist_id, since, days, summary["first"]),
        "recent": recent,
        "has_more": has_more,
    }
    top = context.row(
        "SELECT t.id, t.name, COUNT(*) AS downloads"
        + _FROM_DOWNLOADS
        + " JOIN tracks t ON t.id = d.track_id"
        + _SINCE
        + " GROUP BY t.id ORDER BY downloads DESC, t.id LIMIT 1",
        artist_id,
        since,
    )
    if top is not None:
        body["top_track"] = dict(top)
    return {"success": True, "data": body}


def _daily(
    context: Context, artist_id: int, since: int, days: int | None, first: int | None
) -> list[Json]:
    """Downloads of each day of the period, also the days without any."""
    today = context.as_of // _DAY
    if days is not None:
        start = today + 1 - days
    elif first is not None:
        start = first // _DAY
    else:
        return []
    counts = {
        row["day"]: row["total"]
        for row in context.rows(
            f"SELECT d.downloaded_at / {_DAY} AS day, COUNT(*) AS total"
            + _FROM_DOWNLOADS
            + _SINCE
            + " GROUP BY day",
            artist_id,
            since,
        )
    }
    return [{"date": date_of(day), "count": counts.get(day, 0)} for day in range(start, today + 1)]


def _recent(context: Context, artist_id: int, since: int, page: int) -> tuple[list[Json], bool]:
    rows = context.rows(
        "SELECT d.*, u.display_name, u.avatar, t.name, t.image"
        + _FROM_DOWNLOADS
        + " JOIN users u ON u.id = d.user_id JOIN tracks t ON t.id = d.track_id"
        + _SINCE
        + " ORDER BY d.downloaded_at DESC, d.id DESC LIMIT ? OFFSET ?",
        artist_id,
        since,
        _RECENT_ON_A_PAGE + 1,
        min((page - 1) * _RECENT_ON_A_PAGE, 2**62),
    )
    shown = rows[:_RECENT_ON_A_PAGE]
    credited = credited_artists(context, [row["track_id"] for row in shown])
    entries: list[Json] = []
    for row in shown:
        entry: Json = {
            "id": row["id"],
            "downloaded_at": iso_instant(row["downloaded_at"]),
            "user": {
                "id": row["user_id"],
                "display_name": row["display_name"],
                "avatar": row["avatar"],
            },
            "track": {
                "id": row["track_id"],
                "name": row["name"],
                "image": row["image"],
                "artists": credited[row["track_id"]],
            },
        }
        if row["license_uuid"] is not None:
            entry["license_uuid"] = row["license_uuid"]
        entries.append(entry)
    return entries, len(rows) > _RECENT_ON_A_PAGE


_PERIOD = choice(*_PERIODS)
_DOWNLOAD = record(
    {
        "id": IDENTIFIER,
        "downloaded_at": INSTANT,
        "user": record({"id": IDENTIFIER, "display_name": TEXT, "avatar": nullable(TEXT)}),
        "track": record(
            {
                "id": IDENTIFIER,
                "name": TEXT,
                "image": nullable(TEXT),
                "artists": array(shapes.ARTIST),
            }
        ),
    },
    {"license_uuid": {"type": "string", "format": "uuid"}},
)
_DOWNLOADS = record(
    {
        "period": _PERIOD,
        "total_downloads": COUNT,
        "unique_users": COUNT,
        "this_week": COUNT,
        "daily": array(record({"date": DATE, "count": COUNT})),
        "recent": array(_DOWNLOAD),
        "has_more": FLAG,
    },
    {"top_track": record({"id": IDENTIFIER, "name": TEXT, "downloads": COUNT})},
)

OPERATIONS = (
    Operation(
        "GET",
        "/artists/{id}/downloads-analytics",
        downloads_analytics,
        "Downloads of an artist's tracks",
        Source.ASSUMED,
        enveloped(_DOWNLOADS),
        query=(Query("period", _PERIOD), Query("page", PAGE_NUMBER)),
        refusals=(403, 404),
    ),
)
