"""The limits of a minute hold across a restart."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from beatpass_desktop.system.recent_requests import RecentRequests


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def test_that_what_was_sent_is_known_after_a_restart_and_grows_old(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "state" / "requests"
    RecentRequests(path, clock).keep([50.0, 10.0, 0.0])
    clock.now += 5
    assert RecentRequests(path, clock).ages() == [55.0, 15.0, 5.0]
    clock.now += 100
    assert RecentRequests(path, clock).ages() == [115.0, 105.0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_that_a_clock_set_back_or_far_ahead_makes_nobody_wait(tmp_path: Path) -> None:
    clock = Clock()
    recent = RecentRequests(tmp_path / "requests", clock)
    recent.keep([0.0] * 300)
    for change in (-86_400, 10 * 365 * 86_400):
        clock.now += change
        assert recent.ages() == []


@pytest.mark.parametrize("data", [b"", b"short", os.urandom(4_001), b"\xff" * 80])
def test_that_a_damaged_file_counts_as_empty(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "requests"
    path.write_bytes(data)
    assert RecentRequests(path, Clock()).ages() == []


def test_that_a_place_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    recent = RecentRequests(tmp_path / "file" / "requests")
    recent.keep([1.0])
    assert recent.ages() == []
