"""The open store, as the rest of the app holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import apsw

from beatpass_desktop.store.errors import StoreReadOnly
from beatpass_desktop.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from beatpass_desktop.store.threads import Job, Reader, Writer
    from beatpass_desktop.store.upkeep import Upkeep

T = TypeVar("T")


class Store:
    """One store file with its connections.

    `reading` is for short reads on the GUI thread. The two threads start when they are first
    needed, which is after the first paint. `writable` is False when the store is only looked at;
    `notice` tells people what had to be done to open it.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        opened = open_store(path, create=create)
        self.path = path
        self.reading: apsw.Connection = opened.reading
        self.writable = opened.writable
        self.notice = opened.notice
        self._immutable = bool(opened.notice) and not opened.writable
        self._writer: Writer | None = None
        self._reader: Reader | None = None
        self._upkeep: Upkeep | None = None

    def look_after(self, damaged: Callable[[str], None]) -> None:
        """From now on read the file whole and back it up now and then; `damaged` is told a
        sentence, on another thread, when something is wrong with it."""
        if self.writable and self._upkeep is None:
            from beatpass_desktop.store.upkeep import Upkeep

            self._upkeep = Upkeep(self.path, damaged)

    def write(self, job: Job[T]) -> Future[T]:
        """Run `job` on the writer thread in one transaction. Raises StoreReadOnly."""
        return self._writing().submit(job)

    def erase_traces(self) -> Future[None]:
        """Rewrite the files so that nothing deleted can be read from them. Raises StoreReadOnly."""
        return self._writing().erase_traces()

    def query(self, job: Job[T]) -> Future[T]:
        """Run a long query on the reader thread."""
        if self._reader is None:
            from beatpass_desktop.store.threads import Reader

            self._reader = Reader(self.path, immutable=self._immutable)
        return self._reader.submit(job)

    def cancel(self, future: Future[T]) -> None:
        """Give up a long query."""
        if self._reader is not None:
            self._reader.cancel(future)

    def _writing(self) -> Writer:
        if not self.writable:
            raise StoreReadOnly("The stored data is open for reading only.")
        if self._writer is None:
            from beatpass_desktop.store.threads import Writer

            self._writer = Writer(self.path)
        return self._writer

    def close(self) -> None:
        """Finish pending writes and close every connection.

        The writer's is the last, so that it can bring everything into the one file.
        """
        if self._upkeep is not None:
            self._upkeep.close()
        if self._reader is not None:
            self._reader.close()
        self.reading.close()
        if self._writer is not None:
            self._writer.close()
