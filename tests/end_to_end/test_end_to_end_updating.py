"""The update notice: asked for at most daily, shown when signed, opened in the browser."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from live_app import Desktop, run_desktop
from processes import Sandbox, Surroundings, wait_until
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from release_feeds import NOTES, Signer
from release_server import ReleaseServer, serving

from beatpass_desktop.domain.releases import Release
from beatpass_desktop.models.banners import Notice
from beatpass_desktop.release_source import Source
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.updating import Updating
from beatpass_desktop.views import browser
from beatpass_desktop.views.settings.dialog import SettingsDialog

pytestmark = pytest.mark.end_to_end

SIGNER = Signer()
NOBODY = "http://127.0.0.1:9/api/v1"
TEXT = "BeatPass Desktop 9.10.0 is available"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[ReleaseServer]:
    with serving(SIGNER.feed()) as found:
        yield found


@pytest.fixture
def configured(server: ReleaseServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is told of the server's feed."""
    monkeypatch.setenv("BEATPASS_RELEASE_FEED", server.address)
    monkeypatch.setenv("BEATPASS_RELEASE_KEY", SIGNER.key)


def notices(desktop: Desktop) -> list[str]:
    """What the banners say about updates."""
    found = desktop.app.banners.banners()
    return [banner.text for banner in found if banner.notice is Notice.UPDATE]


@pytest.mark.usefixtures("configured")
def test_that_a_newer_version_is_told_of_and_its_notes_open_in_the_browser(
    qapp: QApplication, server: ReleaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(browser.QDesktopServices, "openUrl", open_url)

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: notices(desktop) == [TEXT], "the notice")
        desktop.press("Release notes")
        assert opened == [NOTES]
        desktop.app.banners.dismiss(Notice.UPDATE)
        assert notices(desktop) == []

    run_desktop(qapp, tmp_path, NOBODY, scenario)
    (asked,) = server.asked
    assert asked["user-agent"].startswith("beatpass-desktop/")
    assert "authorization" not in asked


@pytest.mark.usefixtures("configured")
def test_that_the_next_start_within_a_day_tells_of_it_without_asking(
    qapp: QApplication, server: ReleaseServer, tmp_path: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: notices(desktop) == [TEXT], "the notice")

    run_desktop(qapp, tmp_path, NOBODY, scenario)
    run_desktop(qapp, tmp_path, NOBODY, scenario)
    assert len(server.asked) == 1


@pytest.mark.usefixtures("configured")
def test_that_it_can_be_switched_off_and_on_in_the_settings(
    qapp: QApplication, server: ReleaseServer, tmp_path: Path
) -> None:
    def the_switch(desktop: Desktop) -> Any:
        desktop.app.show_settings()
        (dialog,) = desktop.window.findChildren(SettingsDialog)
        assert dialog.update_notice is not None
        return dialog.update_notice

    async def switched_off(desktop: Desktop) -> None:
        await desktop.until(lambda: notices(desktop) == [TEXT], "the notice")
        switch = the_switch(desktop)
        assert switch.isChecked()
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        await desktop.until(lambda: notices(desktop) == [], "no notice")

    async def stays_off(desktop: Desktop) -> None:
        await desktop.until(lambda: desktop.app.updating, "the program is online")
        switch = the_switch(desktop)
        assert not switch.isChecked()
        assert notices(desktop) == []
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        await desktop.until(lambda: notices(desktop) == [TEXT], "the notice")

    run_desktop(qapp, tmp_path, NOBODY, switched_off)
    settings = tmp_path / "config" / "settings.json"
    values = json.loads(settings.read_text())
    assert values[Setting.UPDATE_NOTICE] is False
    settings.write_text(json.dumps(values | {Setting.RELEASES_ASKED: "2020-01-01T00:00:00+00:00"}))
    before = len(server.asked)
    run_desktop(qapp, tmp_path, NOBODY, stays_off)
    assert len(server.asked) == before + 1


