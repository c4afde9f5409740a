"""The program in a process of its own, used and looked at from outside.

It prints a line of JSON whenever something else is on the screen, and does what the lines on its
standard input say. A back end that TEST_KEYRING_FILE does not ask for is the system's own.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

from file_keyring import NAME
from live_app import Desktop
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton

from beatpass_desktop import starting, store_key
from beatpass_desktop.app import App
from beatpass_desktop.cli import parse
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.system.keychain import ALLOWED, Keychain

_BEAT_MS = 10
_BEGUN = time.monotonic()


class Watcher(QObject):
    """Tells what is on the screen, and how long the event loop stood still.

    Signals:
        asked: a line of standard input, from the thread that waits for it.
    """

    asked = Signal(str)

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app
        self._desktop = Desktop(app)
        self._said: dict[str, Any] = {}
        self._wanted = ""
        self._painted = 0.0
        self._last = time.monotonic()
        self._longest = 0.0
        app.window.first_painted.connect(self._on_painted)
        self.asked.connect(self._do)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(_BEAT_MS)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self.asked.emit(line)
        # Whoever looked on is gone.
        self.asked.emit('{"close": true}')

    def _on_painted(self) -> None:
        self._painted = time.monotonic() - _BEGUN

    def _on_beat(self) -> None:
        now = time.monotonic()
        if self._painted:
            self._longest = max(self._longest, now - self._last)
        self._last = now
        state = self._state()
        if self._wanted in state["buttons"]:
            self._desktop.press(self._wanted)
            self._wanted = ""
        if state != self._said:
            self._said = state
            self._say(state)

    def _do(self, line: str) -> None:
        match json.loads(line):
            case {"press": text}:
                self._wanted = text
            case {"token": token}:
                self._desktop.enter_token(token)
            case {"sign_out": erase}:
                self._desktop.sign_out(erase=erase)
            case {"page": name}:
                self._app.window.show_page(Page(name))
            case {"close": _}:
                self._app.window.close()
            case {"longest": _}:
                self._say({"longest": self._longest})
                self._longest = 0.0

    def _state(self) -> dict[str, Any]:
        app, window = self._app, self._app.window
        is_signing_in = "sign_in_page" in vars(app) and app.sign_in_page.isVisible()
        buttons = window.findChildren(QAbstractButton)
        return {
            "painted": self._painted,
            "page": window.page.value,
            "plays": self._desktop.plays if window.page is Page.HOME else "",
            "name": app.who.name or "",
            "banners": [banner.text for banner in app.banners.banners()],
            "buttons": sorted({b.accessibleName() for b in buttons if b.isVisible()}),
            "step": app.sign_in.step.value if is_signing_in else "",
            "problem": app.sign_in_page.problem() if is_signing_in else "",
            "is_encrypted": app.store.is_encrypted and app.store.lasts,
        }

    @staticmethod
    def _say(state: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()


class WatchedApp(App):
    """The app, with somebody who looks on."""

    def show(self) -> None:
        super().show()
        self.watcher = Watcher(self)


def _keychain() -> Keychain:
    allowed = frozenset({NAME}) if "TEST_KEYRING_FILE" in os.environ else ALLOWED
    return Keychain(allowed=allowed, timeout=float(os.environ.get("TEST_KEYRING_TIMEOUT", "10")))


if __name__ == "__main__":
    starting.App = WatchedApp  # type: ignore[misc]
    options = parse(sys.argv[1:])
    sys.exit(starting.run(options, _keychain, store_key.begin(options)))
