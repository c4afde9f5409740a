"""The Progress page with a reply of a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import documents
from beatpass_desktop.views.pages.progress.achievement_grid import AchievementGrid
from beatpass_desktop.views.pages.progress.achievements import ProgressAchievements
from beatpass_desktop.views.pages.progress.page import ProgressPage
from beatpass_desktop.views.widgets.stat_card import StatCard

MARKUP = "<b>bold</b> & <img src='x'>"
ARABIC = "\N{ARABIC LETTER ALEF}\N{ARABIC LETTER LAM}" * 9
ITEMS = (
    Achievement("1", "Oracle", "Fill in your bio", "profile", "common", 0, True,
                datetime.now(UTC) - timedelta(days=59)),
    Achievement("2", "Studio Legend", "Be among the best", "upload", "legendary", 5000, True,
                datetime.now(UTC) - timedelta(days=1)),
    Achievement("3", MARKUP, MARKUP, MARKUP, MARKUP, None, False, None, 63),
    Achievement("4", "N" * 300, ARABIC * 20, "genre", "epic", 2500, False),
    Achievement("5", ARABIC, None, None, None, 10**15, None),
    Achievement("6", "Far", "d", "upload", "rare", 1, True, datetime(2198, 1, 1, tzinfo=UTC)),
)  # fmt: skip
FULL = Progress(
    level=59,
    level_title=MARKUP,
    xp=44_365,
    xp_to_next=954,
    level_progress=16.9,
    xp_sources=(XpSource("track_uploads", 18_000, 180), XpSource(MARKUP, 5)),
    achievements_unlocked=3,
    achievements_total=6,
    achievements_xp=5_001,
    achievements=ITEMS,
)


def send(stocked: StockedApp, value: Progress, at: datetime | None = None) -> None:
    """A reply, now unless told otherwise."""
    key = stocked.key(Resource.PROGRESS)
    at = at or datetime.now(UTC)

    def job(connection: Any) -> None:
        documents.merge(connection, key, value, Progress.__dataclass_fields__)
        documents.succeeded(connection, key, at)

    stocked.write(job, Resource.PROGRESS)


def opened(qtbot: QtBot, stocked: StockedApp, value: Progress = FULL) -> ProgressPage:
    """The page with everything on it built."""
    send(stocked, value)
    stocked.window.show_page(Page.PROGRESS)
    page = stocked.window.current_page
    assert isinstance(page, ProgressPage)
    qtbot.waitUntil(page.is_settled, timeout=10_000)
    return page


def section(page: ProgressPage) -> ProgressAchievements:
    assert page.achievements is not None
    return page.achievements


def figures(page: QWidget) -> dict[str, tuple[str, str]]:
    return {c.title(): (c.value(), c.detail()) for c in page.findChildren(StatCard)}


def texts(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def indexes(grid: AchievementGrid) -> list[Any]:
    return [grid.model().index(row, 0) for row in range(grid.model().rowCount())]
