"""Where requests may go: one base URL, and nothing outside its origin."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from beatpass_desktop.api.errors import Refused, plain

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")
_RELATIVE_PATH = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*")


class BadBaseUrl(ValueError):
    """A base URL the app does not use; the text is a sentence for people."""


def check_base_url(text: str) -> str:
    """`text` as the base URL of the API, without a trailing slash.

    It must be https, or http to this computer itself (127.0.0.0/8, ::1, localhost), without user
    name, query or fragment. Raises `BadBaseUrl`.
    """
    text = text.strip()
    if _UNSAFE.search(text):
        raise BadBaseUrl("The address must not contain spaces or special characters.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadBaseUrl("This is not a valid web address.") from None
    host = parts.hostname or ""
    if parts.scheme not in _DEFAULT_PORTS or not host or port == 0:
        raise BadBaseUrl("The address must start with https:// and name a server.")
    if "@" in parts.netloc or "%" in parts.netloc:
        raise BadBaseUrl("The address must not contain a user name.")
    if "?" in text or "#" in text:
        raise BadBaseUrl("The address must not contain “?” or “#”.")
    if ".." in parts.path.split("/"):
        raise BadBaseUrl("The address must not contain “..”.")
    if parts.scheme == "http" and not _is_loopback(host):
        raise BadBaseUrl("Only https:// is safe; http:// is for a server on this computer.")
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{shown_host}{shown_port}{parts.path.rstrip('/')}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: what must be equal for a request to carry the token."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin | None:
        """The origin of an http or https URL; None for anything else or with a user name."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return None
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
            return None
        return cls(
            parts.scheme, parts.hostname, _DEFAULT_PORTS[parts.scheme] if port is None else port
        )


def web_root(base_url: str) -> str:
    """Scheme, host and port of a base URL, without a path."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def endpoint_url(base_url: str, path: str) -> str:
    """The URL of `path`, relative to the base URL. Raises `Refused` for an absolute one."""
    if not _RELATIVE_PATH.fullmatch(path) or ".." in path.split("/"):
        raise Refused("The app asked for an address outside the BeatPass API.", plain(path))
    return f"{base_url}/{path}"


def redirect_url(url: str, location: str) -> str:
    """Where a redirect from `url` leads. Raises `Refused` unless it stays within the origin."""
    try:
        target = urljoin(url, location)
    except ValueError:
        target = ""
    if _UNSAFE.search(target) or (origin := Origin.of(target)) is None:
        raise Refused("BeatPass sent the app on to an address that cannot be used.")
    if origin != Origin.of(url):
        shown = f"{origin.scheme}://{plain(origin.host)}:{origin.port}"
        raise Refused(f"BeatPass sent the app on to {shown}, which is not BeatPass. Not followed.")
    return target.partition("#")[0]
