"""Downloads of an artist's tracks. The body of this group is assumed."""

from __future__ import annotations

import re
from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Refused
from beatpass_desktop.api.fields import Fields, Unfit, as_count, as_text, kind_of
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.downloads import (
    Download,
    DownloadPeriod,
    Downloads,
    DownloadsPage,
    TopDownload,
)
from beatpass_desktop.domain.replies import Decoded, Fetched

_UUID = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_LONGEST_UUID = 64


async def fetch_downloads(
    session: Session,
    artist: int,
    period: DownloadPeriod,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Downloads]:
    """`GET /artists/{id}/downloads-analytics?period=`. Raises `ApiError`."""
    params = {"period": period.value}
    reply = await session.get(_path(artist), params, etag=etag, urgent=urgent)
    return fetched(reply, lambda document: _downloads(document, period))


async def fetch_downloads_page(
    session: Session,
    artist: int,
    period: DownloadPeriod,
    page: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[DownloadsPage]:
    """`GET /artists/{id}/downloads-analytics?period=&page=`: its list alone. Raises `ApiError`."""
    params: dict[str, str | int] = {"period": period.value, "page": page}
    reply = await session.get(_path(artist), params, etag=etag, urgent=urgent)
    return fetched(reply, lambda document: _page(document, period))


def _path(artist: int) -> str:
    return f"artists/{artist}/downloads-analytics"


def _fields(document: object, period: DownloadPeriod) -> Fields:
    """The fields of a reply. Raises `Refused` when it is about another period."""
    fields = Fields(object_in(document, "analytics"))
    told = fields.raw("period")
    if isinstance(told, str) and told in set(DownloadPeriod) and told != period.value:
        raise Refused(
            "BeatPass sent another period than the one asked for.",
            f"{told} instead of {period.value}",
        )
    return fields


def _downloads(document: object, period: DownloadPeriod) -> Decoded[Downloads]:
    fields = _fields(document, period)
    downloads = Downloads(
        total_downloads=fields.read("total_downloads", as_count, "count"),
        unique_users=fields.read("unique_users", as_count, "count"),
        this_week=fields.read("this_week", as_count, "count"),
        top_track=fields.one("top_track", _top_track),
        daily=_daily(fields),
        recent=fields.many("recent", _download),
        has_more=fields.boolean("has_more"),
    )
    if "top_track" not in fields and {"total_downloads", "recent"} & fields.carried:
        # Left out where there is none: what an earlier reply named is not the top any more.
        fields.carried.add("top_track")
    return require_known(fields.decoded(downloads))


def _page(document: object, period: DownloadPeriod) -> Decoded[DownloadsPage]:
    fields = _fields(document, period)
    page = DownloadsPage(
        recent=fields.many("recent", _download), has_more=fields.boolean("has_more")
    )
    return require_known(fields.decoded(page))


def _top_track(fields: Fields) -> TopDownload | None:
    track = TopDownload(
        id=fields.id(),
        name=fields.text("name"),
        downloads=fields.read("downloads", as_count, "count"),
    )
    return track if fields.carried else None


def _daily(fields: Fields) -> tuple[tuple[str, int], ...] | None:
    def point(row: Fields) -> tuple[str, int] | None:
        day = row.day("date")
        count = row.read("count", as_count, "count")
        return None if day is None or count is None else (day, count)

    points = fields.many("daily", point)
    if fields.raw("daily") and not points:
        fields.carried.discard("daily")
        return None
    return points


def _download(fields: Fields) -> Download | None:
    number = fields.required_id()
    if number is None:
        return None
    user = fields.nested("user") or fields.inner("user", {})
    track = fields.nested("track") or fields.inner("track", {})
    return Download(
        id=number,
        at=fields.time("downloaded_at"),
        user_id=user.id(),
        user=user.text("display_name"),
        avatar=user.text("avatar"),
        track_id=track.id(),
        track=track.text("name"),
        image=track.text("image"),
        artists=track.names("artists"),
        license_uuid=fields.read("license_uuid", _as_uuid, "licence id"),
    )


def _as_uuid(raw: object) -> str:
    text = as_text(raw)
    if len(text) > _LONGEST_UUID or not _UUID.fullmatch(text):
        raise Unfit(kind_of(raw))
    return text
