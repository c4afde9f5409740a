"""The sandbox's own OpenAPI 3.1 document, generated from its contract."""

from __future__ import annotations

import re
from collections.abc import Mapping

from beatpass_sandbox.contract import Operation
from beatpass_sandbox.operations import OPERATIONS
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import IDENTIFIER, INTEGER, TEXT, array, choice, record

_PATH_PARAMETER = re.compile(r"([\w-]+)/\{(\w+)\}")
_PATH_SCHEMAS: dict[str, Json] = {"uuid": {"type": "string", "format": "uuid"}}
_DESCRIPTIONS = {
    401: "The access token is missing, invalid or expired.",
    403: "Not permitted.",
    404: "Not found.",
    409: "In conflict with how things stand.",
    410: "Gone.",
    413: "The body is too large.",
    415: "The body is not sent as application/json.",
    422: "A value is missing or not allowed.",
    429: "Too many requests.",
}
_FIELD_MESSAGES: Json = {"type": "object", "additionalProperties": array(TEXT)}
_MESSAGE: Json = record({"message": TEXT}, {"status": choice("error"), "error": TEXT})
_ANALYTICS_ERROR: Json = record(
    {
        "success": {"const": False},
        "message": TEXT,
        "error": choice(
            "unauthorized", "forbidden", "not_found", "validation_failed", "server_error"
        ),
    },
    {"errors": _FIELD_MESSAGES},
)
_SCHEMAS: Json = {
    "Error": _MESSAGE,
    "AnalyticsError": _ANALYTICS_ERROR,
    "InvalidFields": record(
        {"status": choice("error"), "message": TEXT, "errors": _FIELD_MESSAGES}
    ),
    "TooManyRequests": record({"message": TEXT}, {"retry_after": INTEGER}),
}
_LIMIT_HEADERS: Json = {
    "X-RateLimit-Limit": {"description": "Requests a minute.", "schema": INTEGER},
    "X-RateLimit-Remaining": {"description": "How many more fit.", "schema": INTEGER},
    "X-RateLimit-Reset": {"description": "When one is freed (Unix seconds).", "schema": INTEGER},
}
_BEARER: list[Json] = [{"bearerAuth": []}]


def openapi_document(prefix: str, examples: Mapping[str, object]) -> Json:
    """The document of all operations below ``prefix``.

    ``examples`` are values for parameters in paths: by the whole path, or by the step before.
    """
    paths: dict[str, Json] = {}
    for operation in OPERATIONS:
        described = _operation(operation, examples)
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "BeatPass sandbox",
            "version": "1",
            "description": (
                "What the sandbox of BeatPass Desktop answers. `x-source` says where an operation "
                "is known from: BeatPass's OpenAPI file (documented), its developer guide (guide), "
                "or only its path, with a body that is assumed."
            ),
        },
        "servers": [{"url": prefix}],
        "security": _BEARER,
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {"bearerAuth": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation, examples: Mapping[str, object]) -> Json:
    described: Json = {
        "operationId": _operation_id(operation),
        "summary": operation.summary,
        "tags": [operation.group.value],
        "x-source": operation.source.value,
        "parameters": _parameters(operation, examples),
        "responses": _responses(operation),
    }
    if operation.public:
        described["security"] = [*_BEARER, {}]
    if operation.body is not None:
        described["requestBody"] = {
            "required": bool(operation.body.get("required")),
            "content": {"application/json": {"schema": operation.body}},
        }
    return described


def _operation_id(operation: Operation) -> str:
    words = re.findall(r"[A-Za-z]+", f"{operation.method.lower()} {operation.path}")
    return "".join([words[0], *(word[0].upper() + word[1:] for word in words[1:])])


def _parameters(operation: Operation, examples: Mapping[str, object]) -> list[Json]:
    in_path: list[Json] = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": operation.path_parameters.get(name, _PATH_SCHEMAS.get(name, IDENTIFIER)),
            **_example(examples, operation.path, step),
        }
        for step, name in _PATH_PARAMETER.findall(operation.path)
    ]
    in_query = [
        {
            "name": query.name,
            "in": "query",
            "required": query.required,
            "schema": query.schema,
        }
        for query in operation.query
    ]
    return in_path + in_query


def _example(examples: Mapping[str, object], *keys: str) -> Json:
    return next(({"example": examples[key]} for key in keys if key in examples), {})


def _responses(operation: Operation) -> Json:
    reply = operation.reply
    if operation.anonymous_reply is not None:
        reply = {"anyOf": [reply, operation.anonymous_reply]}
    success: Json = {
        "description": operation.summary + ".",
        "headers": _LIMIT_HEADERS,
        "content": {"application/json": {"schema": reply}},
    }
    responses: Json = {"200": success}
    if operation.method == "GET":
        responses["304"] = {"description": "The body is the one of If-None-Match."}
    for status in sorted(refusals_of(operation)):
        responses[str(status)] = _refusal(operation, status)
    return responses


def refusals_of(operation: Operation) -> set[int]:
    """The statuses of all errors that an operation gives."""
    statuses = {401, 429, *operation.refusals}
    if "{" in operation.path:
        statuses.add(404)
    if operation.query or operation.method == "POST":
        statuses.add(422)
    if operation.method == "POST":
        statuses |= {413, 415}
    return statuses


def _refusal(operation: Operation, status: int) -> Json:
    name = "Error"
    if status == 429:
        name = "TooManyRequests"
    elif "/producer-intelligence/" in operation.path and status in (401, 403, 404, 422):
        name = "AnalyticsError"
    elif status == 422:
        name = "InvalidFields"
    refusal: Json = {
        "description": _DESCRIPTIONS[status],
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }
    if status == 429:
        refusal["headers"] = {**_LIMIT_HEADERS, "Retry-After": {"schema": INTEGER}}
    return refusal
