"""The Activity page's model and those of its sections."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy
from stage import BROKEN, UNREACHED, Stage

from beatpass_desktop.domain.downloads import Download, DownloadPeriod, Downloads, DownloadsPage
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.events import FetchEnded, FetchStarted, ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt, FreshnessState
from beatpass_desktop.domain.profiles import Profile
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, UploadYear
from beatpass_desktop.models.activity import ActivityModel, Gain
from beatpass_desktop.models.upload_calendar import Streaks
from beatpass_desktop.store import accounts, documents, downloads, figures
from beatpass_desktop.sync.resources import TABLE, shown_by


def model(stage: Stage, **options: Any) -> ActivityModel:
    sets = shown_by(Page.ACTIVITY)
    return ActivityModel(sets, stage.store, stage.feed, stage.sign_in(), stage.clock, **options)


def key(stage: Stage, resource: Resource, params: str = "", artist: int = 1) -> ResourceKey:
    return stage.key(TABLE[resource].data_set, artist)._replace(params=params)


def put(stage: Stage, value: Any, resource: Resource, params: str = "") -> None:
    """A whole reply came; the feed tells it."""
    where = key(stage, resource, params)
    names = frozenset(field.name for field in fields(value))

    def job(connection: Any) -> None:
        if isinstance(value, Downloads):
            downloads.take(connection, where, Decoded(value, names), stage.now)
        elif isinstance(value, DownloadsPage):
            downloads.take_page(connection, where, Decoded(value, names), stage.now)
        else:
            documents.merge(connection, where, value, names)
        documents.succeeded(connection, where, stage.now)

    stage.write(job)
    stage.feed.tell(ResourcesChanged(frozenset({where})))


def fail(stage: Stage, resource: Resource, params: str, failure: Any) -> None:
    where = key(stage, resource, params)
    attempt = Attempt.FAILED if failure.reached else Attempt.UNREACHED
    stage.write(lambda c: documents.failed(c, where, stage.now, attempt, failure.sentence))
    stage.feed.tell(ResourcesChanged(frozenset({where})))
    stage.feed.tell(FetchEnded(where, failure))


def year(*days: tuple[str, int], total: int | None = None) -> UploadYear:
    found = tuple(UploadDay(day, count) for day, count in days)
    return UploadYear(int(days[0][0][:4]) if days else None, total, found)


def recent(*numbers: int, total: int | None = None, more: bool | None = None) -> Downloads:
    rows = tuple(Download(n, datetime(2026, 11, n, tzinfo=UTC)) for n in numbers)
    return Downloads(total_downloads=total, recent=rows, has_more=more)


def page(*numbers: int, more: bool) -> DownloadsPage:
    found = recent(*numbers, more=more)
    return DownloadsPage(found.recent, found.has_more)


def asked(spy: QSignalSpy) -> list[tuple[Resource, str]]:
    return [tuple(spy.at(number)) for number in range(spy.count())]


def test_that_nothing_stored_is_nothing_known(stage: Stage) -> None:
    found = model(stage)
    assert found.earnings == Earnings()
    assert found.new_achievements is None
    assert (found.uploads.days, found.uploads.total, found.uploads.platform) == (None, None, None)
    assert found.uploads.streaks == Streaks(None, None)
    assert found.uploads.years == [2026]
    assert found.downloads.figures == Downloads()
    assert (found.downloads.is_known, found.downloads.recent) == (False, [])
    assert not found.downloads.has_more


def test_that_sections_are_built_when_they_are_first_looked_at(stage: Stage) -> None:
    found = model(stage)
    assert not {"uploads", "downloads"} & set(vars(found))
    assert found.uploads is found.uploads


def test_that_sections_do_not_age_the_page(stage: Stage) -> None:
    found = model(stage)
    for resource in (Resource.PROFILE, Resource.STATS, Resource.PROGRESS, Resource.EARNINGS):
        stage.fetched(TABLE[resource].data_set)
    fail(stage, Resource.UPLOAD_DAYS, "2026", BROKEN)
    fail(stage, Resource.DOWNLOADS, "30d", UNREACHED)
    assert found.freshness.state is FreshnessState.LIVE
    assert found.uploads.freshness.reason == BROKEN.sentence
    assert found.downloads.freshness.reason == UNREACHED.sentence


def test_that_earnings_are_shown_as_stored(stage: Stage) -> None:
    found = model(stage)
    put(stage, Earnings(42.74, 25.9), Resource.EARNINGS)
    assert found.earnings == Earnings(42.74, 25.9)


@pytest.mark.parametrize(
    ("past", "gain"),
    [
        ({}, None),
        ({1: 16}, Gain(2, date(2026, 11, 22))),
        ({60: 10, 40: 11, 20: 14}, Gain(7, date(2026, 10, 24))),
        ({3: 18}, Gain(0, date(2026, 11, 20))),
    ],
)
def test_that_new_achievements_come_from_the_local_record(
    stage: Stage, past: dict[int, int], gain: Gain | None
) -> None:
    found = model(stage)
    for ago, value in past.items():
        at = stage.now - timedelta(days=ago)
        stage.write(lambda c, v=value, t=at: figures.record(c, 1, 1, {Figure.ACHIEVEMENTS: v}, t))
    stage.record({Figure.ACHIEVEMENTS: 18})
    stage.fetched(TABLE[Resource.PROGRESS].data_set)
    assert found.new_achievements == gain


def test_that_a_year_shows_its_days_and_streaks(stage: Stage) -> None:
    found = model(stage).uploads
    put(
        stage,
        year(("2026-03-14", 2), ("2026-03-15", 1), ("2026-11-22", 1), ("2026-05-01", 0), total=4),
        Resource.UPLOAD_DAYS,
        "2026",
    )
    assert found.days is not None
    assert found.days[date(2026, 3, 14)].count == 2
    assert (found.total, found.streaks) == (4, Streaks(1, 2))


def test_that_a_streak_goes_back_into_a_year_that_is_known(stage: Stage) -> None:
    stage.now = datetime(2027, 1, 2, 9, tzinfo=UTC)
    found = model(stage).uploads
    put(stage, year(("2027-01-01", 1)), Resource.UPLOAD_DAYS, "2027")
    assert found.streaks == Streaks(1, 1)
    put(stage, year(("2026-12-30", 1), ("2026-12-31", 1)), Resource.UPLOAD_DAYS, "2026")
    found.reload()
    assert found.streaks == Streaks(3, 1)


def test_that_years_go_back_to_the_first_of_the_artist(stage: Stage) -> None:
    found = model(stage).uploads
    put(stage, Profile(member_since=datetime(2024, 5, 1, tzinfo=UTC)), Resource.PROFILE)
    assert found.years == [2026, 2025, 2024]
    put(stage, Profile(member_since=datetime(1971, 5, 1, tzinfo=UTC)), Resource.PROFILE)
    assert len(found.years) == 30
    put(stage, Profile(member_since=datetime(2199, 5, 1, tzinfo=UTC)), Resource.PROFILE)
    assert found.years == [2026]


def test_that_each_year_is_wished_for_when_it_is_shown(stage: Stage) -> None:
    found = model(stage).uploads
    spy = QSignalSpy(found.wanted)
    found.ask()
    found.show_year(2025)
    found.show_year(2025)
    assert asked(spy) == [(Resource.UPLOAD_DAYS, "2026"), (Resource.UPLOAD_DAYS, "2025")]
    assert found.days is None


def test_that_the_platform_is_wished_for_with_x_ray_alone(stage: Stage) -> None:
    found = model(stage).uploads
    spy = QSignalSpy(found.wanted)
    put(stage, year(("2026-03-14", 40)), Resource.PLATFORM_DAYS, "2026")
    assert found.platform is None
    found.show_platform(True)
    assert (Resource.PLATFORM_DAYS, "2026") in asked(spy)
    assert found.platform == {date(2026, 3, 14): 40}
    put(stage, year(("2026-03-14", 41)), Resource.PLATFORM_DAYS, "2026")
    assert found.platform == {date(2026, 3, 14): 41}
    found.show_platform(False)
    assert found.platform is None


def test_that_a_failed_year_keeps_its_days(stage: Stage) -> None:
    found = model(stage).uploads
    put(stage, year(("2026-03-14", 2)), Resource.UPLOAD_DAYS, "2026")
    where = key(stage, Resource.UPLOAD_DAYS, "2026")
    stage.feed.tell(FetchStarted(where))
    assert found.is_refreshing
    fail(stage, Resource.UPLOAD_DAYS, "2026", UNREACHED)
    assert not found.is_refreshing
    assert found.days == {date(2026, 3, 14): UploadDay("2026-03-14", 2)}
    assert found.freshness.state is FreshnessState.OFFLINE
    assert found.freshness.reason


def test_that_each_period_has_its_own_figures_and_age(stage: Stage) -> None:
    found = model(stage).downloads
    spy = QSignalSpy(found.wanted)
    put(stage, recent(3, 2, 1, total=3), Resource.DOWNLOADS, "30d")
    stage.advance(minutes=16)
    put(stage, recent(3, total=1), Resource.DOWNLOADS, "7d")
    assert (found.figures.total_downloads, len(found.recent)) == (3, 3)
    assert found.freshness.state is FreshnessState.STALE
    found.show_period(DownloadPeriod.WEEK)
    assert (found.figures.total_downloads, len(found.recent)) == (1, 1)
    assert found.freshness.state is FreshnessState.LIVE
    found.show_period(DownloadPeriod.ALL)
    assert (found.is_known, found.recent) == (False, [])
    assert asked(spy) == [(Resource.DOWNLOADS, "7d"), (Resource.DOWNLOADS, "")]


def test_that_days_are_in_order_whatever_came(stage: Stage) -> None:
    found = model(stage).downloads
    daily = (("2026-11-20", 2), ("2026-11-18", 0))
    put(stage, Downloads(daily=daily), Resource.DOWNLOADS, "30d")
    assert found.daily == [(date(2026, 11, 18), 0), (date(2026, 11, 20), 2)]


def test_that_five_are_shown_until_more_are_asked_for(stage: Stage) -> None:
    found = model(stage).downloads
    spy = QSignalSpy(found.wanted)
    put(stage, recent(*range(8, 0, -1), total=8, more=False), Resource.DOWNLOADS, "30d")
    assert [row.id for row in found.recent] == [8, 7, 6, 5, 4]
    assert found.has_more
    found.load_more()
    assert len(found.recent) == 8
    assert not found.has_more
    assert asked(spy) == []


def test_that_further_pages_are_wished_for_and_kept(stage: Stage) -> None:
    found = model(stage).downloads
    spy = QSignalSpy(found.wanted)
    put(stage, recent(*range(9, 3, -1), total=9, more=True), Resource.DOWNLOADS, "30d")
    found.load_more()
    assert asked(spy) == [(Resource.DOWNLOADS_PAGE, "30d/2")]
    where = key(stage, Resource.DOWNLOADS_PAGE, "30d/2")
    stage.feed.tell(FetchStarted(where))
    assert found.is_loading_more
    put(stage, page(4, 3, 2, more=True), Resource.DOWNLOADS_PAGE, "30d/2")
    stage.feed.tell(FetchEnded(where, None))
    assert not found.is_loading_more
    assert [row.id for row in found.recent] == [9, 8, 7, 6, 5, 4, 3, 2]
    assert asked(spy)[1:] == [(Resource.DOWNLOADS_PAGE, "30d/3")]
    put(stage, page(1, more=False), Resource.DOWNLOADS_PAGE, "30d/3")
    stage.feed.tell(FetchEnded(key(stage, Resource.DOWNLOADS_PAGE, "30d/3"), None))
    assert spy.count() == 2
    assert not found.has_more
    assert [row.id for row in found.recent] == list(range(9, 0, -1))


def test_that_a_server_that_repeats_itself_is_not_asked_for_ever(stage: Stage) -> None:
    found = model(stage).downloads
    spy = QSignalSpy(found.wanted)
    put(stage, recent(9, 8, 7, total=9, more=True), Resource.DOWNLOADS, "30d")
    found.load_more()
    for number in range(2, 9):
        params = f"30d/{number}"
        if (Resource.DOWNLOADS_PAGE, params) in asked(spy):
            put(stage, page(9, 8, 7, more=True), Resource.DOWNLOADS_PAGE, params)
            stage.feed.tell(FetchEnded(key(stage, Resource.DOWNLOADS_PAGE, params), None))
    assert spy.count() == 3


def test_that_a_failed_page_says_so_and_keeps_the_list(stage: Stage) -> None:
    found = model(stage).downloads
    put(stage, recent(9, 8, 7, total=9, more=True), Resource.DOWNLOADS, "30d")
    found.load_more()
    fail(stage, Resource.DOWNLOADS_PAGE, "30d/2", BROKEN)
    assert found.more_failure == BROKEN.sentence
    assert len(found.recent) == 3
    assert found.has_more
    assert found.freshness.reason == ""
    found.load_more()
    assert found.more_failure == ""


def test_that_another_artist_has_figures_of_their_own(stage: Stage) -> None:
    found = model(stage)
    put(stage, Earnings(42.74, 25.9), Resource.EARNINGS)
    put(stage, year(("2026-03-14", 2)), Resource.UPLOAD_DAYS, "2026")
    put(stage, recent(3, 2, 1, total=3), Resource.DOWNLOADS, "30d")
    found.uploads.ask()
    found.downloads.load_more()
    spy = QSignalSpy(found.uploads.wanted)
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert found.earnings == Earnings()
    assert found.uploads.days is None
    assert found.downloads.recent == []
    assert asked(spy) == [(Resource.UPLOAD_DAYS, "2026")]
