"""How producers are ranked, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.leaderboards import Category
from beatpass_desktop.models import formatting
from beatpass_desktop.models.leaderboard_words import category_name
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.fact_list import FactList
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.section import Section

_WEIGHTS = (
    (Category.POINTS, 25),
    (Category.PLAYS, 20),
    (Category.UPLOADS, 15),
    (Category.QUALITY, 15),
    (Category.COLLABORATION, 15),
    (Category.EARNINGS, 10),
)
"""percent of the overall score, as published in the help centre"""


class LeaderboardGuide(Dialog):
    """What counts in each category, and how the overall score comes about."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("LeaderboardGuide", "How the leaderboards work")
        super().__init__(theme, title, icon="trophy", hue=Hue.LEADERBOARDS, parent=parent)
        listed = self._section(
            self.tr("Who is listed"),
            self.tr(
                "Artists with a profile and at least one public track; administrators are not. "
                "BeatPass ranks anew every few minutes, the app looks every three minutes while "
                "this page is in view."
            ),
        )
        overall = self._section(
            self.tr("Overall"),
            self.tr(
                "Your place in each of the six categories becomes a rank score: 100 minus your "
                "rank, so first place gives 99. The overall score is their weighted mean:"
            ),
        )
        weights = FactList(theme)
        weights.set_facts(
            [
                (category_name(category), self.tr("{} %").format(percent))
                for category, percent in _WEIGHTS
            ]
        )
        overall.add(weights)
        overall.add(self._paragraph(self._tiers(80, 65, 50, 30)))
        for section in (listed, overall, *map(self._category_section, self._categories())):
            self.add(section)
        self.add(
            self._section(
                self.tr("Your history"),
                self.tr(
                    "BeatPass tells today's rank only. The app writes it down once a day when it "
                    "sees it; the chart and the change since yesterday come from that record."
                ),
            )
        )
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def _section(self, title: str, *texts: str) -> Section:
        section = Section(self._theme, title)
        for text in texts:
            section.add(self._paragraph(text))
        return section

    def _paragraph(self, text: str) -> PlainLabel:
        label = PlainLabel(self._theme, text, TextStyle.BODY, Tone.MUTED)
        label.setWordWrap(True)
        return label

    def _tiers(self, diamond: int, platinum: int, gold: int, silver: int, unit: str = "{}") -> str:
        """From where on each tier begins."""
        least = (unit.format(formatting.number(n)) for n in (diamond, platinum, gold, silver))
        return self.tr(
            "Diamond from {}, platinum from {}, gold from {}, silver from {}, below that bronze."
        ).format(*least)

    def _category_section(self, row: tuple[Category, str, str]) -> Section:
        category, counts, tiers = row
        return self._section(category_name(category), *(text for text in (counts, tiers) if text))

    def _categories(self) -> tuple[tuple[Category, str, str], ...]:
        return (
            (
                Category.POINTS,
                self.tr("All XP, of all time. Who has more achievements goes first on a tie."),
                "",
            ),
            (
                Category.PLAYS,
                self.tr("All plays of your tracks."),
                self._tiers(100_000, 50_000, 10_000, 1_000),
            ),
            (
                Category.UPLOADS,
                self.tr("Your public tracks."),
                self._tiers(100, 50, 25, 10),
            ),
            (
                Category.QUALITY,
                self.tr(
                    "How much of your tracks' metadata is filled in, on average: BPM, key, scale, "
                    "description, tags and image."
                ),
                self._tiers(95, 85, 75, 60, self.tr("{} %")),
            ),
            (
                Category.COLLABORATION,
                self.tr(
                    "10 points for each artist you made tracks with, 0.01 for each play of those "
                    "tracks, 2 for each of their contribution points, 5 for each collaboration "
                    "achievement."
                ),
                self._tiers(5, 3, 2, 1),
            ),
            (
                Category.EARNINGS,
                self.tr("Your share of the contribution of the whole platform, in percent."),
                self._tiers(15, 10, 5, 2, self.tr("{} %")),
            ),
        )
