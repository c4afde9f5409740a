"""How uploads are counted in the heat map."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.uploads import STEPS
from beatpass_desktop.views.charts.heat_legend import HeatLegend
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.section import Section


class ActivityGuide(Dialog):
    """What counts, which day it counts on, what the shades and the streaks mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ActivityGuide", "How uploads are counted")
        super().__init__(theme, title, icon="calendar", hue=Hue.ACTIVITY, parent=parent)
        self._add(
            self.tr("What counts"),
            self.tr(
                "Each track that is published with you among its credited artists counts once, "
                "on the day of its upload. BeatPass counts; the app shows what it sends."
            ),
        )
        self._add(
            self.tr("Which day"),
            self.tr(
                "Days are those that BeatPass sends: they begin and end at midnight UTC, not at "
                "midnight where you are. An upload late in your evening may stand on the day "
                "before or after. Times in the details are your own local time."
            ),
        )
        shades = self._add(
            self.tr("The shades"),
            self.tr(
                "The more uploads a day had, the stronger its square. Days that are still to come "
                "are outlines."
            ),
        )
        legend = HeatLegend(theme, self.tr("Uploads a day"), Hue.PROGRESS)
        legend.set_steps(STEPS)
        shades.add(legend)
        self._add(
            self.tr("X-Ray"),
            self.tr(
                "With X-Ray, days on which you uploaded nothing show the uploads of the whole "
                "platform as smaller teal squares; your own days stay purple. The shades of the "
                "platform go by its busiest day of the year."
            ),
        )
        self._add(
            self.tr("Streaks"),
            self.tr(
                "A streak is a run of consecutive days with at least one upload. The current one "
                "goes on while today is not over; it reaches back as far as the years that you "
                "have opened here."
            ),
        )
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def _add(self, title: str, text: str) -> Section:
        section = Section(self._theme, title)
        label = PlainLabel(self._theme, text, TextStyle.BODY, Tone.MUTED)
        label.setWordWrap(True)
        section.add(label)
        self.add(section)
        return section
