"""One account's requests to one base URL: leave, retries, deadlines."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from beatpass_desktop.api.budget import Budget, Ticket, always
from beatpass_desktop.api.errors import ApiError, Limited, Refused
from beatpass_desktop.api.http_client import HttpClient, Redirect, Reply
from beatpass_desktop.api.origin import BadBaseUrl, Origin, check_base_url, endpoint_url
from beatpass_desktop.api.outgoing import JSON, Outgoing, Sender
from beatpass_desktop.api.rejections import requested_wait
from beatpass_desktop.api.retries import RetryPolicy, exhausted_for, is_retried, retry_after

__all__ = ["BadBaseUrl", "Reply", "Session", "always", "check_base_url"]

_log = logging.getLogger("beatpass_desktop.api")

_GRACE = 0.5
"""s that requests under way get when the session closes"""


class Session:
    """One account's requests to one base URL.

    Each HTTP exchange runs in a task of its own that outlives a cancelled caller by at most
    `attempt_deadline`, since the pool would lose a slot with it; the shared `budget` lets ten
    requests through at a time.

    `deadline` (s) covers all tries of a call without the waiting for leave, `attempt_deadline` (s)
    one try, `max_bytes` one decoded body. `on_pause` is told until when (UTC) requests wait because
    the server said so, and None when they go on. Raises `BadBaseUrl`.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None,
        *,
        user_agent: str,
        budget: Budget,
        deadline: float = 20.0,
        attempt_deadline: float = 15.0,
        max_bytes: int | None = None,
        on_pause: Callable[[datetime | None], None] | None = None,
        retries: RetryPolicy | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._base_url = check_base_url(base_url)
        self._sender = Sender(Origin.of(self._base_url), (token or "").strip(), user_agent)
        self._budget = budget
        self._deadline = deadline
        self._attempt_deadline = attempt_deadline
        self._on_pause = on_pause
        self._retries = retries or RetryPolicy()
        self._now = now
        self._lasting: type[ApiError] | None = None
        """what has just outlasted all tries of a call: a page visited during it need not wait for
        as many again"""
        self._exchanges: set[asyncio.Task[Reply | Redirect]] = set()
        self._closed = False
        self._unsubscribe = budget.subscribe(self._on_budget_paused)
        self._client = HttpClient(
            secure=self._base_url.startswith("https:"),
            attempt_deadline=attempt_deadline,
            max_bytes=max_bytes,
        )

    @property
    def base_url(self) -> str:
        """The base URL, without a trailing slash."""
        return self._base_url

    @property
    def signed_in(self) -> bool:
        """Whether requests carry a token."""
        return bool(self._sender.token)

    async def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        etag: str | None = None,
        urgent: Callable[[], bool] = always,
        group: str | None = None,
    ) -> Reply:
        """Read `path` (relative to the base URL), with retries; a 429 waits instead of failing.

        `group` names an endpoint group of the budget. Raises `ApiError`.
        """
        url = endpoint_url(self._base_url, path)
        return await self._call(Outgoing("GET", path, url, params, etag=etag), urgent, group)

    async def get_bytes(
        self,
        url: str,
        *,
        accept: str,
        urgent: Callable[[], bool] = always,
        group: str | None = None,
    ) -> bytes:
        """Read an absolute URL that the caller has checked, whose reply is of one of the media
        types in `accept`.

        A 429 raises `Limited`: what is only decoration does not ask for one pause after the other.
        Raises `ApiError`.
        """
        request = Outgoing("GET", urlsplit(url).path, url, accept=accept)
        reply = await self._call(request, urgent, group)
        assert isinstance(reply.document, bytes)
        return reply.document

    async def post(
        self,
        path: str,
        body: object = None,
        *,
        urgent: Callable[[], bool] = always,
        group: str | None = None,
        secret: str = "",
    ) -> Reply:
        """Send `body` as JSON, once: it is never retried, and a 429 raises `Limited`.

        `secret` is a part of the body that no error may quote.
        Raises `ApiError`; after TimedOut or Incomplete the server may have acted nevertheless.
        """
        url = endpoint_url(self._base_url, path)
        request = Outgoing("POST", path, url, json=body, secret=secret)
        return await self._call(request, urgent, group)

    async def aclose(self) -> None:
        """End the session within about a second: what is under way gets a moment, then fails."""
        if self._closed:
            return
        self._closed = True
        self._unsubscribe()
        if self._exchanges:
            await asyncio.wait(self._exchanges, timeout=_GRACE)
        for task in self._exchanges:
            task.cancel()
        if self._exchanges:
            await asyncio.wait(self._exchanges, timeout=_GRACE)
        await self._client.aclose()

    async def _call(
        self, request: Outgoing, urgent: Callable[[], bool], group: str | None
    ) -> Reply:
        left = self._deadline
        tries = 0
        while True:
            ticket = await self._budget.take(urgent, group)
            started = time.monotonic()
            try:
                reply = await self._started(request, ticket, min(self._attempt_deadline, left))
                if isinstance(reply, Reply):
                    self._lasting = None
                    return reply
                request = request.redirected(reply.url)
                left -= time.monotonic() - started
                continue
            except Limited:
                if not request.is_idempotent or request.accept != JSON:
                    raise
                continue
            except ApiError as error:
                tries += 1
                left -= time.monotonic() - started
                delay = self._retries.delay(error, tries)
                if not request.is_idempotent or self._closed:
                    raise
                if delay is None or delay >= left or type(error) is self._lasting:
                    self._lasting = type(error) if is_retried(error) else None
                    raise
            await asyncio.sleep(delay)
            left -= delay

    def _started(
        self, request: Outgoing, ticket: Ticket, limit: float
    ) -> asyncio.Future[Reply | Redirect]:
        """The exchange as a task that is safe from its caller's cancellation."""
        task = asyncio.get_running_loop().create_task(self._exchange(request, ticket, limit))
        self._exchanges.add(task)
        task.add_done_callback(partial(self._on_exchange_ended, ticket))
        return asyncio.shield(task)

    async def _exchange(self, request: Outgoing, ticket: Ticket, limit: float) -> Reply | Redirect:
        """One request and its reply. Every failure leaves as an `ApiError` without the token."""
        started = time.monotonic()
        watch = _LimitWatch(self._budget, ticket, self._now)
        error: ApiError
        try:
            if self._closed:
                raise _session_over()
            reply = await self._client.exchange(
                request, self._sender.headers(request), limit, watch
            )
            _log.debug("%s: %.0f ms", request.where, 1000 * (time.monotonic() - started))
            return reply
        except ApiError as failure:
            error = failure
        except asyncio.CancelledError:
            if not self._closed:
                raise
            error = _session_over()
        # Raised here and without context: httpx's exceptions hold the request with its headers.
        error.__cause__ = error.__context__ = None
        error.redact(request.where, self._sender.token, request.secret)
        _log.info("%s", error)
        raise error

    def _on_exchange_ended(self, ticket: Ticket, task: asyncio.Task[Reply | Redirect]) -> None:
        self._exchanges.discard(task)
        self._budget.settle(ticket)
        if not task.cancelled():
            task.exception()  # seen, even when the caller is gone

    def _on_budget_paused(self, seconds: float | None) -> None:
        if seconds is None:
            _log.info("Requests go on.")
        else:
            _log.info("Requests pause for %.0f s.", seconds)
        if self._on_pause is not None:
            until = None if seconds is None else self._now() + timedelta(seconds=seconds)
            self._on_pause(until)


class _LimitWatch:
    """Tells the budget what the answer to one request says of the server's limits."""

    def __init__(self, budget: Budget, ticket: Ticket, now: Callable[[], datetime]) -> None:
        self._budget = budget
        self._ticket = ticket
        self._now = now

    def accepted(self, headers: Mapping[str, str], server_time: datetime | None) -> None:
        """The server took the request; it may say that it was the last for a while."""
        self._budget.accepted()
        seconds = exhausted_for(
            headers.get("X-RateLimit-Remaining"),
            headers.get("X-RateLimit-Reset"),
            server_time or self._now(),
        )
        if seconds is not None:
            self._budget.pause(seconds)

    def limited(
        self, headers: Mapping[str, str], body: bytes, server_time: datetime | None
    ) -> None:
        """The server took it not; it may say for how long."""
        now = server_time or self._now()
        asked = retry_after(headers.get("Retry-After"), now)
        if asked is None:
            asked = retry_after(requested_wait(body, headers.get("Content-Type", "")), now)
        self._budget.limited(self._ticket, asked)


def _session_over() -> ApiError:
    return Refused("This account was closed while the request was under way.", reached=False)
