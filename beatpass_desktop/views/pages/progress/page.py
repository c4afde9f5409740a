"""Progress: level and title, where the points come from, and every achievement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.search import Hit
from beatpass_desktop.models import formatting
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.progress.achievements import ProgressAchievements
from beatpass_desktop.views.pages.progress.experience import ProgressExperience
from beatpass_desktop.views.pages.progress.header import ProgressHeader
from beatpass_desktop.views.pages.progress.status import ProgressStatus
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.gradual import GradualColumn


class ProgressPage(PageFrame):
    """Status and level, then points and achievements, which are built after the page has been
    shown.

    Attributes:
        status: the age, the countdown and the guide.
        header: the ring and the points.
        experience, achievements: the sections below; None until they are built.

    Signals: see PageFrame.
    """

    def __init__(
        self,
        theme: Theme,
        model: ProgressModel,
        port: RequestPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            theme, model, port, now, self.tr("Progress"), icon="trending-up", hue=Hue.PROGRESS
        )
        self._theme = theme
        self._progress = model
        self._sought: str | None = None
        self.experience: ProgressExperience | None = None
        self.achievements: ProgressAchievements | None = None
        self.status = ProgressStatus(theme, model, port, now)
        self.status.guide_requested.connect(self._on_guide_requested)
        self.status.refresh_requested.connect(self._on_refresh_clicked)
        self.header = ProgressHeader(theme, model)
        self.header.upload_requested.connect(lambda: self.link_requested.emit(links.upload()))
        self.cards = [*self.header.cards]
        self._below = GradualColumn(theme)
        self._below.add_later(self._build_experience)
        self._below.add_later(self._build_achievements)
        self._below.completed.connect(self._seek)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.status, self.header, self._below):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    def is_settled(self) -> bool:
        if self.content.isHidden():
            return True
        experience = self.experience
        if not self._below.is_complete() or experience is None:
            return False
        return experience.chart.is_settled() and not self.header.ring.is_moving()

    def reveal(self, hit: Hit) -> None:
        self._sought = str(hit.target)
        if self._below.is_complete():
            self._seek()

    def _seek(self) -> None:
        """Stand on the achievement that was searched for."""
        sought, self._sought = self._sought, None
        if sought is not None and self.achievements is not None:
            self.achievements.reveal(sought)

    def _build_experience(self) -> QWidget:
        self.experience = ProgressExperience(self._theme, self._progress)
        return self.experience

    def _build_achievements(self) -> QWidget:
        section = ProgressAchievements(self._theme, self._progress, self._now)
        section.card_reached.connect(self._on_card_reached)
        self.cards += section.cards
        self.achievements = section
        return section

    def _on_card_reached(self, card: QRect) -> None:
        # Once the grid has its height.
        QTimer.singleShot(0, self, lambda: self._bring_into_view(card))

    def _bring_into_view(self, card: QRect) -> None:
        body = self.scroll_area.widget()
        if self.achievements is None or body is None:
            return
        grid, margin = self.achievements.grid, self._theme.px(Space.L)
        centre = grid.mapTo(body, card.center())
        self.scroll_area.ensureVisible(centre.x(), centre.y(), margin, card.height() // 2 + margin)

    def _show_figures(self) -> None:
        self.header.show_figures()

    def _show_freshness(self) -> None:
        super()._show_freshness()
        self.status.show_age()

    def _empty_words(self) -> tuple[str, str, str, str]:
        if self._progress.is_of_another:
            name = formatting.isolated(formatting.one_line(self._own_name()))
            return (
                "trending-up",
                self.tr("No progress for this artist"),
                self.tr("BeatPass sends level and achievements of {} only.").format(name),
                self.tr("Show that artist"),
            )
        return (
            "trending-up",
            self.tr("No level yet"),
            self.tr("Upload your first beat in Backstage; it earns your first XP."),
            self.tr("Upload a track"),
        )

    def _own_name(self) -> str:
        who = self._progress.who
        artists = {artist.id: artist.name for artist in who.managed}
        return artists.get(who.own_artist) or self.tr("your main artist")

    def _empty_action(self) -> None:
        if self._progress.is_of_another:
            self._port.switch_artist(self._progress.who.own_artist)
        else:
            self.link_requested.emit(links.upload())

    def _on_guide_requested(self) -> None:
        from beatpass_desktop.views.pages.progress.guide import ProgressGuide

        ProgressGuide(self._theme, self).open()

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))
