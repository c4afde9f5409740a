"""Home: who you are, your figures, what changed, and the way to the other pages."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models import formatting
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.views.navigation import Destination
from beatpass_desktop.views.pages.figure_text import (
    amount,
    count,
    exact_growth,
    new_lately,
    show_growth,
)
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.home.since_last_visit import SinceLastVisit
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.shortcut_card import ShortcutCard
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard

if TYPE_CHECKING:
    from beatpass_desktop.domain.requests import RequestPort

_LIVE_FIGURE = {
    Page.TRACKS: Figure.TRACKS,
    Page.ALBUMS: Figure.ALBUMS,
    Page.ACTIVITY: Figure.DOWNLOADS,
    Page.PROGRESS: Figure.LEVEL,
}


class HomePage(PageFrame):
    """The first page. Signals: see PageFrame."""

    def __init__(
        self,
        theme: Theme,
        model: HomeModel,
        port: RequestPort,
        now: Callable[[], datetime],
        destinations: list[Destination],
    ) -> None:
        super().__init__(theme, model, port, now, "", hue=Hue.HOME)
        self._home = model
        self._is_complete = False
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(Space.XXL))
        self._column.addWidget(self._stats(theme))
        self._since = SinceLastVisit(theme)
        self._column.addWidget(self._since)
        self._column.addWidget(self._shortcuts(theme, destinations))
        self._column.addStretch(1)
        theme.changed.connect(lambda: self._column.setSpacing(theme.px(Space.XXL)))
        self._show()

    def _stats(self, theme: Theme) -> CardGrid:
        def card(icon: str, label: str, hue: Hue) -> StatCard:
            return StatCard(theme, icon, label, hue)

        self._tracks = card("music", self.tr("Tracks"), Hue.TRACKS)
        self._plays = card("play", self.tr("Total Plays"), Hue.HOME)
        self._albums = card("disc-3", self.tr("Albums"), Hue.ALBUMS)
        self._downloads = card("download", self.tr("Downloads"), Hue.ACTIVITY)
        self._followers = card("users", self.tr("Followers"), Hue.LEADERBOARDS)
        self._level = card("star", self.tr("Level"), Hue.PROGRESS)
        self._growth = card("trending-up", self.tr("Growth"), Hue.FINANCES)
        self._profile = LinkStatCard(theme, "user", self.tr("View Profile"), Hue.HOME)
        self._profile.clicked.connect(self._on_profile_clicked)
        self.cards = [
            self._tracks,
            self._plays,
            self._albums,
            self._downloads,
            self._followers,
            self._level,
            self._growth,
            self._profile,
        ]
        grid = CardGrid(theme, columns=(1, 2, 4))
        for shown in self.cards:
            grid.add(shown)
        return grid

    def _shortcuts(self, theme: Theme, destinations: list[Destination]) -> Section:
        section = Section(theme, self.tr("Your dashboard"))
        grid = CardGrid(theme, min_column=240, columns=(1, 2, 3))
        self._cards: dict[Page, ShortcutCard] = {}
        for place in destinations:
            if place.page is Page.HOME:
                continue
            card = ShortcutCard(theme, place.icon, place.label, place.line, place.hue)
            card.activated.connect(lambda page=place.page: self.page_requested.emit(page))
            self._cards[place.page] = card
            grid.add(card)
        section.add(grid)
        return section

    def _show_figures(self) -> None:
        value = self._home.value
        count(self._tracks, value(Figure.TRACKS))
        recent = value(Figure.RECENT_UPLOADS)
        self._tracks.set_detail(new_lately(recent))
        growth = value(Figure.GROWTH)
        percent = formatting.percent(_number(growth))
        count(self._plays, value(Figure.PLAYS))
        show_growth(self._plays, growth)
        count(self._albums, value(Figure.ALBUMS))
        count(self._downloads, value(Figure.DOWNLOADS))
        self._downloads.set_detail(
            self.tr("all time") if value(Figure.DOWNLOADS) is not None else ""
        )
        count(self._followers, value(Figure.FOLLOWERS))
        count(self._level, value(Figure.LEVEL))
        xp = value(Figure.XP)
        self._level.set_detail(
            self.tr("{} XP").format(formatting.number(xp)) if isinstance(xp, int) else ""
        )
        amount(self._growth, percent, exact_growth(growth))
        self._growth.set_detail(self.tr("this period") if growth is not None else "")
        name = self._home.who.artist_name
        self._profile.set_value(formatting.one_line(name) if name else None)
        self._since.show_digest(self._home.digest, self._now())
        for page, figure in _LIVE_FIGURE.items():
            number = value(figure)
            self._cards[page].set_figure(
                self._live_text(page, number) if isinstance(number, int) else None
            )
        if self._is_complete:
            self._show_balance()
        rank, total = value(Figure.RANK_OVERALL), value(Figure.PRODUCERS_RANKED)
        self._cards[Page.LEADERBOARDS].set_figure(
            formatting.place_among(rank, total if isinstance(total, int) else None)
            if isinstance(rank, int)
            else None
        )

    def _show_balance(self) -> None:
        """The balance in each currency; nothing when BeatPass has not sent it."""
        from beatpass_desktop.domain.money import amounts_in

        sent = self._home.value(Figure.BALANCE)
        with contextlib.suppress(ValueError):
            amounts = amounts_in(str(sent)) if sent is not None else ()
            text = " · ".join(map(formatting.amount, amounts))
            self._cards[Page.FINANCES].set_figure(text or None)

    def _live_text(self, page: Page, number: int) -> str:
        """A page's live figure with what it counts."""
        one, several = {
            Page.TRACKS: (self.tr("{} track"), self.tr("{} tracks")),
            Page.ALBUMS: (self.tr("{} album"), self.tr("{} albums")),
            Page.ACTIVITY: (self.tr("{} download"), self.tr("{} downloads")),
            Page.PROGRESS: (self.tr("Level {}"), self.tr("Level {}")),
        }[page]
        return (one if number == 1 else several).format(formatting.number(number))

    def _show_heading(self) -> None:
        who, now = self._home.who, self._now()
        hour = now.astimezone().hour
        if hour < 12:
            greeting = self.tr("Good morning")
        elif hour < 18:
            greeting = self.tr("Good afternoon")
        else:
            greeting = self.tr("Good evening")
        name = who.artist_name or who.name
        self.set_title(
            f"{greeting}, {formatting.isolated(formatting.one_line(name))}" if name else greeting
        )
        title, xp = self._home.value(Figure.LEVEL_TITLE), self._home.value(Figure.XP)
        parts = [formatting.long_day(now)]
        if title is not None:
            parts.append(str(title))
        if isinstance(xp, int):
            parts.append(self.tr("{} XP").format(formatting.number(xp)))
        self.set_subtitle("  ·  ".join(parts))

    def _show(self) -> None:
        self._show_heading()
        super()._show()

    def _ask_for_rank(self) -> None:
        from beatpass_desktop.domain.leaderboards import Ranking

        # What is not in view must not be wished for in the name of the page that is.
        if self.isVisible():
            self._port.want(Resource.LEADERBOARD, Ranking().params)

    def _complete(self) -> None:
        """Show and ask for what the first paint does without, since it takes time to load."""
        self._show_balance()
        self._ask_for_rank()

    def _on_painted(self) -> None:
        # Whoever waits for the paint goes on first.
        QTimer.singleShot(0, self, self._complete)

    def _on_profile_clicked(self) -> None:
        self.link_requested.emit(links.artist(self._home.who.artist))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_complete:
            # Once the port knows that this page is in view.
            QTimer.singleShot(0, self, self._ask_for_rank)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_complete:
            self._is_complete = True
            QTimer.singleShot(0, self, self._on_painted)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
