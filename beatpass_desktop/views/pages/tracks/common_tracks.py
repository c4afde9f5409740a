"""The tracks made together with one artist."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.collaboration import Collaborator, CommonTrack
from beatpass_desktop.models import formatting
from beatpass_desktop.models.collaboration import CollaborationModel
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.rank_row import RankRow

_MOST = 200
"""a longer list is for the catalogue with its filter"""


class CommonTracks(Dialog):
    """Lists the tracks by plays; each opens its page.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: CollaborationModel,
        person: Collaborator,
        parent: QWidget | None = None,
    ) -> None:
        name = formatting.one_line(person.name or "") or formatting.UNKNOWN
        title = QCoreApplication.translate("CommonTracks", "Tracks with {}")
        super().__init__(
            theme,
            title.format(formatting.isolated(name)),
            icon="users",
            hue=Hue.ALBUMS,
            parent=parent,
        )
        tracks = model.common_tracks(person.id)
        if len(tracks) > _MOST:
            shown = self.tr("The {} most played of {}").format(
                formatting.number(_MOST), formatting.number(len(tracks))
            )
            self.heading.set_subtitle(shown)
        most = max((track.plays or 0 for track in tracks), default=0)
        self.body.setSpacing(0)
        for number, track in enumerate(tracks[:_MOST], 1):
            self.add(self._row(number, track, most))
        if not tracks:
            self.add(
                EmptyState(
                    theme,
                    "music",
                    self.tr("The list is not here yet"),
                    self.tr("BeatPass has not told which tracks these are."),
                    hue=Hue.ALBUMS,
                )
            )
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def rows(self) -> list[RankRow]:
        """The tracks shown, in order."""
        return self.findChildren(RankRow)

    def _row(self, number: int, track: CommonTrack, most: int) -> RankRow:
        name = formatting.one_line(track.title or "") or self.tr("Untitled")
        if track.artists:
            name = f"{formatting.isolated(name)}  ·  {formatting.one_line(track.artists)}"
        plays = formatting.number(track.plays)
        row = RankRow(
            self._theme,
            number,
            name,
            plays,
            (track.plays or 0) / most if most else 0.0,
            hue=Hue.ALBUMS,
            accessible=self.tr("{}. {}: {} plays").format(number, name, plays),
        )
        row.clicked.connect(lambda: self.link_requested.emit(links.track(track.id)))
        return row

    def _dress(self) -> None:
        super()._dress()
        self.body.setSpacing(0)
