"""Reading the JSON body of a request."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from starlette.requests import Request

from beatpass_sandbox.replies import ApiError, invalid

LARGEST_BODY = 1 << 20
"""Bytes that a request's body may have."""


async def json_body(request: Request) -> Any:
    """The JSON value sent with a request; None without a body.

    Raises `ApiError`: 413 for a body above `LARGEST_BODY`, 415 for one that does not say that
    it is JSON, 422 for one that is not JSON.
    """
    raw = await _limited_body(request)
    if not raw:
        return None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(415, {"message": "The body must be sent as application/json."})
    try:
        value = json.loads(raw.decode(), parse_constant=_refuse_constant)
        # Half of a surrogate pair can be written in JSON, but neither stored nor sent back.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise invalid({"body": "The body is not valid JSON."}) from error
    return value


async def json_object(request: Request) -> dict[str, Any]:
    """The JSON object sent with a request, empty without a body; raises as `json_body`."""
    value = await json_body(request)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid({"body": "The body must be a JSON object."})
    return value


async def _limited_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise ApiError(413, {"message": f"The body may have {LARGEST_BODY:,} bytes."})
    return bytes(body)


def _refuse_constant(name: str) -> NoReturn:
    """NaN and the infinities are Python's, not JSON's."""
    raise ValueError(name)
