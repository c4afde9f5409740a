"""How uploads did."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in, object_with
from beatpass_desktop.api.errors import Forbidden
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.replies import fetched, require_known, require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.performance import (
    BestMonth,
    Performance,
    TrackPerformance,
    UploadInsights,
)
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_performance(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Performance]:
    """`GET /artist/track-performance`. Raises `ApiError`."""
    reply = await session.get(
        "artist/track-performance", etag=etag, urgent=urgent, group="authenticated"
    )
    return fetched(reply, _performance)


async def fetch_upload_insights(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[UploadInsights]:
    """`GET /artist/upload-insights`; a 403 says that the account may not upload.

    Raises `ApiError`.
    """
    try:
        reply = await session.get(
            "artist/upload-insights", etag=etag, urgent=urgent, group="authenticated"
        )
    except Forbidden:
        return Fetched(Decoded(UploadInsights(permitted=False), frozenset({"permitted"})))
    return fetched(reply, _upload_insights)


def _performance(document: object) -> Decoded[Performance]:
    fields = Fields(object_with(document, "tracks"))
    rows = require_rows(fields, "tracks", fields.many("tracks", _track_performance))
    return fields.decoded(Performance(rows))


def _track_performance(fields: Fields) -> TrackPerformance | None:
    number = fields.required_id("track_id")
    if number is None:
        return None
    return TrackPerformance(
        track_id=number,
        track_name=fields.text("track_name"),
        plays=fields.integer("plays"),
        contribution_value=fields.number("contribution_value"),
        months_since_upload=fields.integer("months_since_upload"),
        upload_date=fields.time("upload_date"),
        last_updated=fields.time("last_updated"),
    )


def _upload_insights(document: object) -> Decoded[UploadInsights]:
    fields = Fields(object_in(document, "insights"))
    insights = UploadInsights(
        total_uploads=fields.integer("total_uploads"),
        uploads_this_month=fields.integer("uploads_this_month"),
        uploads_last_month=fields.integer("uploads_last_month"),
        average_plays_per_upload=fields.number("average_plays_per_upload"),
        best_performing_month=fields.one("best_performing_month", _best_month),
        upload_frequency_days=fields.number("upload_frequency_days"),
        recommended_upload_time=fields.text("recommended_upload_time"),
        permitted=True,
    )
    known = require_known(fields.decoded(insights))
    return Decoded(insights, known.carried | {"permitted"}, known.notes)


def _best_month(fields: Fields) -> BestMonth | None:
    month = BestMonth(
        month=fields.text("month"),
        total_plays=fields.integer("total_plays"),
        track_count=fields.integer("track_count"),
    )
    return month if fields.carried else None
