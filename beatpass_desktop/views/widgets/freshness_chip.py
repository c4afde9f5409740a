"""How old the page's data is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, painter_on

_LOOKS = {
    FreshnessState.LIVE: ("circle-check", Hue.GOOD),
    FreshnessState.STALE: ("clock-alert", Hue.WARN),
    FreshnessState.OFFLINE: ("wifi-off", Hue.WARN),
    FreshnessState.NEVER: ("minus", Hue.NEUTRAL),
}
_REFRESHING = ("refresh-cw", Hue.INFO)
_STYLE = TextStyle.SECONDARY
_HEIGHT = 28
_PATIENCE_MS = 700
"""for which figures just past their time still stand there as live while they are renewed: most
refreshes are shorter, and would only flicker"""


class FreshnessChip(PlainLabel):
    """Icon and words for live, stale, offline, never, or a refresh that is under way.

    Where it is squeezed only the icon is left, and the tooltip has the words.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", _STYLE, Tone.MUTED, parent)
        self._state = FreshnessState.NEVER
        self._age = ""
        self._exact = ""
        self._refreshing = False
        self._compact = False
        self._look = _LOOKS[self._state]
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._put_up)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._show()

    def state(self) -> FreshnessState:
        """The word for what is shown, whatever is being fetched."""
        return self._state

    def set_freshness(self, state: FreshnessState, text: str, exact: str = "") -> None:
        """Shows a state in words such as "Updated 3 min ago"; `exact` is for the tooltip."""
        self._state, self._age, self._exact = state, text, exact
        self._show()

    def set_refreshing(self, refreshing: bool) -> None:
        """Says that a refresh is under way; the age stays."""
        if refreshing != self._refreshing:
            self._refreshing = refreshing
            self._show()

    def set_compact(self, compact: bool) -> None:
        """Shows the icon alone, where there is no room for words; the tooltip has them."""
        if compact is not self._compact:
            self._compact = compact
            self._tell()
            self.updateGeometry()
            self.update()

    def _word(self) -> str:
        return {
            FreshnessState.LIVE: self.tr("Live"),
            FreshnessState.STALE: self.tr("Out of date"),
            FreshnessState.OFFLINE: self.tr("Offline"),
            FreshnessState.NEVER: self.tr("Nothing stored yet"),
        }[self._state]

    def _show(self) -> None:
        is_aging = self._refreshing or self._state is FreshnessState.STALE
        if not (is_aging and self._look == _LOOKS[FreshnessState.LIVE] and self.isVisible()):
            self._put_up()
        elif not self._patience.isActive():
            self._patience.start()
        self._tell()

    def _put_up(self) -> None:
        """Paint what is known now."""
        self._patience.stop()
        self._look = _REFRESHING if self._refreshing else _LOOKS[self._state]
        self.setText(self._age or self._word())
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        """Say it aloud and in the tooltip."""
        spoken = [self._word()]
        if self._refreshing:
            spoken.append(self.tr("refreshing"))
        if self._age:
            spoken.append(self._age)
        self.setAccessibleName(", ".join(spoken))
        hint = [self.tr("Refreshing…") if self._refreshing else self._word()]
        if self._compact and self._age:
            hint.append(self._age)
        if self._exact:
            hint.append(self._exact)
        self.setToolTip(plain_tooltip("\n".join(hint)))

    def sizeHint(self) -> QSize:
        theme = self._theme
        if self._compact:
            return QSize(theme.px(_HEIGHT), theme.px(_HEIGHT))
        text = theme.metrics(_STYLE).horizontalAdvance(self.text())
        chrome = theme.px(2 * Space.M + Size.ICON_SMALL + Space.XS + 2)
        return QSize(text + chrome, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_HEIGHT), self._theme.px(_HEIGHT))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._patience.isActive():
            self._put_up()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        icon, hue = self._look
        painter = painter_on(self)
        paint_box(painter, self.rect(), tokens.surface, tokens.border, self.height() / 2)
        size = theme.px(Size.ICON_SMALL)
        is_bare = self._compact or self.width() < self.sizeHint().width()
        pad = (self.width() - size) // 2 if is_bare else theme.px(Space.M)
        spot = QRect(pad, (self.height() - size) // 2, size, size)
        theme.icons.paint(
            painter, mirrored(self.layoutDirection(), self.rect(), spot), icon, theme.hue(hue).text
        )
        if is_bare:
            return
        left = spot.right() + 1 + theme.px(Space.XS + 2)
        words = QRect(left, 0, self.width() - left - pad + 1, self.height())
        painter.setFont(theme.font(_STYLE))
        painter.setPen(colour(tokens.muted))
        painter.drawText(
            mirrored(self.layoutDirection(), self.rect(), words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self.text(),
        )
