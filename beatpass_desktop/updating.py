"""Tells that there is a newer version of the program; installing it is left to the person."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.release_feed import fetch, release_in
from beatpass_desktop.domain.releases import Release
from beatpass_desktop.release_source import Source
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.version import VERSION

_log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)
_LOOK_SECONDS = 3600.0
"""between looks at the clock: a computer that slept goes on in the middle of a long wait"""
_SYSTEMS = {"win32": "windows", "darwin": "macos"}


class Updating:
    """Asks the release feed at most once a day, whatever came of it, while that is wanted.

    What a feed with a good signature told is kept and verified again at the next start. `tell` gets
    the release to tell of, or None.
    """

    def __init__(
        self,
        asked: Source,
        settings: Settings,
        tell: Callable[[Release | None], None],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        version: str = VERSION,
    ) -> None:
        self._source = asked
        self._settings = settings
        self._tell = tell
        self._now = now
        self._version = version
        self._turned = asyncio.Event()
        self._tasks = Tasks()
        self._tasks.start(self._watch(), "asking about releases")

    def look(self) -> None:
        """See whether to ask, or to be silent, now: the setting was changed."""
        self._turned.set()

    async def close(self) -> None:
        """End."""
        await self._tasks.close()

    async def _watch(self) -> None:
        while True:
            self._turned.clear()
            if self._settings.flag(Setting.UPDATE_NOTICE, True):
                if self._is_due():
                    await self._ask()
                self._tell(await self._known())
            else:
                self._tell(None)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._turned.wait(), _LOOK_SECONDS)

    def _is_due(self) -> bool:
        try:
            last = datetime.fromisoformat(self._settings.text(Setting.RELEASES_ASKED))
            passed = self._now() - last
        except (ValueError, TypeError):
            return True
        # A clock that was set back must not silence it for years.
        return not timedelta() <= passed < _EVERY

    async def _ask(self) -> None:
        self._settings.put(Setting.RELEASES_ASKED, self._now().isoformat(timespec="seconds"))
        agent = f"beatpass-desktop/{self._version} ({sys.platform})"
        try:
            text = await fetch(self._source.feed, user_agent=agent)
            await asyncio.to_thread(release_in, text, self._source.key)
        except ApiError as error:
            _log.warning("No news of releases: %s", error)
        else:
            self._settings.put(Setting.RELEASE_FEED, text)

    async def _known(self) -> Release | None:
        """The release last told of, when it is newer than this program."""
        text = self._settings.text(Setting.RELEASE_FEED)
        if not text:
            return None
        try:
            release = await asyncio.to_thread(release_in, text, self._source.key)
        except ApiError as error:
            _log.warning("The release told of earlier is forgotten: %s", error)
            self._settings.put(Setting.RELEASE_FEED, "")
            return None
        system = _SYSTEMS.get(sys.platform, "linux")
        return release if release.is_for(self._version, system) else None
