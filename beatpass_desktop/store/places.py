"""Folders in which SQLite's log of changes is not safe: network drives and synchronised folders."""

from __future__ import annotations

import sys
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.sshfs",
     "fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.glusterfs"}
)  # fmt: skip
_SYNCHRONISED = frozenset({"dropbox", "onedrive", "google drive", "icloud drive", "nextcloud"})
_REMOTE_DRIVE = 4
_MOUNTS = Path("/proc/self/mountinfo")


def caution(folder: Path) -> str:
    """What to tell people of a data folder that is not on a disk of this computer; empty when all
    is well. macOS does not say what kind of volume it is."""
    if _is_network(folder):
        return (
            f"The data folder {folder} is on a network drive. A data folder on this computer is "
            "safer and faster."
        )
    if not _SYNCHRONISED.isdisjoint(part.lower() for part in folder.parts):
        return (
            f"The data folder {folder} is synchronised with other computers, which can damage what "
            "is stored. Please choose another one."
        )
    return ""


def is_shared(folder: Path) -> bool:
    """Whether the folder may change behind SQLite's back, so that a plain journal is to be used."""
    return bool(caution(folder))


def _is_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        root = folder.absolute().anchor
        return (
            root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE_DRIVE
        )
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return kind_of(folder.absolute(), mounts) in _NETWORK


def kind_of(folder: Path, mounts: str) -> str:
    """The kind of file system that holds `folder`, by the text of Linux's mountinfo."""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = fields[4].replace("\\040", " ").replace("\\134", "\\")
        if len(point) >= longest and folder.is_relative_to(point):
            found, longest = after.split(" ")[0], len(point)
    return found
