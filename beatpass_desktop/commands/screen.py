"""Reads what stands on the screen from the widgets themselves, not from the models."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from beatpass_desktop.models.page import PageState
from beatpass_desktop.views.main_window import MainWindow
from beatpass_desktop.views.pages.leaderboards.podium import PodiumCard
from beatpass_desktop.views.pages.progress.achievement_grid import AchievementGrid
from beatpass_desktop.views.widgets.banner import BannerStack
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard, stat_cards

_ROWS = 20

W = TypeVar("W", bound=QWidget)
_Card = StatCard | LinkStatCard | PodiumCard


def read_page(window: MainWindow) -> dict[str, Any]:
    """The page in view as `tour.json` describes it, but for its name and picture."""
    page = window.current_page
    freshness = page.model.freshness
    cards: list[_Card] = [*stat_cards(page), *_shown(page, PodiumCard)]
    tables: list[DataTable | AchievementGrid] = [
        *_shown(page, DataTable),
        *_shown(page, AchievementGrid),
    ]
    state = page.state
    return {
        # A page that waits for figures nobody is fetching has nothing to show.
        "state": (PageState.ERROR if state is PageState.LOADING else state).value,
        "freshness": freshness.state.value,
        "updated_at": freshness.updated_at.isoformat() if freshness.updated_at else None,
        "banners": [text for stack in _shown(window, BannerStack) for text in stack.texts()],
        "cards": [
            {"title": card.title(), "value": card.value(), "detail": card.detail() or None}
            for card in cards
        ],
        "tables": [_table(table) for table in tables],
        "texts": _texts(window, cards, tables),
    }


def _table(table: DataTable | AchievementGrid) -> dict[str, Any]:
    model = table.model()
    columns = table.visible_columns()
    horizontal = Qt.Orientation.Horizontal
    count = model.rowCount(QModelIndex())
    return {
        "name": table.accessibleName(),
        "columns": [str(model.headerData(column, horizontal) or "") for column in columns],
        "row_count": count,
        "rows": [
            [str(model.data(model.index(row, column)) or "") for column in columns]
            for row in range(min(count, _ROWS))
        ],
    }


def _texts(
    window: MainWindow,
    cards: list[_Card],
    tables: list[DataTable | AchievementGrid],
) -> list[str]:
    """Labels and the names of controls, in the order of the widgets, each once."""
    apart: list[QWidget] = [*cards, *tables, *_shown(window, BannerStack)]
    texts: dict[str, None] = {}
    for widget in _shown(window, QWidget):
        if any(widget is other or other.isAncestorOf(widget) for other in apart):
            continue
        text = widget.text() if isinstance(widget, QLabel) else ""
        if isinstance(widget, QAbstractButton) or not text:
            text = widget.accessibleName()
        if text.strip():
            texts[text.strip()] = None
    return list(texts)


def _shown(parent: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in parent.findChildren(kind) if widget.isVisible()]
