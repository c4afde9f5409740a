"""Progress: level, title and experience points."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain.experience import XP_EARNED, XpAction
from beatpass_desktop.models import formatting
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.views.pages.figure_text import count
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, Tone
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.ring import Ring
from beatpass_desktop.views.widgets.stat_card import StatCard

_BESIDE = 760
_FIGURE = 280
"""px at 100 % of a figure: below each other beside the ring, beside each other below it"""


class ProgressHeader(QWidget):
    """The ring to the next level with title and number, and beside it the points.

    Attributes:
        ring: the way to the next level.
        cards: the figures, in order.
        begin_button: the next step of who has not earned anything yet.

    Signals:
        upload_requested: somebody wants to upload a track.
    """

    upload_requested = Signal()

    def __init__(self, theme: Theme, model: ProgressModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.ring = Ring(theme, Hue.PROGRESS)
        self._title = ElidedLabel(theme, "", TextStyle.TITLE)
        self._level = PlainLabel(theme, "", TextStyle.SECTION, Hue.PROGRESS)
        self._note = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._note.setWordWrap(True)
        self.begin_button = Button(
            theme, self.tr("Upload a track"), ButtonKind.PRIMARY, "external-link"
        )
        self.begin_button.clicked.connect(self.upload_requested)
        self._texts = QVBoxLayout()
        self._texts.addStretch(1)
        for widget in (self._title, self._level, self._note):
            self._texts.addWidget(widget)
        # Aligned, for otherwise the texts were no wider than the button.
        self._begin = QVBoxLayout()
        self._begin.addWidget(self.begin_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._texts.addLayout(self._begin)
        self._texts.addStretch(1)
        self._inner = QHBoxLayout()
        self._inner.addWidget(self.ring)
        self._inner.addLayout(self._texts, 1)
        card = Card(theme)
        card.body.addLayout(self._inner)
        self._xp = StatCard(theme, "zap", self.tr("Total XP"), Hue.PROGRESS)
        self._next = StatCard(theme, "trending-up", self.tr("XP to next level"), Hue.INFO)
        self.cards = [self._xp, self._next]
        figures = CardGrid(theme, min_column=_FIGURE, columns=(1, 2), fills=True)
        for shown in self.cards:
            figures.add(shown)
        self._figures = figures
        self._row = ResponsiveRow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(card, 2)
        self._row.addWidget(figures, 1)
        theme.changed.connect(self._space)
        self._space()

    def show_figures(self) -> None:
        """Put the model's figures on the screen."""
        model, progress = self._model, self._model.progress
        title = formatting.one_line(progress.level_title or "") or formatting.UNKNOWN
        number = formatting.number(progress.level)
        self._title.setText(title)
        self._level.setText(self.tr("Level {}").format(number))
        self._show_ring()
        count(self._xp, progress.xp)
        count(self._next, progress.xp_to_next)
        following = progress.level is not None and not model.is_at_maximum
        if model.is_at_maximum:
            self._next.set_detail(self.tr("Maximum level"))
        elif following and progress.level is not None:
            self._next.set_detail(
                self.tr("to level {}").format(formatting.number(progress.level + 1))
            )
        else:
            self._next.set_detail()
        self.begin_button.setVisible(model.is_beginning)

    def _show_ring(self) -> None:
        model, progress = self._model, self._model.progress
        level = self.tr("Level {}").format(formatting.number(progress.level))
        aim = self.tr("to next level")
        if progress.level is not None:
            aim = self.tr("to level {}").format(formatting.number(progress.level + 1))
        note = ""
        if model.is_at_maximum:
            note = self.tr("Maximum level: there is no higher one. XP still counts.")
            self.ring.set_value(100.0, _percent(100.0), self.tr("maximum"), f"{level}: {note}")
        elif progress.level_progress is None:
            note = self.tr("BeatPass has not sent how far the next level is.")
            self.ring.set_value(None, formatting.UNKNOWN, aim, f"{level}: {note}")
        else:
            percent = _percent(progress.level_progress)
            words = self.tr("{} of the way to the next level").format(percent)
            if progress.level is not None:
                words = self.tr("{} of the way to level {}").format(
                    percent, formatting.number(progress.level + 1)
                )
            self.ring.set_value(progress.level_progress, percent, aim, f"{level}: {words}")
        if model.is_beginning:
            earned = formatting.signed_number(XP_EARNED[XpAction.UPLOAD])
            note = self.tr("Nothing earned yet. Your first track brings {} XP.").format(earned)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _space(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(Space.M))
        self._inner.setSpacing(px(Space.XL))
        self._texts.setSpacing(px(Space.XS))
        self._begin.setContentsMargins(0, px(Space.S), 0, 0)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._row.set_beside(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


def _percent(value: float) -> str:
    digits = 0 if float(value).is_integer() else 1
    return f"{formatting.decimal(float(value), digits)}\N{NO-BREAK SPACE}%"
