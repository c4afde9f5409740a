"""The one-line messages above a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.events import (
    AccountChanged,
    ConnectionChanged,
    FetchEnded,
    RequestsPaused,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.models import formatting
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.who import Who


class Notice(StrEnum):
    """What a banner is about; also the order they stand in."""

    SANDBOX = "sandbox"
    STORE = "store"
    SESSION = "session"
    OFFLINE = "offline"
    MAINTENANCE = "maintenance"
    LIMITED = "limited"
    FAILED = "failed"


class Tone(StrEnum):
    """How much a banner matters."""

    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    SANDBOX = "sandbox"


class BannerText(NamedTuple):
    """One banner. A dismissed one stays away until its text changes."""

    notice: Notice
    tone: Tone
    text: str
    dismissible: bool = False


class BannersModel(QObject):
    """Which banners the page in view shows.

    Signals:
        changed: other banners, or other words.
    """

    changed = Signal()

    def __init__(
        self,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        sandbox: str = "",
        store_notice: str = "",
        offline: bool = False,
    ) -> None:
        super().__init__()
        self._who = who
        self._now = now
        self._whose = (who.account, who.artist)
        self._sandbox = sandbox
        self._store_notice = store_notice
        self._offline = offline
        self._unreached = False
        self._paused_until: datetime | None = None
        self._said: Failure | None = None
        self._failures: dict[ResourceKey, Failure] = {}
        self._page: PageModel | None = None
        self._dismissed: set[tuple[Notice, str]] = set()
        feed.connection_changed.connect(self._on_connection_changed)
        feed.requests_paused.connect(self._on_requests_paused)
        feed.fetch_ended.connect(self._on_fetch_ended)
        feed.account_changed.connect(self._on_account_changed)
        who.changed.connect(self.changed)

    def show_page(self, page: PageModel) -> None:
        """The page whose age the banners speak of."""
        if self._page is not None:
            self._page.freshness_changed.disconnect(self.changed)
        self._page = page
        page.freshness_changed.connect(self.changed)
        self.changed.emit()

    def say(self, failure: Failure | None) -> None:
        """Tell of something that went wrong outside any page."""
        self._said = failure
        self.changed.emit()

    def dismiss(self, notice: Notice) -> None:
        """Put a banner away."""
        self._dismissed.update((b.notice, b.text) for b in self._all() if b.notice is notice)
        self.changed.emit()

    def banners(self) -> list[BannerText]:
        """The banners to show, most lasting first."""
        return [b for b in self._all() if (b.notice, b.text) not in self._dismissed]

    @property
    def is_counting_down(self) -> bool:
        """Whether a text changes by itself every second."""
        return self._paused_until is not None

    def _all(self) -> list[BannerText]:
        found = []
        if self._sandbox:
            text = self.tr("Sandbox data ({}): nothing here is real.").format(self._sandbox)
            found.append(BannerText(Notice.SANDBOX, Tone.SANDBOX, text, dismissible=True))
        if self._store_notice:
            found.append(BannerText(Notice.STORE, Tone.WARN, self._store_notice, dismissible=True))
        if self._who.is_refused and self._who.failure is not None:
            found.append(BannerText(Notice.SESSION, Tone.BAD, self._session_text()))
        elif self._offline or self._unreached:
            found.append(BannerText(Notice.OFFLINE, Tone.WARN, self._offline_text()))
        if self._paused_until is not None:
            seconds = max(1, round((self._paused_until - self._now()).total_seconds()))
            text = self.tr("Rate limited: retrying in {} s").format(seconds)
            found.append(BannerText(Notice.LIMITED, Tone.INFO, text))
        if (failed := self._failed()) is not None:
            found.append(failed)
        return found

    def _session_text(self) -> str:
        stored = self._page is not None and self._page.freshness.updated_at is not None
        text = self.tr("Session expired: sign in again.")
        if stored:
            text += " " + self.tr("What is stored stays readable.")
        elif self._who.failure is not None:
            text = self._who.failure.sentence
        return text

    def _offline_text(self) -> str:
        updated = None if self._page is None else self._page.freshness.updated_at
        if updated is None:
            return self.tr("Offline: nothing has been stored for this page yet.")
        when = formatting.weekday_and_clock(updated, self._now())
        return self.tr("Offline: showing data from {}").format(when)

    def _failed(self) -> BannerText | None:
        shown = self._page.keys() if self._page is not None else set()
        failed = [failure for key, failure in self._failures.items() if key in shown]
        failure = self._said or (failed[-1] if failed else None)
        if failure is None or self._who.is_refused or (self._unreached and not failure.reached):
            return None
        if failure.kind is FailureKind.MAINTENANCE:
            text = self.tr("BeatPass is under maintenance. What is stored is shown.")
            return BannerText(Notice.MAINTENANCE, Tone.INFO, text)
        return BannerText(Notice.FAILED, Tone.WARN, failure.sentence, dismissible=True)

    def _on_connection_changed(self, event: ConnectionChanged) -> None:
        self._unreached = not event.online
        self.changed.emit()

    def _on_requests_paused(self, event: RequestsPaused) -> None:
        self._paused_until = event.until
        self.changed.emit()

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        before = self._failures.pop(event.key, None)
        if event.failure is not None:
            self._failures[event.key] = event.failure
        if event.failure != before:
            self.changed.emit()

    def _on_account_changed(self, event: AccountChanged) -> None:
        """What failed for another account or artist is of no interest any more."""
        whose = (self._who.account, self._who.artist)
        if whose != self._whose:
            self._whose = whose
            self._failures.clear()
