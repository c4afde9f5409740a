"""Covers and avatars for the screen: decoded beside it, kept in memory up to a bound."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from queue import LifoQueue

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from beatpass_desktop.domain.pictures import PicturePort, PictureShelf

SIDE = 96
"""pixels of a small picture; widgets scale it down"""
LARGE = 256
"""pixels of a large picture"""
_KEPT = 500
_MOST_PIXELS = 25_000_000
"""what a picture may unfold to; BeatPass's are far smaller"""
_GATHERING_MS = 30

_Key = tuple[str, int]

_FORMATS = tuple(QByteArray(name) for name in (b"png", b"jpeg", b"webp"))
"""what is read; made here because PySide makes no type safely in a second thread"""


class Pictures(QObject):
    """Gives pictures that are here and has the others fetched.

    Signals:
        arrived: pictures can be had now that could not before; a set of their addresses.

    Attributes:
        shelf: where the pictures are kept.
    """

    arrived = Signal(object)
    _decoded = Signal(object, object)

    def __init__(self, shelf: PictureShelf) -> None:
        super().__init__()
        self.shelf = shelf
        self._port: PicturePort | None = None
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._asked: set[_Key] = set()
        self._fetched: set[str] = set()
        self._missing: dict[str, None] = {}
        self._wished: dict[str, None] = {}
        self._news: set[str] = set()
        self._jobs: LifoQueue[_Key | None] = LifoQueue()
        self._decoding = 0
        self._thread: threading.Thread | None = None
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(_GATHERING_MS)
        self._gathering.timeout.connect(self._on_gathered)
        self._decoded.connect(self._on_decoded)

    @property
    def is_busy(self) -> bool:
        """Whether pictures may still come by themselves."""
        return (
            self._decoding > 0
            or self._gathering.isActive()
            or (self._port is not None and self._port.is_busy)
        )

    def image(self, address: str | None, *, large: bool = False) -> QImage | None:
        """A picture of about SIDE pixels, or LARGE; None while it is not here, `arrived` tells
        when."""
        if not address:
            return None
        key = (address, LARGE if large else SIDE)
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
            return found if not found.isNull() else None
        if address in self._missing:
            # The wish may have been given up for newer ones, or its time has come again.
            self._wish(address)
        if key not in self._asked:
            self._asked.add(key)
            self._queue(key)
            if self._thread is None:
                self._thread = threading.Thread(target=self._decode, name="pictures", daemon=True)
                self._thread.start()
        return None

    def connect_to(self, port: PicturePort | None) -> None:
        """From now on missing pictures are wished for there; None: nowhere."""
        self._port = port
        self.try_again()

    def try_again(self) -> None:
        """Wish again for what could not be had."""
        if self._port is not None and self._missing:
            self._wished = dict(self._missing)
            self._gathering.start()

    def on_fetched(self, address: str) -> None:
        """A picture has come onto the shelf."""
        self._missing.pop(address, None)
        self._fetched.add(address)
        for side in (SIDE, LARGE):
            if (address, side) in self._asked:
                self._queue((address, side))

    def close(self) -> None:
        """End the decoding."""
        self._gathering.stop()
        self._port = None
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _wish(self, address: str) -> None:
        if self._port is not None:
            self._wished[address] = None
            if not self._gathering.isActive():
                self._gathering.start()

    def _queue(self, key: _Key) -> None:
        self._decoding += 1
        self._jobs.put(key)

    def _decode(self) -> None:
        while (key := self._jobs.get()) is not None:
            path = self.shelf.find(key[0])
            image = None if path is None else _read(path, key[1])
            if image is not None and image.isNull():
                self.shelf.discard(key[0])
            self._decoded.emit(key, image)

    def _on_decoded(self, key: _Key, image: QImage | None) -> None:
        self._decoding -= 1
        # A file that was damaged on the disk is fetched anew, what has come damaged is not.
        if image is None or (image.isNull() and key[0] not in self._fetched):
            self._missing[key[0]] = None
            self._wish(key[0])
            return
        self._asked.discard(key)
        self._images[key] = image
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        if not image.isNull():
            self._news.add(key[0])
            self._gathering.start()

    def _on_gathered(self) -> None:
        news, self._news = self._news, set()
        if news:
            self.arrived.emit(news)
        if self._port is not None and self._wished:
            wished, self._wished = list(self._wished), {}
            self._port.want(wished[::-1])


def _read(path: Path, side: int) -> QImage:
    """The picture in a file, scaled to cover a square; a null image when there is none."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if reader.format() not in _FORMATS or not size.isValid():
        return QImage()
    if size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    expanding = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    wanted = size.scaled(QSize(side, side), expanding)
    if wanted.width() < size.width():
        reader.setScaledSize(wanted)
    return reader.read()
