"""The growth meter with its status sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.rules import growth_zone
from beatpass_desktop.models import formatting
from beatpass_desktop.views.pages.tracks.growth_words import zone_words
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.gauge import Gauge
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow

_MIDDLE = Qt.AlignmentFlag.AlignCenter


class GrowthCard(Card):
    """In which zone growth is: its span below the needle, its name, what it means, and the way to
    the guide. The rate itself stands on the card for it. Upright, or lying where it is wide.

    Signals:
        guide_requested: the guide is to be shown.
    """

    guide_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName(self.tr("Growth"))
        self.gauge = Gauge(theme)
        self._zone = PlainLabel(theme, "", TextStyle.BODY_STRONG)
        self._sentence = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._guide = LinkButton(theme, self.tr("How growth works"))
        self._guide.clicked.connect(self.guide_requested)
        for label in (self._zone, self._sentence):
            label.setWordWrap(True)
        self._words = QVBoxLayout()
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.addStretch(1)
        self._words.addWidget(self._zone)
        self._words.addWidget(self._sentence)
        self._words.addWidget(self._guide)
        self._words.addStretch(1)
        self._row = ResponsiveRow()
        self._row.addWidget(self.gauge, 0, _MIDDLE)
        self._row.addLayout(self._words, 1)
        self.body.addLayout(self._row, 1)
        self.set_lying(False)
        theme.changed.connect(self._fit)
        self._fit()

    def set_lying(self, lying: bool) -> None:
        """Put the words beside the gauge, or below it."""
        self._row.set_beside(lying)
        side = Qt.AlignmentFlag.AlignLeft if lying else Qt.AlignmentFlag.AlignHCenter
        for label in (self._zone, self._sentence):
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._words.setAlignment(self._guide, side)

    def show_rate(self, rate: float | None) -> None:
        """Show growth in percent; None while nobody knows it."""
        if rate is None:
            self.gauge.set_value(None)
            self._zone.setText(self.tr("Not enough data yet"))
            self._zone.set_tone(Tone.TEXT)
            self._sentence.setText(self.tr("Growth shows after about a week of plays."))
            return
        words = zone_words(growth_zone(rate))
        self.gauge.set_value(rate, words.span, f"{formatting.percent(rate)}, {words.name}")
        self._zone.setText(words.name)
        self._zone.set_tone(words.hue)
        self._sentence.setText(words.meaning)

    def _fit(self) -> None:
        self._row.setSpacing(self._theme.px(Space.S))
        self._words.setSpacing(self._theme.px(Space.XS))
