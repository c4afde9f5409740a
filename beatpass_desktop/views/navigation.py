"""The pages as the sidebar and Home name them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.theme.tokens import Hue


class Destination(NamedTuple):
    """One page."""

    page: Page
    icon: str
    label: str
    line: str
    hue: Hue
    shortcut: str


def destinations() -> list[Destination]:
    """All pages of the dashboard in order."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("navigation", text)

    rows = (
        (Page.HOME, "house", tr("Home"), tr("Your figures at a glance"), Hue.HOME),
        (Page.ACTIVITY, "activity", tr("Activity"), tr("Uploads and downloads"), Hue.ACTIVITY),
        (Page.TRACKS, "music", tr("Tracks"), tr("Your catalogue and its plays"), Hue.TRACKS),
        (Page.ALBUMS, "disc-3", tr("Albums"), tr("Your releases"), Hue.ALBUMS),
        (Page.FINANCES, "wallet", tr("Finances"), tr("Balance and payouts"), Hue.FINANCES),
        (
            Page.LEADERBOARDS,
            "trophy",
            tr("Leaderboards"),
            tr("Where you rank"),
            Hue.LEADERBOARDS,
        ),
        (Page.PROGRESS, "trending-up", tr("Progress"), tr("Level and XP"), Hue.PROGRESS),
    )
    return [
        Destination(page, icon, label, line, hue, f"Ctrl+{number}")
        for number, (page, icon, label, line, hue) in enumerate(rows, 1)
    ]
