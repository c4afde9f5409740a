"""The sandbox as a process of its own, spoken to over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
SERVE = (sys.executable, "-m", "beatpass_sandbox", "serve")
NOW = "2026-11-23T12:00:00+00:00"


@dataclass(frozen=True)
class RunningSandbox:
    """A sandbox process and a client that carries its token."""

    process: subprocess.Popen[str]
    base_url: str
    token: str
    client: httpx.Client

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self.base_url.removesuffix("/api/v1")

    def get(self, path: str, **parameters: str | int) -> Any:
        """The JSON body of a successful GET."""
        reply = self.client.get(path, params=parameters)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def profile(self) -> str:
        """The name of the profile that is served."""
        reply = httpx.get(self.origin + "/_sandbox/health", trust_env=False)
        return str(reply.json()["profile"])

    def artist_id(self) -> int:
        """The signed-in user's artist."""
        return int(self.get("/users/me", **{"with": "artists"})["user"]["artists"][0]["id"])

    def walk(self, path: str, per_page: int) -> list[dict[str, Any]]:
        """All rows of a paginated list, page after page."""
        rows: list[dict[str, Any]] = []
        page, last = 1, 1
        while page <= last:
            listing = self.get(path, perPage=per_page, page=page)["pagination"]
            rows += listing["data"]
            last = listing["last_page"]
            page += 1
        return rows

    def anonymous(self, path: str, **headers: str) -> httpx.Response:
        """A GET without the token."""
        return httpx.get(self.base_url + path, headers=headers, trust_env=False)


@contextmanager
def running_sandbox(
    *options: str, now: str = NOW, environment: Mapping[str, str] | None = None
) -> Iterator[RunningSandbox]:
    """Start ``serve`` with ``options``, wait for its ready line, and end it afterwards."""
    process = subprocess.Popen(
        [*SERVE, "--now", now, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        ready = json.loads(line)
        with httpx.Client(
            base_url=ready["base_url"],
            headers={"Authorization": f"Bearer {ready['token']}"},
            trust_env=False,
        ) as client:
            yield RunningSandbox(process, ready["base_url"], ready["token"], client)
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
        process.stderr.close()
