"""The guide to experience points, levels and titles."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from beatpass_desktop.domain.experience import MAXIMUM_LEVEL, TITLES, XpAction, estimated_xp
from beatpass_desktop.models import formatting
from beatpass_desktop.views.pages.progress import xp_words
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.section import Section

_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_EXAMPLES = (2, 5, 10, 20)


class ProgressGuide(Dialog):
    """What earns points, how many a level needs, and which titles there are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ProgressGuide", "How XP works")
        super().__init__(theme, title, icon="zap", hue=Hue.PROGRESS, parent=parent)
        self._add_actions()
        self._add_levels()
        self._add_titles()
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def _add_actions(self) -> None:
        section = self._section(
            self.tr("What earns XP"),
            self.tr(
                "Each credited artist with a completed profile gets the full amount. Some "
                "achievements bring 0 XP and still count."
            ),
        )
        rows = []
        for action in XpAction:
            text = f"{xp_words.action_text(action)}  ·  {xp_words.action_detail(action)}"
            rows.append((text, xp_words.earned_text(action)))
        section.add(self._table(rows))

    def _add_levels(self) -> None:
        section = self._section(
            self.tr("Levels"),
            self.tr(
                "Each level needs more XP than the one before: about 100 × (level − 1)^1.5 in all. "
                "That is an estimate; the level shown is the one that BeatPass sends. Level {} is "
                "the highest, and XP still counts there."
            ).format(formatting.number(MAXIMUM_LEVEL)),
        )
        section.add(
            self._table(
                [
                    (
                        self.tr("Level {}").format(formatting.number(level)),
                        self.tr("about {} XP").format(formatting.number(estimated_xp(level))),
                    )
                    for level in _EXAMPLES
                ]
            )
        )

    def _add_titles(self) -> None:
        section = self._section(self.tr("Titles"), "")
        following = [level for level, _ in TITLES[1:]] + [MAXIMUM_LEVEL + 1]
        rows = []
        for (first, title), after in zip(TITLES, following, strict=True):
            levels = self.tr("levels {} to {}").format(
                formatting.number(first), formatting.number(after - 1)
            )
            rows.append((title, levels))
        section.add(self._table(rows))

    def _section(self, title: str, text: str) -> Section:
        section = Section(self._theme, title)
        if text:
            label = PlainLabel(self._theme, text, TextStyle.BODY, Tone.MUTED)
            label.setWordWrap(True)
            section.add(label)
        self.add(section)
        return section

    def _table(self, rows: list[tuple[str, str]]) -> QWidget:
        """Two columns: what, and how much."""
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(Space.L))
        grid.setVerticalSpacing(self._theme.px(Space.S))
        grid.setColumnStretch(0, 1)
        for row, (what, how_much) in enumerate(rows):
            left = PlainLabel(self._theme, what)
            left.setWordWrap(True)
            right = PlainLabel(self._theme, how_much, TextStyle.NUMBER, Tone.MUTED)
            grid.addWidget(left, row, 0)
            grid.addWidget(right, row, 1, _END)
        return table
