"""Data folders that are not on a disk of this computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.store import accounts, places
from beatpass_desktop.store.store import Store

MOUNTS = r"""
21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 21 0:26 / /home/ada/net rw - nfs4 server:/export rw
31 21 0:27 / /mnt/my\040share rw - cifs //host/share rw
32 31 0:28 / /mnt/my\040share/local rw - tmpfs tmpfs rw
rubbish
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada/data", "ext4"),
        ("/home/ada/net", "nfs4"),
        ("/home/ada/net/deep/er", "nfs4"),
        ("/home/ada/network", "ext4"),
        ("/mnt/my share/x", "cifs"),
        ("/mnt/my share/local", "tmpfs"),
    ],
)
def test_that_the_file_system_of_a_folder_is_known(folder: str, kind: str) -> None:
    assert places.kind_of(Path(folder), MOUNTS) == kind


def test_that_a_network_drive_is_warned_of_and_gets_a_plain_journal(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"21 1 8:1 / / rw - ext4 x rw\n30 21 0:26 / {path.parent} rw - nfs4 y rw\n")
    monkeypatch.setattr(places, "_MOUNTS", mounts)
    assert "network drive" in places.caution(path.parent)
    store = Store(path)
    assert store.reading.pragma("journal_mode") == "delete"
    desk = Desk(store)
    who = Identity(7, "Ada")
    desk.account = desk.write(lambda c: accounts.remember(c, "https://x", who, "t", DAY)).account
    assert desk.list([track(1, name="Beat")]) == 1
    assert desk.column("name") == {1: "Beat"}
    store.close()


def test_that_a_synchronised_folder_is_warned_of() -> None:
    assert "synchronised" in places.caution(Path("/home/ada/Dropbox/beatpass"))


def test_that_an_ordinary_folder_is_not(path: Path) -> None:
    assert places.caution(path.parent) == ""
    Store(path).close()
    store = Store(path)
    assert store.reading.pragma("journal_mode") == "wal"
    store.close()
