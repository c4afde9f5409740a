"""HTTP connections that the application can cut."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "transport"
_POLL_SECONDS = 0.01
# struct linger: on, for no time, which makes closing a reset.
_RESET = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)


class CuttableProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 protocol with its transport put into the ASGI scope's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let the requests of this connection see its transport."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, _TRANSPORT: transport}


def transport_of(scope: Scope) -> asyncio.Transport:
    """The transport of the connection that a request came by."""
    transport: asyncio.Transport = scope["state"][_TRANSPORT]
    return transport


async def close(scope: Scope, receive: Receive) -> None:
    """End a request's connection after what has been written, however little that is."""
    transport_of(scope).close()
    await _disconnected(receive)


async def reset(scope: Scope, receive: Receive) -> None:
    """End a request's connection by a TCP reset, once what was written has left the process."""
    transport = transport_of(scope)
    while transport.get_write_buffer_size() and not transport.is_closing():
        await asyncio.sleep(_POLL_SECONDS)
    # Some systems drop what the client has not read yet when the reset arrives.
    await asyncio.sleep(_POLL_SECONDS)
    connection: socket.socket = transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    transport.abort()
    await _disconnected(receive)


async def _disconnected(receive: Receive) -> None:
    """Wait until the server knows; a request answered by half must not end before that."""
    while (await receive())["type"] != "http.disconnect":
        pass