def test_that_where_no_feed_is_named_there_is_nothing_to_switch(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        desktop.app.show_settings()
        (dialog,) = desktop.window.findChildren(SettingsDialog)
        assert dialog.update_notice is None

    run_desktop(qapp, tmp_path, NOBODY, scenario)


class Watching:
    """What one run asks and tells, at a time of the test's choice."""

    def __init__(self, folder: Path, server: ReleaseServer, key: str = SIGNER.key) -> None:
        self.now = NOON
        self.settings = Settings(folder / "settings.json")
        self.told: list[Release | None] = []
        self._source = Source(server.address, key)

    async def run(
        self, until: Callable[[], object] = lambda: True, version: str = "0.1.0"
    ) -> Release | None:
        """What is told at a start of this version, as soon as `until` holds."""
        self.told.clear()
        updating = Updating(
            self._source, self.settings, self.told.append, now=lambda: self.now, version=version
        )
        while not (self.told and until()):
            await asyncio.sleep(0.01)
        await updating.close()
        return self.told[-1]


async def test_that_it_is_asked_at_most_daily_and_again_when_the_clock_went_back(
    server: ReleaseServer, tmp_path: Path
) -> None:
    watching = Watching(tmp_path, server)
    for passed, asked in (
        (timedelta(), 1),
        (timedelta(hours=23, minutes=59), 1),
        (timedelta(days=1), 2),
        (timedelta(days=-400), 3),
    ):
        watching.now = NOON + passed
        release = await watching.run()
        assert release is not None
        assert len(server.asked) == asked


async def test_that_a_long_run_asks_again_the_next_day(
    server: ReleaseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beatpass_desktop.updating._LOOK_SECONDS", 0.01)
    watching = Watching(tmp_path, server)

    def next_day_came() -> bool:
        watching.now = NOON + timedelta(days=1)
        return len(server.asked) == 2

    assert await watching.run(next_day_came) is not None


async def test_that_after_the_update_nothing_is_told(server: ReleaseServer, tmp_path: Path) -> None:
    watching = Watching(tmp_path, server)
    assert await watching.run() is not None
    assert await watching.run(version="9.10.0") is None


@pytest.mark.parametrize(
    "feed",
    [
        Signer().feed(),
        SIGNER.feed() | {"signature": ""},
        SIGNER.feed(notes="https://evil.example/"),
        SIGNER.feed(version="0.0.9"),
        SIGNER.feed(files=[]),
        {"error": "not today"},
    ],
    ids=["another key", "unsigned", "elsewhere", "older", "no files", "an error"],
)
async def test_that_a_feed_that_is_not_good_is_not_told_of_nor_asked_again_that_day(
    server: ReleaseServer, tmp_path: Path, feed: dict[str, Any]
) -> None:
    server.document = feed
    watching = Watching(tmp_path, server)
    assert await watching.run() is None
    assert await watching.run() is None
    assert len(server.asked) == 1


async def test_that_a_bad_feed_does_not_replace_a_good_one_and_is_in_the_log(
    server: ReleaseServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watching = Watching(tmp_path, server)
    assert await watching.run() is not None
    assert caplog.messages == []
    server.document = Signer().feed(version="9.11.0")
    watching.now += timedelta(days=2)
    release = await watching.run()
    assert release is not None
    assert release.version == "9.10.0"
    assert caplog.messages == [
        "No news of releases: The release feed is not signed by those who make this program."
    ]


async def test_that_what_was_kept_is_verified_again(
    server: ReleaseServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watching = Watching(tmp_path, server)
    assert await watching.run() is not None
    kept = watching.settings.text(Setting.RELEASE_FEED)
    watching.settings.put(Setting.RELEASE_FEED, kept.replace("9.10.0", "9.99.0"))
    assert await watching.run() is None
    assert watching.settings.text(Setting.RELEASE_FEED) == ""
    assert "forgotten" in caplog.text


@pytest.mark.parametrize("quiet", [("--offline",), ("--sandbox", "--tour")])
def test_that_runs_without_a_network_or_of_a_sandbox_ask_nobody(
    surroundings: Surroundings, server: ReleaseServer, quiet: tuple[str, ...], tmp_path: Path
) -> None:
    environment = {"BEATPASS_RELEASE_FEED": server.address, "BEATPASS_RELEASE_KEY": SIGNER.key}
    if "--tour" in quiet:
        run = surroundings.start(*quiet, str(tmp_path / "tour"), environment=environment)
        assert run.wait() == 0
    else:
        run = surroundings.start(*quiet, environment=environment)
        wait_until(lambda: any(surroundings.data.rglob("*.log")), "its window")
        assert run.end() == 0
    assert server.asked == []


def test_that_a_tour_of_an_account_asks_nobody(
    stocked: Surroundings, established: Sandbox, server: ReleaseServer
) -> None:
    environment = {"BEATPASS_RELEASE_FEED": server.address, "BEATPASS_RELEASE_KEY": SIGNER.key}
    stocked.tour(*established.arguments, token=established.token, environment=environment)
    assert server.asked == []


def test_that_a_process_of_its_own_asks_and_keeps_what_it_was_told(
    surroundings: Surroundings, server: ReleaseServer
) -> None:
    environment = {"BEATPASS_RELEASE_FEED": server.address, "BEATPASS_RELEASE_KEY": SIGNER.key}
    run = surroundings.start("--base-url", NOBODY, environment=environment)
    settings = surroundings.data / "config" / "settings.json"
    wait_until(lambda: settings.exists() and "9.10.0" in settings.read_text(), "the feed was kept")
    assert run.end() == 0
    assert len(server.asked) == 1
    assert run.complaints == []
