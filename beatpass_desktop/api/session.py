"""One account's requests to one base URL. The only module that knows httpx."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from beatpass_desktop.api.budget import Budget, Ticket, always
from beatpass_desktop.api.documents import Body, check_content_type, media_type, parse
from beatpass_desktop.api.errors import (
    ApiError,
    Incomplete,
    Limited,
    Refused,
    TimedOut,
    Undecodable,
    Unreachable,
    Untrusted,
    plain,
)
from beatpass_desktop.api.origin import (
    BadBaseUrl,
    Origin,
    check_base_url,
    endpoint_url,
    redirect_url,
)
from beatpass_desktop.api.outgoing import JSON, Outgoing, Sender
from beatpass_desktop.api.rejections import rejection, rejection_in, requested_wait
from beatpass_desktop.api.retries import RetryPolicy, exhausted_for, http_date, retry_after

__all__ = ["BadBaseUrl", "Reply", "Session", "always", "check_base_url"]

_log = logging.getLogger("beatpass_desktop.api")
# At INFO httpx logs whole URLs, at DEBUG httpcore logs headers, the token among them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_MAX_BYTES = 16 * 1024 * 1024
_MAX_ERROR_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_DEADLINE = 10.0
_GRACE = 0.5
"""s that requests under way get when the session closes"""


@dataclass(frozen=True, slots=True)
class Reply:
    """One successful answer.

    `document` is the decoded JSON (fractions as Decimal), or bytes where something else was asked
    for, None for 304 and 204; `server_time` is
    the Date header, UTC.
    """

    status: int
    document: object
    etag: str | None = None
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str


class Session:
    """One account's requests to one base URL.

    Each HTTP exchange runs in a task of its own that outlives a cancelled caller by at most
    `attempt_deadline`: httpcore 1.0.9 loses a pool slot for a cancelled request. For the same
    reason the pool itself is unbounded; the shared `budget` lets ten requests through at a time.

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
        transport: httpx.AsyncBaseTransport | None = None,
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
        self._max_bytes = max_bytes or _MAX_BYTES
        self._on_pause = on_pause
        self._retries = retries or RetryPolicy()
        self._now = now
        self._exchanges: set[asyncio.Task[Reply | _Redirect]] = set()
        self._closed = False
        self._unsubscribe = budget.subscribe(self._on_budget_paused)
        timeout = httpx.Timeout(attempt_deadline, pool=None)
        timeout.connect = min(_CONNECT_DEADLINE, attempt_deadline)
        self._client = httpx.AsyncClient(
            transport=transport,
            verify=_trust() if self._base_url.startswith("https:") else _trust_nobody(),
            http1=True,
            http2=False,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=10),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
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
                if not request.is_idempotent or self._closed or delay is None or delay >= left:
                    raise
            await asyncio.sleep(delay)
            left -= delay

    def _started(
        self, request: Outgoing, ticket: Ticket, limit: float
    ) -> asyncio.Future[Reply | _Redirect]:
        """The exchange as a task that is safe from its caller's cancellation."""
        task = asyncio.get_running_loop().create_task(self._exchange(request, ticket, limit))
        self._exchanges.add(task)
        task.add_done_callback(partial(self._on_exchange_ended, ticket))
        return asyncio.shield(task)

    async def _exchange(self, request: Outgoing, ticket: Ticket, limit: float) -> Reply | _Redirect:
        """One request and its reply. Every failure leaves as an `ApiError` without the token."""
        started = time.monotonic()
        attempt = _Attempt()
        error: ApiError
        try:
            if self._closed:
                raise _session_over()
            async with asyncio.timeout(limit):
                reply = await self._send(request, ticket, attempt)
            _log.debug("%s: %.0f ms", request.where, 1000 * (time.monotonic() - started))
            return reply
        except ApiError as failure:
            error = failure
        except TimeoutError:
            error = _timed_out(attempt)
        except httpx.HTTPError as failure:
            error = _transport_error(failure, attempt)
        except (httpx.InvalidURL, UnicodeError):
            error = Refused("The app asked for an address that cannot be used.")
        except asyncio.CancelledError:
            if not self._closed:
                raise
            error = _session_over()
        # Raised here and without context: httpx's exceptions hold the request with its headers.
        error.__cause__ = error.__context__ = None
        error.redact(request.where, self._sender.token, request.secret)
        _log.info("%s", error)
        raise error

    async def _send(
        self, request: Outgoing, ticket: Ticket, attempt: _Attempt
    ) -> Reply | _Redirect:
        async with self._client.stream(
            request.method,
            request.url,
            params=request.params,
            json=request.json,
            headers=self._sender.headers(request),
        ) as response:
            attempt.reached = True
            server_time = http_date(response.headers.get("Date"))
            status = response.status_code
            if status == 429:
                body = await self._error_body(response)
                self._limited(response, body, ticket, server_time)
                raise rejection(status, response.headers.get("Content-Type", ""), body)
            self._heed_limits(response, server_time)
            etag = response.headers.get("ETag")
            if status == 304 and request.etag is not None:
                return Reply(304, None, etag or request.etag, server_time)
            if status in _REDIRECTS:
                location = response.headers.get("Location", "")
                return _Redirect(redirect_url(str(response.url), location))
            if status == 204 and not request.is_idempotent:
                return Reply(204, None, None, server_time)
            if status in (200, 201, 202):
                return Reply(status, await self._document(request, response), etag, server_time)
            if status < 400:
                raise Undecodable(
                    "BeatPass sent something the app does not understand.", f"status {status}"
                )
            body = await self._error_body(response)
            raise rejection(status, response.headers.get("Content-Type", ""), body)

    async def _document(self, request: Outgoing, response: httpx.Response) -> object:
        content_type = response.headers.get("Content-Type", "")
        if request.accept == JSON:
            check_content_type(content_type)
        elif media_type(content_type) not in request.accept.split(", "):
            raise Undecodable(
                "BeatPass sent something other than was asked for.", plain(content_type)
            )
        body = Body(response.headers.get("Content-Encoding", ""), self._max_bytes)
        async for chunk in response.aiter_raw():
            body.feed(chunk)
        if request.accept != JSON:
            return body.whole()
        document = parse(body.whole())
        if (error := rejection_in(document)) is not None:
            raise error
        return document

    async def _error_body(self, response: httpx.Response) -> bytes:
        """What can be had of an error's body: the status says enough without it."""
        try:
            body = Body(response.headers.get("Content-Encoding", ""), _MAX_ERROR_BYTES)
        except Undecodable:
            return b""
        try:
            async for chunk in response.aiter_raw():
                body.feed(chunk)
        except (httpx.HTTPError, Refused, Undecodable):
            _log.debug("The body of a status %s was cut short.", response.status_code)
        return body.so_far()

    def _limited(
        self, response: httpx.Response, body: bytes, ticket: Ticket, server_time: datetime | None
    ) -> None:
        now = server_time or self._now()
        asked = retry_after(response.headers.get("Retry-After"), now)
        if asked is None:
            content_type = response.headers.get("Content-Type", "")
            asked = retry_after(requested_wait(body, content_type), now)
        self._budget.limited(ticket, asked)

    def _heed_limits(self, response: httpx.Response, server_time: datetime | None) -> None:
        """The server took the request; it may say that it was the last for a while."""
        self._budget.accepted()
        headers = response.headers
        seconds = exhausted_for(
            headers.get("X-RateLimit-Remaining"),
            headers.get("X-RateLimit-Reset"),
            server_time or self._now(),
        )
        if seconds is not None:
            self._budget.pause(seconds)

    def _on_exchange_ended(self, ticket: Ticket, task: asyncio.Task[Reply | _Redirect]) -> None:
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


