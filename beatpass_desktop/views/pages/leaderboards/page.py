"""Leaderboards: where the artist stands, who is ahead, and how the rank went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboards import LeaderboardsModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.leaderboards.choice import LeaderboardChoice
from beatpass_desktop.views.pages.leaderboards.own_standing import OwnStanding
from beatpass_desktop.views.pages.leaderboards.ranking import LeaderboardList, Standings
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.gradual import GradualColumn

_RENEWED_MS = 3 * 60 * 1000
_LATE = "late"
_WITHOUT_CHOICE = (PageState.NO_ARTIST, PageState.SIGNED_OUT)


class LeaderboardsPage(PageFrame):
    """Category and period, the artist's standing, the ranking, and the rank over time, which is
    built after the page has been shown.

    A ranking that was just chosen stands there when it has come; until then the one before stays,
    dimmed.

    Attributes:
        choice: category and period.
        standing: the cards of the artist.
        ranking: the first three and the table.

    Signals: see PageFrame.
    """

    def __init__(
        self,
        theme: Theme,
        model: LeaderboardsModel,
        port: RequestPort,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(
            theme, model, port, now, self.tr("Leaderboards"), icon="trophy", hue=Hue.LEADERBOARDS
        )
        self._theme = theme
        self._boards = model
        self._has_asked = False
        self.choice = LeaderboardChoice(theme, model, now)
        self.choice.guide_requested.connect(self._on_guide_requested)
        self.body.insertWidget(0, self.choice)
        self._late = BannerStack(theme)
        self._late.action_requested.connect(self._on_refresh_clicked)
        self.standing = OwnStanding(theme, model)
        self.standing.upload_requested.connect(lambda: self.link_requested.emit(links.upload()))
        self.cards = [*self.standing.cards]
        self.ranking = LeaderboardList(theme, model, pictures)
        self.ranking.link_requested.connect(self.link_requested)
        self.ranking.own_row_shown.connect(self._on_own_row_shown)
        self._standings = Standings(theme)
        self._standings.add(self.standing)
        self._standings.add(self.ranking)
        self._below = GradualColumn(theme)
        self._below.add_later(self._build_history)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._late, self._standings, self._below):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._renewing = QTimer(self)
        self._renewing.setInterval(_RENEWED_MS)
        self._renewing.timeout.connect(self._on_renewing)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._on_focus_changed)
        model.wanted.connect(self._on_wanted)
        self.scroll_area.width_changed.connect(self._fit)
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    @property
    def is_dimmed(self) -> bool:
        """Whether what stands there is not yet what was chosen."""
        return self._standings.veil.is_down()

    def is_settled(self) -> bool:
        if self.content.isHidden():
            return self._has_asked
        return self._has_asked and self._below.is_complete() and self._history.is_settled()

    def _build_history(self) -> QWidget:
        from beatpass_desktop.views.pages.leaderboards.rank_history import RankHistory

        self._history = RankHistory(self._theme, self._boards)
        return self._history

    def _show(self) -> None:
        super()._show()
        self.choice.setVisible(self._boards.state not in _WITHOUT_CHOICE)

    def _show_figures(self) -> None:
        self.standing.show_figures()
        self.ranking.show_rows()
        if self._boards.is_waiting:
            self._standings.veil.dim()
        else:
            self._standings.veil.lift()
        self._show_late()

    def _show_late(self) -> None:
        """Say so when what was chosen cannot be had, or is an old one."""
        model, text = self._boards, ""
        if model.is_waiting and not model.is_refreshing:
            name, shown = words.ranking_name(model.ranking), words.ranking_name(model.shown)
            reason = model.failure
            if not reason and model.is_offline:
                reason = self.tr("You are offline.")
            if reason:
                text = self.tr("{} has never been loaded. {} Shown below: {}").format(
                    name, reason, shown
                )
        if text:
            action = "" if model.is_offline else self.tr("Try again")
            self._late.show_banner(_LATE, BannerKind.WARN, text, action)
        else:
            self._late.remove(_LATE)
        self._late.setVisible(bool(text))

    def _show_freshness(self) -> None:
        super()._show_freshness()
        if self._boards.state is PageState.READY:
            self._show_late()

    def _ask(self) -> None:
        self._has_asked = True
        self._boards.ask()

    def _on_wanted(self, resource: Resource, params: str) -> None:
        # What is not in view must not be wished for in the name of the page that is.
        if self.isVisible():
            self._port.want(resource, params)

    def _on_renewing(self) -> None:
        if not self.window().isMinimized():
            self._boards.ask()

    def _on_focus_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._boards.ask()

    def _on_guide_requested(self) -> None:
        from beatpass_desktop.views.pages.leaderboards.guide import LeaderboardGuide

        LeaderboardGuide(self._theme, self).open()

    def _on_own_row_shown(self, widget: QWidget) -> None:
        self.scroll_area.ensureWidgetVisible(widget)

    def _fit(self) -> None:
        self.ranking.set_room(self.scroll_area.height() - 2 * self._theme.px(Space.M))

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.XXL))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renewing.start()
        # Once the port knows that this page is in view.
        QTimer.singleShot(0, self, self._ask)

    def hideEvent(self, event: QHideEvent) -> None:
        self._renewing.stop()
        super().hideEvent(event)
