"""Covers and avatars on their way to the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from beatpass_desktop.models.pictures import LARGE, SIDE, Pictures
from beatpass_desktop.system.picture_cache import PictureCache


def png(width: int, height: int, colour: str = "#ff0000", kind: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(data.data())


class Port:
    """Writes down what is wished for."""

    def __init__(self) -> None:
        self.wanted: list[str] = []
        self.is_busy = False

    def want(self, addresses: Sequence[str]) -> None:
        self.wanted += addresses


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    return PictureCache(tmp_path, "origin")


@pytest.fixture
def pictures(cache: PictureCache) -> Iterator[Pictures]:
    found = Pictures(cache)
    yield found
    found.close()


def test_that_a_kept_picture_arrives_without_the_network(
    pictures: Pictures, cache: PictureCache, qtbot: Any
) -> None:
    cache.keep("/a.png", png(400, 200))
    with qtbot.waitSignal(pictures.arrived) as arrived:
        assert pictures.image("/a.png") is None
    assert arrived.args == [{"/a.png"}]
    image = pictures.image("/a.png")
    assert image is not None
    assert (image.width(), image.height()) == (2 * SIDE, SIDE)
    assert image.pixelColor(5, 5) == QColor("#ff0000")
    with qtbot.waitSignal(pictures.arrived):
        assert pictures.image("/a.png", large=True) is None
    large = pictures.image("/a.png", large=True)
    assert large is not None
    # It is not blown up beyond what there is.
    assert large.height() == min(LARGE, 200)


def test_that_a_missing_picture_is_wished_for_once_and_shown_when_it_comes(
    pictures: Pictures, cache: PictureCache, qtbot: Any
) -> None:
    port = Port()
    pictures.connect_to(port)
    for _ in range(5):
        assert pictures.image("/a.png") is None
        assert pictures.image("/b.png") is None
    qtbot.waitUntil(lambda: sorted(port.wanted) == ["/a.png", "/b.png"])
    cache.keep("/a.png", png(10, 10))
    with qtbot.waitSignal(pictures.arrived):
        pictures.on_fetched("/a.png")
    assert pictures.image("/a.png") is not None
    assert not pictures.is_busy
    pictures.try_again()
    qtbot.waitUntil(lambda: port.wanted.count("/b.png") == 2)
    assert port.wanted.count("/a.png") == 1


def test_that_wishes_made_while_offline_are_passed_on_later(pictures: Pictures, qtbot: Any) -> None:
    assert pictures.image("/a.png") is None
    qtbot.waitUntil(lambda: not pictures.is_busy)
    port = Port()
    pictures.connect_to(port)
    qtbot.waitUntil(lambda: port.wanted == ["/a.png"])


@pytest.mark.parametrize(
    "data",
    [b"", b"\x89PNG\r\n\x1a\n broken", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a"],
)
def test_that_a_damaged_file_leaves_the_initials(
    pictures: Pictures, cache: PictureCache, qtbot: Any, data: bytes
) -> None:
    cache.keep("/a.png", data)
    assert pictures.image("/a.png") is None
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert pictures.image("/a.png") is None


def test_that_a_file_damaged_on_the_disk_is_fetched_anew_once(
    pictures: Pictures, cache: PictureCache, qtbot: Any
) -> None:
    port = Port()
    pictures.connect_to(port)
    cache.keep("/a.png", b"")
    assert pictures.image("/a.png") is None
    qtbot.waitUntil(lambda: port.wanted == ["/a.png"])
    assert cache.find("/a.png") is None
    cache.keep("/a.png", b"also damaged")
    pictures.on_fetched("/a.png")
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert pictures.image("/a.png") is None
    assert port.wanted == ["/a.png"]


def test_that_a_picture_still_missing_is_wished_for_again_when_it_is_shown_again(
    pictures: Pictures, qtbot: Any
) -> None:
    port = Port()
    pictures.connect_to(port)
    pictures.image("/a.png")
    qtbot.waitUntil(lambda: port.wanted == ["/a.png"])
    assert pictures.image("/a.png") is None
    qtbot.waitUntil(lambda: port.wanted == ["/a.png", "/a.png"])
    assert not pictures.is_busy


def test_that_a_picture_of_absurd_size_is_not_unfolded(
    pictures: Pictures, cache: PictureCache, qtbot: Any
) -> None:
    huge = bytearray(png(10, 10))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    cache.keep("/a.png", bytes(huge))
    assert pictures.image("/a.png") is None
    qtbot.waitUntil(lambda: not pictures.is_busy)
    assert pictures.image("/a.png") is None


def test_that_no_address_is_no_picture(pictures: Pictures) -> None:
    assert pictures.image(None) is None
    assert pictures.image("") is None
    assert not pictures.is_busy
