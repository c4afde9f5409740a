"""The error tree of the api room. Every error carries a domain `Failure`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from beatpass_desktop.domain.failures import Failure, FailureKind

_LONGEST = 300
"""characters of foreign text (server messages, library exceptions) that are kept"""


class ApiError(Exception):
    """A request brought nothing.

    Attributes:
        failure: what to show (`sentence`) and what to report (`details`, without any token).
        status: the HTTP status behind it; None when there was none.
    """

    kind: ClassVar[FailureKind] = FailureKind.BUG

    def __init__(
        self, sentence: str, details: str = "", *, reached: bool = True, status: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.failure = Failure(self.kind, sentence, details, reached)
        self.status = status

    def __str__(self) -> str:
        failure = self.failure
        return f"{failure.sentence} ({failure.details})" if failure.details else failure.sentence

    def redact(self, where: str, *secrets: str) -> None:
        """Take `secrets` out of every text and name the request, `where`, in the details."""
        failure = self.failure
        details = f"{where}: {failure.details}" if failure.details else where
        details = _without(details, secrets)
        sentence = _without(failure.sentence, secrets)
        self.failure = failure._replace(sentence=sentence, details=details)
        self.args = (sentence,)


class Unreachable(ApiError):
    """No answer: name not found, connection refused, or reset before any response header."""

    kind = FailureKind.OFFLINE


class TimedOut(ApiError):
    """The deadline passed. `failure.reached` says whether response headers had come."""

    kind = FailureKind.TIMEOUT


class Untrusted(ApiError):
    """The TLS certificate was not accepted."""

    kind = FailureKind.TLS


class Unauthorised(ApiError):
    """The API does not accept the token (401 as JSON, or only what anybody may see came)."""

    kind = FailureKind.UNAUTHORISED


class Forbidden(ApiError):
    """403: no upload access, suspended, e-mail unverified, or no artist."""

    kind = FailureKind.FORBIDDEN


class NotFound(ApiError):
    """404 or 410."""

    kind = FailureKind.NOT_FOUND


class Conflict(ApiError):
    """409."""

    kind = FailureKind.CONFLICT


class Invalid(ApiError):
    """422. `fields` names what was wrong with each field."""

    kind = FailureKind.INVALID

    def __init__(
        self,
        sentence: str,
        details: str = "",
        *,
        status: int | None = None,
        fields: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(sentence, details, status=status)
        self.fields: dict[str, tuple[str, ...]] = dict(fields or {})

    def redact(self, where: str, *secrets: str) -> None:
        super().redact(where, *secrets)
        self.fields = {
            field: tuple(_without(text, secrets) for text in texts)
            for field, texts in self.fields.items()
        }


class Limited(ApiError):
    """429: too many requests."""

    kind = FailureKind.LIMITED


class Maintenance(ApiError):
    """503."""

    kind = FailureKind.MAINTENANCE


class ServerError(ApiError):
    """Any other 5xx."""

    kind = FailureKind.SERVER


class Refused(ApiError):
    """Not followed or not taken: a redirect elsewhere, a body too large, a proxy, another 4xx."""

    kind = FailureKind.REFUSED


class Undecodable(ApiError):
    """An answer that is not what the API sends: HTML, another top level, nothing we know."""

    kind = FailureKind.UNDECODABLE


class Incomplete(Undecodable):
    """The body ended before its end."""


def _without(text: str, secrets: tuple[str, ...]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret, "[secret]")
    return text


def plain(text: object) -> str:
    """Foreign text on one line of at most 300 printable characters; empty when it is no text."""
    if not isinstance(text, str):
        return ""
    words = "".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST]).split()
    line = " ".join(words)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
