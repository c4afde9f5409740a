"""The global search put together: what can be found besides the stored data, and what opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain import links
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.models.search import SearchModel
from beatpass_desktop.views.search_palette import SearchPalette
from beatpass_desktop.views.theme.theme import ThemeMode

if TYPE_CHECKING:
    from beatpass_desktop.app import App

_PAGES = {
    HitKind.TRACK: Page.TRACKS,
    HitKind.ALBUM: Page.ALBUMS,
    HitKind.TRANSACTION: Page.FINANCES,
    HitKind.ACHIEVEMENT: Page.PROGRESS,
}


def open_search(app: App) -> SearchPalette:
    """Open the palette over the window."""
    window = app.window
    actions = _actions(app)
    pages = [Hit(HitKind.PAGE, p.label, p.line, p.page) for p in app.places]
    fixed = [*pages, *(Hit(HitKind.ACTION, text, "", text) for text in actions)]
    model = SearchModel(app.store, app.who, fixed)
    palette = SearchPalette(app.theme, model, window)
    model.setParent(palette)
    palette.chosen.connect(partial(_open, app, actions))
    palette.open_over(window)
    return palette


def _actions(app: App) -> dict[str, Callable[[], object]]:
    """What can be done from anywhere, by its words."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("finding", text)

    window, opened = app.window, app.window.link_requested.emit
    actions: dict[str, Callable[[], object]] = {
        tr("Refresh this page"): lambda: app.requests.refresh_page(window.page),
        tr("Refresh everything"): app.requests.refresh_all,
        tr("Upload a track"): partial(opened, links.upload()),
        tr("Open the dashboard on the web"): partial(opened, links.dashboard()),
        tr("Dark theme"): partial(window.choose_theme, ThemeMode.DARK),
        tr("Light theme"): partial(window.choose_theme, ThemeMode.LIGHT),
        tr("Theme of the system"): partial(window.choose_theme, ThemeMode.SYSTEM),
        tr("Settings"): app.show_settings,
        tr("Keyboard shortcuts"): window.show_shortcuts,
    }
    if app.who.artist:
        actions[tr("View profile on BeatPass")] = partial(opened, links.artist(app.who.artist))
    return actions


def _open(app: App, actions: dict[str, Callable[[], object]], hit: Hit) -> None:
    window = app.window
    if hit.kind is HitKind.PAGE and isinstance(hit.target, Page):
        window.show_page(hit.target)
    elif hit.kind is HitKind.ACTION:
        actions[str(hit.target)]()
    elif hit.kind is HitKind.COLLABORATOR and isinstance(hit.target, int):
        window.link_requested.emit(links.artist(hit.target))
    elif hit.kind in _PAGES:
        window.show_page(_PAGES[hit.kind])
        window.current_page.reveal(hit)
