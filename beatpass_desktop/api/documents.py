"""From the bytes of a reply to its JSON document, within bounds."""

from __future__ import annotations

import json
import zlib
from decimal import Decimal

from beatpass_desktop.api.errors import Incomplete, Refused, Undecodable, plain

NOT_THE_API = "This is not the BeatPass API. Is this network asking you to sign in?"
_INCOMPLETE = "BeatPass sent an incomplete reply."
_UNREADABLE = "BeatPass sent something the app does not understand."
_CHARSETS = frozenset({"", "utf-8", "utf8", "us-ascii"})
_GZIP = 16 + zlib.MAX_WBITS


class _Malformed(ValueError):
    """JSON that `json` would take and the app does not."""


class Body:
    """The decoded bytes of one reply, collected up to `max_bytes`.

    gzip is undone here, piece by piece, because a library that inflates each piece as a whole lets
    64 kB on the wire become 64 MB in memory before anybody can count.
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip"):
            raise Undecodable(_UNREADABLE, f"content encoding {plain(encoding)}")
        self._inflate = zlib.decompressobj(_GZIP) if encoding == "gzip" else None
        self._max_bytes = max_bytes
        self._bytes = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take what came next. Raises `Refused` over the limit, `Undecodable` for bad gzip."""
        if self._inflate is not None:
            try:
                chunk = self._inflate.decompress(chunk, self._max_bytes + 1 - len(self._bytes))
            except zlib.error as error:
                raise Undecodable(_UNREADABLE, f"gzip: {plain(str(error))}") from None
        self._bytes += chunk
        if len(self._bytes) > self._max_bytes:
            raise Refused(
                "BeatPass sent more than the app takes in one reply.",
                f"over {self._max_bytes} bytes",
            )

    def whole(self) -> bytes:
        """Everything. Raises `Incomplete` when compressed data ended early."""
        if self._inflate is not None and not self._inflate.eof:
            raise Incomplete(_INCOMPLETE, "gzip data ended early")
        return bytes(self._bytes)

    def so_far(self) -> bytes:
        """What has come."""
        return bytes(self._bytes)


def media_type(content_type: str) -> str:
    """The media type of a `Content-Type` header, in lower case without parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_json(content_type: str) -> bool:
    """Whether a `Content-Type` header names JSON."""
    media = media_type(content_type)
    return media == "application/json" or (
        media.startswith("application/") and media.endswith("+json")
    )


def is_html(content_type: str) -> bool:
    """Whether a `Content-Type` header names a web page."""
    return media_type(content_type) in ("text/html", "application/xhtml+xml")


def check_content_type(content_type: str) -> None:
    """Raises `Undecodable` unless the header names JSON in UTF-8."""
    if not is_json(content_type):
        raise Undecodable(NOT_THE_API, f"content type {plain(content_type) or 'missing'}")
    for parameter in content_type.split(";")[1:]:
        key, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if key.strip().lower() == "charset" and charset not in _CHARSETS:
            raise Undecodable(_UNREADABLE, f"charset {plain(charset)}")


def parse(body: bytes) -> object:
    """The JSON document in `body`; numbers with a fraction or exponent are Decimal.

    Raises `Incomplete` when it ends early, `Undecodable` when it is not JSON, names a field twice,
    or holds NaN, a number of thousands of digits or thousands of levels.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise Incomplete(_INCOMPLETE, "text ended within a character") from None
        raise Undecodable(_UNREADABLE, "not UTF-8") from None
    text = text.strip(" \t\r\n")
    if text.startswith("<"):
        raise Undecodable(NOT_THE_API, "a web page sent as JSON")
    try:
        document: object = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_distinct,
        )
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or text[-1] not in "}]":
            raise Incomplete(_INCOMPLETE, f"JSON ended after {len(text)} characters") from None
        raise Undecodable(_UNREADABLE, f"{error.msg} at {error.pos}") from None
    except _Malformed as error:
        raise Undecodable(_UNREADABLE, str(error)) from None
    except (ValueError, ArithmeticError):
        raise Undecodable(_UNREADABLE, "a number of absurd size") from None
    except RecursionError:
        raise Undecodable(_UNREADABLE, "nested too deeply") from None
    return document


def _refuse_constant(name: str) -> object:
    raise _Malformed(f"{name} is not JSON")


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise _Malformed("a field is named twice")
    return fields
