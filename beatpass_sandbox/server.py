"""The ASGI application: routes, layers, and the replies of errors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatpass_sandbox.artwork import cover_png
from beatpass_sandbox.auth import Gate
from beatpass_sandbox.clock import Clock
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation
from beatpass_sandbox.limits import RateLimit, SlidingWindow
from beatpass_sandbox.operations import OPERATIONS
from beatpass_sandbox.replies import ApiError, error_reply, invalid, json_reply
from beatpass_sandbox.request_log import Logged, RequestLog

API_PREFIX = "/api/v1"
_CONTROL_PREFIX = "/_sandbox/"
_COMPRESSION_LEVEL = 5
_SMALLEST_COMPRESSED = 500


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A simulated platform ready to be served."""

    database: sqlite3.Connection
    profile: str
    as_of: int
    clock: Clock
    gate: Gate
    log: RequestLog


class _Dated:
    """ASGI layer that dates every reply by the sandbox's clock."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(self._clock.now(), usegmt=True)
                MutableHeaders(scope=message)["Date"] = date
            await send(message)

        await self._app(scope, receive, send_dated)


def create_app(sandbox: Sandbox, requests_per_minute: int) -> Starlette:
    """The application over a simulated platform.

    Endpoints run on the event loop one after the other: each takes a few milliseconds, and one
    connection in one thread needs no locks.
    """
    routes: list[BaseRoute] = [_route(sandbox, operation) for operation in OPERATIONS]
    routes += [
        Route("/storage/{kind}/{name}.png", _cover, methods=["GET"]),
        *_control_routes(sandbox),
    ]
    window = SlidingWindow(requests_per_minute)
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Logged, log=sandbox.log, unlogged_prefix=_CONTROL_PREFIX),
            Middleware(_Dated, clock=sandbox.clock),
            Middleware(
                GZipMiddleware,
                minimum_size=_SMALLEST_COMPRESSED,
                compresslevel=_COMPRESSION_LEVEL,
            ),
            Middleware(RateLimit, window=window, clock=sandbox.clock, prefix=API_PREFIX + "/"),
        ],
        exception_handlers={ApiError: _on_api_error, HTTPException: _on_http_error},
    )


def _route(sandbox: Sandbox, operation: Operation) -> Route:
    async def answer(request: Request) -> Response:
        context = Context(
            database=sandbox.database,
            as_of=sandbox.as_of,
            now=sandbox.clock.now(),
            session=sandbox.gate.identify(request.headers.get("authorization"), request.url.path),
            path=request.url.path,
            parameters=request.path_params,
            query=request.query_params,
            body=await _body(request) if operation.method == "POST" else {},
        )
        return json_reply(request, operation.endpoint(context))

    return Route(API_PREFIX + operation.path, answer, methods=[operation.method])


async def _body(request: Request) -> Mapping[str, Any]:
    """The JSON object sent with a POST, empty without one; raises `ApiError` (422)."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise invalid({"body": "The body is not valid JSON."}) from error
    if not isinstance(body, dict):
        raise invalid({"body": "The body must be a JSON object."})
    return body


async def _cover(request: Request) -> Response:
    png = cover_png(request.url.path)
    return Response(png, media_type="image/png", headers={"Cache-Control": "max-age=86400"})


def _control_routes(sandbox: Sandbox) -> list[Route]:
    """The sandbox's own paths, outside the published API and without a token."""

    async def health(request: Request) -> Response:
        return json_reply(request, {"status": "ok", "profile": sandbox.profile})

    async def log(request: Request) -> Response:
        return json_reply(request, {"requests": sandbox.log.rows()})

    return [
        Route(_CONTROL_PREFIX + "health", health, methods=["GET"]),
        Route(_CONTROL_PREFIX + "log", log, methods=["GET"]),
    ]


async def _on_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_reply(error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    """Unknown paths and methods, in the API's own error form."""
    assert isinstance(error, HTTPException)
    path = request.url.path.lstrip("/")
    message = error.detail
    if error.status_code == 404:
        message = f"The route {path} could not be found."
    elif error.status_code == 405:
        message = f"The {request.method} method is not supported for route {path}."
    return error_reply(ApiError(error.status_code, {"message": message}, error.headers))
