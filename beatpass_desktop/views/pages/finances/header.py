"""Whose money it is, whether it can come, and how old the balances are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Avatar
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.select import Select

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures


class FinancesHeader(QWidget):
    """The artist, or a choice of artists where the account has several, and the state.

    Signals:
        artist_requested: the number of an artist that is to be shown.

    Attributes:
        switcher: the choice of artists; hidden where there is none.
        badge: Active or Setup required; hidden while neither is known.
    """

    artist_requested = Signal(object)

    def __init__(self, theme: Theme, model: FinancesModel, pictures: Pictures | None) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._pictures = pictures
        self._avatar = Avatar(theme)
        self._name = ElidedLabel(theme, "", TextStyle.SECTION)
        self.switcher = Select(theme, self.tr("Artist whose money is shown"))
        self.switcher.activated.connect(self._on_artist_chosen)
        self.badge = Pill(theme)
        self._age = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._row = FlowLayout(self)
        for widget in (self._avatar, self._name, self.switcher, self.badge, self._age):
            self._row.addWidget(widget)
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        theme.changed.connect(self._space)
        self._space()

    def show_artist(self) -> None:
        """Show whose money it is now, and its state."""
        who = self._model.who
        artists = who.managed if len(who.managed) > 1 else []
        name = formatting.one_line(who.artist_name or who.name or "") or formatting.UNKNOWN
        self._name.setText(name)
        self._name.setVisible(not artists)
        self._avatar.set_name(name)
        self._show_picture()
        offered = [(artist.id, _name(artist.name, artist.id)) for artist in artists]
        known = [
            (self.switcher.itemData(at), self.switcher.itemText(at))
            for at in range(self.switcher.count())
        ]
        if offered != known:
            with QSignalBlocker(self.switcher):
                self.switcher.clear()
                for number, text in offered:
                    self.switcher.addItem(text, number)
            self.switcher.updateGeometry()
        self.switcher.setCurrentIndex(self.switcher.findData(who.artist))
        self.switcher.setVisible(bool(artists))
        self._show_badge()
        self._show_age()

    def _show_badge(self) -> None:
        stripe = self._model.stripe
        ready = None if stripe is None else stripe.is_ready
        self.badge.setVisible(ready is not None)
        self.badge.set_text(self.tr("Active") if ready else self.tr("Setup required"))
        self.badge.set_hue(Hue.GOOD if ready else Hue.WARN)
        self.badge.set_icon("circle-check" if ready else "circle-alert")

    def _show_age(self) -> None:
        """When BeatPass worked the balances out, which may be before they were fetched."""
        finances = self._model.finances
        at = None if finances is None or self._model.needs_setup else finances.cached_at
        self._age.setVisible(at is not None)
        if at is not None:
            day = formatting.weekday_and_clock(at, self._model.now())
            self._age.setText(self.tr("Balances as of {}").format(day))
            self._age.setToolTip(formatting.exact(at))

    def _show_picture(self) -> None:
        if self._pictures is not None:
            self._avatar.set_image(self._pictures.image(self._model.who.artist_image))

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))

    def _on_artist_chosen(self, at: int) -> None:
        artist = self.switcher.itemData(at)
        if artist != self._model.who.artist:
            self.artist_requested.emit(artist)

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        if self._model.who.artist_image in addresses:
            self._show_picture()


def _name(name: str | None, number: int) -> str:
    return formatting.one_line(name) if name else str(number)
