"""The page to sign out with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from beatpass_desktop.domain.sign_in import SignInPort
from beatpass_desktop.models import formatting
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.page import Page
from beatpass_desktop.views.widgets.segmented import Segmented

_WIDTH = 480


class SignOutPage(Page):
    """Asks what is to happen to what is stored.

    Signals:
        left: it is not needed any more.
    """

    left = Signal()

    def __init__(self, theme: Theme, port: SignInPort) -> None:
        super().__init__(theme, self.tr("Sign out"), icon="log-out")
        self._port = port
        self.choices = Segmented(
            theme,
            [(True, self.tr("Erase stored data")), (False, self.tr("Keep it readable"))],
        )
        self.choices.setAccessibleName(self.tr("What happens to the stored data"))
        self.choices.current_changed.connect(self._show)
        self._explanation = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._explanation.setWordWrap(True)
        self.confirm = Button(theme, self.tr("Sign out"), ButtonKind.DANGER, "log-out")
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel = Button(theme, self.tr("Cancel"))
        self.cancel.clicked.connect(self.left)
        self._card = Card(theme, padding=Space.XXL)
        self._card.body.addWidget(self.choices)
        self._card.body.addWidget(self._explanation)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.confirm)
        self._buttons.addWidget(self.cancel)
        self._buttons.addStretch(1)
        self._card.body.addLayout(self._buttons)
        row = QHBoxLayout()
        row.addWidget(self._card, 10_000)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_stretch()
        self.setFocusProxy(self.cancel)
        self._space()
        self._show()

    def begin(self, name: str) -> None:
        """Ask for the account of this name."""
        self.choices.set_current(True)
        shown = formatting.one_line(name)
        self.set_title(self.tr("Sign out {}?").format(shown) if shown else self.tr("Sign out?"))

    def _show(self) -> None:
        if self.choices.current():
            text = self.tr(
                "The access token is removed from the keychain, and everything stored of this "
                "account, its daily history too, is erased from this computer. BeatPass itself is "
                "not changed. The history cannot be fetched again."
            )
        else:
            text = self.tr(
                "The access token is removed from the keychain. What is stored stays readable here "
                "and grows again when you sign in."
            )
        self._explanation.setText(text)

    def _space(self) -> None:
        super()._space()
        # The base class spaces itself before the parts here are there.
        if hasattr(self, "_card"):
            self._card.setMaximumWidth(self._theme.px(_WIDTH))
            self._buttons.setSpacing(self._theme.px(Space.S))

    def _on_confirmed(self) -> None:
        self.left.emit()
        self._port.sign_out(erase=bool(self.choices.current()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
