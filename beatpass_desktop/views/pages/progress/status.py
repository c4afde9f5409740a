"""Progress: how old it is and when it is renewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout

from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow

_TICK_MS = 1_000
_LEAST = timedelta(seconds=60)
"""between two attempts to renew the page by itself"""
_BESIDE = 520


class ProgressStatus(Painted):
    """Says "Updated 12 s ago", with a countdown to the next automatic refresh, and two buttons.

    While it is in view it asks for the refresh when the countdown has ended; the engine then
    fetches what is due.

    Attributes:
        guide_button, refresh_button: what the keyboard reaches here.

    Signals:
        guide_requested: somebody wants to know how experience points work.
        refresh_requested: the page is to be refreshed now.
    """

    guide_requested = Signal()
    refresh_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        model: ProgressModel,
        port: RequestPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(theme)
        self._model = model
        self._port = port
        self._now = now
        self._asked_at: datetime | None = None
        self._label = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._label.setWordWrap(True)
        self.guide_button = Button(theme, self.tr("How XP works"), ButtonKind.GHOST, "circle-help")
        self.guide_button.clicked.connect(self.guide_requested)
        self.refresh_button = Button(theme, self.tr("Refresh"), ButtonKind.SECONDARY, "refresh-cw")
        self.refresh_button.clicked.connect(self._on_refresh_clicked)
        buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.addWidget(self.guide_button)
        buttons.addWidget(self.refresh_button)
        buttons.addStretch(1)
        self._buttons = buttons
        self._row = ResponsiveRow(self)
        self._row.addWidget(self._label, 1)
        self._row.addLayout(buttons)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._space()
        self.show_age()

    def text(self) -> str:
        """What is said of the age."""
        return self._label.text()

    def show_age(self) -> None:
        """Say how old the page is and when it is renewed."""
        now = self._now()
        parts = [self._age_words(now), self._plan_words(now)]
        text = "  ·  ".join(part for part in parts if part)
        if text != self._label.text():
            self._label.setText(text)
        freshness = self._model.freshness
        exact = formatting.exact(freshness.updated_at) if freshness.updated_at else ""
        computed = self._model.progress.updated_at
        if computed is not None:
            told = self.tr("As BeatPass worked it out: {}").format(formatting.exact(computed))
            exact = f"{exact}\n{told}".strip()
        if plain_tooltip(exact) != self._label.toolTip():
            self._label.setToolTip(plain_tooltip(exact))

    def _age_words(self, now: datetime) -> str:
        freshness = self._model.freshness
        if freshness.updated_at is None:
            return self.tr("Not loaded yet")
        seconds = int((now - freshness.updated_at).total_seconds())
        if 0 <= seconds < 60:
            text = self.tr("Updated {}\N{NO-BREAK SPACE}s ago").format(seconds)
        else:
            text = self.tr("Updated {}").format(formatting.ago(freshness.updated_at, now))
        if freshness.state is FreshnessState.OFFLINE:
            return self.tr("Offline · {}").format(text)
        return text

    def _plan_words(self, now: datetime) -> str:
        """What comes next; empty when nothing comes by itself."""
        if self._model.is_refreshing:
            return self.tr("refreshing now")
        left = self._left(now)
        if left is None:
            return ""
        seconds = max(0, -(-int(left.total_seconds() * 1000) // 1000))
        if self._model.freshness.reason:
            return self.tr("trying again in {}\N{NO-BREAK SPACE}s").format(seconds)
        return self.tr("next refresh in {}\N{NO-BREAK SPACE}s").format(seconds)

    def _left(self, now: datetime) -> timedelta | None:
        """How long until the page is renewed by itself; None when it is not."""
        model = self._model
        if model.is_offline or model.who.is_refused or not model.who.is_asking:
            return None
        due = model.next_refresh
        if due is None or not self._port.is_automatic:
            return None
        if due > now + _LEAST:
            # The clock was turned back; the engine takes data from the future for old.
            due = now
        if self._asked_at is not None and now >= self._asked_at:
            due = max(due, self._asked_at + _LEAST)
        return due - now

    def _on_tick(self) -> None:
        now = self._now()
        left = self._left(now)
        is_due = left is not None and left <= timedelta(0)
        if is_due and not self._model.is_refreshing and not self.window().isMinimized():
            self._asked_at = now
            self._port.show_page(self._model.page)
        self.show_age()

    def _on_refresh_clicked(self) -> None:
        if not self._model.is_refreshing:
            self.refresh_requested.emit()

    def _space(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(Space.L), px(Space.S), px(Space.S), px(Space.S))
        self._row.setSpacing(px(Space.M))
        self._buttons.setSpacing(px(Space.S))
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._row.set_beside(beside)

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_age()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        paint_box(painter_on(self), self.rect(), tokens.surface, tokens.border, Radius.CARD)
