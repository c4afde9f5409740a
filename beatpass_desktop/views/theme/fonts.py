"""The fonts that come with the program."""

from __future__ import annotations

from threading import Thread

from PySide6.QtGui import QFontDatabase

from beatpass_desktop.resources import resource_path

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")


class FontLoading:
    """Has Qt read the fonts of the system and then ours, on a thread: Qt needs neither the event
    loop nor Python for it, and a start has other things to do meanwhile.

    There has to be an application.
    """

    def __init__(self) -> None:
        # Asked for here, since the binding makes a type when it is first named.
        add = QFontDatabase.addApplicationFont
        paths = [str(resource_path("fonts", name)) for name in _FILES]
        self._thread = Thread(target=lambda: [add(path) for path in paths], name="fonts")
        self._thread.start()

    def wait(self) -> None:
        """Wait until texts can be measured and painted in them."""
        self._thread.join()
