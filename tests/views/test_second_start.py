"""A second start leaves it to the window that is there."""

from __future__ import annotations

import socket as sockets
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.second_start import SecondStart, _name, hand_over

_START = (
    "import sys; from pathlib import Path;"
    "from beatpass_desktop.views.second_start import hand_over;"
    "print(hand_over(Path(sys.argv[1]), sys.argv[2]))"
)


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this user's sockets are: the path of one has about 100 bytes."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def started_again(folder: Path, page: str = "") -> subprocess.Popen[str]:
    """Another process that finds the data folder in use."""
    command = [sys.executable, "-c", _START, str(folder), page]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("page", ["", "albums"])
def test_that_the_first_is_told_and_the_second_knows(
    qtbot: QtBot, tmp_path: Path, page: str
) -> None:
    first = SecondStart(tmp_path)
    assert first.listen()
    with qtbot.waitSignal(first.noticed, timeout=20_000) as told:
        second = started_again(tmp_path, page)
    assert told.args == [page]
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    output, _ = second.communicate()
    assert output == "True\n"
    first.close()


def test_that_another_data_folder_is_another_program(qapp: QApplication, tmp_path: Path) -> None:
    first = SecondStart(tmp_path / "one")
    assert first.listen()
    assert not hand_over(tmp_path / "other")
    first.close()


def test_that_what_a_killed_program_left_behind_is_no_hindrance(
    qapp: QApplication, tmp_path: Path
) -> None:
    Path(_name(tmp_path)).write_bytes(b"")
    first = SecondStart(tmp_path)
    assert first.listen()
    first.close()


def test_that_the_socket_is_this_user_s_alone(qapp: QApplication, tmp_path: Path) -> None:
    first = SecondStart(tmp_path)
    assert first.listen()
    socket = Path(_name(tmp_path))
    assert stat.S_ISSOCK(socket.stat().st_mode)
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    first.close()
    assert not socket.exists()


def test_that_a_chatterer_is_not_listened_to(qtbot: QtBot, tmp_path: Path) -> None:
    first = SecondStart(tmp_path)
    assert first.listen()
    told: list[str] = []
    first.noticed.connect(told.append)
    with sockets.socket(sockets.AF_UNIX) as chatterer:
        chatterer.connect(_name(tmp_path))
        chatterer.sendall(b"x" * 100)
        chatterer.setblocking(False)

        def is_hung_up() -> bool:
            try:
                return chatterer.recv(1) == b""
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True

        qtbot.waitUntil(is_hung_up, timeout=20_000)
    assert told == []
    first.close()
