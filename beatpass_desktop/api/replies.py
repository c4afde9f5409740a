"""From a session's reply to what the api room hands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from beatpass_desktop.api.errors import Undecodable
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.session import Reply
from beatpass_desktop.domain.replies import Decoded, Fetched, Note

T = TypeVar("T")


def fetched(reply: Reply, decode: Callable[[object], Decoded[T]]) -> Fetched[T]:
    """The reply with its document decoded; a 304 has none. Raises what `decode` raises."""
    decoded = None if reply.status == 304 else decode(reply.document)
    return Fetched(decoded, reply.etag, reply.server_time)


def require_known(decoded: Decoded[T]) -> Decoded[T]:
    """`decoded` itself. Raises `Undecodable` when not one of its fields came validly."""
    if not decoded.carried:
        raise _unknown(decoded.notes)
    return decoded


def require_rows(fields: Fields, wire: str, rows: tuple[T, ...] | None) -> tuple[T, ...] | None:
    """The rows that the list `wire` holds; None for null.

    Raises `Undecodable` when there is no list, or not one usable row in a list that has some.
    """
    if wire not in fields.carried or (fields.raw(wire) and not rows):
        raise _unknown(fields.notes)
    return rows


def _unknown(notes: Sequence[Note]) -> Undecodable:
    misfits = ", ".join(f"{note.where}: {note.got}" for note in notes[:5])
    return Undecodable(
        "BeatPass sent something the app does not understand.",
        f"no known field ({misfits})" if misfits else "no known field",
    )
