"""The questions about the encryption of what is stored."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.safekeeping import WithoutKeychain
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel


class WithoutKeychainDialog(Dialog):
    """Asks what becomes of fetched data on a computer without a keychain.

    Signals:
        chosen: (WithoutKeychain) what was decided; none when the dialogue is put away.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, why: str, *, has_data: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate(
                "WithoutKeychainDialog", "Keep your figures on this computer?"
            ),
            why,
            icon="lock",
            hue=Hue.WARN,
            parent=parent,
        )
        self._say(
            self.tr(
                "Your earnings, tracks and history are normally stored encrypted, and the keychain "
                "holds the key. Without one you can keep them in a file that is not encrypted: "
                "other users of this computer cannot open it, but whoever gets hold of the disk "
                "can."
            )
        )
        self._say(
            self.tr(
                "Or keep them for this session only: nothing stays when you quit, everything is "
                "fetched again at the next start, and no daily history grows."
            )
        )
        if has_data:
            self._say(
                self.tr(
                    "What is stored here already, your daily history too, is erased when you "
                    "choose this session only."
                )
            )
        self.session = self.add_button(
            self.tr("This session only"),
            ButtonKind.SECONDARY,
            lambda: self._choose(WithoutKeychain.SESSION),
        )
        self.plain = self.add_button(
            self.tr("Keep them unencrypted"),
            ButtonKind.PRIMARY,
            lambda: self._choose(WithoutKeychain.PLAIN),
        )

    def _say(self, text: str) -> None:
        label = PlainLabel(self._theme, text, TextStyle.BODY)
        label.setWordWrap(True)
        self.add(label)

    def _choose(self, choice: WithoutKeychain) -> None:
        self.chosen.emit(choice)
        self.accept()


class LockedStoreDialog(Dialog):
    """What can be done when the keychain that has the key is not there.

    Signals:
        again_requested: the keychain is to be asked again.
        anew_requested: the stored data is to be set aside and fetched again.
    """

    again_requested = Signal()
    anew_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate("LockedStoreDialog", "Your stored figures are encrypted"),
            icon="lock",
            hue=Hue.WARN,
            parent=parent,
        )
        label = PlainLabel(
            theme,
            self.tr(
                "The key is in the keychain of this computer, which cannot be reached now. It is "
                "usually there when you have logged in to the desktop. You can also begin anew: "
                "the encrypted file is set aside, not deleted, and everything that BeatPass still "
                "has is fetched again."
            ),
            TextStyle.BODY,
        )
        label.setWordWrap(True)
        self.add(label)
        self.anew = self.add_button(self.tr("Begin anew"), ButtonKind.DANGER, self._begin_anew)
        self.again = self.add_button(self.tr("Try again"), ButtonKind.PRIMARY, self._try_again)

    def _begin_anew(self) -> None:
        self.anew_requested.emit()
        self.accept()

    def _try_again(self) -> None:
        self.again_requested.emit()
        self.accept()
