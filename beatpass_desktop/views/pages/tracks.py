"""Tracks: what the catalogue is worth and the catalogue itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import CatalogueShrank
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.rules import GrowthZone, growth_zone
from beatpass_desktop.models import formatting
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.pages.figure_text import amount, count, exact_growth, trend
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.track_catalogue import TrackCatalogue
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.stat_card import StatCard

_SHRANK = "shrank"
_WORTH_COUNTING = 200
"""A catalogue of a page or two has come before anybody could read a count."""


class TracksPage(PageFrame):
    """Cards above the catalogue. Signals: see PageFrame.

    Attributes:
        catalogue: the table with its search.
    """

    def __init__(
        self,
        theme: Theme,
        model: TracksModel,
        port: RequestPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(theme, model, port, now, self.tr("Tracks"), icon="music", hue=Hue.TRACKS)
        self._theme = theme
        self._tracks = model
        self._held_back: CatalogueShrank | None = None
        self._questions = BannerStack(theme)
        self._questions.action_requested.connect(self._on_shrunken_accepted)
        self._progress = ProgressLine(theme)
        self._progress.cancel_requested.connect(self._on_cancel_requested)
        self._progress.hide()
        self.catalogue = TrackCatalogue(theme, model, now)
        self.catalogue.link_requested.connect(self.link_requested)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._cards(theme))
        self._column.addWidget(self._questions)
        self._column.addWidget(self._progress)
        self._column.addWidget(self.catalogue, 1)
        model.progressed.connect(self._on_progressed)
        model.shrank.connect(self._on_shrank)
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    @property
    def table(self) -> DataTable:
        """The catalogue table."""
        return self.catalogue.table

    def is_settled(self) -> bool:
        return self._tracks.table.is_settled

    def _cards(self, theme: Theme) -> CardGrid:
        self._total = StatCard(theme, "music", self.tr("Total Tracks"), Hue.TRACKS)
        self._plays = StatCard(theme, "play", self.tr("Total Plays"), Hue.HOME)
        self._growth = StatCard(theme, "trending-up", self.tr("Growth Rate"), Hue.FINANCES)
        self._people = StatCard(theme, "users", self.tr("Collaborators"), Hue.ALBUMS)
        self.cards = [self._total, self._plays, self._growth, self._people]
        grid = CardGrid(theme, columns=(1, 2, 4))
        for card in self.cards:
            grid.add(card)
        return grid

    def _show_figures(self) -> None:
        if self._held_back is not None and self._held_back.key.artist != self._tracks.who.artist:
            self._withdraw_question()
        value = self._tracks.value
        total, recent = value(Figure.TRACKS), value(Figure.RECENT_UPLOADS)
        count(self._total, total if total is not None else value(Figure.TRACKS_LISTED))
        self._total.set_detail(
            self.tr("{} in 30 days").format(formatting.signed_number(recent))
            if isinstance(recent, int)
            else ""
        )
        growth = value(Figure.GROWTH)
        rate = growth if isinstance(growth, int | float) else None
        percent = formatting.percent(rate)
        count(self._plays, value(Figure.PLAYS))
        amount(self._growth, percent, exact_growth(rate))
        if rate is None:
            self._plays.set_detail()
            self._growth.set_detail()
        else:
            self._plays.set_detail(self.tr("this month"), pill=percent, trend=trend(rate))
            self._growth.set_detail(self._zone(growth_zone(rate)))
        together = value(Figure.COLLABORATIONS)
        count(self._people, value(Figure.COLLABORATORS))
        self._people.set_detail(
            self.tr("{} tracks together").format(formatting.number(together))
            if isinstance(together, int)
            else ""
        )
        self.catalogue.show_count()

    def _zone(self, zone: GrowthZone) -> str:
        return {
            GrowthZone.EXCEPTIONAL: self.tr("Exceptional growth"),
            GrowthZone.STRONG: self.tr("Strong growth"),
            GrowthZone.GROWING: self.tr("Growing"),
            GrowthZone.SLIGHT_DECLINE: self.tr("Slight decline"),
            GrowthZone.NEEDS_ATTENTION: self.tr("Needs attention"),
        }[zone]

    def _empty_words(self) -> tuple[str, str, str, str]:
        return (
            "music",
            self.tr("No tracks yet"),
            self.tr("Upload your first beat in Backstage; it appears here with its plays."),
            self.tr("Upload a track"),
        )

    def _empty_action(self) -> None:
        self.link_requested.emit(links.upload())

    def _withdraw_question(self) -> None:
        self._held_back = None
        self._questions.remove(_SHRANK)

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))

    def _on_progressed(self, done: int, total: int) -> None:
        self._progress.setVisible(total > _WORTH_COUNTING)
        if total:
            # A new walk forgets what an earlier one held back.
            self._withdraw_question()
            text = self.tr("{} of {} tracks").format(
                formatting.number(done), formatting.number(total)
            )
            self._progress.set_progress(done, total, text)

    def _on_cancel_requested(self) -> None:
        if self._tracks.long_fetch is not None:
            self._port.cancel(self._tracks.long_fetch)

    def _on_shrank(self, event: CatalogueShrank) -> None:
        self._held_back = event
        text = self.tr("BeatPass now lists {} of your {} tracks. The earlier list is kept.").format(
            formatting.number(event.listed), formatting.number(event.stored)
        )
        self._questions.show_banner(
            _SHRANK, BannerKind.WARN, text, self.tr("Show the shorter list"), dismissible=True
        )

    def _on_shrunken_accepted(self) -> None:
        held_back = self._held_back
        self._withdraw_question()
        if held_back is not None:
            self._port.accept_shrunken(held_back.key)
