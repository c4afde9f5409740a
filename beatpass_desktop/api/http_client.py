"""One request and its reply. The only module that knows httpx."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Protocol

import httpx

from beatpass_desktop.api.documents import Body, check_content_type, media_type, parse
from beatpass_desktop.api.errors import (
    ApiError,
    Incomplete,
    Refused,
    TimedOut,
    Undecodable,
    Unreachable,
    Untrusted,
    plain,
)
from beatpass_desktop.api.origin import redirect_url
from beatpass_desktop.api.outgoing import JSON, Outgoing
from beatpass_desktop.api.rejections import rejection, rejection_in
from beatpass_desktop.api.retries import http_date

_log = logging.getLogger("beatpass_desktop.api")
# At INFO httpx logs whole URLs, at DEBUG httpcore logs headers, the token among them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_MAX_BYTES = 16 * 1024 * 1024
_MAX_ERROR_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_DEADLINE = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """One successful answer.

    `document` is the decoded JSON (fractions as Decimal), or bytes where something else was asked
    for, None for 304 and 204; `server_time` is the Date header, UTC.
    """

    status: int
    document: object
    etag: str | None = None
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that leads elsewhere."""

    url: str


class LimitWatch(Protocol):
    """Is told what a server's answers say of its limits, before they are read to their end.

    The names of headers may be asked for in either case.
    """

    def accepted(self, headers: Mapping[str, str], server_time: datetime | None) -> None:
        """The server took the request."""

    def limited(
        self, headers: Mapping[str, str], body: bytes, server_time: datetime | None
    ) -> None:
        """The server answered 429."""


class HttpClient:
    """Sends requests over a pool of connections, without cookies, proxies of the environment, and
    redirects followed unseen.

    `attempt_deadline` (s) bounds each wait, `max_bytes` a decoded body. The pool is unbounded:
    httpcore 1.0.9 loses a slot for a cancelled request.
    """

    def __init__(self, *, secure: bool, attempt_deadline: float, max_bytes: int | None) -> None:
        self._max_bytes = max_bytes or _MAX_BYTES
        timeout = httpx.Timeout(attempt_deadline, pool=None)
        timeout.connect = min(_CONNECT_DEADLINE, attempt_deadline)
        self._client = httpx.AsyncClient(
            verify=_trust() if secure else _trust_nobody(),
            http1=True,
            http2=False,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=10),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    async def exchange(
        self,
        request: Outgoing,
        headers: Mapping[str, str],
        limit: float,
        limits: LimitWatch,
    ) -> Reply | Redirect:
        """Send a request and read its answer within `limit` s.

        Raises `ApiError`, whose context may hold the request with its headers: whoever lets it go
        on clears that.
        """
        attempt = _Attempt()
        try:
            async with asyncio.timeout(limit):
                return await self._send(request, headers, attempt, limits)
        except TimeoutError:
            raise _timed_out(attempt) from None
        except httpx.HTTPError as failure:
            raise _transport_error(failure, attempt) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused("The app asked for an address that cannot be used.") from None

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _send(
        self,
        request: Outgoing,
        headers: Mapping[str, str],
        attempt: _Attempt,
        limits: LimitWatch,
    ) -> Reply | Redirect:
        async with self._client.stream(
            request.method,
            request.url,
            params=request.params,
            json=request.json,
            headers=headers,
        ) as response:
            attempt.reached = True
            server_time = http_date(response.headers.get("Date"))
            status = response.status_code
            if status == 429:
                body = await self._error_body(response)
                limits.limited(response.headers, body, server_time)
                raise rejection(status, response.headers.get("Content-Type", ""), body)
            limits.accepted(response.headers, server_time)
            etag = response.headers.get("ETag")
            if status == 304 and request.etag is not None:
                return Reply(304, None, etag or request.etag, server_time)
            if status in _REDIRECTS:
                location = response.headers.get("Location", "")
                return Redirect(redirect_url(str(response.url), location))
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
