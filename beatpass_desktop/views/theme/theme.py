"""The look in force: which colours, how large, how much motion."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QToolTip

from beatpass_desktop.resources import resource_path
from beatpass_desktop.views.theme.icons import Icons
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.tokens import DARK, LIGHT, Hue, HueColours, Tokens, colour

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

MIN_SCALE = 0.8
MAX_SCALE = 2.0

STYLE_ARGUMENTS = ("-style", "fusion")
"""command-line arguments for the QApplication: the style that the palette is made for"""

_FAMILY = "Inter"
_FONT_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
_MENU_ICON = 16
_MOST_TEXTS = 4_096


class TextMetrics(QFontMetrics):
    """The measures of a font, which remember how wide a text is: layouts and paints ask for the
    same few over and over, and each answer is worth the shaping of a text."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._widths: dict[str, int] = {}

    def horizontalAdvance(self, text: str) -> int:  # type: ignore[override]
        """The width of a text in drawn pixels, rounded."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= _MOST_TEXTS:
                self._widths.clear()
            width = self._widths[text] = super().horizontalAdvance(text)
        return width


class ThemeMode(StrEnum):
    """The person's choice of theme."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


class Theme(QObject):
    """Colours, sizes, fonts and icons for every widget.

    Text and paddings grow with `scale` (0.8 to 2.0). In system mode the theme follows the desktop,
    also while the program runs.

    Signals:
        changed: colours, scale or motion are other than before; widgets measure and draw anew.
    """

    changed = Signal()

    def __init__(
        self,
        mode: ThemeMode = ThemeMode.SYSTEM,
        *,
        scale: float = 1.0,
        reduced_motion: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.icons = Icons()
        self._mode = mode
        self._scale = _bounded(scale)
        self._reduced_motion = reduced_motion
        self._tokens = self._current_tokens()
        self._app: QApplication | None = None
        self._fonts: dict[TextStyle, QFont] = {}
        self._metrics: dict[TextStyle, TextMetrics] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)

    @property
    def mode(self) -> ThemeMode:
        """What was chosen; see `is_dark` for what it comes to."""
        return self._mode

    @property
    def scale(self) -> float:
        """Text scale, 1.0 = 100 %."""
        return self._scale

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing may move or glow."""
        return self._reduced_motion

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in force."""
        return self._tokens.dark

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    def apply(self, app: QApplication) -> None:
        """Loads the fonts and gives the application its font and palette.

        The style is not set here: to touch it from Python costs 10 ms at start. Give
        STYLE_ARGUMENTS to the QApplication instead.
        """
        for name in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))
        self._app = app
        self._dress_application(app)

    def set_mode(self, mode: ThemeMode) -> None:
        """Changes between dark, light and what the desktop uses."""
        self._mode = mode
        self._refresh_tokens()

    def set_scale(self, scale: float) -> None:
        """Changes the text scale; out-of-range values are brought into 0.8 to 2.0."""
        scale = _bounded(scale)
        if scale == self._scale:
            return
        self._scale = scale
        self._fonts.clear()
        self._metrics.clear()
        self._dress_again()
        self.changed.emit()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Switches motion off or on."""
        if reduced != self._reduced_motion:
            self._reduced_motion = reduced
            self.changed.emit()

    def px(self, size: float) -> int:
        """`size` logical pixels at the text scale in force."""
        return round(size * self._scale)

    def font(self, style: TextStyle) -> QFont:
        """The font of a text style. Shared: copy it before changing it."""
        font = self._fonts.get(style)
        if font is None:
            font = self._fonts[style] = self.sized_font(style, self.px(style.value[0]))
        return font

    def sized_font(self, style: TextStyle, pixels: int) -> QFont:
        """The font of a text style in another size, in drawn pixels."""
        _, weight, tabular = style.value
        font = QFont(_FAMILY)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight(weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def metrics(self, style: TextStyle) -> TextMetrics:
        """The measures of a text style's font."""
        metrics = self._metrics.get(style)
        if metrics is None:
            metrics = self._metrics[style] = TextMetrics(self.font(style))
        return metrics

    def hue(self, hue: Hue) -> HueColours:
        """The colours of `hue` in force."""
        return self._tokens.hue(hue)

    def icon(self, name: str, hex_colour: str | None = None) -> QIcon:
        """An icon for menus and actions, in the text colour unless another is given."""
        from PySide6.QtGui import QIcon

        size = self.px(_MENU_ICON)
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        tint = hex_colour or self._tokens.text
        icon = QIcon(self.icons.pixmap(name, tint, size, ratio))
        faint = self.icons.pixmap(name, self._tokens.faint, size, ratio)
        icon.addPixmap(faint, QIcon.Mode.Disabled)
        return icon

    def palette(self) -> QPalette:
        """The palette stock widgets draw with."""
        t = self._tokens
        palette = QPalette()
        role = QPalette.ColorRole
        for target, value in (
            (role.Window, t.window),
            (role.Base, t.surface),
            (role.AlternateBase, t.raised),
            (role.Button, t.surface),
            (role.ToolTipBase, t.raised),
            (role.WindowText, t.text),
            (role.Text, t.text),
            (role.ButtonText, t.text),
            (role.ToolTipText, t.text),
            (role.BrightText, t.text),
            (role.Highlight, t.accent),
            (role.Accent, t.accent),
            (role.HighlightedText, t.on_accent),
            (role.Link, t.hue(Hue.ACCENT).text),
            (role.LinkVisited, t.hue(Hue.ACCENT).text),
            (role.PlaceholderText, t.muted),
            (role.Light, t.raised),
            (role.Midlight, t.raised),
            (role.Mid, t.border),
            (role.Dark, t.border),
            (role.Shadow, t.border),
        ):
            palette.setColor(target, colour(value))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, colour(t.faint))
        return palette

    def _dress_application(self, app: QApplication) -> None:
        palette = self.palette()
        app.setFont(self.font(TextStyle.BODY))
        app.setPalette(palette)
        QToolTip.setPalette(palette)
        QToolTip.setFont(self.font(TextStyle.SECONDARY))

    def _dress_again(self) -> None:
        if self._app is not None:
            self._dress_application(self._app)

    def _current_tokens(self) -> Tokens:
        if self._mode is ThemeMode.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return LIGHT if scheme == Qt.ColorScheme.Light else DARK
        return DARK if self._mode is ThemeMode.DARK else LIGHT

    def _refresh_tokens(self) -> None:
        tokens = self._current_tokens()
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self._dress_again()
        self.changed.emit()

    def _on_color_scheme_changed(self) -> None:
        self._refresh_tokens()


def _bounded(scale: float) -> float:
    return min(MAX_SCALE, max(MIN_SCALE, scale))
