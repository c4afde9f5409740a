"""The folder of covers and avatars."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from beatpass_desktop.system.picture_cache import PictureCache


def test_that_a_picture_kept_is_found_again_private_and_by_server(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    first, second = PictureCache(folder, "sandbox:a"), PictureCache(folder, "sandbox:b")
    first.keep("/storage/1.png", b"one")
    found = first.find("/storage/1.png")
    assert found is not None
    assert found.read_bytes() == b"one"
    assert second.find("/storage/1.png") is None
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "address", ["../../etc/passwd", "/" * 5_000, "\0", "\ud800", "https://x/?a=b#c", "CON", ""]
)
def test_that_no_address_leaves_the_folder(tmp_path: Path, address: str) -> None:
    cache = PictureCache(tmp_path / "pictures", "origin")
    cache.keep(address, b"x")
    found = cache.find(address)
    assert found is not None
    assert found.parent == tmp_path / "pictures"


def test_that_the_least_used_make_room(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, "origin", limit=100)
    for number in range(10):
        cache.keep(str(number), b"0123456789")
        path = cache.find(str(number))
        assert path is not None
        os.utime(path, (number, number))
    assert cache.size() == 100
    assert cache.find("0") is not None  # used now
    cache.keep("more", b"0123456789")
    assert cache.size() <= 80
    assert cache.find("0") is not None
    assert cache.find("more") is not None
    assert cache.find("1") is None


def test_that_a_folder_that_cannot_be_written_costs_the_picture_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PictureCache(tmp_path / "file" / "pictures", "origin")
    cache.keep("a", b"x")
    assert cache.find("a") is None
    assert cache.size() == 0


def test_that_clearing_removes_everything(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, "origin")
    cache.keep("a", b"x")
    cache.clear()
    assert cache.find("a") is None
    assert list(tmp_path.iterdir()) == []
