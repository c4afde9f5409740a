"""Activity: what the artist's music has come to so far."""

from __future__ import annotations

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.models import formatting
from beatpass_desktop.models.activity import ActivityModel
from beatpass_desktop.views.pages.figure_text import amount, count, new_lately, show_growth
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.pill import Pill, Trend
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.stat_card import StatCard

_DIGITS = 2


class ActivityPerformance(Section):
    """Four figures of all time.

    Attributes:
        cards: the figures, in order.
    """

    def __init__(self, theme: Theme, model: ActivityModel) -> None:
        super().__init__(theme, self.tr("Performance Overview"))
        self._model = model
        self.add_action(Pill(theme, self.tr("All time"), Hue.NEUTRAL, "clock"))
        self._tracks = StatCard(theme, "music", self.tr("Total Tracks"), Hue.TRACKS)
        self._plays = StatCard(theme, "play", self.tr("Total Plays"), Hue.HOME)
        self._share = StatCard(theme, "gauge", self.tr("Platform Share"), Hue.FINANCES)
        self._achievements = StatCard(theme, "award", self.tr("Achievements"), Hue.PROGRESS)
        self.cards = [self._tracks, self._plays, self._share, self._achievements]
        grid = CardGrid(theme, columns=(1, 2, 4))
        for card in self.cards:
            grid.add(card)
        self.add(grid)

    def show_figures(self) -> None:
        """Put the model's figures on the cards."""
        value = self._model.value
        count(self._tracks, value(Figure.TRACKS))
        recent = value(Figure.RECENT_UPLOADS)
        self._tracks.set_detail(new_lately(recent))
        count(self._plays, value(Figure.PLAYS))
        show_growth(self._plays, value(Figure.GROWTH))
        self._show_share()
        self._show_achievements()

    def _show_share(self) -> None:
        earnings = self._model.earnings
        share = earnings.platform_share
        if share is None:
            amount(self._share, formatting.UNKNOWN)
        else:
            least = 10**-_DIGITS
            hidden = 0 < share < least
            text = formatting.decimal(least if hidden else share, _DIGITS)
            percent = f"{'< ' if hidden else ''}{text}\N{NO-BREAK SPACE}%"
            amount(self._share, percent, f"{share}\N{NO-BREAK SPACE}%")
        points = earnings.contribution
        if points is None:
            sent = self._model.value(Figure.CONTRIBUTION)
            points = sent if isinstance(sent, int | float) else None
        self._share.set_detail(
            self.tr("{} contribution points").format(formatting.decimal(points, _DIGITS))
            if points is not None
            else ""
        )

    def _show_achievements(self) -> None:
        value = self._model.value
        count(self._achievements, value(Figure.ACHIEVEMENTS))
        gain, total = self._model.new_achievements, value(Figure.ACHIEVEMENTS_TOTAL)
        if gain is not None and gain.amount > 0:
            day = formatting.short_date(gain.since, with_year=False)
            since = self.tr("since {}").format(day)
            new = formatting.signed_number(gain.amount)
            self._achievements.set_detail(since, pill=new, trend=Trend.UP)
        elif isinstance(total, int):
            self._achievements.set_detail(self.tr("of {}").format(formatting.number(total)))
        else:
            self._achievements.set_detail()
