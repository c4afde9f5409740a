"""A web server on loopback that has a release feed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ReleaseServer:
    """Answers every GET with `document`.

    Attributes:
        asked: the headers of each request, names in lower case.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.asked: list[dict[str, str]] = []
        own = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                own.asked.append({name.lower(): value for name, value in self.headers.items()})
                body = json.dumps(own.document).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """Where the feed is."""
        return f"http://127.0.0.1:{self.server.server_port}/releases.json"


@contextmanager
def serving(document: dict[str, Any]) -> Iterator[ReleaseServer]:
    """Such a server, for as long as the block runs."""
    found = ReleaseServer(document)
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        found.server.shutdown()
        thread.join()
        found.server.server_close()
