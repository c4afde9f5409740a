"""A figure with its name: the building block of every summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.metrics import Motion, Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    mirrored,
    paint_badge,
    paint_box,
    paint_focus_ring,
    painter_on,
)
from beatpass_desktop.views.widgets.pill import Trend, paint_pill, pill_size

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation

UNKNOWN = "\N{EM DASH}"
"""what stands for a figure that the backend did not send"""

_SMALLEST_FIGURE = 15
_LEADING = 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Face:
    """What a stat card shows, how large that is, and how it is drawn."""

    def __init__(self, theme: Theme, icon: str, label: str, hue: Hue) -> None:
        self.theme = theme
        self.icon = icon
        self.label = label
        self.hue = hue
        self.value = UNKNOWN
        self.spoken_value = ""
        self.exact = ""
        self.detail = ""
        self.pill = ""
        self.trend = Trend.NONE
        self.spoken_detail = ""
        self._measured: tuple[object, QSize] | None = None

    def detail_text(self) -> str:
        return " ".join(part for part in (self.pill, self.detail) if part)

    def accessible_name(self) -> str:
        name = f"{self.label}: {self.spoken_value or self.value}"
        detail = self.spoken_detail or self.detail_text()
        return f"{name}, {detail}" if detail else name

    def figure_font_size(self, width: int) -> int:
        """The largest figure that fits into `width`, in drawn pixels."""
        theme = self.theme
        wanted = theme.px(TextStyle.FIGURE.value[0])
        advance = theme.metrics(TextStyle.FIGURE).horizontalAdvance(self.value)
        if advance <= width:
            return wanted
        return max(theme.px(_SMALLEST_FIGURE), wanted * width // advance)

    def text_width(self, width: int) -> int:
        """The room for text in a card of `width`."""
        px = self.theme.px
        return width - 2 * px(Space.L) - px(Size.BADGE) - px(Space.M)

    def heights(self) -> tuple[int, int, int]:
        """The heights of label, figure and detail."""
        theme = self.theme
        return (
            theme.metrics(TextStyle.SECONDARY).height(),
            theme.metrics(TextStyle.FIGURE).height(),
            pill_size(theme, "0", "").height(),
        )

    def size(self) -> QSize:
        """The room it asks for; layouts ask dozens of times for what is measured once."""
        shown = (self.label, self.value, self.detail, self.pill, self.theme.scale)
        if self._measured is None or self._measured[0] != shown:
            self._measured = (shown, self._measure())
        return self._measured[1]

    def _measure(self) -> QSize:
        theme = self.theme
        advance = theme.metrics(TextStyle.SECONDARY).horizontalAdvance
        detail = advance(self.detail)
        if self.pill:
            detail += pill_size(theme, self.pill, self.trend.icon).width() + theme.px(Space.S)
        figure = theme.metrics(TextStyle.FIGURE).horizontalAdvance(self.value)
        text = max(advance(self.label), figure, detail)
        height = sum(self.heights()) + theme.px(2 * Space.L + Space.XS + _LEADING)
        return QSize(text - self.text_width(0), height)

    def tooltip(self, width: int) -> str:
        """The exact value, then whatever had to be shortened."""
        room = self.text_width(width)
        parts = [self.exact] if self.exact else []
        advance = self.theme.metrics(TextStyle.SECONDARY).horizontalAdvance
        if self.detail and self._detail_left() + advance(self.detail) > room:
            parts.append(self.detail)
        if not self.exact and self.value_is_cut(width):
            parts.append(self.value)
        return plain_tooltip("\n".join(parts))

    def value_is_cut(self, width: int) -> bool:
        room = self.text_width(width)
        return self._figure_metrics(room).horizontalAdvance(self.value) > room

    def _figure_metrics(self, room: int) -> QFontMetrics:
        """The measures of the figure's font where there is `room` for it."""
        theme, size = self.theme, self.figure_font_size(room)
        if size == theme.font(TextStyle.FIGURE).pixelSize():
            return theme.metrics(TextStyle.FIGURE)
        return QFontMetrics(theme.sized_font(TextStyle.FIGURE, size))

    def _detail_left(self) -> int:
        if not self.pill:
            return 0
        size = pill_size(self.theme, self.pill, self.trend.icon)
        return size.width() + self.theme.px(Space.S)

    def paint(self, painter: QPainter, rect: QRect, ground: str, glow: float) -> None:
        theme, tokens, px = self.theme, self.theme.tokens, self.theme.px
        direction = painter.layoutDirection()
        edge, figure_colour = tokens.border, tokens.text
        if glow > 0:
            colours = theme.hue(self.hue)
            edge = mixed(colours.mark, edge, glow)
            ground = mixed(colours.tint, ground, glow)
            figure_colour = mixed(colours.text, figure_colour, glow)
        paint_box(painter, rect, ground, edge, Radius.CARD)

        inner = rect.adjusted(px(Space.L), px(Space.L), -px(Space.L), -px(Space.L))
        badge = QRect(inner.topLeft(), QSize(px(Size.BADGE), px(Size.BADGE)))
        paint_badge(painter, mirrored(direction, rect, badge), theme, self.icon, self.hue)

        left = badge.right() + 1 + px(Space.M)
        width = inner.right() + 1 - left
        label_height, figure_height, detail_height = self.heights()

        def row(top: int, height: int, inset: int = 0) -> QRect:
            line = QRect(left + inset, top, max(0, width - inset), height)
            return mirrored(direction, rect, line)

        small = theme.metrics(TextStyle.SECONDARY)
        painter.setFont(theme.font(TextStyle.SECONDARY))
        painter.setPen(colour(tokens.muted))
        painter.drawText(row(inner.top(), label_height), _LEFT, elided(small, self.label, width))
        figure_top = inner.top() + label_height + px(_LEADING)
        detail_top = figure_top + figure_height + px(Space.XS)
        shift = self._detail_left()
        if self.detail:
            shown = elided(small, self.detail, max(0, width - shift))
            painter.drawText(row(detail_top, detail_height, shift), _LEFT, shown)

        font = theme.font(TextStyle.FIGURE)
        size = self.figure_font_size(width)
        if size != font.pixelSize():
            font = theme.sized_font(TextStyle.FIGURE, size)
        painter.setFont(font)
        painter.setPen(colour(tokens.muted if self.value == UNKNOWN else figure_colour))
        figure = elided(self._figure_metrics(width), self.value, width)
        painter.drawText(row(figure_top, figure_height), _LEFT, figure)

        if self.pill:
            pill = pill_size(theme, self.pill, self.trend.icon)
            spot = QRect(QPoint(left, detail_top), QSize(min(width, pill.width()), pill.height()))
            spot = mirrored(direction, rect, spot)
            paint_pill(painter, spot, theme, self.trend.hue, self.pill, self.trend.icon)


