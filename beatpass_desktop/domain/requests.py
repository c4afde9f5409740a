"""The port through which wishes go back from the screen to the sync room."""

from __future__ import annotations

from typing import Protocol

from beatpass_desktop.domain.resources import Page, ResourceKey


class RequestPort(Protocol):
    """What a page may ask for. Every call returns at once; the answer is a change in the store."""

    def show_page(self, page: Page) -> None:
        """`page` is in view: fetch what it needs and is not fresh, before anything else."""

    def refresh_page(self, page: Page) -> None:
        """Fetch everything `page` shows, whatever its age."""

    def refresh_all(self) -> None:
        """Fetch everything, whatever its age."""

    def cancel(self, key: ResourceKey) -> None:
        """Give up fetching `key`; what is stored stays."""

    def accept_shrunken(self, key: ResourceKey) -> None:
        """Take the shorter catalogue that was held back."""

    def switch_artist(self, artist: int) -> None:
        """Make `artist` the current one of this account."""
