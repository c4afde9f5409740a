"""What the api room hands to the sync room: values with what is known about their reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """A field that came with the wrong type or value and was read as absent.

    `where` is its path in the reply, `expected` and `got` name types, never contents.
    """

    where: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Decoded(Generic[T]):
    """A value and the names of its fields that the reply carried validly (null included)."""

    value: T
    carried: frozenset[str]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """One answered request.

    `decoded` is None when the server said that nothing changed since `etag` (304).
    `server_time` is the reply's Date header, UTC.
    """

    decoded: Decoded[T] | None
    etag: str | None = None
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a paginated list.

    `rows` are those with a usable id; `dropped` counts the others. `total` and the page numbers are
    the server's, None when it did not send them.
    """

    rows: tuple[Decoded[T], ...]
    page: int
    per_page: int | None
    last_page: int | None
    total: int | None
    dropped: int = 0