@dataclass(slots=True)
class _Attempt:
    reached: bool = False
    """response headers have come"""


@cache
def _trust() -> ssl.SSLContext:
    """certifi's authorities and the system's; shared, for it takes 40 ms to build."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


@cache
def _trust_nobody() -> ssl.SSLContext:
    """For plain HTTP to this computer, where TLS is never used: no authority is loaded."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _session_over() -> ApiError:
    return Refused("This account was closed while the request was under way.", reached=False)


def _timed_out(attempt: _Attempt) -> ApiError:
    details = "within the body" if attempt.reached else "before any answer"
    return TimedOut("BeatPass took too long to answer.", details, reached=attempt.reached)


def _transport_error(failure: httpx.HTTPError, attempt: _Attempt) -> ApiError:
    details = f"{type(failure).__name__}: {plain(str(failure))}"
    if isinstance(failure, httpx.TimeoutException):
        return _timed_out(attempt)
    if isinstance(failure, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return Refused("The app made a request that cannot be sent.", details, reached=False)
    if attempt.reached:
        return Incomplete("BeatPass sent an incomplete reply.", details)
    if _is_distrust(failure):
        return Untrusted(
            "The connection to BeatPass is not secure, so nothing was sent. Check this computer's"
            " clock, and whether this network asks you to sign in.",
            details,
            reached=False,
        )
    return Unreachable("BeatPass cannot be reached.", details, reached=False)


def _is_distrust(failure: BaseException) -> bool:
    seen: BaseException | None = failure
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return not isinstance(seen, ssl.SSLEOFError | ssl.SSLZeroReturnError)
        seen = seen.__cause__ or seen.__context__
    return False
