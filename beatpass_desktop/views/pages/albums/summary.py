"""The cards of the Albums page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.models.album_table import album_name
from beatpass_desktop.models.albums import AlbumsModel
from beatpass_desktop.views.pages.figure_text import count, new_this_month, show_growth
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.stat_card import StatCard


class AlbumSummary(QWidget):
    """Four cards.

    Attributes:
        cards: the figures, in order.
    """

    def __init__(self, theme: Theme, model: AlbumsModel) -> None:
        super().__init__()
        self._model = model
        self._total = StatCard(theme, "disc-3", self.tr("Total Albums"), Hue.ALBUMS)
        self._tracks = StatCard(theme, "music", self.tr("Album Tracks"), Hue.TRACKS)
        self._plays = StatCard(theme, "play", self.tr("Album Plays"), Hue.HOME)
        self._top = StatCard(theme, "trophy", self.tr("Top Album"), Hue.LEADERBOARDS)
        self.cards = [self._total, self._tracks, self._plays, self._top]
        grid = CardGrid(theme, columns=(1, 2, 4))
        for card in self.cards:
            grid.add(card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)

    def show_figures(self) -> None:
        """Put the model's figures on the cards."""
        model, summary = self._model, self._model.summary
        count(self._total, model.total)
        self._total.set_detail(new_this_month(summary.this_month))
        count(self._tracks, summary.tracks)
        average = summary.average_tracks(model.table.total)
        self._tracks.set_detail(
            ""
            if average is None
            else self.tr("{} per album on average").format(formatting.decimal(average))
        )
        self._show_plays()
        self._show_top()

    def _show_plays(self) -> None:
        summary, growth = self._model.summary, self._model.growth
        count(self._plays, summary.plays)
        if summary.without_plays:
            # A sum of the others would pass for the whole.
            text = self.tr("{} albums came without plays")
            if summary.without_plays == 1:
                text = self.tr("{} album came without plays")
            self._plays.set_detail(text.format(formatting.number(summary.without_plays)))
        elif growth is None or growth.rate is None:
            self._plays.set_detail(self.tr("Growth {}").format(formatting.UNKNOWN))
        else:
            spoken = self.tr("{} against the period before, all album tracks together, as of {}")
            percent, at = formatting.percent(growth.rate), formatting.exact(growth.at)
            show_growth(self._plays, growth.rate, spoken.format(percent, at))

    def _show_top(self) -> None:
        top = self._model.summary.top
        if top is None:
            self._top.set_value(None)
            self._top.set_detail()
            return
        self._top.set_value(album_name(top))
        text = self.tr("{} plays").format(formatting.number(top.plays))
        if self._model.summary.without_plays:
            text = self.tr("{} plays, as far as sent").format(formatting.number(top.plays))
        self._top.set_detail(text)
