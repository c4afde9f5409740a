"""Activity: the latest downloads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.downloads import Download
from beatpass_desktop.models import formatting
from beatpass_desktop.models.downloads import DownloadsModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Avatar
from beatpass_desktop.views.widgets.buttons import Button, LinkButton
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.row_list import RowList
from beatpass_desktop.views.widgets.section import Section

_PICTURE = 36
_BESIDE = 520
"""width from which the links stand beside the words"""


class DownloadRow(QWidget):
    """Who downloaded which track when, with links to the track and its licence.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(self, theme: Theme, download: Download) -> None:
        super().__init__()
        self._theme = theme
        self.download = download
        user = self.user()
        self._avatar = Avatar(theme, _PICTURE)
        self._avatar.set_name(user if download.user else "")
        self._user = ClampedLabel(theme, user, TextStyle.BODY_STRONG)
        self._track = ClampedLabel(theme, self.track(), TextStyle.SECONDARY, Tone.MUTED)
        self.time = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._first = QHBoxLayout()
        self._first.addWidget(self._user, 1)
        self._first.addWidget(self.time)
        self._links = QHBoxLayout()
        self._second = ResponsiveRow()
        self._below = QHBoxLayout()
        self._below.addWidget(self._track)
        self._second.addLayout(self._below, 1)
        self._second.addLayout(self._links)
        if download.track_id is not None:
            self._add_link(self.tr("View track"), links.track(download.track_id))
        if download.license_uuid is not None:
            address = links.license_page(download.license_uuid)
            self._add_link(self.tr("View licence"), address)
        self._links.addStretch(0)
        self._words = QVBoxLayout()
        self._words.addLayout(self._first)
        self._words.addLayout(self._second)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        theme.changed.connect(self._space)
        self._space()

    def user(self) -> str:
        """Who downloaded, as shown."""
        name = self.download.user
        return formatting.one_line(name or "") or self.tr("Somebody")

    def title(self) -> str:
        """The track's name, as shown."""
        name = self.download.track
        return formatting.one_line(name or "") or self.tr("Untitled")

    def track(self) -> str:
        """What was downloaded and whose it is, as shown."""
        title = self.title()
        artists = [formatting.one_line(one) for one in self.download.artists or ()]
        return f"{title}  ·  {', '.join(artists)}" if artists else title

    def show_time(self, now: datetime) -> None:
        """Say how long ago it was."""
        at = self.download.at
        text = formatting.UNKNOWN if at is None else formatting.ago(at, now)
        if text != self.time.text():
            self.time.setText(text)
            self.time.setToolTip("" if at is None else plain_tooltip(formatting.exact(at)))
            self.time.setAccessibleDescription("" if at is None else formatting.exact(at))

    def show_picture(self, pictures: Pictures) -> None:
        """Show the picture of who downloaded."""
        self._avatar.set_image(pictures.image(self.download.avatar))

    def _add_link(self, text: str, address: str) -> None:
        link = LinkButton(self._theme, text, "external-link")
        link.setAccessibleName(f"{text}: {formatting.isolated(self.title())}")
        link.clicked.connect(lambda: self.link_requested.emit(address))
        self._links.addWidget(link)

    def _space(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(0, px(Space.XS), 0, px(Space.XS))
        self._row.setSpacing(px(Space.S))
        self._words.setSpacing(2)
        self._first.setSpacing(px(Space.M))
        self._links.setSpacing(px(Space.L))
        self._second.setSpacing(px(Space.S))
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._second.set_beside(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


class RecentDownloads(Section):
    """The latest downloads of the period, five at first.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: DownloadsModel,
        now: Callable[[], datetime],
        pictures: Pictures | None,
    ) -> None:
        super().__init__(theme, self.tr("Recent downloads"), in_card=True)
        self._model = model
        self._now = now
        self._pictures = pictures
        self._rows: dict[int, DownloadRow] = {}
        self._list = RowList()
        self.body.addLayout(self._list)
        self._late = PlainLabel(theme, "", TextStyle.SECONDARY, Hue.WARN)
        self._late.setWordWrap(True)
        self.add(self._late)
        self.more = Button(theme, self.tr("Load more"))
        self.more.clicked.connect(model.load_more)
        self._end = QHBoxLayout()
        self._end.addWidget(self.more)
        self._end.addStretch(1)
        self.body.addLayout(self._end)
        self.body.addStretch(1)
        model.changed.connect(self._show)
        model.freshness_changed.connect(self._show_more)
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        self._show()

    def rows(self) -> list[DownloadRow]:
        """The downloads shown, in order."""
        return list(self._rows.values())

    def show_times(self) -> None:
        """Say anew how long ago each was."""
        for row in self._rows.values():
            row.show_time(self._now())

    def _show(self) -> None:
        rows: dict[int, DownloadRow] = {}
        for place, download in enumerate(self._model.recent):
            row = self._rows.pop(download.id, None)
            if row is not None and row.download != download:
                self._list.drop(row)
                row = None
            if row is None:
                row = self._row(download)
            if self._list.indexOf(row) != place:
                self._list.insertWidget(place, row)
            rows[download.id] = row
        for gone in self._rows.values():
            self._list.drop(gone)
        self._rows = rows
        self.show_times()
        self._show_more()

    def _row(self, download: Download) -> DownloadRow:
        row = DownloadRow(self._theme, download)
        row.link_requested.connect(self.link_requested)
        if self._pictures is not None:
            row.show_picture(self._pictures)
        return row

    def _show_more(self) -> None:
        model = self._model
        loading = model.is_loading_more
        self.more.set_text(self.tr("Loading…") if loading else self.tr("Load more"))
        self.more.setVisible(model.has_more or loading)
        self._late.setText(model.more_failure)
        self._late.setVisible(bool(model.more_failure))

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        for row in self._rows.values():
            if self._pictures is not None and row.download.avatar in addresses:
                row.show_picture(self._pictures)
