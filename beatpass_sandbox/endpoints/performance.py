"""How the signed-in user's tracks and uploads do (developer guide)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from beatpass_sandbox import schemas
from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.replies import Json, forbidden
from beatpass_sandbox.rules import DAYS_PER_MONTH
from beatpass_sandbox.simulation.day_sums import BEST_TRACKS

_DAY = 86_400
_WEEK = 7
_LISTENING_DAYS = 12 * _WEEK
# The first day of 1970, number 0, was a Thursday.
_WEEKDAYS = ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")
_EVENING = "18:00 UTC"


def track_performance(context: Context) -> Json:
    """``GET /artist/track-performance``: the 20 most played tracks, the best first.

    Contribution is recalculated daily, so ``last_updated`` is the begin of the current day.
    """
    rows = context.rows(
        "SELECT t.id, t.name, t.created_at, f.plays, f.contribution FROM best_tracks b"
        " JOIN tracks t ON t.id = b.track_id JOIN track_figures f ON f.track_id = t.id"
        " WHERE b.artist_id = ? ORDER BY b.place",
        context.own_artist(),
    )
    today = iso_instant(context.as_of // _DAY * _DAY)
    return {
        "success": True,
        "data": [
            {
                "track_id": row["id"],
                "track_name": row["name"],
                "plays": row["plays"],
                "contribution_value": round(row["contribution"], 4),
                "months_since_upload": _months(context.as_of - row["created_at"]),
                "upload_date": iso_instant(row["created_at"]),
                "last_updated": today,
            }
            for row in rows
        ],
    }


def _months(seconds: int) -> int:
    """Completed months of mean length."""
    return int(max(0, seconds) / _DAY / DAYS_PER_MONTH)


def upload_insights(context: Context) -> Json:
    """``GET /artist/upload-insights``; raises `ApiError` (403) without upload access.

    Months are calendar months in UTC. The best performing one is that whose uploads have the
    most plays until now, the latest of equals. ``upload_frequency_days`` is the mean time
    between two uploads.
    """
    artist_id = context.own_artist()
    artist = context.row("SELECT upload_access FROM artists WHERE id = ?", artist_id)
    if artist is None or not artist["upload_access"]:
        raise forbidden("Your artist profile has no upload access.")
    figures = context.row("SELECT tracks, plays FROM artist_figures WHERE artist_id = ?", artist_id)
    assert figures is not None
    months = {
        row["month"]: row
        for row in context.rows(
            f"SELECT strftime('%Y-%m', day * {_DAY}, 'unixepoch') AS month,"
            " SUM(uploads) AS uploads, SUM(plays) AS plays"
            " FROM uploads_by_day WHERE artist_id = ? GROUP BY month",
            artist_id,
        )
    }
    this_month = datetime.fromtimestamp(context.as_of, UTC).date().replace(day=1)
    last_month = this_month - timedelta(days=1)
    body: Json = {
        "total_uploads": figures["tracks"],
        "uploads_this_month": _uploads_in(months, this_month),
        "uploads_last_month": _uploads_in(months, last_month),
        "average_plays_per_upload": round(figures["plays"] / max(1, figures["tracks"]), 2),
        "recommended_upload_time": _recommended_time(context, artist_id),
    }
    best = max(months.values(), key=lambda row: (row["plays"], row["month"]), default=None)
    if best is not None and best["plays"]:
        body["best_performing_month"] = {
            "month": best["month"],
            "total_plays": best["plays"],
            "track_count": best["uploads"],
        }
    frequency = _days_between_uploads(context, artist_id)
    if frequency is not None:
        body["upload_frequency_days"] = frequency
    return {"success": True, "data": body}


def _uploads_in(months: Mapping[str, sqlite3.Row], month: date) -> int:
    row = months.get(month.strftime("%Y-%m"))
    return 0 if row is None else int(row["uploads"])


def _days_between_uploads(context: Context, artist_id: int) -> float | None:
    row = context.row(
        "SELECT SUM(uploads) AS uploads, MAX(day) - MIN(day) AS days FROM uploads_by_day"
        " WHERE artist_id = ? AND day <= ?",
        artist_id,
        context.as_of // _DAY,
    )
    if row is None or (row["uploads"] or 0) < 2:
        return None
    days, uploads = int(row["days"]), int(row["uploads"])
    return round(days / (uploads - 1), 1)


def _recommended_time(context: Context, artist_id: int) -> str:
    """The weekday of the last twelve weeks with the most plays, in the evening.

    An artist without plays gets the platform's. The hour is always the same: the history has
    days, but no hours.
    """
    since = context.as_of // _DAY - _LISTENING_DAYS
    by_weekday = (
        f"SELECT day % {_WEEK} AS weekday FROM plays_by_day WHERE day > ? AND {{}}"
        " GROUP BY weekday ORDER BY SUM(plays) DESC, weekday LIMIT 1"
    )
    row = context.row(by_weekday.format("artist_id = ?"), since, artist_id)
    if row is None:
        row = context.row(by_weekday.format("TRUE"), since)
    weekday = _WEEKDAYS[0 if row is None else row["weekday"]]
    return f"{weekday} {_EVENING}"


_PERFORMANCE = schemas.record(
    {
        "track_id": schemas.IDENTIFIER,
        "track_name": schemas.TEXT,
        "plays": schemas.COUNT,
        "contribution_value": schemas.NUMBER,
        "months_since_upload": schemas.COUNT,
        "upload_date": schemas.INSTANT,
    },
    {"last_updated": schemas.INSTANT},
)
_INSIGHTS = schemas.record(
    {
        "total_uploads": schemas.COUNT,
        "uploads_this_month": schemas.COUNT,
        "uploads_last_month": schemas.COUNT,
        "average_plays_per_upload": schemas.NUMBER,
        "recommended_upload_time": schemas.TEXT,
    },
    {
        "best_performing_month": schemas.record(
            {
                "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
                "total_plays": schemas.COUNT,
                "track_count": schemas.COUNT,
            }
        ),
        "upload_frequency_days": schemas.NUMBER,
    },
)

OPERATIONS = (
    Operation(
        "GET",
        "/artist/track-performance",
        track_performance,
        "The most played tracks of the signed-in user's artist",
        Source.GUIDE,
        schemas.enveloped({**schemas.array(_PERFORMANCE), "maxItems": BEST_TRACKS}),
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/artist/upload-insights",
        upload_insights,
        "Uploads of the signed-in user's artist by the month",
        Source.GUIDE,
        schemas.enveloped(_INSIGHTS),
        refusals=(403, 404),
    ),
)
