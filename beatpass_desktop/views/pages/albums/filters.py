"""What the Albums page is filtered by, and how its covers are sorted."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumSort,
    ReleaseState,
)
from beatpass_desktop.models.album_table import AlbumTableModel
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.search_field import SearchField
from beatpass_desktop.views.widgets.select import Select

_NARROWEST = 84
"""px at 100 % that a select is wide at least; longer words are cut"""


class AlbumFilters(QWidget):
    """A field for the name, and selects for year and state of release.

    Signals:
        wanted_changed: the AlbumFilter as it is now.

    Attributes:
        search_field: looks for names.
        year, state: what else is filtered by.
    """

    wanted_changed = Signal(object)

    def __init__(self, theme: Theme, table: AlbumTableModel) -> None:
        super().__init__()
        self._theme = theme
        self._table = table
        self._wanted = AlbumFilter()
        self.search_field = SearchField(theme, self.tr("Search albums"))
        self.search_field.setAccessibleName(self.tr("Search albums"))
        self.search_field.textChanged.connect(self._on_text_changed)
        self.year = Select(theme, self.tr("Year of release"))
        self.state = Select(theme, self.tr("State of release"))
        for state, text in (
            (None, self.tr("All releases")),
            (ReleaseState.RELEASED, self.tr("Released")),
            (ReleaseState.UPCOMING, self.tr("Upcoming")),
            (ReleaseState.UNDATED, self.tr("No release date")),
        ):
            self.state.addItem(text, state)
        self.year.activated.connect(self._on_chosen)
        self.state.activated.connect(self._on_chosen)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search_field, self.year, self.state):
            self._row.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        # No pause: keys that have already come are taken together, nothing else is waited for.
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._on_chosen)
        theme.changed.connect(self._space)
        self._space()
        self.offer_years()

    @property
    def wanted(self) -> AlbumFilter:
        """What is filtered by."""
        return self._wanted

    def set_wanted(self, wanted: AlbumFilter) -> None:
        """Filter by this."""
        self._wanted = wanted
        self.search_field.setText(wanted.text)
        self._typing.stop()
        self.offer_years()
        self.state.setCurrentIndex(max(0, self.state.findData(wanted.state)))
        self.wanted_changed.emit(wanted)

    def offer_years(self) -> None:
        """Offer the years of the albums there are, and the one that is chosen."""
        years: list[int | None] = [None, *self._table.years()]
        if self._wanted.year not in years:
            years.append(self._wanted.year)
        if years != [self.year.itemData(at) for at in range(self.year.count())]:
            self.year.clear()
            for year in years:
                self.year.addItem(self.tr("All years") if year is None else str(year), year)
            self.year.updateGeometry()
        self.year.setCurrentIndex(years.index(self._wanted.year))

    def _space(self) -> None:
        px = self._theme.px
        self._row.setSpacing(px(Space.S))
        # Large text needs the room beside it more.
        self.search_field.setMinimumWidth(min(px(200), 280))
        for select in (self.year, self.state):
            select.setMinimumWidth(px(_NARROWEST))

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_chosen(self) -> None:
        self._typing.stop()
        wanted = AlbumFilter(
            self.search_field.text(), self.year.currentData(), self.state.currentData()
        )
        if wanted != self._wanted:
            self._wanted = wanted
            self.wanted_changed.emit(wanted)


class AlbumOrder(Select):
    """The order of the covers, which have no header to press.

    Signals:
        sort_chosen: an AlbumSort was chosen.
    """

    sort_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.setAccessibleName(self.tr("Order of the albums"))
        for text, column, descending in (
            (self.tr("Newest first"), AlbumColumn.CREATED, True),
            (self.tr("Oldest first"), AlbumColumn.CREATED, False),
            (self.tr("Name, A to Z"), AlbumColumn.NAME, False),
            (self.tr("Name, Z to A"), AlbumColumn.NAME, True),
            (self.tr("Most plays"), AlbumColumn.PLAYS, True),
            (self.tr("Fewest plays"), AlbumColumn.PLAYS, False),
            (self.tr("Most tracks"), AlbumColumn.TRACKS, True),
            (self.tr("Fewest tracks"), AlbumColumn.TRACKS, False),
            (self.tr("Latest release"), AlbumColumn.RELEASED, True),
            (self.tr("Earliest release"), AlbumColumn.RELEASED, False),
        ):
            self.addItem(text, AlbumSort(column, descending))
        self.activated.connect(lambda: self.sort_chosen.emit(AlbumSort(*self.currentData())))
        theme.changed.connect(self._narrow)
        self._narrow()

    def show_sort(self, sort: AlbumSort) -> None:
        """Show the present order."""
        data = [AlbumSort(*self.itemData(at)) for at in range(self.count())]
        self.setCurrentIndex(data.index(sort))

    def _narrow(self) -> None:
        self.setMinimumWidth(self._theme.px(_NARROWEST))
