"""Insights into own tracks, albums and artists.

The body of tracks and the errors stand in the developer guide; the other bodies are assumed to
have the same keys. Assumed too: a period is that many whole UTC days, the last of which is the
current one; its growth compares with as many days before; ``listeners.total`` counts those of
all time and ``listeners.unique`` those of the period, both by `audience`.
"""

from __future__ import annotations

from dataclasses import dataclass

from beatpass_sandbox import rules, schemas
from beatpass_sandbox.audience import unique_listeners
from beatpass_sandbox.clock import date_of
from beatpass_sandbox.context import Context, Endpoint
from beatpass_sandbox.contract import Group, Operation, Query, Source
from beatpass_sandbox.play_spans import daily_plays
from beatpass_sandbox.replies import Json, forbidden, not_found

_DAY = 86_400
_PERIODS = {"7-days": 7, "30-days": 30, "90-days": 90, "1-year": 365}
_DEFAULT_PERIOD = "30-days"
_TIMEFRAMES = {"7d": 7, "30d": 30, "90d": 90, "1y": 365}
_DEFAULT_TIMEFRAME = "30d"

_SPANS = "SELECT p.day, p.days, p.count FROM plays p"
_SUMS = (
    "SELECT COALESCE(SUM(f.plays), 0) AS plays, COALESCE(SUM(t.likes), 0) AS likes,"
    " COALESCE(SUM(t.reposts), 0) AS reposts"
    " FROM tracks t JOIN track_figures f ON f.track_id = t.id"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of resource: each query takes its id, that of the spans also the first day.

    ``spans`` gives the rows that `daily_plays` reads, of days that reach into the period.
    """

    singular: str
    exists: str
    owners: str
    sums: str
    spans: str


_KINDS = {
    "tracks": _Kind(
        "track",
        "SELECT 1 FROM tracks WHERE id = ?",
        "SELECT artist_id FROM credits WHERE track_id = ?",
        f"{_SUMS} WHERE t.id = ?",
        f"{_SPANS} WHERE p.track_id = ? AND p.day >= ?",
    ),
    "albums": _Kind(
        "album",
        "SELECT 1 FROM albums WHERE id = ?",
        "SELECT artist_id FROM albums WHERE id = ?",
        f"{_SUMS} WHERE t.album_id = ?",
        f"{_SPANS} JOIN tracks t ON t.id = p.track_id WHERE t.album_id = ? AND p.day >= ?",
    ),
    "artists": _Kind(
        "artist",
        "SELECT 1 FROM artists WHERE id = ?",
        "SELECT id AS artist_id FROM artists WHERE id = ?",
        "SELECT COALESCE(SUM(plays), 0) AS plays, COALESCE(SUM(likes), 0) AS likes,"
        " COALESCE(SUM(reposts), 0) AS reposts FROM uploads_by_day WHERE artist_id = ?",
        "SELECT day, 1, plays FROM plays_by_day WHERE artist_id = ? AND day >= ?",
    ),
}


def _insights(kind: _Kind) -> Endpoint:
    def insights(context: Context) -> Json:
        resource = _own(context, kind)
        days = _PERIODS[context.query.get("period", _DEFAULT_PERIOD)]
        sums = context.row(kind.sums, resource)
        assert sums is not None
        plays = _plays(context, kind, resource, 2 * days)
        period, before = sum(plays[days:]), sum(plays[:days])
        return {
            "success": True,
            "data": {
                "plays": {"total": sums["plays"], "period": period},
                "listeners": {
                    "total": unique_listeners(sums["plays"]),
                    "unique": unique_listeners(period),
                },
                "engagement": {"likes": sums["likes"], "reposts": sums["reposts"]},
                "growth": {
                    "plays_change": rules.growth_percentage(period, before),
                    "listeners_change": rules.growth_percentage(
                        unique_listeners(period), unique_listeners(before)
                    ),
                },
            },
        }

    return insights


def _charts(kind: _Kind) -> Endpoint:
    def charts(context: Context) -> Json:
        resource = _own(context, kind)
        days = _TIMEFRAMES[context.query.get("timeframe", _DEFAULT_TIMEFRAME)]
        first = context.as_of // _DAY + 1 - days
        return {
            "success": True,
            "data": {
                "labels": [date_of(first + place) for place in range(days)],
                "plays": _plays(context, kind, resource, days),
            },
        }

    return charts


def _own(context: Context, kind: _Kind) -> int:
    """The id in the path; raises `ApiError` (401, 404, or 403 when it is somebody else's)."""
    session = context.signed_in()
    resource = context.identifier()
    if resource is None or context.row(kind.exists, resource) is None:
        raise not_found(f"The requested {kind.singular} could not be found.")
    owners = {row["artist_id"] for row in context.rows(kind.owners, resource)}
    if owners.isdisjoint(session.artist_ids):
        raise forbidden(f"You may only see insights into your own {kind.singular}s.")
    return resource


def _plays(context: Context, kind: _Kind, resource: int, days: int) -> list[int]:
    """Plays of each of the last ``days`` days, the current one last."""
    today = context.as_of // _DAY
    first = today + 1 - days
    rows = context.rows(kind.spans, resource, first)
    return daily_plays(((row[0], row[1], row[2]) for row in rows), first, today)


_PERCENT = schemas.nullable(schemas.NUMBER)
_INSIGHTS = schemas.record(
    {
        "plays": schemas.record({"total": schemas.COUNT, "period": schemas.COUNT}),
        "listeners": schemas.record({"total": schemas.COUNT, "unique": schemas.COUNT}),
        "engagement": schemas.record({"likes": schemas.COUNT, "reposts": schemas.COUNT}),
        "growth": schemas.record({"plays_change": _PERCENT, "listeners_change": _PERCENT}),
    }
)
_CHARTS = schemas.record(
    {"labels": schemas.array(schemas.DATE), "plays": schemas.array(schemas.COUNT)}
)


def _operations(name: str, kind: _Kind) -> tuple[Operation, Operation]:
    path = f"/producer-intelligence/insights/{name}/{{id}}"
    return (
        Operation(
            "GET",
            path,
            _insights(kind),
            f"Insights into an own {kind.singular}",
            Source.GUIDE if name == "tracks" else Source.ASSUMED,
            schemas.enveloped(_INSIGHTS),
            query=(Query("period", schemas.choice(*_PERIODS)),),
            group=Group.INTELLIGENCE,
            refusals=(403, 404),
        ),
        Operation(
            "GET",
            f"{path}/charts",
            _charts(kind),
            f"Plays of an own {kind.singular} by the day",
            Source.ASSUMED,
            schemas.enveloped(_CHARTS),
            query=(Query("timeframe", schemas.choice(*_TIMEFRAMES)),),
            group=Group.INTELLIGENCE,
            refusals=(403, 404),
        ),
    )


OPERATIONS = tuple(
    operation for name, kind in _KINDS.items() for operation in _operations(name, kind)
)
