"""A second start with the same data folder brings the window of the first one to the front."""

from __future__ import annotations

import os
import sys
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2_000
_LONGEST = 64
"""bytes of what a second start says"""
_LONGEST_PATH = 100
_HEARD = b"heard\n"


class SecondStart(QObject):
    """Listens for a second start of the program, on a socket of this user alone.

    Signals:
        noticed: the program was started again; the name of the page asked for, or "".
    """

    noticed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> bool:
        """Begin, for the one who holds the lock of the data folder; False when that fails."""
        # A program that was killed leaves its socket behind.
        QLocalServer.removeServer(self._name)
        return self._server.listen(self._name)

    def close(self) -> None:
        """End."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            page = bytes(socket.readLine(_LONGEST).data()).decode("ascii", "replace").strip()
            socket.write(_HEARD)
            socket.flush()
            socket.disconnectFromServer()
            self.noticed.emit(page)
        elif socket.bytesAvailable() >= _LONGEST:
            socket.abort()


def hand_over(folder: Path, page: str = "") -> bool:
    """Tell the program that runs with this data folder that it was started again, for a page if one
    was asked for; False when nobody hears."""
    application = QCoreApplication.instance() or QCoreApplication([])
    socket = QLocalSocket(application)
    socket.connectToServer(_name(folder))
    try:
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"{page}\n".encode("ascii", "replace"))
        while not socket.canReadLine():
            if not socket.waitForReadyRead(_PATIENCE_MS):
                return False
        return bytes(socket.readLine(_LONGEST).data()) == _HEARD
    finally:
        socket.abort()
        socket.deleteLater()


def _name(folder: Path) -> str:
    """Of the socket: another one for every data folder, where nobody else may look.

    Windows keeps pipes in a place of its own; elsewhere a path may have about 100 bytes.
    """
    mark = blake2b(str(folder.resolve()).encode("utf-8", "replace"), digest_size=12).hexdigest()
    name = f"beatpass-desktop-{mark}"
    if sys.platform == "win32":
        return name
    for place in (Path(os.environ.get("XDG_RUNTIME_DIR") or folder), folder.resolve()):
        path = place / name
        if place.is_dir() and len(os.fsencode(path)) < _LONGEST_PATH:
            return str(path)
    return name
