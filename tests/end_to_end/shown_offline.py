"""The program over the stored default profile, without network, within the test's process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import Options
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.keychain import Keychain
from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.pages.frame import PageFrame


class ShownOffline:
    """One run."""

    def __init__(self, qtbot: QtBot, app: App) -> None:
        self._qtbot = qtbot
        self.app = app
        self.window = app.window

    def open(self, page: Page) -> PageFrame:
        """Show a page with all that lies below the fold, charts drawn."""
        self.window.show_page(page)
        shown = self.window.current_page
        self._qtbot.waitUntil(shown.is_settled, timeout=20_000)
        for chart in shown.findChildren(Chart):
            shown.scroll_area.ensureWidgetVisible(chart)
            self._qtbot.waitUntil(chart.is_settled, timeout=20_000)
        shown.scroll_area.verticalScrollBar().setValue(0)
        return shown

    def resize(self, width: int, height: int, scale: float = 1.0) -> None:
        """Give window and text another size."""
        self.window.resize(width, height)
        self.app.theme.set_scale(scale)


@contextmanager
def shown_offline(
    qtbot: QtBot, qapp: QApplication, data: Path, base_url: str, token: str
) -> Iterator[ShownOffline]:
    """Open the window on what is stored in `data`; American English."""
    locale = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    options = Options(base_url=base_url, token=token, data_dir=data, offline=True)
    places = folders(data)
    app = App(options, places, InstanceGuard(places.data), lambda: Keychain(allowed=frozenset()))
    app.theme.apply(qapp)
    app.show()
    qtbot.waitExposed(app.window)
    try:
        yield ShownOffline(qtbot, app)
    finally:
        app.window.close()
        app.close()
        app.window.deleteLater()
        QLocale.setDefault(locale)


def visible(parent: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """The widgets of these kinds that can be seen on `parent`, by scrolling to them if need be."""
    return [
        widget
        for widget in parent.findChildren(QWidget)
        if isinstance(widget, kinds) and widget.isVisible()
    ]
