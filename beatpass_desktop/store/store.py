"""The open store, as the rest of the app holds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import apsw

from beatpass_desktop.store import cipher
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreReadOnly
from beatpass_desktop.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from tempfile import TemporaryDirectory

    from beatpass_desktop.store.threads import Job, Reader, Writer
    from beatpass_desktop.store.upkeep import Upkeep

T = TypeVar("T")


class Store:
    """One store file with its connections.

    `reading` is for short reads on the GUI thread. The two threads start when they are first
    needed, which is after the first paint. `writable` is False when the store is only looked at;
    `notice` tells people what had to be done to open it.
    """

    def __init__(self, path: Path, *, create: bool = True, key: StoreKey | None = None) -> None:
        opened = open_store(path, create=create, key=key)
        self.path = path
        self.reading: apsw.Connection = opened.reading
        self.writable = opened.writable
        self.notice = opened.notice
        self._immutable = bool(opened.notice) and not opened.writable
        self._writer: Writer | None = None
        self._reader: Reader | None = None
        self._upkeep: Upkeep | None = None
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def lasts(self) -> bool:
        """Whether what is stored stays when the store is closed."""
        return self._folder is None

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is."""
        return cipher.identity_of(self.path) is not None

    def become(self, other: Store) -> None:
        """Close what is open and be `other` from now on, which is not to be used any more.

        Whoever holds this store goes on with the other file; nobody may be in the middle of it.
        """
        self.close()
        vars(self).update(vars(other))

    async def encrypt(self, key: StoreKey) -> None:
        """Encrypt a plain store under everybody who has it open: reading goes on meanwhile,
        writing waits. Raises StoreError, and then the store is plain as before.

        On the thread of `reading`, which changes.
        """
        from asyncio import wrap_future

        from beatpass_desktop.store import encrypting

        path, writer = self.path, self._writing()
        try:
            await wrap_future(
                writer.rest(lambda c: encrypting.make_copy(c, path, key, writer.is_about_to_end))
            )
            if self._reader is not None:
                await wrap_future(self._reader.rest(lambda connection: None))
            upkeep, self._upkeep = self._upkeep, None
            if upkeep is not None:
                upkeep.close()
            self.reading.close()
            try:
                encrypting.put_in_place(path)
            finally:
                self.reading = open_for_reading(path)
                if upkeep is not None:
                    self.look_after(upkeep.damaged)
        finally:
            encrypting.give_up(path)
            writer.go_on()
            if self._reader is not None:
                self._reader.go_on()

    def look_after(self, damaged: Callable[[str], None]) -> None:
        """From now on read the file whole and back it up now and then; `damaged` is told a
        sentence, on another thread, when something is wrong with it."""
        if self.writable and self.lasts and self._upkeep is None:
            from beatpass_desktop.store.upkeep import Upkeep

            self._upkeep = Upkeep(self.path, damaged)

    def write(self, job: Job[T]) -> Future[T]:
        """Run `job` on the writer thread in one transaction. Raises StoreReadOnly."""
        return self._writing().submit(job)

    def erase_traces(self) -> Future[None]:
        """Rewrite the files so that nothing deleted can be read from them. Raises StoreReadOnly,
        also for a store that does not last: the original stays as it is."""
        if not self.lasts:
            raise StoreReadOnly("The data folder cannot be written, so what is stored there stays.")
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
        """Finish pending writes and close every connection; what does not last is removed.

        The writer's is the last, so that it can bring everything into the one file.
        """
        if self._upkeep is not None:
            self._upkeep.close()
        if self._reader is not None:
            self._reader.close()
        self.reading.close()
        if self._writer is not None:
            self._writer.close()
        if self._folder is not None:
            self._folder.cleanup()
