"""Uploads by the day of a year. The paths of this group are published, the bodies assumed."""

from __future__ import annotations

from datetime import UTC, datetime

from beatpass_sandbox import schemas
from beatpass_sandbox.clock import date_of, day_number, iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Query, Source
from beatpass_sandbox.replies import Json

_TRACKS_OF_A_DAY = 5
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

# A day's tracks are neighbours in the catalogue; one whose date a quirk has moved is left out.
_TRACKS = f"""
SELECT d.day, t.id, t.name, t.image, t.created_at
FROM uploads_by_day d
CROSS JOIN credits c ON c.artist_id = d.artist_id
    AND c.sequence BETWEEN d.first_sequence AND d.first_sequence + {_TRACKS_OF_A_DAY - 1}
CROSS JOIN tracks t ON t.id = c.track_id AND t.created_at / 86400 = d.day
WHERE d.artist_id = ? AND d.day BETWEEN ? AND ?
ORDER BY d.day, c.sequence
"""


def artist_graph(context: Context) -> Json:
    """``GET /producer-intelligence/artist/{id}/contribution-graph?year=YYYY``.

    A track counts on the UTC day of its upload, for each artist credited on it. Days without
    uploads are absent; of the others the first five tracks come along. Without ``year`` it is
    the current one.
    """
    context.signed_in()
    artist_id = context.artist()["id"]
    year, first, last = _year(context)
    days: dict[int, Json] = {
        row["day"]: {"date": date_of(row["day"]), "count": row["uploads"], "tracks": []}
        for row in context.rows(
            "SELECT day, uploads FROM uploads_by_day WHERE artist_id = ? AND day BETWEEN ? AND ?",
            artist_id,
            first,
            last,
        )
    }
    for row in context.rows(_TRACKS, artist_id, first, last):
        days[row["day"]]["tracks"].append(
            {
                "id": row["id"],
                "name": row["name"],
                "image": row["image"],
                "created_at": iso_instant(row["created_at"]),
            }
        )
    return _graph(year, list(days.values()))


def platform_graph(context: Context) -> Json:
    """``GET /producer-intelligence/platform/contribution-graph?year=YYYY``, each track once."""
    context.signed_in()
    year, first, last = _year(context)
    rows = context.rows(
        "SELECT day, SUM(led) AS uploads FROM uploads_by_day WHERE day BETWEEN ? AND ?"
        " GROUP BY day HAVING uploads > 0 ORDER BY day",
        first,
        last,
    )
    return _graph(year, [{"date": date_of(row["day"]), "count": row["uploads"]} for row in rows])


def _year(context: Context) -> tuple[int, int, int]:
    """The year asked for, and the day numbers of its first and last day."""
    year = int(context.query.get("year", context.now.year))
    next_first = day_number(datetime(year + 1, 1, 1, tzinfo=UTC))
    return year, day_number(datetime(year, 1, 1, tzinfo=UTC)), next_first - 1


def _graph(year: int, days: list[Json]) -> Json:
    total = sum(day["count"] for day in days)
    return {"success": True, "data": {"year": year, "total": total, "days": days}}


_DAY = schemas.record({"date": schemas.DATE, "count": {"type": "integer", "minimum": 1}})
_TRACK = schemas.record(
    {
        "id": schemas.IDENTIFIER,
        "name": schemas.TEXT,
        "image": schemas.nullable(schemas.TEXT),
        "created_at": schemas.INSTANT,
    }
)
_DAY_WITH_TRACKS = schemas.record(
    {
        **_DAY["properties"],
        "tracks": {**schemas.array(_TRACK), "maxItems": _TRACKS_OF_A_DAY},
    }
)
_YEAR = (Query("year", {"type": "integer", "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}),)


def _graph_of(day: Json) -> Json:
    year = {"year": schemas.INTEGER, "total": schemas.COUNT, "days": schemas.array(day)}
    return schemas.enveloped(schemas.record(year))


OPERATIONS = (
    Operation(
        "GET",
        "/producer-intelligence/artist/{id}/contribution-graph",
        artist_graph,
        "An artist's uploads by the day of a year",
        Source.ASSUMED,
        _graph_of(_DAY_WITH_TRACKS),
        query=_YEAR,
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/producer-intelligence/platform/contribution-graph",
        platform_graph,
        "The platform's uploads by the day of a year",
        Source.ASSUMED,
        _graph_of(_DAY),
        query=_YEAR,
        group=Group.INTELLIGENCE,
    ),
)