class StatCard(QLabel):
    """A labelled figure with an optional detail line, pill and exact value in the tooltip.

    A QLabel, so that assistive technology meets a text. What it reads is "label: value, detail".
    The card glows for a second when its figure changes in place.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        label: str,
        hue: Hue = Hue.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = _Face(theme, icon, label, hue)
        self._known = False
        self._glow = 0.0
        self._animation: QVariantAnimation | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self._face.accessible_name())
        theme.changed.connect(self._on_theme_changed)

    def title(self) -> str:
        """The figure's name."""
        return self._face.label

    def value(self) -> str:
        """The figure as shown."""
        return self._face.value

    def detail(self) -> str:
        """Pill and detail line as one text, empty when there are none."""
        return self._face.detail_text()

    def is_glowing(self) -> bool:
        """Whether a change is being pointed out."""
        return self._glow > 0

    def set_label(self, text: str) -> None:
        """Changes the figure's name."""
        self._face.label = text
        self._show()

    def set_value(self, text: str | None, accessible: str = "", exact: str = "") -> None:
        """Shows a figure; None is an em dash.

        `accessible` is what is read aloud where it differs; `exact` goes into the tooltip.
        """
        value = UNKNOWN if text is None else text
        changed = value != self._face.value
        self._face.value, self._face.spoken_value, self._face.exact = value, accessible, exact
        if changed and self._known and self.isVisible():
            self._start_glow()
        self._known = True
        self._show()

    def set_detail(
        self,
        text: str = "",
        *,
        pill: str = "",
        trend: Trend = Trend.NONE,
        accessible: str = "",
    ) -> None:
        """Shows a line below the figure, with a pill before it if there is one."""
        face = self._face
        face.detail, face.pill, face.trend, face.spoken_detail = text, pill, trend, accessible
        self._show()

    def _show(self) -> None:
        name = self._face.accessible_name()
        if name != self.accessibleName():
            self.setAccessibleName(name)
        # The exact value must be found also by who never hovers.
        if self._face.exact != self.accessibleDescription():
            self.setAccessibleDescription(self._face.exact)
        self.setToolTip(self._face.tooltip(self.width()))
        self.updateGeometry()
        self.update()

    def _start_glow(self) -> None:
        if self._theme.reduced_motion:
            return
        if self._animation is None:
            # Nothing glows at the first paint, so what it needs is loaded when it is needed.
            from PySide6.QtCore import QEasingCurve, QVariantAnimation

            self._animation = QVariantAnimation(self)
            self._animation.setStartValue(1.0)
            self._animation.setEndValue(0.0)
            self._animation.setDuration(Motion.GLOW)
            self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._animation.valueChanged.connect(self._on_glow_changed)
        self._animation.stop()
        self._animation.start()

    def _on_glow_changed(self, glow: float) -> None:
        self._glow = glow
        self.update()

    def _on_theme_changed(self) -> None:
        self._show()

    def resizeEvent(self, event: object) -> None:
        self.setToolTip(self._face.tooltip(self.width()))

    def sizeHint(self) -> QSize:
        return self._face.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(Size.BADGE * 3), self._face.size().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._theme.tokens.surface
        self._face.paint(painter_on(self), self.rect(), ground, self._glow)


