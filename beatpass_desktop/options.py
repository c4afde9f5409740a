"""What the person asked for on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from beatpass_desktop.domain.resources import Page

BASE_URL = "https://open.beatpass.ca/api/v1"
"""The published server (openapi.json, `servers`)."""


class Options(NamedTuple):
    """One call. Empty texts and None stand for what was not given."""

    base_url: str = BASE_URL
    sandbox: str = ""
    token: str = ""
    data_dir: Path | None = None
    offline: bool = False
    page: Page | None = None
    tour: Path | None = None
    theme: str = ""
    size: tuple[int, int] | None = None
    quit_after_first_paint: bool = False

    @property
    def origin(self) -> str:
        """What accounts are kept apart by: the sandbox profile, whatever its port, or the URL."""
        return f"sandbox:{self.sandbox}" if self.sandbox else self.base_url

    @property
    def is_unwatched(self) -> bool:
        """Whether nobody is there to be asked anything."""
        return self.tour is not None or self.quit_after_first_paint

    def __repr__(self) -> str:
        """Without the token."""
        return f"Options({self.origin})"
