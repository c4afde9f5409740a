"""The sandbox's own paths, outside the published API and without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from beatpass_sandbox.advance import advance_sandbox
from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.faults import Faults
from beatpass_sandbox.incoming import json_body, json_object
from beatpass_sandbox.replies import Json, invalid, json_reply
from beatpass_sandbox.schemas import record
from beatpass_sandbox.validation import violations

if TYPE_CHECKING:
    from beatpass_sandbox.server import Sandbox

PREFIX = "/_sandbox/"
_ADVANCE: Json = record({"days": {"type": "integer", "minimum": 1, "maximum": 366}})


def control_routes(sandbox: Sandbox, faults: Faults) -> list[Route]:
    """Health, the log, time, and the scripting of faults."""

    async def health(request: Request) -> Response:
        return json_reply(request, {"status": "ok", "profile": sandbox.profile})

    async def log(request: Request) -> Response:
        return json_reply(request, {"requests": sandbox.log.rows()})

    async def advance(request: Request) -> Response:
        """``{"days": 1…366}``: let simulated time pass."""
        body = await json_object(request)
        if errors := violations(body, _ADVANCE, ""):
            raise invalid(errors)
        as_of = advance_sandbox(sandbox, body["days"])
        reply = {
            "as_of": iso_instant(as_of),
            "now": iso_instant(int(sandbox.clock.now().timestamp())),
        }
        return json_reply(request, reply)

    async def faulty(request: Request) -> Response:
        """Read, replace or clear the rules in force; each answers with those that are then."""
        if request.method == "PUT":
            faults.replace(await json_body(request))
        elif request.method == "DELETE":
            faults.clear()
        return json_reply(request, {"rules": faults.rows()})

    return [
        Route(PREFIX + "health", health, methods=["GET"]),
        Route(PREFIX + "log", log, methods=["GET"]),
        Route(PREFIX + "advance", advance, methods=["POST"]),
        Route(PREFIX + "faults", faulty, methods=["GET", "PUT", "DELETE"]),
    ]
