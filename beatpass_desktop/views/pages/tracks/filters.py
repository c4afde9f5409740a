"""The catalogue's filters: a button, the panel it opens, and what is set as chips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_choice import Added, TrackChoice
from beatpass_desktop.models.track_table import TrackTableModel, licence_text
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.check_box import CheckBox
from beatpass_desktop.views.widgets.date_field import DateField
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.popover import Popover
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.switch import Switch

_WIDTH = 340
_LIST_HEIGHT = 180


class TrackFilterPanel(Popover):
    """Chooses what the catalogue shows; every change applies at once.

    Signals:
        choice_changed: the TrackChoice as it is now.
        closed: see Popover.
    """

    choice_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        table: TrackTableModel,
        choice: TrackChoice,
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(theme, self.tr("Filters"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choice = choice
        self._today = today
        self._add_dates(choice)
        self._add_credits(choice)
        self._add_boxes(
            self.tr("Licence"),
            [(code, licence_text(code), count) for code, count in table.offered_licences()],
            choice.licences,
            self._on_licence_toggled,
        )
        self._add_boxes(
            self.tr("Genre"),
            [(name, formatting.one_line(name), count) for name, count in table.offered_genres()],
            choice.genres,
            self._on_genre_toggled,
        )
        incomplete = Switch(theme, self.tr("Only with metadata missing"))
        incomplete.setChecked(choice.incomplete)
        incomplete.toggled.connect(lambda on: self._change(self._choice._replace(incomplete=on)))
        self.body.addWidget(incomplete)
        clear = LinkButton(theme, self.tr("Clear all filters"), "x")
        clear.clicked.connect(self._on_cleared)
        self.body.addWidget(clear)
        self.setFixedWidth(theme.px(_WIDTH))

    def _add_title(self, text: str) -> None:
        self.body.addWidget(PlainLabel(self._theme, text, TextStyle.SECONDARY_STRONG, Tone.MUTED))

    def _add_dates(self, choice: TrackChoice) -> None:
        theme = self._theme
        self._add_title(self.tr("Added"))
        added = Select(theme, self.tr("Added"))
        for value, text in (
            (Added.ANY, self.tr("Any time")),
            (Added.WEEK, self.tr("Last 7 days")),
            (Added.MONTH, self.tr("Last 30 days")),
            (Added.QUARTER, self.tr("Last 90 days")),
            (Added.YEAR, self.tr("This year")),
            (Added.BETWEEN, self.tr("Between two dates")),
        ):
            added.addItem(text, value)
        added.setCurrentIndex(list(Added).index(choice.added))
        self.body.addWidget(added)
        self._dates = QWidget()
        grid = QGridLayout(self._dates)
        grid.setContentsMargins(0, 0, 0, 0)
        self._first = DateField(theme, self.tr("First day"))
        self._last = DateField(theme, self.tr("Last day"))
        self._first.set_day(choice.first or self._today - timedelta(days=364))
        self._last.set_day(choice.last or self._today)
        for column, field in enumerate((self._first, self._last)):
            grid.addWidget(field, 0, column)
            field.dateChanged.connect(self._on_dates_changed)
        self._dates.setVisible(choice.added is Added.BETWEEN)
        self.body.addWidget(self._dates)
        added.currentIndexChanged.connect(lambda at: self._on_added_chosen(list(Added)[at]))

    def _add_credits(self, choice: TrackChoice) -> None:
        self._add_title(self.tr("Credits"))
        credited = Segmented(
            self._theme,
            [
                (None, self.tr("All")),
                (False, self.tr("Solo")),
                (True, self.tr("Collaborations")),
            ],
        )
        credited.set_current(choice.together)
        credited.current_changed.connect(
            lambda value: self._change(self._choice._replace(together=value))
        )
        self.body.addWidget(credited)

    def _add_boxes(
        self,
        title: str,
        offered: list[tuple[str, str, int]],
        chosen: frozenset[str],
        toggled: Callable[[str, bool], None],
    ) -> None:
        if not offered:
            return
        self._add_title(title)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for value, text, count in offered:
            box = CheckBox(self._theme, text, formatting.number(count))
            box.setChecked(value in chosen)
            box.toggled.connect(partial(toggled, value))
            column.addWidget(box)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bars(area, self._theme)
        area.setWidget(inside)
        # The panel's own ground shows through.
        for ground in (area.viewport(), inside):
            ground.setAutoFillBackground(False)
        height = inside.sizeHint().height()
        area.setFixedHeight(min(height, self._theme.px(_LIST_HEIGHT)))
        self.body.addWidget(area)

    def _change(self, changed: TrackChoice) -> None:
        if changed != self._choice:
            self._choice = changed
            self.choice_changed.emit(changed)

    def _on_added_chosen(self, added: Added) -> None:
        self._dates.setVisible(added is Added.BETWEEN)
        self.adjustSize()
        if added is Added.BETWEEN:
            first, last = self._first.day(), self._last.day()
            self._change(self._choice._replace(added=added, first=first, last=last))
        else:
            self._change(self._choice._replace(added=added))

    def _on_dates_changed(self) -> None:
        first, last = self._first.day(), self._last.day()
        self._change(self._choice._replace(first=first, last=last))

    def _on_licence_toggled(self, code: str, on: bool) -> None:
        licences = self._choice.licences
        licences = licences | {code} if on else licences - {code}
        self._change(self._choice._replace(licences=licences))

    def _on_genre_toggled(self, name: str, on: bool) -> None:
        genres = self._choice.genres
        genres = genres | {name} if on else genres - {name}
        self._change(self._choice._replace(genres=genres))

    def _on_cleared(self) -> None:
        self._change(TrackChoice())
        self.close()
