"""The Activity page in view, filled by a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain.downloads import (
    Download,
    Downloads,
    TopDownload,
)
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack, UploadYear
from beatpass_desktop.store import documents, downloads, figures
from beatpass_desktop.views.pages.activity.page import ActivityPage

NOW = datetime.now(UTC)
TODAY = NOW.date()
YEAR = str(TODAY.year)
BUSY = TODAY
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
HTML = "<img src=x onerror=alert(1)> عربي " + "long " * 60


class Shown:
    """The page in view and short ways to change what is stored of it."""

    def __init__(self, stocked: StockedApp) -> None:
        self.stocked = stocked
        page = stocked.window.page_widget(Page.ACTIVITY)
        assert isinstance(page, ActivityPage)
        self.page = page

    def key(self, resource: Resource, params: str = "") -> ResourceKey:
        return self.stocked.key(resource)._replace(params=params)

    def put(self, value: Any, resource: Resource, params: str = "") -> None:
        where = self.key(resource, params)
        names = frozenset(type(value).__dataclass_fields__)
        decoded = Decoded(value, names)

        def job(connection: Any) -> None:
            if resource is Resource.DOWNLOADS:
                downloads.take(connection, where, decoded, NOW)
            elif resource is Resource.DOWNLOADS_PAGE:
                downloads.take_page(connection, where, decoded, NOW)
            else:
                documents.merge(connection, where, value, names)
            documents.succeeded(connection, where, datetime.now(UTC))

        self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(ResourcesChanged(frozenset({where})))

    def fail(self, resource: Resource, params: str, attempt: Attempt = Attempt.FAILED) -> None:
        where = self.key(resource, params)
        job = lambda c: fail(c, where, attempt, "Why it failed.")  # noqa: E731
        self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(ResourcesChanged(frozenset({where})))

    def record(self, values: dict[Figure, Any]) -> None:
        who = self.stocked.app.who
        job = lambda c: figures.record(c, who.account, who.artist, values, NOW)  # noqa: E731
        self.stocked.write(job, Resource.STATS)

    def card(self, title: str) -> tuple[str, str]:
        cards = [*self.page.cards, *self.page.downloads.cards]
        (found,) = [card for card in cards if card.title() == title]
        return found.value(), found.detail()

    def texts(self, parent: QWidget | None = None) -> list[str]:
        labels = (parent or self.page).findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def wants(self) -> list[tuple[Any, ...]]:
        return [entry[1:] for entry in self.stocked.port.asked if entry[0] == "want"]

    def users(self) -> list[str]:
        return [row.user() for row in self.page.downloads.recent.rows()]


def download(number: int, **values: Any) -> Download:
    """Number n came n hours ago."""
    known = {"user": f"User {number}", "track": f"Beat {number}", "track_id": number}
    at = NOW - timedelta(hours=number)
    return Download(number, at, **{**known, **values})


def recent(*numbers: int, **values: Any) -> Downloads:
    days = [TODAY - timedelta(days=ago) for ago in range(29, -1, -1)]
    daily = tuple((day.isoformat(), day.day % 3) for day in days)
    top = TopDownload(7, "Beat 7", 3)
    rows = tuple(map(download, numbers))
    return Downloads(len(numbers), 4, 2, top, daily, rows, **{"has_more": False, **values})


def year(*days: UploadDay) -> UploadYear:
    return UploadYear(TODAY.year, sum(day.count for day in days), days)


def tracks(count: int) -> tuple[UploadedTrack, ...]:
    at = datetime(BUSY.year, BUSY.month, BUSY.day, 12, 30, tzinfo=UTC)
    return tuple(UploadedTrack(n, f"Beat {n}", None, at) for n in range(1, count + 1))


def button(parent: QWidget, name: str) -> QAbstractButton:
    (found,) = [one for one in parent.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found


@contextmanager
def in_window(qtbot: QtBot, folder: Path) -> Iterator[StockedApp]:
    """A stocked program whose window is active."""
    stock(folder)
    with running(folder) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(found.window.isActiveWindow)
        qtbot.waitUntil(found.has_shortcuts)
        yield found


def filled(qtbot: QtBot, stocked: StockedApp) -> Shown:
    """The page in view with uploads of two days and eight downloads."""
    stocked.window.show_page(Page.ACTIVITY)
    found = Shown(stocked)
    qtbot.waitUntil(lambda: found.page.downloads is not None)
    found.put(Earnings(42.74, 25.9), Resource.EARNINGS)
    found.put(
        year(
            UploadDay(BUSY.isoformat(), 7, tracks(5)),
            UploadDay((BUSY - timedelta(days=1)).isoformat(), 1, tracks(1)),
        )
        if BUSY.timetuple().tm_yday > 1
        else year(UploadDay(BUSY.isoformat(), 7, tracks(5))),
        Resource.UPLOAD_DAYS,
        YEAR,
    )
    found.put(recent(1, 2, 3, 4, 5, 6, 7, 8), Resource.DOWNLOADS, "30d")
    return found
