"""The insights of one track, album or artist.

Assumed bodies (marked P in the wire contract): those of albums and artists, and all charts.
"""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.fields import Fields, Unfit, as_count, as_date
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.insights import Chart, InsightQuery, Insights
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_insights(
    session: Session,
    query: InsightQuery,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Insights]:
    """`GET /producer-intelligence/insights/{subject}/{id}?period=`. Raises `ApiError`."""
    period = {"period": query.period.value}
    reply = await session.get(_path(query), period, etag=etag, urgent=urgent, group="authenticated")
    return fetched(reply, _insights)


async def fetch_chart(
    session: Session,
    query: InsightQuery,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Chart]:
    """`GET /producer-intelligence/insights/{subject}/{id}/charts?timeframe=`. Raises `ApiError`."""
    reply = await session.get(
        f"{_path(query)}/charts",
        {"timeframe": query.period.timeframe},
        etag=etag,
        urgent=urgent,
        group="authenticated",
    )
    return fetched(reply, _chart)


def _path(query: InsightQuery) -> str:
    return f"producer-intelligence/insights/{query.subject.value}/{query.id}"


def _insights(document: object) -> Decoded[Insights]:
    fields = Fields(object_in(document, "insights"))
    parts = {name: fields.nested(name) for name in ("plays", "listeners", "engagement", "growth")}
    plays, listeners, engagement, growth = (
        fields.inner(name, {}) if part is None else part for name, part in parts.items()
    )
    insights = Insights(
        plays=plays.integer("total", "plays"),
        plays_in_period=plays.integer("period", "plays_in_period"),
        listeners=listeners.integer("total", "listeners"),
        unique_listeners=listeners.integer("unique", "unique_listeners"),
        likes=engagement.integer("likes"),
        reposts=engagement.integer("reposts"),
        plays_change=growth.number("plays_change"),
        listeners_change=growth.number("listeners_change"),
    )
    carried = plays.carried | listeners.carried | engagement.carried | growth.carried
    return require_known(Decoded(insights, frozenset(carried), tuple(fields.notes)))


def _chart(document: object) -> Decoded[Chart]:
    fields = Fields(object_in(document, "charts"))
    labels = [raw for _, raw in fields.items("labels") or ()]
    plays = [raw for _, raw in fields.items("plays") or ()]
    complete = fields.carried >= {"labels", "plays"}
    if len(labels) != len(plays):
        fields.note("plays", f"{len(labels)} values", f"{len(plays)} values")
        complete = False
    points: list[tuple[str, int]] = []
    for index, (label, count) in enumerate(zip(labels, plays, strict=False)):
        try:
            points.append((as_date(label), as_count(count)))
        except Unfit as unfit:
            fields.note(f"plays[{index}]", "count on a date", str(unfit))
    carried = frozenset({"points"}) if complete and (points or not labels) else frozenset()
    return require_known(Decoded(Chart(tuple(points)), carried, tuple(fields.notes)))
