"""Carries out scripted faults on the replies of the sandbox."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from http.client import responses as phrases
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatpass_sandbox import connections
from beatpass_sandbox.clock import Clock
from beatpass_sandbox.faults import HTTP_DATE, Faults, Framing, Mode, Rule
from beatpass_sandbox.replies import ApiError, Json, error_reply

_RETRY_AFTER = 60
_BYTES_PER_SECOND = 100
_DRIPS_PER_SECOND = 10
_DECODED_BYTES = 300 << 20
_BLOCK = b" " * (1 << 20)
_MESSAGES = {
    401: "Unauthenticated.",
    429: "Too Many Attempts.",
    500: "Server Error",
    503: "BeatPass is down for maintenance. Please try again later.",
}
_PAGE = (
    "<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
)
# Faults cut and change the body as it is, so it must come whole and uncompressed.
_WITHHELD_HEADERS = {b"accept-encoding", b"if-none-match"}


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply held back: its ASGI start message and its whole body."""

    start: Message
    body: bytes


class Faulty:
    """ASGI layer that lets requests fail as scripted; control paths never do."""

    def __init__(self, app: ASGIApp, faults: Faults, clock: Clock, spared_prefix: str) -> None:
        self._app = app
        self._faults = faults
        self._clock = clock
        self._spared_prefix = spared_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless a rule strikes it."""
        if scope["type"] != "http" or scope["path"].startswith(self._spared_prefix):
            await self._app(scope, receive, send)
            return
        rule = self._faults.strike(scope["method"], scope["path"])
        if rule is None:
            await self._app(scope, receive, send)
            return
        await asyncio.sleep(rule.get("latency_ms", 0) / 1_000)
        if replacement := self._replacement(rule, scope["path"]):
            await replacement(scope, receive, send)
        elif rule.mode is None:
            await self._app(scope, receive, send)
        else:
            reply = await self._held_back(scope, receive)
            await _distorted(rule, reply, scope, receive, send)

    def _replacement(self, rule: Rule, path: str) -> Response | None:
        """The reply that a rule puts in place of the real one."""
        match rule.mode:
            case Mode.HTML:
                status = rule.get("status", 200)
                title = "Welcome" if status < 400 else _phrase(status)
                headers = self._retry_after(rule, default=None)
                return HTMLResponse(_PAGE.format(title=title), status, headers)
            case Mode.REDIRECT:
                return Response(
                    status_code=rule.get("status", 302), headers={"Location": rule.get("location")}
                )
            case Mode.GZIP_BOMB:
                blocks = _bomb(rule.get("decoded_bytes", _DECODED_BYTES))
                headers = {"Content-Encoding": "gzip"}
                return StreamingResponse(blocks, 200, headers, "application/json")
            case Mode.RATE_LIMITED:
                return self._refusal(rule, 429, path)
            case None if rule.get("status") is not None:
                return self._refusal(rule, rule.get("status"), path)
        return None

    def _refusal(self, rule: Rule, status: int, path: str) -> Response:
        body: Json = {"message": _MESSAGES.get(status) or _phrase(status)}
        headers = self._retry_after(rule, default=_RETRY_AFTER if status == 429 else None)
        seconds = rule.get("retry_after", _RETRY_AFTER)
        if status == 429 and isinstance(seconds, int):
            body["retry_after"] = seconds
        return error_reply(ApiError(status, body, headers), path)

    def _retry_after(self, rule: Rule, default: int | None) -> dict[str, str]:
        value = rule.get("retry_after", default)
        if value is None:
            return {}
        if value == HTTP_DATE:
            moment = self._clock.now() + timedelta(seconds=_RETRY_AFTER)
            return {"Retry-After": format_datetime(moment, usegmt=True)}
        # Headers are bytes; digits of other scripts are sent as UTF-8.
        return {"Retry-After": str(value).encode().decode("latin-1")}

    async def _held_back(self, scope: Scope, receive: Receive) -> _Reply:
        """The reply that would have been given."""
        headers = [pair for pair in scope["headers"] if pair[0] not in _WITHHELD_HEADERS]
        start: Message = {}
        body = bytearray()

        async def keep(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
            else:
                body.extend(message.get("body", b""))

        await self._app({**scope, "headers": headers}, receive, keep)
        return _Reply(start, bytes(body))


async def _distorted(rule: Rule, reply: _Reply, scope: Scope, receive: Receive, send: Send) -> None:
    part = reply.body[: rule.get("at", len(reply.body) // 2)]
    match rule.mode:
        case Mode.RESET:
            await _begin(reply, part, send)
            await connections.reset(scope, receive)
        case Mode.TRUNCATE:
            framing = Framing(rule.get("framing", Framing.LENGTH))
            if framing is Framing.CLOSE:
                connections.transport_of(scope).write(_unframed_head(reply) + part)
            else:
                if framing is Framing.CHUNKED:
                    del MutableHeaders(scope=reply.start)["content-length"]
                await _begin(reply, part, send)
            await connections.close(scope, receive)
        case Mode.SLOW:
            await _drip(rule.get("bytes_per_second", _BYTES_PER_SECOND), reply, send)
        case _:
            await _send_retyped(reply, send)


async def _begin(reply: _Reply, part: bytes, send: Send) -> None:
    await send(reply.start)
    await send({"type": "http.response.body", "body": part, "more_body": True})


def _unframed_head(reply: _Reply) -> bytes:
    """Status line and headers without any sign of where the body ends."""
    headers = Headers(scope=reply.start)
    lines = [f"HTTP/1.1 {reply.start['status']} {_phrase(reply.start['status'])}"]
    lines += [f"{name}: {value}" for name, value in headers.items() if name != "content-length"]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode("latin-1")


async def _drip(bytes_per_second: int, reply: _Reply, send: Send) -> None:
    size = max(1, bytes_per_second // _DRIPS_PER_SECOND)
    await send(reply.start)
    for begin in range(0, len(reply.body), size):
        drop = reply.body[begin : begin + size]
        await send({"type": "http.response.body", "body": drop, "more_body": True})
        await asyncio.sleep(size / bytes_per_second)
    await send({"type": "http.response.body"})


async def _send_retyped(reply: _Reply, send: Send) -> None:
    headers = MutableHeaders(scope=reply.start)
    body = reply.body
    if headers.get("content-type") == "application/json":
        body = json.dumps(retyped(json.loads(body)), ensure_ascii=False).encode()
        headers["content-length"] = str(len(body))
        del headers["etag"]
    await send(reply.start)
    await send({"type": "http.response.body", "body": body})


def retyped(value: Any) -> Any:
    """A JSON value with every leaf of another type: numbers and flags become texts, texts their
    lengths, nulls empty objects."""
    if isinstance(value, Mapping):
        return {name: retyped(content) for name, content in value.items()}
    if isinstance(value, list):
        return [retyped(item) for item in value]
    if isinstance(value, str):
        return len(value)
    return {} if value is None else json.dumps(value)


async def _bomb(decoded_bytes: int) -> AsyncIterator[bytes]:
    """A gzip stream of ``decoded_bytes`` bytes of JSON, nearly all of them blanks."""
    packer = zlib.compressobj(wbits=31)
    yield packer.compress(b'{"status":"success"')
    rest = decoded_bytes - 20
    while rest > 0:
        yield packer.compress(_BLOCK[:rest])
        rest -= len(_BLOCK)
        await asyncio.sleep(0)
    yield packer.compress(b"}") + packer.flush()


def _phrase(status: int) -> str:
    return phrases.get(status, "Unassigned")
