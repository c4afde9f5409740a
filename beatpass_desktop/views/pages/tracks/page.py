"""Tracks: what the catalogue is worth, the catalogue itself, and what can be read from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.search import Hit
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.list_news import ListNews, ListWords
from beatpass_desktop.views.pages.tracks.catalogue import TrackCatalogue
from beatpass_desktop.views.pages.tracks.summary import TrackSummary
from beatpass_desktop.views.theme.metrics import Size, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.gradual import GradualColumn
from beatpass_desktop.views.widgets.jump_bar import JumpBar
from beatpass_desktop.views.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from beatpass_desktop.domain.collaboration import Collaborator
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.views.pages.tracks.details import TrackDetails
    from beatpass_desktop.views.widgets.toast import Toast

_ROOM_FOR_JUMPS = 480
_ROWS_SEEN = 4


class _Part(Enum):
    """The parts of the page, from the top."""

    SUMMARY = auto()
    CATALOGUE = auto()
    PERFORMANCE = auto()
    COLLABORATORS = auto()
    RECOMMENDATIONS = auto()


class TracksPage(PageFrame):
    """Growth and cards, the catalogue with the details of the current track, then performance,
    collaborators and recommendations, which are built after the page has been shown.

    Attributes:
        catalogue: the table with its search; as high as the page's body.
        summary: the growth meter and the cards.

    Signals (besides those of PageFrame):
        details_shown: the details were opened or closed.
    """

    details_shown = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        model: TracksModel,
        port: RequestPort,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(theme, model, port, now, self.tr("Tracks"), icon="music", hue=Hue.TRACKS)
        self._theme = theme
        self._tracks = model
        self._pictures = pictures
        self._details: TrackDetails | None = None
        self._current: int | None = None
        self.summary = TrackSummary(theme, model)
        self.summary.guide_requested.connect(self._on_guide_requested)
        self.cards = [*self.summary.cards]
        self.catalogue = TrackCatalogue(theme, model, now)
        self.catalogue.link_requested.connect(self.link_requested)
        self.catalogue.rows_in_view.connect(port.want_growth)
        self.catalogue.current_track_changed.connect(self._on_current_track_changed)
        self._details_button = self._build_details_button(theme)
        self._toast: Toast | None = None
        self.jumps = self._build_jumps(theme)
        self._with_details = SidePane(theme, self.catalogue)
        self._parts: dict[_Part, QWidget] = {
            _Part.SUMMARY: self.summary,
            _Part.CATALOGUE: self._with_details,
        }
        self._below = GradualColumn(theme)
        for build in (
            self._build_performance,
            self._build_collaborators,
            self._build_recommendations,
        ):
            self._below.add_later(build)
        self._below.completed.connect(self._listen_to_keys)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.summary,
            self._build_news(theme, port),
            self._with_details,
            self._below,
        ):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        theme.changed.connect(self._space_content)
        self.scroll_area.width_changed.connect(self._fit_catalogue)
        self.table.share_wheel(self.scroll_area)
        self.catalogue.choice_changed.connect(self._fit_catalogue)
        self.catalogue.search_changed.connect(self._on_search_changed)
        self.details_shown.connect(self._fit_catalogue)
        self._space_content()
        self._show()

    @property
    def table(self) -> DataTable:
        """The catalogue table."""
        return self.catalogue.table

    @property
    def details(self) -> TrackDetails | None:
        """The details of the current track; None until they are first opened."""
        return self._details

    def reveal(self, hit: Hit) -> None:
        self.catalogue.reveal(hit.title, hit.target)

    def is_settled(self) -> bool:
        is_ready = self._tracks.table.is_settled
        if self.content.isHidden():
            return is_ready
        return is_ready and self._below.is_complete() and self._are_charts_drawn()

    def are_details_shown(self) -> bool:
        """Whether the details are open."""
        return self._details is not None and not self._details.isHidden()

    def show_details(self, shown: bool = True) -> None:
        """Open or close the details of the current track."""
        if shown is self.are_details_shown():
            return
        if self._details is None:
            self._details = self._build_details()
        self._details.setVisible(shown)
        self._details_button.setChecked(shown)
        self._tracks.details.show(self._current if shown else None)
        if shown and not self._with_details.is_beside():
            # Once it has its place.
            QTimer.singleShot(0, self, self._scroll_to_details)
        if not shown:
            self.table.setFocus()
        self.details_shown.emit(shown)

    def _scroll_to_details(self) -> None:
        if self._details is not None:
            self.scroll_area.ensureWidgetVisible(self._details)

    def _build_news(self, theme: Theme, port: RequestPort) -> ListNews:
        words = ListWords(
            self.tr("{} of {} tracks"),
            self.tr("BeatPass now lists {} of your {} tracks. The earlier list is kept."),
        )
        return ListNews(theme, self._tracks, port, words)

    def _build_jumps(self, theme: Theme) -> JumpBar:
        """Over the table the wheel moves the table: these lead past it."""
        jumps = JumpBar(
            theme,
            [
                (_Part.SUMMARY, self.tr("Summary")),
                (_Part.CATALOGUE, self.tr("Catalogue")),
                (_Part.PERFORMANCE, self.tr("Plays")),
                (_Part.COLLABORATORS, self.tr("Collaborators")),
                (_Part.RECOMMENDATIONS, self.tr("Recommendations")),
            ],
        )
        jumps.setAccessibleName(self.tr("Parts of this page"))
        jumps.jump_requested.connect(self._on_jump_requested)
        self.add_banner(jumps)
        return jumps

    def _build_details_button(self, theme: Theme) -> IconButton:
        button = IconButton(theme, "info", "")
        button.set_tooltip(self.tr("Details of the track"), self.tr("Space"))
        button.setCheckable(True)
        button.clicked.connect(lambda: self.show_details(not self.are_details_shown()))
        self.catalogue.add_tool(button)
        return button

    def _build_details(self) -> TrackDetails:
        from beatpass_desktop.views.pages.tracks.details import TrackDetails
        from beatpass_desktop.views.widgets.tab_order import put_after

        model = self._tracks.details
        model.wanted.connect(self._port.want)
        details = TrackDetails(self._theme, model, self._now, self._pictures)
        details.hide()
        details.link_requested.connect(self.link_requested)
        details.close_requested.connect(lambda: self.show_details(False))
        self._with_details.set_pane(details)
        put_after(self.table, details)
        return details

    def _build_performance(self) -> QWidget:
        from beatpass_desktop.views.pages.tracks.performance import TrackPerformance

        self._performance = TrackPerformance(self._theme, self._tracks.performance)
        self._performance.link_requested.connect(self.link_requested)
        self._parts[_Part.PERFORMANCE] = self._performance
        return self._performance

    def _build_collaborators(self) -> QWidget:
        from beatpass_desktop.views.pages.tracks.collaborators import Collaborators

        section = Collaborators(self._theme, self._tracks.collaboration, self._port, self._pictures)
        self._parts[_Part.COLLABORATORS] = section
        section.common_tracks_requested.connect(self._on_common_tracks_requested)
        self._tracks.collaboration.follow_failed.connect(self._on_follow_failed)
        return section

    def _build_recommendations(self) -> QWidget:
        from beatpass_desktop.views.pages.tracks.recommendations import Recommendations

        section = Recommendations(self._theme, self._tracks.collaboration, self._pictures)
        self._parts[_Part.RECOMMENDATIONS] = section
        section.link_requested.connect(self.link_requested)
        return section

    def _listen_to_keys(self) -> None:
        """Space opens and closes the details, Escape closes them."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeySequence, QShortcut

        here = Qt.ShortcutContext.WidgetShortcut
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table, context=here)
        space.activated.connect(lambda: self.show_details(not self.are_details_shown()))
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._escape = QShortcut(
            QKeySequence(Qt.Key.Key_Escape), self._with_details, context=around
        )
        self._escape.activated.connect(self._on_escape)
        self._escape.setEnabled(self.are_details_shown())
        self.details_shown.connect(self._escape.setEnabled)

    def _on_escape(self) -> None:
        search = self.catalogue.search_field
        if search.hasFocus() and search.text():
            search.clear()
        else:
            self.show_details(False)

    def _are_charts_drawn(self) -> bool:
        details = self._details
        return self._performance.chart.is_settled() and (details is None or details.is_settled())

    def _show(self) -> None:
        super()._show()
        self._fit_jumps()

    def _show_figures(self) -> None:
        self.summary.show_figures()
        self.catalogue.show_count()

    def _empty_words(self) -> tuple[str, str, str, str]:
        return (
            "music",
            self.tr("No tracks yet"),
            self.tr("Upload your first beat in Backstage; it appears here with its plays."),
            self.tr("Upload a track"),
        )

    def _empty_action(self) -> None:
        self.link_requested.emit(links.upload())

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))
        self._fit_jumps()
        self._fit_catalogue()

    def _fit_catalogue(self) -> None:
        """The catalogue fills the body when it has been scrolled to."""
        room = self.scroll_area.height() - 2 * self._theme.px(Space.M)
        self._with_details.set_main_height(max(room, self.catalogue.least_height()))

    def _fit_jumps(self) -> None:
        """Large text in a low window needs the room for the page itself."""
        has_room = self.height() >= self._theme.px(_ROOM_FOR_JUMPS)
        self.jumps.setVisible(has_room and self._tracks.state is PageState.READY)

    def _on_current_track_changed(self, track_id: int | None) -> None:
        # A table that is read again has no current row for a moment; the details stay.
        if track_id is not None:
            self._current = track_id
            if self.are_details_shown():
                self._tracks.details.show(track_id)

    def _on_search_changed(self) -> None:
        """What is found must be seen: low windows have the table below the fold."""
        if not self.catalogue.search_field.hasFocus():
            return
        seen = self.table.viewport().visibleRegion().boundingRect().height()
        if seen < self._theme.px(_ROWS_SEEN * Size.ROW):
            self._on_jump_requested(_Part.CATALOGUE)

    def _on_jump_requested(self, part: _Part) -> None:
        shown = self._parts.get(part)
        if shown is not None:
            top = shown.mapTo(self.content, shown.rect().topLeft()).y()
            self.scroll_area.verticalScrollBar().setValue(top)

    def _on_guide_requested(self) -> None:
        from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide

        GrowthGuide(self._theme, self).open()

    def _on_common_tracks_requested(self, person: Collaborator) -> None:
        from beatpass_desktop.views.pages.tracks.common_tracks import CommonTracks

        dialog = CommonTracks(self._theme, self._tracks.collaboration, person, self)
        dialog.link_requested.connect(self.link_requested)
        dialog.open()

    def _on_follow_failed(self, artist: int, sentence: str) -> None:
        from beatpass_desktop.views.widgets.toast import Toast

        if self._toast is None:
            self._toast = Toast(self._theme, self)
        self._toast.show_text(sentence, "circle-alert")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_jumps()
        super().resizeEvent(event)
