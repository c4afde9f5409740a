"""How the artist's rank went, by this computer's own record."""

from __future__ import annotations

from datetime import date

from beatpass_desktop.domain.leaderboards import Category
from beatpass_desktop.models import formatting
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboards import LeaderboardsModel
from beatpass_desktop.views.charts import axis_text
from beatpass_desktop.views.charts.lines import LineChart
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue

_HEIGHT = 220
_ENOUGH = 2


class RankHistory(LineChart):
    """The rank of all time by day in the category that is shown; the first place is on top."""

    def __init__(self, theme: Theme, model: LeaderboardsModel) -> None:
        super().__init__(
            theme,
            self.tr("Your rank over time"),
            hue=Hue.LEADERBOARDS,
            value_title=self.tr("Rank"),
            label_title=self.tr("Day (UTC)"),
            height=_HEIGHT,
            write=_write,
            write_axis=_write,
        )
        self.set_value_axis(from_zero=False, upside_down=True)
        self._model = model
        self._shown: tuple[Category, list[tuple[date, int]]] | None = None
        model.changed.connect(self.show_history)
        self.show_history()

    def show_history(self) -> None:
        """Read the record again."""
        category = self._model.shown.category
        days = self._model.history(category)
        if (category, days) == self._shown:
            return
        self._shown = category, days
        self.set_subtitle(
            self.tr("{}, all time, as seen by this computer").format(words.category_name(category))
        )
        if len(days) < _ENOUGH:
            self.set_message(*self._beginning(days))
            days = []
        self.set_data([day for day, _ in days], [rank for _, rank in days])

    def _summed_up(self) -> str:
        """The chart in a sentence: the best rank is the lowest number."""
        ranks = self.data.series[0].values
        best = min(range(len(ranks)), key=lambda at: ranks[at] or 0)
        return self.tr("{} to {}; best {}: {}").format(
            self.data.labels[0],
            self.data.labels[-1],
            self.data.labels[best],
            self.data.text(0, best),
        )

    def _beginning(self, days: list[tuple[date, int]]) -> tuple[str, str]:
        if not days:
            return (
                self.tr("No rank on record yet"),
                self.tr("The record begins on the first day on which BeatPass names your rank."),
            )
        day, rank = days[0]
        place = formatting.place(rank)
        if day == self._model.today():
            return (
                self.tr("History begins today with {}").format(place),
                self.tr("The line is drawn from the second day on record."),
            )
        return (
            self.tr("History began on {} with {}").format(axis_text.day(day), place),
            self.tr("The line is drawn from the second day on record."),
        )


def _write(value: float) -> str:
    """A rank on the axis; between two ranks and above the first there is none."""
    if value < 1 or not float(value).is_integer():
        return ""
    return f"#{formatting.number(int(value))}"
