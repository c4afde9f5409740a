"""`beatpass://page/…`: the page opens in the window that is there, or in a new one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from processes import Sandbox, Surroundings, wait_until

pytestmark = pytest.mark.end_to_end

_EVENTS = """
import sys
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from beatpass_desktop.views.application import LinkedApplication
qt = LinkedApplication(["test"])
qt.page_requested.connect(print)
for link in sys.argv[1:]:
    print(qt.sendEvent(qt, QFileOpenEvent(QUrl(link))))
"""


def page_shown(surroundings: Surroundings) -> str:
    """The page that the window remembers as last shown."""
    try:
        settings = (surroundings.data / "config" / "settings.json").read_text()
    except FileNotFoundError:
        return ""
    page: str = json.loads(settings).get("page", "")
    return page


def test_that_links_reach_the_window_that_is_there(
    stocked: Surroundings, established: Sandbox
) -> None:
    for log in stocked.data.rglob("*.log"):
        log.unlink()
    first = stocked.start(*established.arguments, "--offline")
    wait_until(lambda: any(stocked.data.rglob("*.log")), "the first program listens")
    for link, page in (
        ("beatpass://page/finances", "finances"),
        ("BEATPASS://page/Tracks/", "tracks"),
    ):
        second = stocked.start(*established.arguments, "--offline", "--", link)
        assert second.wait() == 0
        assert second.complaints == []
        wait_until(lambda page=page: page_shown(stocked) == page, "the page of the next link")
    bad = stocked.start(*established.arguments, "--offline", "beatpass://page/settings")
    assert bad.wait() == 2
    assert page_shown(stocked) == "tracks"
    assert first.process.poll() is None
    assert first.end(signal.SIGTERM) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("beatpass://page/settings",),
        ("beatpass://page/home?tour=/tmp/x",),
        ("beatpass:doctor",),
        ("https://open.beatpass.ca/",),
        ("file:///etc/passwd",),
        ("albums",),
        ("",),
        ("beatpass://page/home", "beatpass://page/albums"),
        ("beatpass://page/home", "--page", "albums"),
        ("--", "beatpass://page/home", "--tour", "tour"),
        ("--", "beatpass://page/home", "export", "tracks"),
        ("--", "beatpass://page/x", "doctor"),
        ("beatpass://page/home", "doctor"),
        ("doctor", "beatpass://page/home"),
    ],
    ids=" ".join,
)
def test_that_a_link_that_is_none_or_brings_more_ends_with_2_and_a_sentence(
    surroundings: Surroundings, arguments: tuple[str, ...]
) -> None:
    surroundings.without_keychain = ""  # nothing is there before
    run = surroundings.start(*arguments)
    assert run.wait() == 2
    assert run.stdout == ""
    (line,) = run.complaints
    assert line.startswith("beatpass-desktop: ")
    assert not surroundings.store.exists()


@pytest.mark.parametrize("folder", ["doctor", "export"])
def test_that_a_folder_called_like_a_command_does_not_turn_a_link_into_one(
    tmp_path: Path, folder: str
) -> None:
    surroundings = Surroundings(tmp_path / "surroundings")
    run = surroundings.start(
        "--data-dir", str(tmp_path / folder), "--offline", "--quit-after-first-paint",
        "beatpass://page/albums", data_dir=False,
    )  # fmt: skip
    assert run.wait() == 0
    assert json.loads(run.stdout)["painted"] == "albums"


def test_that_the_events_by_which_macos_hands_links_over_lead_to_their_pages() -> None:
    links = ("beatpass://page/albums", "file:///tmp/x", "beatpass://evil/", "BeatPass://page/home/")
    run = subprocess.run(
        [sys.executable, "-c", _EVENTS, *links], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["albums", "True", "True", "True", "home", "True"]
    assert run.stderr.count("this one names no page") == 2
