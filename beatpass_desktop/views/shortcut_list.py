"""The list of keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from beatpass_desktop.views.shortcuts import Shortcut, ShortcutGroup, key_text
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on
from beatpass_desktop.views.widgets.section import Section

_STYLE = TextStyle.SECONDARY_STRONG


class Keys(Painted):
    """The keys of one shortcut, drawn as caps; alternatives stand side by side."""

    def __init__(self, theme: Theme, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.texts = [key_text(one) for one in keys]
        self.setAccessibleName(" / ".join(self.texts))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _widths(self) -> list[int]:
        metrics = self._theme.metrics(_STYLE)
        pad = self._theme.px(2 * Space.S)
        height = self._height()
        return [max(height, metrics.horizontalAdvance(text) + pad) for text in self.texts]

    def _height(self) -> int:
        return self._theme.metrics(_STYLE).height() + self._theme.px(Space.XS)

    def sizeHint(self) -> QSize:
        gaps = self._theme.px(Space.XS) * (len(self.texts) - 1)
        return QSize(sum(self._widths()) + gaps, self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = painter_on(self)
        painter.setFont(self._theme.font(_STYLE))
        left = 0
        for text, width in zip(self.texts, self._widths(), strict=True):
            cap = self._mirrored(QRect(left, 0, width, self.height()))
            paint_box(painter, cap, tokens.raised, tokens.control_border, Radius.SMALL)
            painter.setPen(colour(tokens.text))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
            left += width + self._theme.px(Space.XS)


class ShortcutList(Dialog):
    """Every shortcut of the program, by where it works."""

    def __init__(
        self, theme: Theme, groups: Sequence[ShortcutGroup], parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("ShortcutList", "Keyboard shortcuts")
        super().__init__(theme, title, icon="circle-help", parent=parent)
        self._grids: list[QGridLayout] = []
        for group in groups:
            section = Section(theme, group.title)
            section.add(self._table(group.shortcuts))
            self.add(section)
        self.body.addStretch(1)
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)
        self._space_grids()

    def entries(self) -> list[tuple[str, str]]:
        """What is listed, as (keys, meaning)."""
        return [
            (keys.accessibleName(), keys.accessibleDescription())
            for keys in self.findChildren(Keys)
        ]

    def _table(self, shortcuts: Sequence[Shortcut]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for row, shortcut in enumerate(shortcuts):
            meaning = PlainLabel(self._theme, shortcut.text, TextStyle.BODY, Tone.MUTED)
            meaning.setWordWrap(True)
            meaning.setMinimumWidth(1)
            keys = Keys(self._theme, shortcut.keys)
            keys.setAccessibleDescription(shortcut.text)
            aside = QHBoxLayout()
            aside.addStretch(1)
            aside.addWidget(keys)
            grid.addWidget(meaning, row, 0)
            grid.addLayout(aside, row, 1)
        self._grids.append(grid)
        return holder

    def _space_grids(self) -> None:
        for grid in self._grids:
            grid.setHorizontalSpacing(self._theme.px(Space.L))
            grid.setVerticalSpacing(self._theme.px(Space.S))

    def _dress(self) -> None:
        super()._dress()
        # The base class dresses itself before the parts here are there.
        if hasattr(self, "_grids"):
            self._space_grids()
