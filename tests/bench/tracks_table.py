"""The table of the Tracks page over a large stored catalogue, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import stored_catalogue as catalogue
from composition import compose
from heartbeat import Heartbeat
from painting import PaintClock
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QScrollBar

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.track_table import TrackTableModel
from beatpass_desktop.options import Options
from beatpass_desktop.views.pages.tracks.page import TracksPage
from beatpass_desktop.views.widgets.search_field import SearchField

ORDERS = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
SEARCHES = {
    "one common letter": catalogue.LETTER,
    "a common word": catalogue.COMMON_WORD,
    "a rare word": catalogue.RARE_WORD,
    "no hit": catalogue.NO_HIT,
}


class TracksTable:
    """The Tracks page of the program."""

    def __init__(self, app: App) -> None:
        self.clock = PaintClock(app.window)
        page = app.window.current_page
        assert isinstance(page, TracksPage)
        self._page = page
        model = page.table.model()
        assert isinstance(model, TrackTableModel)
        self.model = model
        self._field = page.findChild(SearchField)

    @property
    def bar(self) -> QScrollBar:
        return self._page.table.verticalScrollBar()

    def sort(self, column: int, order: Qt.SortOrder) -> tuple[float, float]:
        return self._settled(lambda: self._page.table.sort_requested.emit(column, order))

    def search(self, text: str) -> tuple[float, float]:
        return self._settled(lambda: self.model.search(text))

    def type(self, text: str) -> tuple[float, float]:
        """As a person does it: with the pause in which further keystrokes are waited for.

        The field itself paints at once, so what counts is the first paint after the search began.
        """
        return self.clock.painted_and_done(
            lambda: self._field.setText(text),
            lambda: self.model.wanted.text == text and self.model.is_settled,
            counts=lambda: self.model.wanted.text == text,
        )

    def select_all(self) -> float:
        """Every row, to painted."""
        return self.clock.painted(self._page.table.selectAll)

    def copy(self) -> tuple[float, float]:
        """What is selected to the clipboard: the ms that takes, and the loop's longest gap."""
        loop = QEventLoop()
        self._page.table.rows_copied.connect(loop.quit)
        heart = Heartbeat()
        QTimer.singleShot(0, self._page.table.copy_selection)
        loop.exec()
        heart.stop()
        return sum(heart.gaps), max(heart.gaps)

    def _settled(self, action: Callable[[], object]) -> tuple[float, float]:
        return self.clock.painted_and_done(action, lambda: self.model.is_settled)


def open_tracks(data: Path) -> tuple[App, TracksTable]:
    """The program with the whole table in place."""
    app = compose(data, Page.TRACKS, Options(offline=True))
    table = TracksTable(app)
    table.clock.painted_and_done(app.window.update, lambda: table.model.is_settled)
    return app, table
