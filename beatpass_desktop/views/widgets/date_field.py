"""A date to type or to pick."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDateEdit, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Size, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour


class DateField(QDateEdit):
    """A date edit in the theme's colours, with a calendar that drops down.

    Signals:
        dateChanged: another date was chosen (of QDateEdit; see `day`).
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat(QLocale().dateFormat(QLocale.FormatType.ShortFormat))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    def day(self) -> date:
        """The date shown."""
        shown = self.date()
        return date(shown.year(), shown.month(), shown.day())

    def set_day(self, day: date) -> None:
        """Show another date."""
        self.setDate(QDate(day.year, day.month, day.day))

    def _dress(self) -> None:
        tokens = self._theme.tokens
        self.setFont(self._theme.font(TextStyle.BODY))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, colour(tokens.surface))
        palette.setColor(QPalette.ColorRole.Text, colour(tokens.text))
        palette.setColor(QPalette.ColorRole.Button, colour(tokens.raised))
        palette.setColor(QPalette.ColorRole.ButtonText, colour(tokens.text))
        self.setPalette(palette)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self._theme.px(Size.CONTROL)))
