"""One-line notices above a page."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import IconButton, LinkButton
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on

_CLOSE = 28


class BannerKind(Enum):
    """How serious it is: an icon and a hue."""

    INFO = ("info", Hue.INFO)
    WARN = ("triangle-alert", Hue.WARN)
    BAD = ("circle-alert", Hue.BAD)
    SANDBOX = ("flask-conical", Hue.PROGRESS)

    @property
    def icon(self) -> str:
        """The icon's name."""
        return self.value[0]

    @property
    def hue(self) -> Hue:
        """The hue that goes with it."""
        return self.value[1]


class Banner(Painted):
    """Icon, one line, perhaps an action and a cross.

    Signals:
        action_requested: the action was pressed.
        dismissed: the cross was pressed; the owner takes the banner away.
    """

    action_requested = Signal()
    dismissed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: BannerKind,
        text: str,
        action: str = "",
        dismissible: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._label = ClampedLabel(theme, "", TextStyle.BODY)
        self._action = LinkButton(theme, "")
        self._action.clicked.connect(self.action_requested)
        self._close = IconButton(theme, "x", self.tr("Dismiss"), _CLOSE)
        self._close.clicked.connect(self.dismissed)
        self._row = QHBoxLayout(self)
        # The icon's place; a margin would not change sides in right-to-left layouts.
        self._icon_room = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed)
        self._row.addItem(self._icon_room)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self._action)
        self._row.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._space()
        self.set_content(kind, text, action, dismissible)

    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def set_content(
        self, kind: BannerKind, text: str, action: str = "", dismissible: bool = False
    ) -> None:
        """Says something else in the same place."""
        self._kind = kind
        self._label.setText(text)
        self._action.set_text(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(dismissible)
        self.setAccessibleName(text)
        self.update()

    def _space(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(Space.M), px(Space.XS), px(Space.M), px(Space.XS))
        self._icon_room.changeSize(px(Size.ICON + Space.S), 0, QSizePolicy.Policy.Fixed)
        self._row.setSpacing(px(Space.S))
        self.setMinimumHeight(px(Size.ROW))

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        colours = theme.hue(self._kind.hue)
        painter = painter_on(self)
        paint_box(painter, self.rect(), colours.tint, colours.edge, Radius.CONTROL)
        size = theme.px(Size.ICON)
        spot = QRect(theme.px(Space.M), (self.height() - size) // 2, size, size)
        theme.icons.paint(painter, self._mirrored(spot), self._kind.icon, colours.text)


class BannerStack(QWidget):
    """The banners in force, each under its own key, the first shown on top.

    Signals:
        action_requested: the action of the banner with this key was pressed.
        dismissed: the banner with this key was closed by hand; it is already gone.
    """

    action_requested = Signal(object)
    dismissed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._banners: dict[object, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(Space.S))
        self.setVisible(False)

    def show_banner(
        self,
        key: object,
        kind: BannerKind,
        text: str,
        action: str = "",
        dismissible: bool = False,
    ) -> None:
        """Shows a banner, or changes the one that has this key."""
        banner = self._banners.get(key)
        if banner is not None:
            banner.set_content(kind, text, action, dismissible)
            return
        banner = Banner(self._theme, kind, text, action, dismissible)
        banner.action_requested.connect(lambda: self.action_requested.emit(key))
        banner.dismissed.connect(lambda: self._on_dismissed(key))
        self._banners[key] = banner
        self._column.addWidget(banner)
        self.setVisible(True)

    def remove(self, key: object) -> None:
        """Takes a banner away; an unknown key is fine."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
            self.setVisible(bool(self._banners))

    def clear(self) -> None:
        """Takes all banners away."""
        for key in list(self._banners):
            self.remove(key)

    def texts(self) -> list[str]:
        """What the banners say, from the top."""
        return [banner.text() for banner in self._banners.values()]

    def _on_dismissed(self, key: object) -> None:
        self.remove(key)
        self.dismissed.emit(key)
