"""What can go wrong with the stored data, each with a sentence for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw


class StoreError(Exception):
    """The store could not do what was asked. `sentence` is for people, `details` for a report."""

    def __init__(self, sentence: str, details: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details


class StoreDamaged(StoreError):
    """The file is not a readable store."""


class StoreTooNew(StoreError):
    """The file was written by a newer version of the app; it is left alone."""


class StoreReadOnly(StoreError):
    """The file or its folder cannot be written."""


class StoreFull(StoreError):
    """No room is left on the disk."""


class StoreMoved(StoreError):
    """The file was deleted, renamed or replaced while it was open."""


class StoreLocked(StoreError):
    """The file is encrypted, and its key is not at hand."""


class StoreBusy(StoreError):
    """Another process holds the store."""


def is_damage(error: BaseException) -> bool:
    """Whether what was read from the file is not what was once written."""
    if isinstance(error, apsw.IOError):
        return getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_DATA
    return isinstance(error, StoreDamaged | apsw.NotADBError | apsw.CorruptError)


@contextmanager
def translated(path: str = "") -> Iterator[None]:
    """Turn the database library's exceptions into ours."""
    where = f" ({path})" if path else ""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError, apsw.IOError) as error:
        if is_damage(error):
            raise StoreDamaged(f"The stored data is damaged{where}.", str(error)) from error
        raise StoreError(
            "The stored data could not be read or written. Is the disk in order?", str(error)
        ) from error
    except apsw.FullError as error:
        raise StoreFull("The disk is full: new figures could not be saved.", str(error)) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise StoreReadOnly(
            f"The data folder cannot be written{where}. What is stored is shown.", str(error)
        ) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StoreBusy("The stored data is in use by another program.", str(error)) from error
