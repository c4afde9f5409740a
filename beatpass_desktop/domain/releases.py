"""A release of the program, as its signed feed tells of it (docs/release-feed.md)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from beatpass_desktop.domain.versions import Version


class ReleaseFile(NamedTuple):
    """An installer. `system` is `linux`, `windows` or `macos`; `size` in bytes; `sha256` in
    hexadecimal digits."""

    system: str
    url: str
    size: int
    sha256: str


class Release(NamedTuple):
    """One release. `notes` is a web page that `links.checked` lets through."""

    version: str
    day: date
    notes: str
    files: tuple[ReleaseFile, ...]

    def is_for(self, version: str, system: str) -> bool:
        """Whether to tell of it who runs `version` on `system`: it is newer, there is a file for
        the system, and a release is not followed by a pre-release."""
        own, new = Version.of(version), Version.of(self.version)
        is_offered = new.is_release or not own.is_release
        return new > own and is_offered and any(file.system == system for file in self.files)
