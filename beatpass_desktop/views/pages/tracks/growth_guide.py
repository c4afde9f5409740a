"""The guide to the growth meter."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from beatpass_desktop.domain.rules import GrowthZone
from beatpass_desktop.views.pages.tracks.growth_words import zone_words
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.section import Section


class GrowthGuide(Dialog):
    """What the growth meter measures, how to read it, and what helps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("GrowthGuide", "How growth works")
        super().__init__(theme, title, icon="gauge", hue=Hue.TRACKS, parent=parent)
        what = Section(theme, self.tr("What it is"))
        what.add(
            self._paragraph(
                self.tr(
                    "Growth compares the plays of all your tracks in this period with those in "
                    "the period before, month over month, in percent. BeatPass works it out; it "
                    "takes about a week of plays before there is a figure."
                )
            )
        )
        reading = Section(theme, self.tr("Reading the zones"))
        reading.add(self._zones())
        tips = Section(theme, self.tr("Five things that help"))
        for number, tip in enumerate(self._tips(), 1):
            tips.add(self._paragraph(f"{number}.  {tip}"))
        for section in (what, reading, tips):
            self.add(section)
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def _paragraph(self, text: str) -> PlainLabel:
        label = PlainLabel(self._theme, text, TextStyle.BODY, Tone.MUTED)
        label.setWordWrap(True)
        return label

    def _zones(self) -> QWidget:
        """Each zone with its colour, its words and its span."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(Space.M))
        grid.setVerticalSpacing(self._theme.px(Space.S))
        for row, zone in enumerate(GrowthZone):
            words = zone_words(zone)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Pill(self._theme, words.name, words.hue, words.icon), row, 0, top)
            text = self._paragraph(f"{words.span}: {words.meaning}")
            grid.addWidget(text, row, 1)
        grid.setColumnStretch(1, 1)
        return holder

    def _tips(self) -> tuple[str, ...]:
        return (
            self.tr(
                "Upload regularly. What a track contributes halves every six months, so fresh "
                "tracks count the most."
            ),
            self.tr(
                "Complete the metadata: BPM, key, scale, tags and a description make a track "
                "easier to find, and earn 50 XP a track."
            ),
            self.tr(
                "Make tracks with others. A track with two or more credited artists reaches "
                "both audiences, and earns 25 XP."
            ),
            self.tr("Look at what your most played tracks have in common, and make more of that."),
            self.tr(
                "Watch the direction over weeks rather than single days: small swings are normal."
            ),
        )
