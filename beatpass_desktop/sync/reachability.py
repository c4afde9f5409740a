"""Whether the server can be reached, and when to try again while it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from beatpass_desktop.domain.events import ConnectionChanged, Listener

PROBE_SECONDS = 30.0
"""How long after an attempt that did not reach the server the page in view is tried again."""


class Reachability:
    """Hears how every attempt went; `try_again` renews what is in view."""

    def __init__(
        self, announce: Listener, now: Callable[[], datetime], try_again: Callable[[], None]
    ) -> None:
        self._announce = announce
        self._now = now
        self._try_again = try_again
        self._online: bool | None = None
        self._probe: asyncio.TimerHandle | None = None

    def heard(self, online: bool) -> None:
        """An attempt reached the server, or did not."""
        if online is not self._online:
            came_back = online and self._online is False
            self._online = online
            self._announce(ConnectionChanged(online, self._now()))
            if came_back:
                self._try_again()
        self.close()
        if not online:
            self._probe = asyncio.get_running_loop().call_later(PROBE_SECONDS, self._on_probe_due)

    def close(self) -> None:
        """Try no more."""
        if self._probe is not None:
            self._probe.cancel()
            self._probe = None

    def _on_probe_due(self) -> None:
        self._probe = None
        self._try_again()
