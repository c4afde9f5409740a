"""The store's two threads: one writes whole replies, one answers long queries."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

import apsw

from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.store.erasing import erase_traces
from beatpass_desktop.store.errors import StoreDamaged, StoreError, StoreMoved, translated
from beatpass_desktop.store.opening import mark_damaged

T = TypeVar("T")
Job = Callable[[apsw.Connection], T]


class _Worker:
    """Runs jobs one after the other on a thread of its own, with a connection of its own."""

    def __init__(self, name: str, path: Path, connect: Callable[[], apsw.Connection]) -> None:
        self._path = path
        self._connect = connect
        self._jobs: SimpleQueue[tuple[Job[Any], Future[Any]] | None] = SimpleQueue()
        self._awake = threading.Event()
        self._awake.set()
        self._is_closing = False
        self._connection: apsw.Connection | None = None
        self._current: Future[Any] | None = None
        self._changing = threading.Lock()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job[T]) -> Future[T]:
        """Run `job` with the connection; the future brings its result or a StoreError."""
        return self._put(lambda connection: self._run(connection, job))

    def rest(self, job: Job[T]) -> Future[T]:
        """Run `job`, let go of the file, and begin nothing more until `go_on`; when it fails, go
        on at once. The job is no transaction."""

        def last(connection: apsw.Connection) -> T:
            result = job(connection)
            if not self._is_closing:
                self._awake.clear()
            return result

        return self._put(last)

    def is_about_to_end(self) -> bool:
        """Whether the program is to end: a long job had better give up."""
        return self._is_closing

    def go_on(self) -> None:
        """Work again, with a new connection."""
        self._awake.set()

    def close(self) -> None:
        """Finish what was submitted, then end the thread."""
        self._is_closing = True
        self._jobs.put(None)
        self._awake.set()
        self._thread.join()

    def _put(self, job: Job[T]) -> Future[T]:
        future: Future[T] = Future()
        self._jobs.put((job, future))
        return future

    def _work(self) -> None:
        while (task := self._jobs.get()) is not None:
            job, future = task
            if not future.set_running_or_notify_cancel():
                continue
            self._set_current(future)
            try:
                with translated():
                    if self._connection is None:
                        self._connection = self._connect()
                    result = job(self._connection)
                    if not self._awake.is_set():
                        self._connection.close()
                        self._connection = None
            except BaseException as error:
                self._set_current(None)
                if isinstance(error, StoreDamaged):
                    mark_damaged(self._path)
                future.set_exception(error)
            else:
                self._set_current(None)
                future.set_result(result)
                del result
            del job, future, task
            self._awake.wait()
        if self._connection is not None:
            self._connection.close()

    def _set_current(self, future: Future[Any] | None) -> None:
        with self._changing:
            self._current = future

    def _run(self, connection: apsw.Connection, job: Job[T]) -> T:
        return job(connection)


class Writer(_Worker):
    """The only connection that writes. Each job is one transaction: whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._identity = _identity(path)
        super().__init__("store-writer", path, self._open)

    def erase_traces(self) -> Future[None]:
        """See `Store.erase_traces`."""
        # The file cannot be rewritten within a transaction.
        return self._put(lambda connection: erase_traces(connection, self._path))

    def go_on(self) -> None:
        """Work again, on the file that now has the name."""
        self._identity = _identity(self._path)
        super().go_on()

    def _open(self) -> apsw.Connection:
        self._check_place()
        return open_for_writing(self._path)

    def _check_place(self) -> None:
        """Raise StoreMoved when the name stands for another file, or none, by now."""
        if self._identity is None or _identity(self._path) != self._identity:
            raise StoreMoved(
                f"The stored data was moved or deleted while it was in use ({self._path}): "
                "new figures are not saved. Please start BeatPass Desktop again."
            )

    def _run(self, connection: apsw.Connection, job: Job[T]) -> T:
        self._check_place()
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = job(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is that has this name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class QueryCancelled(StoreError):
    """A long query was given up for a newer one."""


class Reader(_Worker):
    """Answers whole-result queries (sort, filter, search) without holding up the screen."""

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        super().__init__("store-reader", path, lambda: open_for_reading(path, immutable=immutable))

    def cancel(self, future: Future[Any]) -> None:
        """Give up a query, also while it runs; never the one after it."""
        if future.cancel():
            return
        with self._changing:
            if self._current is future and self._connection is not None:
                self._connection.interrupt()

    def _run(self, connection: apsw.Connection, job: Job[T]) -> T:
        try:
            return job(connection)
        except apsw.InterruptError as error:
            raise QueryCancelled("given up") from error
