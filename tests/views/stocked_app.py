"""The whole window over a real store, with a port that writes down what is asked for."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import apsw
import shiboken6
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QShortcut, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from beatpass_desktop.app import App
from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.options import Options
from beatpass_desktop.store import accounts, catalogue, documents, figures
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.resources import TABLE
from beatpass_desktop.system.folders import folders
from beatpass_desktop.views.charts.loading import THREAD
from beatpass_desktop.views.pages.tracks.page import TracksPage

ORIGIN = "https://open.beatpass.example/api/v1"
TOKEN = "token"
ARTISTS = (ArtistRef(7, "Nova <b>Rain</b>"), ArtistRef(8, "Second & Sons"))
FIGURES: dict[Figure, FigureValue | None] = {
    Figure.TRACKS: 1234,
    Figure.RECENT_UPLOADS: 3,
    Figure.PLAYS: 1_234_567,
    Figure.GROWTH: -3.26,
    Figure.ALBUMS: 12,
    Figure.DOWNLOADS: 345,
    Figure.FOLLOWERS: 6_789,
    Figure.LEVEL: 42,
    Figure.LEVEL_TITLE: "Legendary <i>Producer</i>",
    Figure.XP: 12_345,
}


def tracks(count: int, plays: int = 0) -> list[Track]:
    """Tracks by number, the last one the newest."""
    first = datetime(2025, 3, 14, 12, tzinfo=UTC)
    return [
        Track(
            id=number,
            name=f"<b>Beat</b> {number:03}" if number % 2 else f"Wave {number:03}",
            created_at=first + timedelta(hours=number),
            duration=125_000,
            price=Money(Decimal("29.99"), "USD"),
            bpm=90 + number % 60,
            key="D",
            scale="minor",
            plays=plays + number * 1_000,
            licensing_type="standard",
            tags=("dark",),
            genres=("R&B",),
            artists=ARTISTS[:1],
        )
        for number in range(1, count + 1)
    ]


class Port:
    """What the pages asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.is_automatic = True

    def show_page(self, page: Page) -> None:
        self.asked.append(("show", page))

    def refresh_page(self, page: Page) -> None:
        self.asked.append(("refresh", page))

    def refresh_all(self) -> None:
        self.asked.append(("refresh all",))

    def set_automatic(self, automatic: bool) -> None:
        self.is_automatic = automatic
        self.asked.append(("automatic", automatic))

    def clear_cache(self) -> None:
        self.asked.append(("clear",))

    def cancel(self, key: ResourceKey) -> None:
        self.asked.append(("cancel", key))

    def accept_shrunken(self, key: ResourceKey) -> None:
        self.asked.append(("accept", key))

    def switch_artist(self, artist: int) -> None:
        self.asked.append(("switch", artist))

    def want(self, resource: Resource, params: str = "") -> None:
        self.asked.append(("want", resource, params))

    def want_growth(self, track_ids: Sequence[int]) -> None:
        self.asked.append(("want growth", tuple(track_ids)))

    def follow(self, artist: int) -> None:
        self.asked.append(("follow", artist))

    def unfollow(self, artist: int) -> None:
        self.asked.append(("unfollow", artist))

    def onboard(self, country: str | None) -> None:
        self.asked.append(("onboard", country))


class StockedApp:
    """One run of the program without network.

    Attributes:
        app: the composed program.
        port: what was asked for.
        links: the web addresses to be opened.
    """

    def __init__(self, folder: Path, *, offline: bool = False) -> None:
        options = Options(base_url=ORIGIN, token=TOKEN, data_dir=folder, offline=offline)
        places = folders(folder)
        self.app = App(options, places, InstanceGuard(places.data))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.app.theme.apply(application)
        self.port = Port()
        self.app.requests.connect(self.port)
        self.links: list[str] = []
        self.window = self.app.window
        self.window.link_requested.disconnect()
        self.window.link_requested.connect(self.links.append)

    @property
    def tracks_page(self) -> TracksPage:
        page = self.window.page_widget(Page.TRACKS)
        assert isinstance(page, TracksPage)
        return page

    def has_shortcuts(self) -> bool:
        """Whether the window listens to its keys, which it does a turn after its first paint."""
        return bool(self.window.findChildren(QShortcut))

    def key(self, resource: Resource) -> ResourceKey:
        """The key of a data set of whom is shown."""
        found = self.app.who.key(TABLE[resource].data_set)
        assert found is not None
        return found

    def write(self, job: Any, *resources: Resource) -> None:
        """Change the store as the engine would, and tell."""
        self.app.store.write(job).result(10)
        self.app.feed.tell(ResourcesChanged(frozenset(map(self.key, resources))))

    def close(self) -> None:
        """End the run, settings kept."""
        self.window.close()
        self.app.close()
        self.window.deleteLater()


def stock(folder: Path, count: int = 60, artists: tuple[ArtistRef, ...] = ARTISTS[:1]) -> None:
    """Fill a data folder's store."""
    places = folders(folder)
    store = Store(places.store)
    at = datetime.now(UTC)

    def fill(connection: apsw.Connection) -> None:
        identity = Identity(1, "Account", artists=artists)
        account = accounts.remember(connection, ORIGIN, identity, TOKEN, at)
        accounts.set_own_artist(connection, account.account, 7)
        figures.record(connection, account.account, 7, FIGURES, at)
        for row in TABLE.values():
            key = row.data_set.key(account.account, 7, 7)
            assert key is not None
            documents.succeeded(connection, key, at)
        take(connection, ResourceKey(Resource.TRACKS, account.account, 7), tracks(count))

    store.write(fill).result(10)
    store.close()


def take(connection: apsw.Connection, key: ResourceKey, rows: Iterable[Track]) -> None:
    """Store a complete catalogue."""
    at = datetime.now(UTC)
    generation = catalogue.begin(connection, catalogue.TRACKS, key)
    carried = frozenset(Track.__dataclass_fields__)
    decoded = [Decoded(row, carried) for row in rows]
    catalogue.stage(connection, catalogue.TRACKS, key, generation, decoded)
    catalogue.replace(connection, catalogue.TRACKS, key, generation, at)
    documents.succeeded(connection, key, at)


def fail(connection: apsw.Connection, key: ResourceKey, attempt: Attempt, reason: str) -> None:
    """Note a failed attempt."""
    documents.failed(connection, key, datetime.now(UTC), attempt, reason)


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[StockedApp]:
    """A run that leaves no thread and no timer behind; American English unless told otherwise."""
    before = set(threading.enumerate())
    locale = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    found = StockedApp(folder, **options)
    try:
        yield found
        assert_no_rich_text(found.window)
    finally:
        found.close()
        QLocale.setDefault(locale)
    window = found.window
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join(20)
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert left == set(), left
    running_timers = [
        timer
        for timer in gc.get_objects()
        if isinstance(timer, QTimer) and shiboken6.isValid(timer) and timer.isActive()
    ]
    assert [timer.parent() for timer in running_timers if _within(timer, window)] == []


def _within(timer: QTimer, window: QWidget) -> bool:
    parent = timer.parent()
    return isinstance(parent, QWidget) and (parent is window or window.isAncestorOf(parent))


def assert_no_rich_text(window: QWidget) -> None:
    """No label and no tooltip guesses markup from its text."""
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
    for widget in window.findChildren(QWidget):
        assert not Qt.mightBeRichText(widget.toolTip()), widget.toolTip()
