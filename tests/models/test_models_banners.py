"""The one-line messages above a page, for every case."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from stage import BROKEN, FOLLOWERS, MAINTENANCE, REFUSED, STATS, UNREACHED, Stage

from beatpass_desktop.domain.events import ConnectionChanged, FetchEnded, RequestsPaused
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.models.banners import BannersModel, Notice, Tone
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def _banners(stage: Stage, who: Who, **options: object) -> BannersModel:
    page = HomeModel([STATS, FOLLOWERS], stage.store, stage.feed, who, stage.clock)
    model = BannersModel(stage.feed, who, stage.clock, **options)  # type: ignore[arg-type]
    model.page = page  # type: ignore[attr-defined]  # kept alive
    model.show_page(page)
    return model


def _texts(model: BannersModel) -> list[str]:
    return [banner.text for banner in model.banners()]


def test_that_all_is_well_without_a_word(stage: Stage) -> None:
    assert _texts(_banners(stage, stage.sign_in())) == []


def test_that_sandbox_data_and_a_rescued_store_are_told_until_dismissed(stage: Stage) -> None:
    notice = "The stored data was damaged."
    model = _banners(stage, stage.sign_in(), sandbox="legend", store_notice=notice)
    sandbox = "Sandbox data (legend): nothing here is real."
    assert _texts(model) == [sandbox, notice]
    assert [banner.tone for banner in model.banners()] == [Tone.SANDBOX, Tone.WARN]
    assert all(banner.dismissible for banner in model.banners())
    model.dismiss(Notice.STORE)
    assert _texts(model) == [sandbox]
    model.dismiss(Notice.SANDBOX)
    assert _texts(model) == []


def test_that_offline_names_the_time_of_the_data(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.feed.tell(ConnectionChanged(False, stage.now))
    assert _texts(model) == ["Offline: nothing has been stored for this page yet."]
    stage.fetched(STATS)
    assert _texts(model)[0].startswith("Offline: showing data from 2:02")
    stage.advance(days=2)
    assert _texts(model)[0].startswith("Offline: showing data from Monday 2:02")
    stage.advance(days=30)
    assert _texts(model)[0].startswith("Offline: showing data from Nov 23")
    stage.feed.tell(ConnectionChanged(True, stage.now))
    assert _texts(model) == []


def test_that_offline_by_choice_is_told_too(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in(), offline=True)
    assert [banner.notice for banner in model.banners()] == [Notice.OFFLINE]


def test_that_an_expired_session_says_that_data_stays_readable(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.identified(1, 1, REFUSED)
    assert _texts(model) == [REFUSED.sentence]
    stage.fetched(STATS)
    text = "Session expired: sign in again. What is stored stays readable."
    assert _texts(model) == [text]
    assert model.banners()[0].tone is Tone.BAD
    stage.feed.tell(ConnectionChanged(False, stage.now))
    stage.failed(STATS, BROKEN)
    assert _texts(model) == [text]
    stage.identified(1, 1)
    assert [banner.notice for banner in model.banners()] == [Notice.OFFLINE, Notice.FAILED]


def test_that_a_pause_counts_down(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.feed.tell(RequestsPaused(stage.now + timedelta(seconds=40)))
    assert model.is_counting_down
    assert _texts(model) == ["Rate limited: retrying in 40 s"]
    stage.advance(seconds=39.8)
    assert _texts(model) == ["Rate limited: retrying in 1 s"]
    stage.advance(seconds=5)
    assert _texts(model) == ["Rate limited: retrying in 1 s"]
    stage.feed.tell(RequestsPaused(None))
    assert not model.is_counting_down
    assert _texts(model) == []


def test_that_maintenance_is_called_so(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.failed(STATS, MAINTENANCE)
    assert _texts(model) == ["BeatPass is under maintenance. What is stored is shown."]
    assert [banner.notice for banner in model.banners()] == [Notice.MAINTENANCE]
    stage.feed.tell(FetchEnded(stage.key(STATS), None))
    assert _texts(model) == []


def test_that_a_failure_stays_told_until_that_very_data_set_came(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.failed(STATS, BROKEN)
    stage.feed.tell(FetchEnded(stage.key(FOLLOWERS), None))
    assert _texts(model) == [BROKEN.sentence]
    stage.feed.tell(FetchEnded(stage.key(STATS), None))
    assert _texts(model) == []


def test_that_a_dismissed_failure_stays_away_until_it_is_another_one(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.failed(STATS, BROKEN)
    model.dismiss(Notice.FAILED)
    assert _texts(model) == []
    stage.failed(STATS, BROKEN)
    assert _texts(model) == []
    stage.failed(STATS, Failure(FailureKind.SERVER, "Something else.", reached=True))
    assert _texts(model) == ["Something else."]


def test_that_an_unreached_server_is_told_once(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.feed.tell(ConnectionChanged(False, stage.now))
    stage.failed(STATS, UNREACHED)
    assert [banner.notice for banner in model.banners()] == [Notice.OFFLINE]


def test_that_failures_of_another_artist_are_forgotten(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    stage.failed(STATS, BROKEN)
    stage.identified(1, 1)
    assert _texts(model) == [BROKEN.sentence]
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert _texts(model) == []


def test_that_something_said_outside_any_page_is_shown(stage: Stage) -> None:
    model = _banners(stage, stage.sign_in())
    model.say(BROKEN)
    assert _texts(model) == [BROKEN.sentence]
    model.say(None)
    assert _texts(model) == []


def test_that_only_the_page_in_view_counts(stage: Stage) -> None:
    who = stage.sign_in()
    model = _banners(stage, who)
    other = HomeModel([FOLLOWERS], stage.store, stage.feed, who, stage.clock)
    stage.feed.tell(ConnectionChanged(False, stage.now))
    stage.fetched(STATS)
    model.show_page(other)
    assert _texts(model) == ["Offline: nothing has been stored for this page yet."]
