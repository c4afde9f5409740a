"""The peer in a window of its own, timed."""

from __future__ import annotations

from pathlib import Path

from figures import median
from painting import PaintClock
from proxy_peer import ProxyPeer
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QScrollBar

from beatpass_desktop.system.folders import folders

_SEARCHES = 3
_ASCENDING = Qt.SortOrder.AscendingOrder


class PeerTable:
    """The peer over the rows of a data folder.

    Attributes:
        opened: the median ms until it is painted with all its rows.
    """

    def __init__(self, data: Path, size: QSize, passes: int) -> None:
        self._window = QMainWindow()
        self._window.resize(size)
        self._window.show()
        self.clock = PaintClock(self._window)
        self._store = folders(data).store
        self.opened = median([self.clock.painted(self._open) for _ in range(passes)])

    @property
    def bar(self) -> QScrollBar:
        return self._peer.view.verticalScrollBar()

    def sort(self, column: int) -> float:
        """The ms that one column takes, by its place in our table."""
        return self.clock.painted(lambda: self._peer.sort(column, _ASCENDING))

    def search(self, text: str) -> float:
        """The median ms of a filter."""
        times = []
        for _ in range(_SEARCHES):
            times.append(self.clock.painted(lambda: self._peer.search(text)))
            self.clock.painted(lambda: self._peer.search(""))
        return median(times)

    def _open(self) -> None:
        self._peer = ProxyPeer(self._store, self._window)
