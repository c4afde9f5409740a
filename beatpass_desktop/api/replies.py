"""From a session's reply to what the api room hands out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from beatpass_desktop.api.errors import Undecodable
from beatpass_desktop.api.session import Reply
from beatpass_desktop.domain.replies import Decoded, Fetched

T = TypeVar("T")


def fetched(reply: Reply, decode: Callable[[object], Decoded[T]]) -> Fetched[T]:
    """The reply with its document decoded; a 304 has none. Raises what `decode` raises."""
    decoded = None if reply.status == 304 else decode(reply.document)
    return Fetched(decoded, reply.etag, reply.server_time)


def require_known(decoded: Decoded[T]) -> Decoded[T]:
    """`decoded` itself. Raises `Undecodable` when not one of its fields came validly."""
    if not decoded.carried:
        misfits = ", ".join(f"{note.where}: {note.got}" for note in decoded.notes[:5])
        raise Undecodable(
            "BeatPass sent something the app does not understand.",
            f"no known field ({misfits})" if misfits else "no known field",
        )
    return decoded
