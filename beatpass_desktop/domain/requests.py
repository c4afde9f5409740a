"""The port through which wishes go back from the screen to the sync room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from beatpass_desktop.domain.resources import Page, Resource, ResourceKey


class RequestPort(Protocol):
    """What a page may ask for. Every call returns at once; the answer is a change in the store."""

    @property
    def is_automatic(self) -> bool:
        """Whether what is shown is renewed by itself when it is not fresh any more."""

    def show_page(self, page: Page) -> None:
        """`page` is in view: fetch what it needs and is not fresh, before anything else."""

    def refresh_page(self, page: Page) -> None:
        """Fetch everything `page` shows, whatever its age."""

    def refresh_all(self) -> None:
        """Fetch everything, whatever its age."""

    def set_automatic(self, automatic: bool) -> None:
        """Whether what is shown is renewed by itself when it is not fresh any more (it is, unless
        told otherwise). Else only what was never loaded is fetched unasked."""

    def clear_cache(self) -> None:
        """Forget what was fetched of this account, and fetch what the page in view shows."""

    def cancel(self, key: ResourceKey) -> None:
        """Give up fetching `key`; what is stored stays."""

    def accept_shrunken(self, key: ResourceKey) -> None:
        """Take the shorter catalogue that was held back."""

    def switch_artist(self, artist: int) -> None:
        """Make `artist` the current one of this account."""

    def want(self, resource: Resource, params: str = "") -> None:
        """The page in view also needs this instance of a data set, until it is left.

        Of each data set one instance at a time: a later wish takes the place of the earlier.
        """

    def want_growth(self, track_ids: Sequence[int]) -> None:
        """These tracks are in view: fetch their growth first, then that of the other tracks."""

    def follow(self, artist: int) -> None:
        """Follow an artist."""

    def unfollow(self, artist: int) -> None:
        """Follow an artist no longer."""

    def onboard(self, country: str | None) -> None:
        """Ask for a link to set up the current artist's Stripe account.

        `country` is an ISO 3166 code, None where it was chosen before.
        """
