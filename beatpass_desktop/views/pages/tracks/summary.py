"""The head of the Tracks page: growth, and what the catalogue comes to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.models import formatting
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.pages.figure_text import (
    amount,
    count,
    exact_growth,
    new_lately,
    show_growth,
)
from beatpass_desktop.views.pages.tracks.growth_card import GrowthCard
from beatpass_desktop.views.pages.tracks.growth_words import trend_word
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.stat_card import StatCard

_METER = 200
"""width that the growth meter needs beside the cards"""
_LYING = 440
"""width from which its words stand beside the meter, when it does not"""
_UNBOUND = (1 << 24) - 1
"""Qt's largest width"""


class TrackSummary(QWidget):
    """The growth meter and four cards.

    Attributes:
        cards: the figures, in order.
        growth: the meter.

    Signals:
        guide_requested: the guide to growth is to be shown.
    """

    guide_requested = Signal()

    def __init__(self, theme: Theme, model: TracksModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.growth = GrowthCard(theme)
        self.growth.guide_requested.connect(self.guide_requested)
        self._total = StatCard(theme, "music", self.tr("Total Tracks"), Hue.TRACKS)
        self._plays = StatCard(theme, "play", self.tr("Total Plays"), Hue.HOME)
        self._rate = StatCard(theme, "trending-up", self.tr("Growth Rate"), Hue.FINANCES)
        self._people = StatCard(theme, "users", self.tr("Collaborators"), Hue.ALBUMS)
        self.cards = [self._total, self._plays, self._rate, self._people]
        self._grid = CardGrid(theme, columns=(1, 2), fills=True)
        for card in self.cards:
            self._grid.add(card)
        self._row = ResponsiveRow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.growth, 1)
        self._row.addWidget(self._grid, 2)
        theme.changed.connect(self._space)
        self._space()

    def show_figures(self) -> None:
        """Put the model's figures on the cards."""
        value = self._model.value
        total, recent = value(Figure.TRACKS), value(Figure.RECENT_UPLOADS)
        count(self._total, total if total is not None else value(Figure.TRACKS_LISTED))
        self._total.set_detail(new_lately(recent))
        growth = value(Figure.GROWTH)
        rate = growth if isinstance(growth, int | float) else None
        count(self._plays, value(Figure.PLAYS))
        show_growth(self._plays, rate)
        amount(self._rate, formatting.percent(rate), exact_growth(rate))
        self._rate.set_detail(trend_word(rate))
        self.growth.show_rate(rate)
        together = value(Figure.COLLABORATIONS)
        count(self._people, value(Figure.COLLABORATORS))
        self._people.set_detail(
            self.tr("{} tracks together").format(formatting.number(together))
            if isinstance(together, int)
            else ""
        )
        self._turn()

    def _turn(self) -> None:
        """The meter stands beside the cards where all their words have room."""
        gap = self._row.spacing()
        needed = 2 * max(card.sizeHint().width() for card in self.cards) + gap
        room = self.width() - gap - needed
        beside = room >= self._theme.px(_METER)
        self._row.set_beside(beside)
        self.growth.setMaximumWidth(room if beside else _UNBOUND)
        self.growth.set_lying(not beside and self.width() >= self._theme.px(_LYING))

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
