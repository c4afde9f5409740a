"""Where the artist stands in a ranking."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboards import Climb, LeaderboardsModel
from beatpass_desktop.views.charts import axis_text
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Trend
from beatpass_desktop.views.widgets.stat_card import StatCard


class OwnStanding(QWidget):
    """Cards for rank, score and how many are ranked; what to do when BeatPass names no rank.

    Attributes:
        cards: the figures, in order.

    Signals:
        upload_requested: a first track is to be uploaded.
    """

    upload_requested = Signal()

    def __init__(self, theme: Theme, model: LeaderboardsModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._rank = StatCard(theme, "trophy", self.tr("Your Rank"), Hue.LEADERBOARDS)
        self._score = StatCard(theme, "gauge", self.tr("Your Score"), Hue.PROGRESS)
        self._total = StatCard(theme, "users", self.tr("Producers Ranked"), Hue.HOME)
        self.cards = [self._rank, self._score, self._total]
        grid = CardGrid(theme, columns=(1, 3))
        for card in self.cards:
            grid.add(card)
        self._unranked = PlainLabel(
            theme,
            self.tr(
                "BeatPass names no rank for you here. Listed are artists with a profile and at "
                "least one public track."
            ),
            TextStyle.BODY,
            Tone.MUTED,
        )
        self._unranked.setWordWrap(True)
        self._upload = LinkButton(theme, self.tr("Upload a track"), "external-link")
        self._upload.clicked.connect(self.upload_requested)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(grid)
        self._column.addWidget(self._unranked)
        row = FlowLayout()
        row.addWidget(self._upload)
        self._column.addLayout(row)
        theme.changed.connect(self._space)
        self._space()

    def show_figures(self) -> None:
        """Put the standing on the screen."""
        model = self._model
        board, rank = model.board, model.rank
        total = None if board is None else board.total_producers
        self._rank.set_value(None if rank is None else formatting.place_among(rank, total))
        climb = model.climb()
        if climb is None:
            self._rank.set_detail()
        else:
            self._show_climb(climb)
        self._show_score()
        self._total.set_value(None if total is None else formatting.number(total))
        unranked = rank is None and board is not None
        self._unranked.setVisible(unranked)
        self._upload.setVisible(unranked)

    def _show_score(self) -> None:
        """The score, what BeatPass calls it, and the tier; only what was sent."""
        score, row = self._model.score, self._model.own_entry
        label = None if row is None else row.score_label
        tier = words.tier_name(row.tier) if row is not None and row.tier else ""
        if score is None:
            figure, counted = None, formatting.one_line(label or "").strip()
        else:
            figure, counted = words.score_parts(score, label)
        self._score.set_value(figure)
        self._score.set_detail(" · ".join(part for part in (counted, tier) if part))

    def _show_climb(self, climb: Climb) -> None:
        if climb.is_yesterday:
            since = self.tr("since yesterday")
        else:
            since = self.tr("since {}").format(axis_text.day(climb.since))
        if climb.places == 0:
            self._rank.set_detail(since, pill=self.tr("unchanged"), trend=Trend.FLAT)
            return
        places = formatting.number(abs(climb.places))
        up = climb.places > 0
        spoken = self.tr("up {} {}") if up else self.tr("down {} {}")
        self._rank.set_detail(
            since,
            pill=places,
            trend=Trend.UP if up else Trend.DOWN,
            accessible=spoken.format(places, since),
        )

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.M))
