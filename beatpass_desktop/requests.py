"""The request port as the pages hold it, before and while there is an engine behind it."""

from __future__ import annotations

from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.resources import Page, ResourceKey


class Requests:
    """Passes wishes on to the engine. Until there is one only the page in view is remembered;
    without one (offline) wishes come to nothing. Implements `domain.requests.RequestPort`."""

    def __init__(self) -> None:
        self._port: RequestPort | None = None
        self._page: Page | None = None

    def connect(self, port: RequestPort) -> None:
        """From now on wishes go to `port`, first of all for the page in view."""
        self._port = port
        if self._page is not None:
            port.show_page(self._page)

    def show_page(self, page: Page) -> None:
        """See RequestPort."""
        self._page = page
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
