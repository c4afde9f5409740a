"""The one-line messages above a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import Part, ResourceKey
from beatpass_desktop.domain.token_life import TOKEN_WARNINGS, days_left
from beatpass_desktop.models import formatting
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.who import Who

if TYPE_CHECKING:
    from beatpass_desktop.domain.events import (
        AccountChanged,
        ConnectionChanged,
        FetchEnded,
        RequestsPaused,
    )
    from beatpass_desktop.domain.releases import Release

_NEW_DAY_MS = 3_600_000


class Notice(StrEnum):
    """What a banner is about; also the order they stand in."""

    SANDBOX = "sandbox"
    STORE = "store"
    SESSION = "session"
    KEYCHAIN = "keychain"
    EXPIRY = "expiry"
    OFFLINE = "offline"
    MAINTENANCE = "maintenance"
    LIMITED = "limited"
    FAILED = "failed"
    UPDATE = "update"


class Tone(StrEnum):
    """How much a banner matters."""

    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    SANDBOX = "sandbox"


class BannerText(NamedTuple):
    """One banner. A dismissed one stays away until its stage changes, or its text without one."""

    notice: Notice
    tone: Tone
    text: str
    dismissible: bool = False
    action: str = ""
    stage: str = ""

    @property
    def identity(self) -> tuple[Notice, str]:
        """What a dismissal is remembered by."""
        return self.notice, self.stage or self.text


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
        self._store_action = ""
        self._offline = offline
        self._unreached = False
        self._paused_until: datetime | None = None
        self._said: Failure | None = None
        self._release: Release | None = None
        self._failures: dict[ResourceKey, Failure] = {}
        self._page: PageModel | None = None
        self._new_day: QTimer | None = None
        self._dismissed: set[tuple[Notice, str]] = set()
        feed.connection_changed.connect(self._on_connection_changed)
        feed.requests_paused.connect(self._on_requests_paused)
        feed.fetch_ended.connect(self._on_fetch_ended)
        feed.account_changed.connect(self._on_account_changed)
        who.changed.connect(self._on_who_changed)

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

    def tell_of_store(self, notice: str, action: str = "") -> None:
        """Tell what the matter is with the stored data, and what can be done about it."""
        self._store_notice, self._store_action = notice, action
        self.changed.emit()

    def offer(self, release: Release | None) -> None:
        """Tell of a newer version of the program, or of none."""
        self._release = release
        self.changed.emit()

    @property
    def release_notes(self) -> str:
        """The web page of the version told of; empty when none is."""
        return self._release.notes if self._release is not None else ""

    def dismiss(self, notice: Notice) -> None:
        """Put a banner away."""
        self._dismissed.update(b.identity for b in self._all() if b.notice is notice)
        self.changed.emit()

    def banners(self) -> list[BannerText]:
        """The banners to show, most lasting first."""
        return [b for b in self._all() if b.identity not in self._dismissed]

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
            text, action = self._store_notice, self._store_action
            found.append(BannerText(Notice.STORE, Tone.WARN, text, dismissible=True, action=action))
        if self._who.is_refused and self._who.failure is not None:
            text, action = self._session_text(), self.tr("Sign in again")
            found.append(BannerText(Notice.SESSION, Tone.BAD, text, action=action))
        elif (lacking := self._lacking()) is not None:
            found.append(lacking)
        elif self._offline or self._unreached:
            found.append(BannerText(Notice.OFFLINE, Tone.WARN, self._offline_text()))
        if (expiring := self._expiring()) is not None:
            found.append(expiring)
        if self._paused_until is not None:
            seconds = max(1, round((self._paused_until - self._now()).total_seconds()))
            text = self.tr("Rate limited: retrying in {} s").format(seconds)
            found.append(BannerText(Notice.LIMITED, Tone.INFO, text))
        if (failed := self._failed()) is not None:
            found.append(failed)
        if self._release is not None:
            text = self.tr("BeatPass Desktop {} is available").format(self._release.version)
            action = self.tr("Release notes")
            found.append(
                BannerText(Notice.UPDATE, Tone.INFO, text, dismissible=True, action=action)
            )
        return found

    def _lacking(self) -> BannerText | None:
        """What to say when somebody's stored figures are shown without a token to renew them."""
        who = self._who
        if who.is_asking or self._offline or not who.account:
            return None
        if who.can_retry:
            again = self.tr("Try again")
            return BannerText(Notice.KEYCHAIN, Tone.WARN, who.lack, action=again)
        text = who.lack or self.tr("You are signed out.")
        text += " " + self.tr("What is stored stays readable.")
        return BannerText(Notice.SESSION, Tone.WARN, text, action=self.tr("Sign in again"))

    def _expiring(self) -> BannerText | None:
        """How long the token lives, as far as that can be told from the day it was made."""
        created = self._who.token_created
        if created is None or self._who.is_refused:
            return None
        left = days_left(created, self._now().astimezone().date())
        stages = [days for days in TOKEN_WARNINGS if left <= days]
        if not stages:
            return None
        if left > 1:
            text = self.tr("Token expires in {} days (estimate)").format(left)
        elif left == 1:
            text = self.tr("Token expires tomorrow (estimate)")
        elif left == 0:
            text = self.tr("Token expires today (estimate)")
        else:
            text = self.tr("Your token is older than 90 days and may end at any time (estimate)")
        return BannerText(
            Notice.EXPIRY,
            Tone.INFO if left > TOKEN_WARNINGS[1] else Tone.WARN,
            text,
            dismissible=True,
            action=self.tr("Enter a new token"),
            stage=str(stages[-1] if left > 0 else 0),
        )

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
        # A section says itself what is the matter with it.
        shown = self._page.keys(Part.PAGE) if self._page is not None else set()
        failed = [failure for key, failure in self._failures.items() if key in shown]
        failure = self._said or (failed[-1] if failed else None)
        if failure is None or self._who.is_refused or (self._unreached and not failure.reached):
            return None
        if failure.kind is FailureKind.MAINTENANCE:
            text = self.tr("BeatPass is under maintenance. What is stored is shown.")
            return BannerText(Notice.MAINTENANCE, Tone.INFO, text)
        return BannerText(Notice.FAILED, Tone.WARN, failure.sentence, dismissible=True)

    def _on_who_changed(self) -> None:
        if self._who.token_created is not None and self._new_day is None:
            # The program may run for days; which day it is need not be known to the minute.
            self._new_day = QTimer(self)
            self._new_day.timeout.connect(self.changed)
            self._new_day.start(_NEW_DAY_MS)
        self.changed.emit()

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
