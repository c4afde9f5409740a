"""What is filtered by, one chip each; a click on a chip takes that filter away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_choice import Added, TrackChoice
from beatpass_desktop.models.track_table import licence_text
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.chip import Chip
from beatpass_desktop.views.widgets.flow import FlowLayout


class TrackFilterChips(QWidget):
    """Hidden while nothing is filtered by.

    Signals:
        choice_changed: the TrackChoice without what was taken away.
    """

    choice_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._flow = FlowLayout(self)
        self._chips: list[Chip] = []
        theme.changed.connect(self._space)
        self._space()
        self.hide()

    def show_choice(self, choice: TrackChoice) -> None:
        """Show what is chosen."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for text, without in self._parts(choice):
            chip = Chip(self._theme, text)
            chip.clicked.connect(partial(self.choice_changed.emit, without))
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self.setVisible(bool(self._chips))

    def texts(self) -> list[str]:
        """The words of the chips in order."""
        return [chip.label() for chip in self._chips]

    def _parts(self, choice: TrackChoice) -> Iterator[tuple[str, TrackChoice]]:
        if choice.added is not Added.ANY:
            yield self._added_text(choice), choice._replace(added=Added.ANY, first=None, last=None)
        if choice.together is not None:
            text = self.tr("Collaborations") if choice.together else self.tr("Solo")
            yield text, choice._replace(together=None)
        for code in sorted(choice.licences):
            yield licence_text(code), choice._replace(licences=choice.licences - {code})
        for name in sorted(choice.genres):
            yield formatting.one_line(name), choice._replace(genres=choice.genres - {name})
        if choice.incomplete:
            yield self.tr("Metadata missing"), choice._replace(incomplete=False)

    def _added_text(self, choice: TrackChoice) -> str:
        if choice.added is Added.BETWEEN:
            return self.tr("{} to {}").format(_day(choice.first), _day(choice.last))
        return {
            Added.WEEK: self.tr("Last 7 days"),
            Added.MONTH: self.tr("Last 30 days"),
            Added.QUARTER: self.tr("Last 90 days"),
            Added.YEAR: self.tr("This year"),
        }[choice.added]

    def _space(self) -> None:
        self._flow.setSpacing(self._theme.px(Space.S))


def _day(day: date | None) -> str:
    if day is None:
        return formatting.UNKNOWN
    return formatting.short_date(day)
