"""A request before it is sent: where it goes and which headers it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from beatpass_desktop.api.errors import Refused, Unauthorised
from beatpass_desktop.api.origin import Origin

JSON = "application/json"
_MAX_REDIRECTS = 3
_TOKEN = re.compile(r"[\x21-\x7e]+")
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request. `path` is what the caller asked for and names the request in reports.

    `secret` is a part of `json` that no report may quote. `accept` names the media types that are
    understood; anything but JSON comes as bytes.
    """

    method: str
    path: str
    url: str
    params: Mapping[str, str | int] | None = None
    json: object = field(default=None, repr=False)
    etag: str | None = None
    redirects: int = 0
    secret: str = field(default="", repr=False)
    accept: str = JSON

    @property
    def where(self) -> str:
        """Method and path, without the query."""
        return f"{self.method} {self.path}"

    @property
    def is_idempotent(self) -> bool:
        """Whether sending it twice does no harm."""
        return self.method == "GET"

    def redirected(self, url: str) -> Outgoing:
        """The request that follows a redirect to `url`. Raises `Refused`."""
        if not self.is_idempotent:
            raise Refused("BeatPass sent the app on to another address. Not followed.", self.where)
        if self.redirects >= _MAX_REDIRECTS:
            raise Refused("BeatPass sent the app round in circles.", self.where)
        return replace(self, url=url, params=None, redirects=self.redirects + 1)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the token goes to `origin` alone."""

    origin: Origin | None
    token: str = field(repr=False)
    user_agent: str

    def headers(self, request: Outgoing) -> dict[str, str]:
        """The headers of `request`. Raises `Unauthorised` for a token that no header can carry."""
        headers = {
            "Accept": request.accept,
            "Accept-Encoding": "gzip",
            "User-Agent": self.user_agent,
        }
        if request.etag is not None and _ETAG.fullmatch(request.etag):
            headers["If-None-Match"] = request.etag
        if self.token and Origin.of(request.url) == self.origin:
            if not _TOKEN.fullmatch(self.token):
                raise Unauthorised(
                    "This access token contains characters that no token has."
                    " Please copy it again.",
                    reached=False,
                )
            headers["Authorization"] = f"Bearer {self.token}"
        return headers
