"""The request port as the pages hold it, before and while there is an engine behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beatpass_desktop.domain.requests import RequestPort
    from beatpass_desktop.domain.resources import Page, Resource, ResourceKey


class Requests:
    """Passes wishes on to the engine. Until there is one only the page in view and what it
    wants are remembered; without one (offline) wishes come to nothing.

    Implements `domain.requests.RequestPort`.
    """

    def __init__(self) -> None:
        self._port: RequestPort | None = None
        self._page: Page | None = None
        self._wanted: dict[Resource, str] = {}
        self._in_view: Sequence[int] = ()
        self._automatic = True

    def connect(self, port: RequestPort) -> None:
        """From now on wishes go to `port`, first of all for the page in view."""
        self._port = port
        if not self._automatic:
            port.set_automatic(False)
        if self._page is not None:
            port.show_page(self._page)
        for resource, params in self._wanted.items():
            port.want(resource, params)
        if self._in_view:
            port.want_growth(self._in_view)

    def disconnect(self) -> None:
        """From now on wishes come to nothing again."""
        self._port = None

    @property
    def is_automatic(self) -> bool:
        """See RequestPort."""
        return self._automatic

    def show_page(self, page: Page) -> None:
        """See RequestPort."""
        if page is not self._page:
            self._page, self._wanted, self._in_view = page, {}, ()
        if self._port is not None:
            self._port.show_page(page)

    def refresh_page(self, page: Page) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.refresh_page(page)

    def refresh_all(self) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.refresh_all()

    def set_automatic(self, automatic: bool) -> None:
        """See RequestPort."""
        self._automatic = automatic
        if self._port is not None:
            self._port.set_automatic(automatic)

    def clear_cache(self) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.clear_cache()

    def cancel(self, key: ResourceKey) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.cancel(key)

    def accept_shrunken(self, key: ResourceKey) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.accept_shrunken(key)

    def switch_artist(self, artist: int) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.switch_artist(artist)

    def want(self, resource: Resource, params: str = "") -> None:
        """See RequestPort."""
        self._wanted[resource] = params
        if self._port is not None:
            self._port.want(resource, params)

    def want_growth(self, track_ids: Sequence[int]) -> None:
        """See RequestPort."""
        self._in_view = track_ids
        if self._port is not None:
            self._port.want_growth(track_ids)

    def follow(self, artist: int) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.follow(artist)

    def unfollow(self, artist: int) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.unfollow(artist)

    def onboard(self, country: str | None) -> None:
        """See RequestPort."""
        if self._port is not None:
            self._port.onboard(country)
