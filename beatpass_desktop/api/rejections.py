"""From an error status or an error body to the error tree."""

from __future__ import annotations

from beatpass_desktop.api.documents import NOT_THE_API, is_html, is_json, parse
from beatpass_desktop.api.errors import (
    ApiError,
    Conflict,
    Forbidden,
    Invalid,
    Limited,
    Maintenance,
    NotFound,
    Refused,
    ServerError,
    TimedOut,
    Unauthorised,
    Undecodable,
    plain,
)

TOKEN_NOT_ACCEPTED = "BeatPass does not accept this access token any more. Please sign in again."
_CODES = {"unauthorized": 401, "forbidden": 403, "not_found": 404, "validation_failed": 422}
"""`error` of `{"success": false, …}`; anything else counts as 500"""
_SENTENCES: dict[int, tuple[type[ApiError], str]] = {
    401: (Unauthorised, TOKEN_NOT_ACCEPTED),
    403: (Forbidden, "BeatPass does not let this account see that."),
    404: (NotFound, "BeatPass could not find a part of this page."),
    408: (TimedOut, "BeatPass took too long to answer."),
    409: (Conflict, "That is already so on BeatPass."),
    410: (NotFound, "BeatPass does not have that any more."),
    429: (Limited, "BeatPass asks the app to make fewer requests for a while."),
    503: (Maintenance, "BeatPass is under maintenance. Your data here stays readable."),
}
_MAY_COME_FROM_A_PROXY = frozenset({401, 403, 404, 409, 410, 422})


def rejection(status: int, content_type: str, body: bytes) -> ApiError:
    """The error that a reply with an error status means.

    A web page never speaks for the API: a 401 counts as Unauthorised only as JSON, and other 4xx
    pages that come as HTML are Refused, so that a proxy signs nobody out and hides no artist.
    """
    document = _quietly_parsed(body) if is_json(content_type) else None
    if status in (407, 511):
        return Refused(
            "A proxy on this network asks you to sign in before it lets the app through.",
            f"status {status}",
            status=status,
        )
    foreign = status == 401 and not is_json(content_type)
    if foreign or (status in _MAY_COME_FROM_A_PROXY and is_html(content_type)):
        return Refused(NOT_THE_API, f"status {status} without JSON", status=status)
    return _of_status(status, document)


def rejection_in(document: object) -> ApiError | None:
    """The error that a document means although its status said success; None when it means none."""
    if not isinstance(document, dict):
        return None
    if document.get("success") is not False and document.get("status") != "error":
        return None
    code = document.get("error")
    return _of_status(_CODES.get(code, 500) if isinstance(code, str) else 500, document)


def requested_wait(body: bytes, content_type: str) -> str | None:
    """`retry_after` (s) of a 429's JSON body, in the form of the header; None when it has none."""
    document = _quietly_parsed(body) if is_json(content_type) else None
    wait = document.get("retry_after") if isinstance(document, dict) else None
    return str(wait) if isinstance(wait, int) and not isinstance(wait, bool) else None


def _of_status(status: int, document: object) -> ApiError:
    message = _message(document)
    details = f"status {status}; {message}" if message else f"status {status}"
    if status == 422:
        sentence = message or "BeatPass did not accept what was sent."
        return Invalid(sentence, details, status=status, fields=_field_errors(document))
    if status in _SENTENCES:
        kind, sentence = _SENTENCES[status]
        if kind in (Forbidden, Conflict) and message:
            sentence = message
        return kind(sentence, details, status=status)
    if status >= 500:
        return ServerError("BeatPass has a problem of its own just now.", details, status=status)
    return Refused("BeatPass refused the request.", details, status=status)


def _message(document: object) -> str:
    if not isinstance(document, dict):
        return ""
    return plain(document.get("message")) or plain(document.get("error"))


def _field_errors(document: object) -> dict[str, tuple[str, ...]]:
    errors = document.get("errors") if isinstance(document, dict) else None
    if not isinstance(errors, dict):
        return {}
    return {
        plain(field): tuple(filter(None, map(plain, texts if isinstance(texts, list) else [texts])))
        for field, texts in errors.items()
    }


def _quietly_parsed(body: bytes) -> object:
    """The document of an error body; None when it is unreadable: the status says enough."""
    try:
        return parse(body)
    except Undecodable:
        return None
