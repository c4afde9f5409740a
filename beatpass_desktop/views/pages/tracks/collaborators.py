"""Tracks, below the catalogue: the artists with whom tracks were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatpass_desktop.domain.collaboration import Collaborator
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.collaboration import CollaborationModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.person_button import PersonButton
from beatpass_desktop.views.widgets.section import Section

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures

_FIRST = 12
_MORE = 48


class _Row(QWidget):
    """One collaborator with a follow button."""

    def __init__(self, theme: Theme, person: Collaborator) -> None:
        super().__init__()
        self._theme = theme
        self.person = person
        self.name = formatting.one_line(person.name or "") or self.tr("Unnamed artist")
        self.button = PersonButton(
            theme,
            self.name,
            verified=bool(person.verified),
            hint=self.tr("Show the tracks you made together"),
        )
        self.follow = Button(theme, "")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.button, 1)
        self._line.addWidget(self.follow)
        theme.changed.connect(self._space)

    def show_person(self, person: Collaborator, *, pending: bool) -> None:
        """Show what is known of the collaborator now, and whether a wish is under way."""
        self.person = person
        count = person.track_count
        if count == 1:
            line = self.tr("1 track together")
        else:
            line = self.tr("{} tracks together").format(formatting.number(count))
        self.button.set_line(line)
        self._show_following(person.following, pending)
        self._space()

    def _show_following(self, following: bool | None, pending: bool) -> None:
        if pending:
            text = self.tr("Unfollowing…") if following else self.tr("Following…")
        else:
            text = self.tr("Unfollow") if following else self.tr("Follow")
        self.follow.set_text(text)
        self.follow.setAccessibleName(f"{text} {formatting.isolated(self.name)}")
        unsaid = following is None and not pending
        self.follow.setToolTip(
            plain_tooltip(self.tr("BeatPass did not say whether you follow this artist"))
            if unsaid
            else ""
        )
        self.follow.setDisabled(pending)

    def _space(self) -> None:
        self._line.setSpacing(self._theme.px(Space.S))
        words = (self.tr("Following…"), self.tr("Unfollowing…"), self.tr("Unfollow"))
        metrics = self._theme.metrics(TextStyle.BODY_STRONG)
        widest = max(metrics.horizontalAdvance(text) for text in words)
        # The button is as wide in each of its states.
        self.follow.setMinimumWidth(widest + self._theme.px(2 * Space.M))


class Collaborators(Section):
    """Who made tracks with the artist, whether they are followed, and what was made together.

    Signals:
        common_tracks_requested: a Collaborator whose common tracks are to be shown.
    """

    common_tracks_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        model: CollaborationModel,
        port: RequestPort,
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(theme, self.tr("Collaborators"), in_card=True)
        self._model = model
        self._port = port
        self._pictures = pictures
        self._limit = _FIRST
        self._rows: dict[int, _Row] = {}
        self._grid = CardGrid(theme, min_column=320, columns=(1, 2, 3))
        self._nothing = EmptyState(theme, "users", "", hue=Hue.ALBUMS)
        self._late = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._late.setWordWrap(True)
        self._more = Button(theme, "", ButtonKind.GHOST)
        self._more.clicked.connect(self._on_more_clicked)
        for widget in (self._nothing, self._grid, self._more, self._late):
            self.add(widget)
        model.changed.connect(self._show)
        self._show()

    def rows(self) -> list[_Row]:
        """The collaborators shown, in order."""
        return [row for row in self._grid.cards() if isinstance(row, _Row)]

    def _show(self) -> None:
        model = self._model
        self._show_counts()
        people = model.collaborators
        self._show_rows(people[: self._limit])
        left = len(people) - self._limit
        self._more.set_text(self.tr("Show {} more").format(formatting.number(min(left, _MORE))))
        self._more.setVisible(left > 0)
        self._grid.setVisible(bool(people))
        self._nothing.setVisible(not people)
        if not model.is_known:
            self._nothing.set_texts(
                self.tr("Your collaborators are not here yet"),
                model.failure or self.tr("They come with the next refresh."),
            )
        else:
            self._nothing.set_texts(
                self.tr("No collaborations yet"),
                self.tr("Artists who are credited on a track with you stand here."),
            )
        self._late.setText(model.failure)
        self._late.setVisible(bool(model.failure and people))

    def _show_counts(self) -> None:
        unique, together = self._model.unique, self._model.together
        self.set_subtitle(
            self.tr("Unique collaborators: {}  ·  Tracks together: {}").format(
                formatting.number(unique), formatting.number(together)
            )
        )

    def _show_rows(self, people: list[Collaborator]) -> None:
        rows: dict[int, _Row] = {}
        for person in people:
            row = self._rows.get(person.id)
            if row is None or _looks(row.person) != _looks(person):
                row = self._build_row(person)
            if self._pictures is not None:
                row.button.show_picture(self._pictures, person.image)
            row.show_person(person, pending=self._model.is_following_pending(person.id))
            rows[person.id] = row
        if list(rows.values()) != self.rows():
            self._grid.set_cards(rows.values())
        self._rows = rows

    def _build_row(self, person: Collaborator) -> _Row:
        row = _Row(self._theme, person)
        row.button.clicked.connect(lambda: self.common_tracks_requested.emit(row.person))
        row.follow.clicked.connect(lambda: self._on_follow_clicked(row.person))
        return row

    def _on_follow_clicked(self, person: Collaborator) -> None:
        if person.following:
            self._port.unfollow(person.id)
        else:
            self._port.follow(person.id)

    def _on_more_clicked(self) -> None:
        self._limit += _MORE
        self._show()


def _looks(person: Collaborator) -> tuple[str | None, bool | None]:
    """What a row is built from; the rest changes in place."""
    return person.name, person.verified
