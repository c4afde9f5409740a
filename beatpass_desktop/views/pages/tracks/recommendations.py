"""Tracks, below the catalogue: artists to make a track with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.domain.collaboration import Opportunity
from beatpass_desktop.models import formatting
from beatpass_desktop.models.collaboration import CollaborationModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, Tone
from beatpass_desktop.views.widgets.person_button import PersonButton
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.section import Section

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures

_GENRES = 3
_MOST = 24


class RecommendationCard(Card):
    """One artist: how many tracks, how well they match, what genres are shared.

    Signals:
        profile_requested: the artist's page is to be shown.
    """

    profile_requested = Signal()

    def __init__(self, theme: Theme, chance: Opportunity) -> None:
        super().__init__(theme, padding=Space.M, raised=True)
        artist = chance.artist
        self.name = formatting.one_line(artist.name or "") or self.tr("Unnamed artist")
        hint = self.tr("Show this artist's profile")
        self.person = PersonButton(
            theme,
            self.name,
            self._tracks(chance.track_count),
            verified=bool(artist.verified),
            hint=hint,
        )
        self.person.clicked.connect(self.profile_requested)
        self.match = self._match(chance.match_score)
        names = [formatting.one_line(genre) for genre in chance.common_genres[:_GENRES]]
        self.genres = ElidedLabel(
            theme,
            self.tr("Common genres: {}").format(", ".join(names) or formatting.UNKNOWN),
            TextStyle.SECONDARY,
            Tone.MUTED,
        )
        profile = LinkButton(theme, self.tr("View profile"), "external-link")
        profile.setAccessibleName(
            self.tr("View the profile of {}").format(formatting.isolated(self.name))
        )
        profile.clicked.connect(self.profile_requested)
        self._inset = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(self.match)
        row.addStretch(1)
        self._inset.addLayout(row)
        self._inset.addWidget(self.genres)
        self.body.addWidget(self.person)
        self.body.addLayout(self._inset)
        self._last = QHBoxLayout()
        self._last.addWidget(profile)
        self._last.addStretch(1)
        self.body.addLayout(self._last)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        inset = self._theme.px(Space.S)
        self.body.setSpacing(inset)
        self._inset.setContentsMargins(inset, 0, inset, 0)
        self._inset.setSpacing(inset)
        self._last.setContentsMargins(inset, 0, inset, 0)

    def _tracks(self, count: int | None) -> str:
        if count == 1:
            return self.tr("1 track")
        if count is None:
            return self.tr("Tracks: {}").format(formatting.UNKNOWN)
        return self.tr("{} tracks").format(formatting.number(count))

    def _match(self, score: int | None) -> Pill | PlainLabel:
        """The score in percent with what it means (help centre, Tracks)."""
        if score is None:
            return self._plain_match(self.tr("Match: {}").format(formatting.UNKNOWN))
        percent = f"{formatting.number(score)}\N{NO-BREAK SPACE}%"
        if score >= 90:
            words, hue, icon = self.tr("{} · highly compatible"), Hue.GOOD, "sparkles"
        elif score >= 70:
            words, hue, icon = self.tr("{} · good fit"), Hue.INFO, "check"
        elif score >= 50:
            words, hue, icon = self.tr("{} · some overlap"), Hue.WARN, "minus"
        else:
            return self._plain_match(self.tr("{} match").format(percent))
        return Pill(self._theme, words.format(percent), hue, icon)

    def _plain_match(self, text: str) -> PlainLabel:
        """As high as a pill, so that cards beside each other are alike."""
        label = PlainLabel(self._theme, text, TextStyle.SECONDARY_STRONG, Tone.MUTED)
        label.setMinimumHeight(Pill(self._theme, text).sizeHint().height())
        return label


class Recommendations(Section):
    """Artists whose tracks go well with one's own.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(
        self, theme: Theme, model: CollaborationModel, pictures: Pictures | None = None
    ) -> None:
        super().__init__(
            theme,
            self.tr("Recommended collaborations"),
            self.tr("Artists whose genres go with yours"),
            in_card=True,
        )
        self._model = model
        self._pictures = pictures
        self._shown: list[Opportunity] | None = None
        self._grid = CardGrid(theme, min_column=264, columns=(1, 2, 3, 4))
        self._nothing = EmptyState(theme, "sparkles", "", hue=Hue.TRACKS)
        self._late = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._late.setWordWrap(True)
        for widget in (self._nothing, self._grid, self._late):
            self.add(widget)
        model.changed.connect(self._show)
        self._show()

    def cards(self) -> list[RecommendationCard]:
        """The recommendations shown, in order."""
        return [card for card in self._grid.cards() if isinstance(card, RecommendationCard)]

    def _show(self) -> None:
        model = self._model
        chances = model.opportunities[:_MOST]
        if chances != self._shown:
            self._shown = chances
            self._grid.set_cards([self._card(chance) for chance in chances])
        self._grid.setVisible(bool(chances))
        self._nothing.setVisible(not chances)
        if not model.opportunities_known:
            self._nothing.set_texts(
                self.tr("Recommendations are not here yet"),
                model.opportunities_failure or self.tr("They come with the next refresh."),
            )
        else:
            self._nothing.set_texts(
                self.tr("No recommendations yet"),
                self.tr(
                    "BeatPass needs three to five of your tracks with genres to find artists "
                    "who go with you."
                ),
            )
        self._late.setText(model.opportunities_failure)
        self._late.setVisible(bool(model.opportunities_failure and chances))

    def _card(self, chance: Opportunity) -> RecommendationCard:
        card = RecommendationCard(self._theme, chance)
        if self._pictures is not None:
            card.person.show_picture(self._pictures, chance.artist.image)
        address = links.artist(chance.artist.id)
        card.profile_requested.connect(lambda: self.link_requested.emit(address))
        return card
