"""Activity: what the music came to, when it was uploaded, and who downloaded it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.models.activity import ActivityModel
from beatpass_desktop.views.pages.activity.header import ActivityHeader
from beatpass_desktop.views.pages.activity.performance import ActivityPerformance
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.gradual import GradualColumn

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.views.pages.activity.downloads import ActivityDownloads
    from beatpass_desktop.views.pages.activity.uploads import ActivityUploads


class ActivityPage(PageFrame):
    """Whose activity it is and four cards, then the heat map and the downloads, which are built
    after the page has been shown.

    Attributes:
        header: who it is.
        performance: the cards.
        uploads, downloads: the sections below; None until they are built.

    Signals: see PageFrame.
    """

    def __init__(
        self,
        theme: Theme,
        model: ActivityModel,
        port: RequestPort,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(
            theme, model, port, now, self.tr("Activity"), icon="activity", hue=Hue.ACTIVITY
        )
        self._theme = theme
        self._activity = model
        self._pictures = pictures
        self._listens = False
        self.uploads: ActivityUploads | None = None
        self.downloads: ActivityDownloads | None = None
        self.header = ActivityHeader(theme, model.who, pictures)
        self.header.link_requested.connect(self.link_requested)
        self.performance = ActivityPerformance(theme, model)
        self.cards = [*self.performance.cards]
        self._below = GradualColumn(theme)
        self._below.add_later(self._build_uploads)
        self._below.add_later(self._build_downloads)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.header, self.performance, self._below):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    def is_settled(self) -> bool:
        if self.content.isHidden():
            return True
        downloads = self.downloads
        return self._below.is_complete() and downloads is not None and downloads.is_settled()

    def _build_uploads(self) -> QWidget:
        from beatpass_desktop.views.pages.activity.uploads import ActivityUploads

        model = self._activity.uploads
        section = ActivityUploads(self._theme, model, self._now, self._pictures)
        section.link_requested.connect(self.link_requested)
        self.uploads = section
        return section

    def _build_downloads(self) -> QWidget:
        from beatpass_desktop.views.pages.activity.downloads import ActivityDownloads

        section = ActivityDownloads(self._theme, self._activity, self._now, self._pictures)
        section.link_requested.connect(self.link_requested)
        self.downloads = section
        return section

    def _on_wanted(self, resource: Resource, params: str) -> None:
        # What is not in view must not be wished for in the name of the page that is.
        if self.isVisible():
            self._port.want(resource, params)

    def _ask(self) -> None:
        """Wish for what the sections show, also before they are built; wishes end when the page is
        left."""
        models = (self._activity.uploads, self._activity.downloads)
        if not self._listens:
            self._listens = True
            for model in models:
                model.wanted.connect(self._on_wanted)
        for model in models:
            model.ask()

    def _show_figures(self) -> None:
        self.header.show_artist()
        self.performance.show_figures()

    def _show_freshness(self) -> None:
        super()._show_freshness()
        for section in (self.uploads, self.downloads):
            if section is not None:
                section.show_age()

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.XXL))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Once the port knows that this page is in view.
        QTimer.singleShot(0, self, self._ask)
