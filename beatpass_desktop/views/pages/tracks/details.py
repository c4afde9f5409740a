"""The pane beside the catalogue: one track with its insights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.insights import InsightPeriod
from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_details import TrackDetailsModel
from beatpass_desktop.views.charts.lines import LineChart
from beatpass_desktop.views.pages.tracks.facts import insight_facts, metadata_words, track_facts
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.avatar import Cover
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, IconButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.fact_list import FactList
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.segmented import Segmented

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures

_COVER = 72
_LONGEST_NAME = 72
"""characters; the rest of a longer name is in the tooltip"""
_CHART_HEIGHT = 150


class TrackDetails(Card):
    """Everything about the current track; scrolls within itself.

    Signals:
        link_requested: a web address is to be opened.
        close_requested: the pane is to be put away.
    """

    link_requested = Signal(str)
    close_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        model: TrackDetailsModel,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(theme, padding=Space.M)
        self.setAccessibleName(self.tr("Track details"))
        self._model = model
        self._now = now
        self._pictures = pictures
        self._nothing = EmptyState(
            theme,
            "music",
            self.tr("No track is selected"),
            self.tr("Select a row of the table to see the track here."),
            hue=Hue.TRACKS,
        )
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        # The keys that scroll come to it from the buttons.
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bars(self._area, theme)
        self.body.addLayout(self._build_top(theme))
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self._area, 1)
        self._column.addLayout(self._build_actions(theme))
        self._column.addWidget(self._build_insights(theme))
        self._facts = FactList(theme)
        facts = Section(theme, self.tr("Track"))
        facts.add(self._facts)
        self._column.addWidget(facts)
        self._column.addWidget(self._build_metadata(theme))
        self._column.addStretch(1)
        self._area.setWidget(self._content)
        model.changed.connect(self._show)
        theme.changed.connect(self._fit)
        self._fit()
        self._show()

    def is_settled(self) -> bool:
        """Whether everything that is in view has been drawn."""
        return self.isHidden() or self.chart.is_settled()

    def _build_top(self, theme: Theme) -> QHBoxLayout:
        self._cover = Cover(theme, _COVER)
        self._name = PlainLabel(theme, "", TextStyle.SECTION)
        self._name.setWordWrap(True)
        self._name.setMinimumWidth(1)
        # A name in another script stands where the page's words begin, too.
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        self._name.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._artists = ElidedLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        close = IconButton(theme, "x", "")
        close.set_tooltip(self.tr("Close the details"), self.tr("Esc"))
        close.clicked.connect(self.close_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._artists)
        words.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self._cover, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._top = top
        return top

    def _build_actions(self, theme: Theme) -> FlowLayout:
        row = self._actions = FlowLayout()
        for text, icon, address in (
            (self.tr("Open"), "external-link", links.track),
            (self.tr("Insights"), "activity", links.track_insights),
            (self.tr("Edit"), "settings", links.track_edit),
        ):
            button = Button(theme, text, ButtonKind.SECONDARY, icon)
            button.clicked.connect(partial(self._open, address))
            row.addWidget(button)
        return row

    def _build_insights(self, theme: Theme) -> Section:
        self._period = Segmented(
            theme,
            [
                (InsightPeriod.WEEK, self.tr("7 d")),
                (InsightPeriod.MONTH, self.tr("30 d")),
                (InsightPeriod.QUARTER, self.tr("90 d")),
                (InsightPeriod.YEAR, self.tr("1 y")),
            ],
        )
        self._period.setAccessibleName(self.tr("Period of the insights"))
        self._period.set_current(self._model.period)
        self._period.current_changed.connect(self._model.set_period)
        self._chip = FreshnessChip(theme)
        self._failure = PlainLabel(theme, "", TextStyle.SECONDARY, Hue.WARN)
        self._failure.setWordWrap(True)
        self._insights = FactList(theme)
        self.chart = LineChart(
            theme,
            self.tr("Plays per day"),
            hue=Hue.TRACKS,
            value_title="",
            height=_CHART_HEIGHT,
            in_card=False,
        )
        section = Section(theme, self.tr("Insights"))
        for widget in (self._period, self._chip, self._failure, self._insights, self.chart):
            section.add(widget)
        return section

    def _build_metadata(self, theme: Theme) -> Section:
        self._metadata = Section(theme, self.tr("Metadata"))
        self._complete = Pill(theme)
        self._missing = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._missing.setWordWrap(True)
        self._metadata.add(self._complete)
        self._metadata.add(self._missing)
        return self._metadata

    def _show(self) -> None:
        track = self._model.track
        self._nothing.setVisible(track is None)
        self._area.setVisible(track is not None)
        self._cover.setVisible(track is not None)
        self._show_name(track)
        if track is None:
            return
        model = self._model
        self._facts.set_facts(track_facts(track))
        self._insights.set_facts(insight_facts(model.insights, model.growth))
        self._show_metadata()
        self._period.set_current(model.period)
        days = [day for day, _ in model.chart]
        self.chart.set_data(days, [plays for _, plays in model.chart])
        self._show_freshness()

    def _show_name(self, track: Track | None) -> None:
        if track is None:
            self._name.setText(self.tr("Details"))
            self._name.setToolTip("")
            self._artists.setText("")
            return
        name = formatting.one_line(track.name or "") or self.tr("Untitled")
        is_long = len(name) > _LONGEST_NAME
        self._name.setText(f"{name[:_LONGEST_NAME].rstrip()}…" if is_long else name)
        self._name.setToolTip(plain_tooltip(name) if is_long else "")
        self._cover.set_name(name)
        if self._pictures is not None:
            self._cover.show_picture(self._pictures, track.image)
        credited = [formatting.one_line(a.name) for a in track.artists or () if a.name]
        self._artists.setText(", ".join(credited) or formatting.UNKNOWN)

    def _show_metadata(self) -> None:
        missing = self._model.missing
        if missing is None:
            self._complete.set_text(formatting.UNKNOWN)
            self._complete.set_hue(Hue.NEUTRAL)
            self._complete.set_icon("")
        elif missing:
            self._complete.set_text(self.tr("Incomplete"))
            self._complete.set_hue(Hue.WARN)
            self._complete.set_icon("triangle-alert")
        else:
            self._complete.set_text(self.tr("Complete"))
            self._complete.set_hue(Hue.GOOD)
            self._complete.set_icon("check")
        self._missing.setText(metadata_words(missing))

    def _show_freshness(self) -> None:
        freshness = self._model.freshness
        if freshness.updated_at is None:
            text, exact = self.tr("Not loaded yet"), ""
        else:
            ago = formatting.ago(freshness.updated_at, self._now())
            text = self.tr("Updated {}").format(ago)
            exact = formatting.exact(freshness.updated_at)
        if freshness.state is FreshnessState.OFFLINE:
            text = self.tr("Offline · {}").format(text)
        self._chip.set_freshness(freshness.state, text, exact)
        self._chip.set_refreshing(self._model.is_refreshing)
        words = self._model.failure
        if freshness.updated_at is None and self._model.is_offline:
            words = self.tr("They were not loaded before; they come when BeatPass is online again.")
        self._failure.setText(words)
        self._failure.setVisible(bool(words))
        self.chart.set_message(
            self.tr("Plays by day are not here yet")
            if freshness.updated_at is None
            else self.tr("No plays by day yet")
        )

    def _open(self, address: Callable[[int], str]) -> None:
        if self._model.track is not None:
            self.link_requested.emit(address(self._model.track.id))

    def _fit(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(Space.XS), px(Space.XS), 0)
        self._column.setSpacing(px(Space.XL))
        self._actions.setSpacing(px(Space.S))
        self._top.setSpacing(px(Space.M))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, colour(self._theme.tokens.surface))
        self._area.setPalette(palette)
