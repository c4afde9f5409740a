"""Uploads by the day of a year. The paths of this group are published, the bodies assumed."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_with
from beatpass_desktop.api.errors import Refused
from beatpass_desktop.api.fields import Fields, as_count
from beatpass_desktop.api.replies import fetched, require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.replies import Decoded, Fetched
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack, UploadYear

_GROUP = "authenticated"


async def fetch_upload_days(
    session: Session,
    artist: int,
    year: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[UploadYear]:
    """`GET /producer-intelligence/artist/{id}/contribution-graph?year=`. Raises `ApiError`."""
    path = f"producer-intelligence/artist/{artist}/contribution-graph"
    reply = await session.get(path, {"year": year}, etag=etag, urgent=urgent, group=_GROUP)
    return fetched(reply, lambda document: _year(document, year))


async def fetch_platform_days(
    session: Session,
    year: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[UploadYear]:
    """`GET /producer-intelligence/platform/contribution-graph?year=`. Raises `ApiError`."""
    path = "producer-intelligence/platform/contribution-graph"
    reply = await session.get(path, {"year": year}, etag=etag, urgent=urgent, group=_GROUP)
    return fetched(reply, lambda document: _year(document, year))


def _year(document: object, asked: int) -> Decoded[UploadYear]:
    fields = Fields(object_with(document, "days"))
    year = fields.integer("year")
    if year is not None and year != asked:
        raise Refused(
            "BeatPass sent another year than the one asked for.", f"{year} instead of {asked}"
        )

    def day(row: Fields) -> UploadDay | None:
        found = row.day("date")
        count = row.read("count", as_count, "count")
        if found is None or count is None:
            return None
        if not found.startswith(f"{asked:04}-"):
            row.note("date", f"a day of {asked}", "a day of another year")
            return None
        return UploadDay(found, count, row.many("tracks", _track))

    total = fields.read("total", as_count, "count")
    days = require_rows(fields, "days", fields.many("days", day))
    return fields.decoded(UploadYear(year, total, days))


def _track(fields: Fields) -> UploadedTrack | None:
    number = fields.required_id()
    if number is None:
        return None
    return UploadedTrack(
        id=number,
        name=fields.text("name"),
        image=fields.text("image"),
        created_at=fields.time("created_at"),
    )
