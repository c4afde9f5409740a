"""Downloads, uploads by day and earnings over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fault_server import replies, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.downloads import fetch_downloads, fetch_downloads_page
from beatpass_desktop.api.earnings import fetch_earnings
from beatpass_desktop.api.uploads import fetch_platform_days, fetch_upload_days
from beatpass_desktop.domain.downloads import Download, DownloadPeriod, Downloads, TopDownload
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.replies import Fetched, Note
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack

MONTH = DownloadPeriod.MONTH
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
DOWNLOAD = {
    "id": 31, "downloaded_at": "2026-11-20T08:09:10Z", "license_uuid": UUID, "extra": 1,
    "user": {"id": 4, "display_name": "Zoe <b>", "avatar": "/z.png"},
    "track": {"id": 7, "name": "Dawn", "image": None, "artists": [{"id": 5, "name": "Ada"}, "Bob"]},
}  # fmt: skip
BODY = {
    "period": "30d", "total_downloads": 9, "unique_users": 4, "this_week": 2, "has_more": True,
    "top_track": {"id": 7, "name": "Dawn", "downloads": 3},
    "daily": [{"date": "2026-11-19", "count": 0}, {"date": "2026-11-20", "count": 9}],
    "recent": [DOWNLOAD],
}  # fmt: skip
ROW = Download(
    31, datetime(2026, 11, 20, 8, 9, 10, tzinfo=UTC), 4, "Zoe <b>", "/z.png", 7, "Dawn", None,
    ("Ada", "Bob"), UUID,
)  # fmt: skip
HTML = "<html>Please sign in to this network</html>"


def value(fetched: Fetched[Any]) -> Any:
    assert fetched.decoded is not None
    return fetched.decoded.value


def carried(fetched: Fetched[Any]) -> frozenset[str]:
    assert fetched.decoded is not None
    return fetched.decoded.carried


def notes(fetched: Fetched[Any]) -> tuple[Note, ...]:
    assert fetched.decoded is not None
    return fetched.decoded.notes


@pytest.mark.parametrize(
    "body",
    [BODY, {"success": True, "data": BODY}, {"status": "success", "analytics": BODY}],
)
async def test_that_downloads_of_a_period_are_read_in_every_envelope(body: object) -> None:
    async with served(replies(200, body)) as (server, session):
        fetched = await fetch_downloads(session, 5, MONTH)
    assert server.paths == ["artists/5/downloads-analytics?period=30d"]
    assert value(fetched) == Downloads(
        9, 4, 2, TopDownload(7, "Dawn", 3), (("2026-11-19", 0), ("2026-11-20", 9)), (ROW,), True
    )
    assert notes(fetched) == ()


async def test_that_a_download_without_anything_but_its_id_is_kept() -> None:
    async with served(replies(200, {"recent": [{"id": 8}, {"user": {}}, "junk"]})) as (_, session):
        fetched = await fetch_downloads(session, 5, MONTH)
    assert value(fetched).recent == (Download(8),)
    assert [note.where for note in notes(fetched)] == ["recent[1].id", "recent[2]"]


async def test_that_fields_of_the_wrong_type_are_not_carried() -> None:
    body = {
        "total_downloads": "9", "unique_users": -4, "this_week": None, "top_track": [],
        "daily": [{"date": "yesterday", "count": 1}], "has_more": 1,
        "recent": [{**DOWNLOAD, "downloaded_at": 17, "user": "Zoe", "license_uuid": "../x"}],
    }  # fmt: skip
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_downloads(session, 5, MONTH)
    assert carried(fetched) == {"this_week", "recent"}
    (row,) = value(fetched).recent
    assert (row.at, row.user, row.track, row.license_uuid) == (None, None, "Dawn", None)
    assert value(fetched).daily is None


async def test_that_a_period_without_a_top_track_has_none_any_more() -> None:
    body = {"total_downloads": 0, "unique_users": 0, "daily": [], "recent": [], "has_more": False}
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_downloads(session, 5, DownloadPeriod.ALL)
    assert "top_track" in carried(fetched)
    assert value(fetched).top_track is None
    assert value(fetched).daily == value(fetched).recent == ()


async def test_that_another_period_than_the_one_asked_for_is_refused() -> None:
    async with served(replies(200, {**BODY, "period": "7d"})) as (_, session):
        with pytest.raises(errors.Refused):
            await fetch_downloads(session, 5, MONTH)
        with pytest.raises(errors.Refused):
            await fetch_downloads_page(session, 5, MONTH, 2)


@pytest.mark.parametrize("name", ["last-30-days", None, ["7d"], 7])
async def test_that_a_period_of_another_name_is_taken_for_the_one_asked_for(name: object) -> None:
    async with served(replies(200, {**BODY, "period": name})) as (_, session):
        assert value(await fetch_downloads(session, 5, MONTH)).total_downloads == 9


async def test_that_a_further_page_is_asked_for_by_number() -> None:
    async with served(replies(200, {**BODY, "period": "all"})) as (server, session):
        page = value(await fetch_downloads_page(session, 5, DownloadPeriod.ALL, 3))
    assert server.paths == ["artists/5/downloads-analytics?period=all&page=3"]
    assert (page.recent, page.has_more) == ((ROW,), True)


YEAR = {
    "year": 2026, "total": 3,
    "days": [
        {"date": "2026-03-14", "count": 2, "tracks": [
            {"id": 7, "name": "Dawn", "image": "/d.png", "created_at": "2026-03-14 15:16:17"},
            {"name": "no id"},
        ]},
        {"date": "2026-03-15", "count": 1},
    ],
}  # fmt: skip


@pytest.mark.parametrize("body", [YEAR, {"success": True, "data": YEAR}])
async def test_that_the_days_of_a_year_are_read_with_their_tracks(body: object) -> None:
    async with served(replies(200, body)) as (server, session):
        year = value(await fetch_upload_days(session, 5, 2026))
    assert server.paths == ["producer-intelligence/artist/5/contribution-graph?year=2026"]
    at = datetime(2026, 3, 14, 15, 16, 17, tzinfo=UTC)
    track = UploadedTrack(7, "Dawn", "/d.png", at)
    assert (year.year, year.total) == (2026, 3)
    assert year.days == (UploadDay("2026-03-14", 2, (track,)), UploadDay("2026-03-15", 1))


async def test_that_the_platform_is_asked_for_by_year_alone() -> None:
    async with served(replies(200, {"days": YEAR["days"]})) as (server, session):
        year = value(await fetch_platform_days(session, 2026))
    assert server.paths == ["producer-intelligence/platform/contribution-graph?year=2026"]
    assert (year.year, year.total, len(year.days)) == (None, None, 2)


async def test_that_days_of_another_year_and_impossible_counts_are_left_out() -> None:
    days = [
        {"date": "2025-12-31", "count": 1}, {"date": "2026-02-30", "count": 1},
        {"date": "2026-01-01", "count": -1}, {"count": 4}, {"date": "2026-01-02", "count": 4},
    ]  # fmt: skip
    async with served(replies(200, {"year": 2026, "total": "x", "days": days})) as (_, session):
        fetched = await fetch_upload_days(session, 5, 2026)
    assert value(fetched).days == (UploadDay("2026-01-02", 4),)
    assert carried(fetched) == {"year", "days"}
    assert len(notes(fetched)) == 4


async def test_that_another_year_than_the_one_asked_for_is_refused() -> None:
    async with served(replies(200, {**YEAR, "year": 2025})) as (_, session):
        with pytest.raises(errors.Refused):
            await fetch_upload_days(session, 5, 2026)


async def test_that_a_year_without_uploads_is_one() -> None:
    body = {"success": True, "data": {"year": 2026, "total": 0, "days": []}}
    async with served(replies(200, body)) as (_, session):
        assert value(await fetch_upload_days(session, 5, 2026)).days == ()


async def test_that_earnings_are_read_as_sent() -> None:
    body = {"success": True, "data": {"contribution": 42.74, "platform_share": 0, "currency": "X"}}
    async with served(replies(200, body)) as (server, session):
        fetched = await fetch_earnings(session)
    assert server.paths == ["producer/earnings"]
    assert value(fetched) == Earnings(42.74, 0.0)


async def test_that_half_of_the_earnings_leaves_the_other_half() -> None:
    async with served(replies(200, {"contribution": None, "platform_share": "2 %"})) as (_, s):
        assert carried(await fetch_earnings(s)) == {"contribution"}


@pytest.mark.parametrize(
    "body", [{}, {"foo": 1}, {"days": "none"}, {"days": [{"foo": 1}]}, [], HTML]
)
async def test_that_what_is_no_reply_of_this_group_is_refused(body: object) -> None:
    content_type = "text/html" if body == HTML else "application/json"
    async with served(replies(200, body, content_type=content_type)) as (_, session):
        for call in (
            fetch_downloads(session, 5, MONTH),
            fetch_downloads_page(session, 5, MONTH, 2),
            fetch_earnings(session),
        ):
            with pytest.raises(errors.Undecodable):
                await call
        if body != []:
            with pytest.raises(errors.Undecodable):
                await fetch_upload_days(session, 5, 2026)
