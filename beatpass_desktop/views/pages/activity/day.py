"""Activity: what was uploaded on one day."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack
from beatpass_desktop.models import formatting
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.models.upload_calendar import UploadCalendarModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.link_row import LinkRow
from beatpass_desktop.views.widgets.row_list import RowList

_MOST = 5


class DayDetails(Card):
    """The exact date, the count, and up to five tracks with their times.

    Signals:
        link_requested: a web address is to be opened.
        close_requested: the details are to be put away.
    """

    link_requested = Signal(str)
    close_requested = Signal()

    def __init__(self, theme: Theme, model: UploadCalendarModel, pictures: Pictures | None) -> None:
        super().__init__(theme, padding=Space.M, raised=True)
        self._model = model
        self._pictures = pictures
        self._images: dict[LinkRow, str | None] = {}
        self.title = PlainLabel(theme, "", TextStyle.BODY_STRONG)
        self.title.setWordWrap(True)
        self.line = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self.line.setWordWrap(True)
        close = IconButton(theme, "x", "")
        close.set_tooltip(self.tr("Close the details of the day"), self.tr("Esc"))
        close.clicked.connect(self.close_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.line)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._list = RowList()
        self._rest = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._rest.setWordWrap(True)
        self.body.addLayout(top)
        self.body.addLayout(self._list)
        self.body.addWidget(self._rest)
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)

    def rows(self) -> list[LinkRow]:
        """The tracks shown, in order."""
        return list(self._images)

    def show_day(self, day: date) -> None:
        """Show what is known of a day."""
        found = (self._model.days or {}).get(day)
        self.title.setText(formatting.long_date(day))
        self.setAccessibleName(self.title.text())
        self.line.setText(day_line(self._model, day))
        tracks = (found.tracks or ())[:_MOST] if found is not None else ()
        self._show_tracks(day, tracks)
        self._rest.setText(self._rest_words(found, len(tracks)))
        self._rest.setVisible(bool(self._rest.text()))

    def _show_tracks(self, day: date, tracks: tuple[UploadedTrack, ...]) -> None:
        for row in self._images:
            self._list.drop(row)
        self._images = {}
        for track in tracks:
            row = self._row(day, track)
            self._images[row] = track.image
            self._list.addWidget(row)
            if self._pictures is not None:
                row.set_image(self._pictures.image(track.image))

    def _row(self, day: date, track: UploadedTrack) -> LinkRow:
        name = formatting.one_line(track.name or "") or self.tr("Untitled")
        time = _local_time(day, track.created_at)
        row = LinkRow(self._theme, name, time, hint=self.tr("Open the track"))
        row.clicked.connect(lambda: self.link_requested.emit(links.track(track.id)))
        return row

    def _rest_words(self, found: UploadDay | None, shown: int) -> str:
        if found is None or found.count <= shown:
            return ""
        if not shown:
            return self.tr("BeatPass did not send the tracks of this day.")
        left = found.count - shown
        if left == 1:
            return self.tr("and 1 more")
        return self.tr("and {} more").format(formatting.number(left))

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        for row, address in self._images.items():
            if self._pictures is not None and address in addresses:
                row.set_image(self._pictures.image(address))


def day_line(model: UploadCalendarModel, day: date) -> str:
    """The uploads of a day in words; with X-Ray those of the platform too."""
    tr = _tr
    is_ahead = day > model.today
    days = model.days
    found = None if days is None else days.get(day)
    if found is None and (days is None or is_ahead):
        own = tr("Not reached yet") if is_ahead else tr("Uploads: {}").format(formatting.UNKNOWN)
    else:
        number = found.count if found is not None else 0
        own = tr("1 upload") if number == 1 else tr("{} uploads").format(formatting.number(number))
        own = tr("No uploads") if number == 0 else own
    if not model.with_platform or (is_ahead and found is None):
        return own
    everybody = model.platform
    count = None if everybody is None else everybody.get(day, 0)
    return f"{own}  ·  " + tr("Platform: {}").format(formatting.number(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("DayDetails", text)


def _local_time(day: date, moment: datetime | None) -> str:
    """The local time of an upload, with its date where that is another than the day's."""
    if moment is None:
        return formatting.UNKNOWN
    clock = formatting.clock(moment)
    if moment.astimezone().date() == day:
        return clock
    return f"{formatting.day(moment)} {clock}"
