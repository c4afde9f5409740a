"""The ASGI application: routes, layers, and the replies of errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatpass_sandbox import control
from beatpass_sandbox.artwork import cover_png
from beatpass_sandbox.auth import Gate
from beatpass_sandbox.clock import Clock
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation
from beatpass_sandbox.control import control_routes
from beatpass_sandbox.examples import path_examples
from beatpass_sandbox.fault_layer import Faulty
from beatpass_sandbox.faults import Faults
from beatpass_sandbox.incoming import json_object
from beatpass_sandbox.limits import Limits, RateLimit
from beatpass_sandbox.onboarding import onboarding_routes
from beatpass_sandbox.openapi import openapi_document
from beatpass_sandbox.operations import OPERATIONS
from beatpass_sandbox.replies import ApiError, error_reply, invalid, json_reply, unauthenticated
from beatpass_sandbox.request_log import Logged, RequestLog
from beatpass_sandbox.validation import query_violations, violations

API_PREFIX = "/api/v1"
_DOCUMENT_PATHS = ("/openapi.json", API_PREFIX + "/openapi.json")
_COMPRESSION_LEVEL = 5
_SMALLEST_COMPRESSED = 500


@dataclass(slots=True)
class Sandbox:
    """A simulated platform ready to be served; ``as_of`` moves when time is let pass."""

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


def create_app(sandbox: Sandbox, limits: Limits) -> Starlette:
    """The application over a simulated platform.

    Endpoints run on the event loop one after the other: each takes a few milliseconds, and one
    connection in one thread needs no locks.
    """
    (seed,) = sandbox.database.execute("SELECT seed FROM origin").fetchone()
    faults = Faults(seed, API_PREFIX)
    # A fixed path is no value of a parameter: /summary comes before /{splitId}.
    operations = sorted(OPERATIONS, key=lambda operation: operation.path.count("{"))
    routes = [(_route(sandbox, operation), operation.group) for operation in operations]
    return Starlette(
        routes=[
            *(route for route, _ in routes),
            *_document_routes(sandbox),
            Route("/storage/{kind}/{name}.png", _cover, methods=["GET"]),
            *control_routes(sandbox, faults),
            *onboarding_routes(sandbox.database, sandbox.clock),
        ],
        middleware=[
            Middleware(Logged, log=sandbox.log, unlogged_prefix=control.PREFIX),
            Middleware(_Dated, clock=sandbox.clock),
            Middleware(Faulty, faults=faults, clock=sandbox.clock, spared_prefix=control.PREFIX),
            Middleware(
                GZipMiddleware,
                minimum_size=_SMALLEST_COMPRESSED,
                compresslevel=_COMPRESSION_LEVEL,
            ),
            Middleware(
                RateLimit,
                limits=limits,
                clock=sandbox.clock,
                prefix=API_PREFIX + "/",
                group_of=_grouping(routes),
            ),
        ],
        exception_handlers={
            ApiError: _on_api_error,
            HTTPException: _on_http_error,
            Exception: _on_failure,
        },
    )


def _grouping(routes: Sequence[tuple[Route, Group]]) -> Callable[[Scope], Group]:
    """Tells the rate-limit group of a request."""
    grouped = [(route, group) for route, group in routes if group is not Group.GENERAL]

    def group_of(scope: Scope) -> Group:
        for route, group in grouped:
            if route.matches(scope)[0] is Match.FULL:
                return group
        return Group.GENERAL

    return group_of


def _route(sandbox: Sandbox, operation: Operation) -> Route:
    async def answer(request: Request) -> Response:
        now = sandbox.clock.now()
        path = request.url.path
        session = sandbox.gate.identify(request.headers.get("authorization"), path, now)
        if session is None and not operation.public:
            raise unauthenticated(path)
        body = await json_object(request) if operation.method == "POST" else {}
        errors = query_violations(request.query_params, operation.query)
        if operation.body is not None:
            errors |= violations(body, operation.body, "")
        if errors:
            raise invalid(errors)
        context = Context(
            database=sandbox.database,
            as_of=sandbox.as_of,
            now=now,
            session=session,
            origin=f"{request.url.scheme}://{request.url.netloc}",
            path=path,
            parameters=request.path_params,
            query=request.query_params,
            body=body,
        )
        return json_reply(request, operation.endpoint(context))

    return Route(API_PREFIX + operation.path, answer, methods=[operation.method])


def _document_routes(sandbox: Sandbox) -> list[Route]:
    async def document(request: Request) -> Response:
        examples = path_examples(sandbox.database)
        return json_reply(request, openapi_document(API_PREFIX, examples))

    return [Route(path, document, methods=["GET"]) for path in _DOCUMENT_PATHS]


async def _cover(request: Request) -> Response:
    png = cover_png(request.url.path)
    return Response(png, media_type="image/png", headers={"Cache-Control": "max-age=86400"})


async def _on_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error_reply(error, request.url.path)


async def _on_http_error(request: Request, error: Exception) -> Response:
    """Unknown paths and methods, in the API's own error form."""
    assert isinstance(error, HTTPException)
    path = request.url.path.lstrip("/")
    message = error.detail
    if error.status_code == 404:
        message = f"The route {path} could not be found."
    elif error.status_code == 405:
        message = f"The {request.method} method is not supported for route {path}."
    refusal = ApiError(error.status_code, {"message": message}, error.headers)
    return error_reply(refusal, request.url.path)


async def _on_failure(request: Request, error: Exception) -> Response:
    return error_reply(ApiError(500, {"message": "Server Error"}), request.url.path)
