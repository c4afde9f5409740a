"""Leaderboards. Path documented, query and body assumed, scores by the published rules.

The published OpenAPI file shows another body, ``{weekly, monthly, allTime}``. It is sent for a
request that names neither category nor period, and for every request in the profile `quirky`.
"""

from __future__ import annotations

from collections.abc import Sequence

from beatpass_sandbox import schemas
from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Query, Source
from beatpass_sandbox.endpoints.resources import artist_card
from beatpass_sandbox.endpoints.shapes import ARTIST
from beatpass_sandbox.rankings.periods import ALL_TIME, PERIOD_PATTERN, period_span
from beatpass_sandbox.rankings.ranking import Entry, ranking
from beatpass_sandbox.rankings.scoring import CATEGORIES, Category
from beatpass_sandbox.replies import Json, invalid

_CACHED_SECONDS = 300
_SHOWN = 100
_DEFAULT_CATEGORY: Category = "overall"
_PUBLISHED_FORM_PROFILE = "quirky"
_PUBLISHED_FORM = {"weekly": "7d", "monthly": "30d", "allTime": ALL_TIME}


def leaderboard(context: Context) -> Json:
    """``GET /producer-intelligence/leaderboard?category=…&period=…``.

    At most the first 100 producers are listed. ``me`` is absent for a user whose main artist is
    not ranked. Half-years are those of 2000 to 2099; one before the platform began or after
    today has no producers.
    """
    context.signed_in()
    category = _category(context.query.get("category", _DEFAULT_CATEGORY))
    period = context.query.get("period", ALL_TIME)
    if period_span(period, context.as_of) is None:
        raise invalid({"period": "The selected period is invalid."})
    if category == "points" and period != ALL_TIME:
        raise invalid({"period": "Points are ranked for all time only."})
    if _wants_published_form(context):
        return _published_form(context, category)
    ranked = ranking(context.database, context.as_of, category, period)
    updated_at = int(context.now.timestamp()) // _CACHED_SECONDS * _CACHED_SECONDS
    body: Json = {
        "category": category,
        "period": period,
        "total_producers": len(ranked),
        "updated_at": iso_instant(updated_at),
        "entries": _entries(context, ranked[:_SHOWN]),
    }
    own = _own(context, ranked)
    if own is not None:
        body["me"] = {"rank": own.rank, "score": own.score}
    return {"success": True, "data": body}


def _category(name: str) -> Category:
    if name not in CATEGORIES:
        raise invalid({"category": "The selected category is invalid."})
    return name


def _wants_published_form(context: Context) -> bool:
    if "category" not in context.query and "period" not in context.query:
        return True
    origin = context.row("SELECT profile FROM origin")
    return origin is not None and origin["profile"] == _PUBLISHED_FORM_PROFILE


def _published_form(context: Context, category: Category) -> Json:
    """Lists of the same entries; points have no weekly and no monthly ones."""
    return {
        name: _entries(context, ranking(context.database, context.as_of, category, period)[:_SHOWN])
        if category != "points" or period == ALL_TIME
        else []
        for name, period in _PUBLISHED_FORM.items()
    }


def _own(context: Context, ranked: Sequence[Entry]) -> Entry | None:
    artist_ids = context.signed_in().artist_ids[:1]
    return next((entry for entry in ranked if entry.artist_id in artist_ids), None)


def _entries(context: Context, ranked: Sequence[Entry]) -> list[Json]:
    marks = ",".join("?" * len(ranked))
    cards = {
        row["id"]: artist_card(row)
        for row in context.rows(
            f"SELECT * FROM artists WHERE id IN ({marks})", *[entry.artist_id for entry in ranked]
        )
    }
    return [_row(entry, cards[entry.artist_id]) for entry in ranked]


def _row(entry: Entry, artist: Json) -> Json:
    row: Json = {
        "rank": entry.rank,
        "artist": artist,
        "score": entry.score,
        "score_label": entry.label,
        "metadata": entry.metadata,
    }
    if entry.tier is not None:
        row["tier"] = entry.tier
    return row


_RANK: Json = {"type": "integer", "minimum": 1}
_ENTRY = schemas.record(
    {
        "rank": _RANK,
        "artist": ARTIST,
        "score": schemas.NUMBER,
        "metadata": {"type": "object", "additionalProperties": schemas.NUMBER},
    },
    {
        "score_label": schemas.TEXT,
        "tier": schemas.choice("diamond", "platinum", "gold", "silver", "bronze"),
    },
)
_LEADERBOARD = schemas.record(
    {
        "category": schemas.choice(*CATEGORIES),
        "period": schemas.TEXT,
        "total_producers": schemas.COUNT,
        "updated_at": schemas.INSTANT,
        "entries": schemas.array(_ENTRY),
    },
    {"me": schemas.record({"rank": _RANK, "score": schemas.NUMBER})},
)

OPERATIONS = (
    Operation(
        "GET",
        "/producer-intelligence/leaderboard",
        leaderboard,
        "Producers ranked by category and period",
        Source.DOCUMENTED,
        {
            "anyOf": [
                schemas.enveloped(_LEADERBOARD),
                schemas.record({name: schemas.array(_ENTRY) for name in _PUBLISHED_FORM}),
            ]
        },
        query=(
            Query("category", schemas.choice(*CATEGORIES)),
            Query("period", {"type": "string", "pattern": PERIOD_PATTERN}),
        ),
        group=Group.LEADERBOARDS,
    ),
)
