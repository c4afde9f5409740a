"""What keeps a store sound while the app runs: reading all of it once, and a copy a day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import apsw

from beatpass_desktop.store import backups
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreDamaged, StoreError, translated
from beatpass_desktop.store.opening import mark_damaged

_log = logging.getLogger(__name__)
_FIRST_SECONDS = 5.0
_EVERY_SECONDS = 3_600.0


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


def look_after(connection: apsw.Connection, path: Path, now: datetime) -> None:
    """Read every page and, when the day's copy is due, make it of what was found sound.

    Raises StoreDamaged, StoreError.
    """
    with translated(str(path)):
        verdict = connection.execute("PRAGMA quick_check(1)").get
    if verdict != "ok":
        raise StoreDamaged("The stored data is damaged.", str(verdict))
    if backups.is_due(path, now):
        backups.make(connection, path, "daily", now)


class Upkeep:
    """Looks after a store on a thread of its own, with a connection of its own: a while after the
    first paint, then every hour.

    `damaged` is told a sentence, once, on that thread; the next start sets the store aside.
    """

    def __init__(
        self,
        path: Path,
        damaged: Callable[[str], None],
        *,
        now: Callable[[], datetime] = utc_now,
        first: float = _FIRST_SECONDS,
        every: float = _EVERY_SECONDS,
    ) -> None:
        self._path = path
        self.damaged = damaged
        self._now = now
        self._waits = (first, every)
        self._closing = threading.Event()
        self._connection: apsw.Connection | None = None
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="store-upkeep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it, also in the middle of a copy, which is then made another time."""
        self._closing.set()
        while self._thread.is_alive():
            with self._changing:
                if self._connection is not None:
                    self._connection.interrupt()
            self._thread.join(0.02)

    def _work(self) -> None:
        first, every = self._waits
        wait = first
        while not self._closing.wait(wait):
            wait = every
            try:
                self._once()
            except StoreDamaged as error:
                mark_damaged(self._path)
                self.damaged(error.sentence)
                return
            except apsw.InterruptError:
                continue
            except StoreError as error:
                _log.warning("%s %s", error.sentence, error.details)

    def _once(self) -> None:
        with closing(open_for_reading(self._path)) as connection:
            with self._changing:
                self._connection = connection
            try:
                look_after(connection, self._path, self._now())
            finally:
                with self._changing:
                    self._connection = None
