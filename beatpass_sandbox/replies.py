"""Bodies of replies: envelopes, pagination, errors, and the JSON response itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

Json = dict[str, Any]

_MAXIMUM_PER_PAGE = 100
_DEFAULT_PER_PAGE = 20
_CONDITIONAL_METHODS = {"GET", "HEAD"}
_ANALYTICS = "/producer-intelligence/"
_ANALYTICS_CODES = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    422: "validation_failed",
    500: "server_error",
}


class ApiError(Exception):
    """A documented refusal: HTTP status, JSON body and extra headers."""

    def __init__(self, status: int, body: Json, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(body.get("message", ""))
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


def unauthenticated(path: str) -> ApiError:
    """401 in the form of the endpoint group that ``path`` belongs to."""
    body = analytics_form(path, 401, {"message": "Unauthenticated."})
    return ApiError(401, body, {"WWW-Authenticate": "Bearer"})


def analytics_form(path: str, status: int, body: Json) -> Json:
    """An error's body as it is sent for ``path``: the analytics endpoints have their own form."""
    if _ANALYTICS not in path or status not in _ANALYTICS_CODES:
        return body
    plain = {field: value for field, value in body.items() if field in {"message", "errors"}}
    return {"success": False, "error": _ANALYTICS_CODES[status], **plain}


def forbidden(message: str) -> ApiError:
    """403 with the error code used by the analytics endpoints."""
    return ApiError(403, {"success": False, "message": message, "error": "forbidden"})


def not_found(message: str) -> ApiError:
    """404 for an unknown resource."""
    return ApiError(404, {"status": "error", "message": message})


def no_artist_profile() -> ApiError:
    """404 for a user to whom no artist is linked."""
    message = "No artist profile is linked to this account."
    return ApiError(404, {"success": False, "message": message, "error": "not_found"})


def invalid(errors: dict[str, str]) -> ApiError:
    """422 with one message for each rejected field."""
    return ApiError(
        422,
        {
            "status": "error",
            "message": "The given data was invalid.",
            "errors": {field: [message] for field, message in errors.items()},
        },
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A requested page: 1-based number and rows on it."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size


def requested_page(query: Mapping[str, str]) -> Page:
    """``page`` and ``perPage``, whose values the contract has checked; at most 100 rows."""
    number = int(query.get("page", "1"))
    size = int(query.get("perPage", str(_DEFAULT_PER_PAGE)))
    return Page(number, min(size, _MAXIMUM_PER_PAGE))


def pagination(page: Page, total: int, rows: list[Json]) -> Json:
    """The documented envelope around one page of ``total`` rows."""
    return {
        "status": "success",
        "pagination": {
            "current_page": page.number,
            "from": page.offset + 1 if rows else None,
            "to": page.offset + len(rows) if rows else None,
            "per_page": page.size,
            "last_page": max(1, -(-total // page.size)),
            "total": total,
            "data": rows,
        },
    }


def json_reply(request: Request, payload: Any) -> Response:
    """200; to a GET with a strong entity tag, or 304 when the client already holds this body."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    if request.method not in _CONDITIONAL_METHODS:
        return Response(body, media_type="application/json")
    tag = f'"{hashlib.sha256(body).hexdigest()[:40]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if _matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def error_reply(error: ApiError, path: str) -> Response:
    """The response of a refusal to a request for ``path``."""
    form = analytics_form(path, error.status, error.body)
    body = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, error.status, error.headers, media_type="application/json")


def _matches(condition: str | None, tag: str) -> bool:
    """If-None-Match compares weakly (RFC 9110, 13.1.2)."""
    if condition is None:
        return False
    candidates = [part.strip().removeprefix("W/") for part in condition.split(",")]
    return "*" in candidates or tag in candidates
