"""The head of the Activity page: whose activity it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.models import formatting
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.models.who import Who
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.avatar import Avatar
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.labels import ElidedLabel

_PICTURE = 56


class ActivityHeader(Card):
    """Picture, name, and the way to the public artist page.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(self, theme: Theme, who: Who, pictures: Pictures | None) -> None:
        super().__init__(theme)
        self._who = who
        self._pictures = pictures
        self.avatar = Avatar(theme, _PICTURE)
        self.name = ElidedLabel(theme, "", TextStyle.TITLE)
        self._link = LinkButton(theme, self.tr("View public artist page"), "external-link")
        self._link.clicked.connect(self._on_link_clicked)
        self._words = QVBoxLayout()
        self._words.addStretch(1)
        self._title = QHBoxLayout()
        self._title.addWidget(self.name)
        self._words.addLayout(self._title)
        below = QHBoxLayout()
        below.addWidget(self._link)
        below.addStretch(1)
        self._words.addLayout(below)
        self._words.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self.avatar)
        self._row.addLayout(self._words, 1)
        self.body.addLayout(self._row)
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        self._space()

    def show_artist(self) -> None:
        """Show whose activity it is now."""
        name = self._who.artist_name or self._who.name
        shown = formatting.one_line(name or "") or formatting.UNKNOWN
        self.name.setText(shown)
        self.avatar.set_name(shown if name else "")
        self._link.setAccessibleName(
            self.tr("View the public artist page of {}").format(formatting.isolated(shown))
        )
        self._show_picture()

    def _show_picture(self) -> None:
        if self._pictures is not None:
            self.avatar.set_image(self._pictures.image(self._who.artist_image))

    def _space(self) -> None:
        super()._space()
        if hasattr(self, "_row"):
            px = self._theme.px
            self._row.setSpacing(px(Space.M))
            self._words.setSpacing(px(Space.XS))

    def _on_link_clicked(self) -> None:
        self.link_requested.emit(links.artist(self._who.artist))

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        if self._who.artist_image in addresses:
            self._show_picture()