class LinkStatCard(Clickable):
    """A card that looks like a StatCard and leads somewhere.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        label: str,
        hue: Hue = Hue.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._face = _Face(theme, icon, label, hue)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(label)

    def title(self) -> str:
        """The card's name."""
        return self._face.label

    def value(self) -> str:
        """What stands in the figure's place."""
        return self._face.value

    def detail(self) -> str:
        """The line below."""
        return self._face.detail_text()

    def set_value(self, text: str | None, accessible: str = "", exact: str = "") -> None:
        """Shows a word or figure; None is an em dash."""
        face = self._face
        face.value = UNKNOWN if text is None else text
        face.spoken_value, face.exact = accessible, exact
        self._show()

    def set_detail(self, text: str = "", *, accessible: str = "") -> None:
        """Shows a line below."""
        self._face.detail, self._face.spoken_detail = text, accessible
        self._show()

    def _show(self) -> None:
        self.setAccessibleName(self._face.accessible_name())
        self.setToolTip(self._face.tooltip(self.width()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._face.size()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(Size.BADGE * 3), self._face.size().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        ground = self._ground(self._theme.tokens.surface) or self._theme.tokens.surface
        self._face.paint(painter, self.rect(), ground, 0.0)
        px = self._theme.px
        size = px(Space.L)
        corner = QRect(self.width() - px(Space.M) - size, px(Space.M), size, size)
        colours = self._theme.tokens
        tone = colours.text if self._hovered else colours.muted
        self._theme.icons.paint(painter, self._mirrored(corner), "arrow-up-right", tone)
        if self._ring:
            paint_focus_ring(painter, self.rect(), self._theme, Radius.CARD)


def stat_cards(page: QWidget) -> list[StatCard | LinkStatCard]:
    """The figures that stand on a page, in order."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, StatCard | LinkStatCard) and widget.isVisible()
    ]
