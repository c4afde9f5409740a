"""Downloads are kept for good; a period lists what the server lists; uploads by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.downloads import Download, Downloads, DownloadsPage, TopDownload
from beatpass_desktop.domain.profiles import Profile
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack, UploadYear
from beatpass_desktop.store import documents, downloads, sheets, uploads
from beatpass_desktop.store.downloads import Walk

FIELDS = frozenset(Downloads.__dataclass_fields__)


def download(number: int) -> Download:
    """Number n came n minutes after midnight."""
    at = DAY + timedelta(minutes=number)
    return Download(number, at, 4, "Zoe", None, 7, "Dawn", None, ("Ada",), None)


def key(desk: Desk, params: str = "30d", artist: int = 1) -> ResourceKey:
    return desk.key(artist, Resource.DOWNLOADS)._replace(params=params)


def take(
    desk: Desk,
    numbers: list[int],
    *,
    params: str = "30d",
    more: bool | None = True,
    total: int | None = None,
) -> None:
    value = Downloads(total_downloads=total, recent=tuple(map(download, numbers)), has_more=more)
    decoded = Decoded(value, FIELDS)
    desk.write(lambda c: downloads.take(c, key(desk, params), decoded, DAY))


def read_on(desk: Desk, page: int, numbers: list[int], *, more: bool | None = True) -> None:
    params = downloads.page_params("30d", page)
    where = key(desk)._replace(resource=Resource.DOWNLOADS_PAGE, params=params)
    decoded = Decoded(DownloadsPage(tuple(map(download, numbers)), more), frozenset({"recent"}))
    desk.write(lambda c: downloads.take_page(c, where, decoded, DAY))


def listed(desk: Desk, params: str = "30d", limit: int = 100) -> list[int]:
    found = downloads.recent(desk.store.reading, key(desk, params), limit)
    return [row.id for row in found]


def kept(desk: Desk) -> list[int]:
    return [row[0] for row in sheets.downloads(desk.store.reading, desk.account, 1)]


def test_that_figures_and_rows_come_back_as_they_went_in(desk: Desk) -> None:
    value = Downloads(
        9, 4, 2, TopDownload(7, "Dawn", 3), (("2026-11-20", 9),), (download(3),), True
    )
    desk.write(lambda c: downloads.take(c, key(desk), Decoded(value, FIELDS), DAY))
    read = desk.store.reading
    assert downloads.summary(read, key(desk)) == replace(value, recent=None)
    assert downloads.recent(read, key(desk), 5) == [download(3)]
    assert downloads.summary(read, key(desk, "7d")) is None
    assert downloads.walk(read, key(desk, "7d")) == Walk()


def test_that_a_partial_reply_keeps_the_fields_it_did_not_carry(desk: Desk) -> None:
    take(desk, [2, 1], total=2)
    value = Downloads(unique_users=5)
    decoded = Decoded(value, frozenset({"unique_users"}))
    desk.write(lambda c: downloads.take(c, key(desk), decoded, DAY))
    found = downloads.summary(desk.store.reading, key(desk))
    assert found is not None
    assert (found.total_downloads, found.unique_users) == (2, 5)
    assert listed(desk) == [2, 1]


def test_that_what_is_not_listed_any_more_is_kept(desk: Desk) -> None:
    take(desk, [3, 2, 1], more=False)
    take(desk, [5, 4], more=False)
    assert listed(desk) == [5, 4]
    assert kept(desk) == [5, 4, 3, 2, 1]


def test_that_a_row_without_its_fields_keeps_those_known(desk: Desk) -> None:
    take(desk, [1])
    bare = Decoded(Downloads(recent=(Download(1),)), frozenset({"recent"}))
    desk.write(lambda c: downloads.take(c, key(desk), bare, DAY))
    assert downloads.recent(desk.store.reading, key(desk), 5) == [download(1)]


def test_that_further_pages_follow_without_duplicates(desk: Desk) -> None:
    take(desk, [9, 8, 7])
    read_on(desk, 2, [7, 6, 5])
    read_on(desk, 3, [4], more=False)
    assert listed(desk) == [9, 8, 7, 6, 5, 4]
    assert downloads.walk(desk.store.reading, key(desk)) == Walk((9, 8, 7, 6, 5, 4), 3, False)
    assert listed(desk, limit=2) == [9, 8]


def test_that_a_renewed_first_page_keeps_the_further_ones_it_reaches(desk: Desk) -> None:
    take(desk, [9, 8, 7])
    read_on(desk, 2, [6, 5, 4])
    take(desk, [11, 10, 9])
    assert listed(desk) == [11, 10, 9, 8, 7, 6, 5, 4]
    assert downloads.walk(desk.store.reading, key(desk)).pages == 2


def test_that_reading_begins_anew_when_something_would_be_missing(desk: Desk) -> None:
    take(desk, [9, 8, 7])
    read_on(desk, 2, [6, 5, 4])
    take(desk, [29, 28, 27])
    assert listed(desk) == [29, 28, 27]
    read_on(desk, 3, [9, 8])
    assert listed(desk) == [29, 28, 27]
    read_on(desk, 2, [26, 25])
    assert listed(desk) == [29, 28, 27, 26, 25]
    assert len(kept(desk)) == 11


def test_that_no_more_is_listed_than_the_server_counts(desk: Desk) -> None:
    take(desk, [9, 8, 7], total=6)
    read_on(desk, 2, [6, 5, 4])
    take(desk, [10, 9, 8], total=5)
    assert listed(desk) == [10, 9, 8, 7, 6]


def test_that_an_empty_page_is_the_end(desk: Desk) -> None:
    take(desk, [9])
    read_on(desk, 2, [], more=True)
    assert downloads.walk(desk.store.reading, key(desk)).more is False


def test_that_periods_and_artists_do_not_mix(desk: Desk) -> None:
    take(desk, [9, 8], params="")
    take(desk, [9], params="7d")
    assert (listed(desk, ""), listed(desk, "7d"), listed(desk)) == ([9, 8], [9], [])
    assert downloads.recent(desk.store.reading, key(desk, artist=2), 5) == []


def test_that_an_export_can_be_bounded(desk: Desk) -> None:
    take(desk, [9, 8, 7])
    minute = timedelta(minutes=1)
    rows = sheets.downloads(desk.store.reading, desk.account, 1, DAY + 8 * minute, DAY + 9 * minute)
    assert [row[0] for row in rows] == [8]


def test_that_a_year_comes_back_as_it_went_in(desk: Desk) -> None:
    days = (
        UploadDay("2026-03-14", 2, (UploadedTrack(7, "Dawn", None, DAY), UploadedTrack(8))),
        UploadDay("2026-03-15", 1),
    )
    where = desk.key(resource=Resource.UPLOAD_DAYS)._replace(params="2026")
    assert uploads.days(desk.store.reading, where) is None
    assert uploads.counts(desk.store.reading, where) is None
    assert uploads.total(desk.store.reading, where) is None
    desk.write(lambda c: documents.merge(c, where, UploadYear(None, None, days), {"days"}))
    read = desk.store.reading
    assert uploads.days(read, where) == {date(2026, 3, 14): days[0], date(2026, 3, 15): days[1]}
    assert uploads.counts(read, where) == {date(2026, 3, 14): 2, date(2026, 3, 15): 1}
    assert uploads.total(read, where) == 3
    desk.write(lambda c: documents.merge(c, where, UploadYear(None, 9), {"total"}))
    assert uploads.total(read, where) == 9


@pytest.mark.parametrize(
    ("joined", "uploaded", "own", "year"),
    [
        (None, None, True, None),
        (2021, None, True, 2021),
        (2021, None, False, None),
        (2021, 2019, True, 2019),
        (2021, 2024, True, 2021),
        (None, 2024, False, 2024),
    ],
)
def test_that_the_first_year_is_that_of_joining_or_of_the_first_track(
    desk: Desk, joined: int | None, uploaded: int | None, own: bool, year: int | None
) -> None:
    if joined is not None:
        profile = Profile(member_since=DAY.replace(year=joined))
        where = ResourceKey(Resource.PROFILE, desk.account)
        desk.write(lambda c: documents.merge(c, where, profile, {"member_since"}))
    if uploaded is not None:
        desk.list([track(1, created_at=DAY.replace(year=uploaded)), track(2)])
    assert uploads.first_year(desk.store.reading, desk.account, 1, own=own) == year
