"""The web pages the app opens: every path stands here, and the hosts that may be opened."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

WEB = "https://open.beatpass.ca"
STATUS = "https://status.beatpass.ca"

RELEASE_FEED = ""
"""Where releases are told of (docs/release-feed.md); empty while there is no such feed: then nobody
is asked."""
RELEASE_KEY = ""
"""The Ed25519 public key of whoever signs the feed: 32 bytes as base64."""

_HOSTS = ("beatpass.ca", "stripe.com")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_PLAIN = r"[!-~]+"
"""What browsers read as this module does: no white space, no control characters, ASCII only."""


class LinkRefused(ValueError):
    """A web address that the app does not open."""


def artist(artist_id: int) -> str:
    """The public artist page."""
    return f"{WEB}/artist/{artist_id}"


def track(track_id: int) -> str:
    """The public track page."""
    return f"{WEB}/track/{track_id}"


def track_insights(track_id: int) -> str:
    """A track's insights in Backstage."""
    return f"{WEB}/backstage/tracks/{track_id}/insights"


def track_edit(track_id: int) -> str:
    """A track's editor in Backstage (assumed path)."""
    return f"{WEB}/backstage/tracks/{track_id}/edit"


def album(album_id: int) -> str:
    """The public album page."""
    return f"{WEB}/album/{album_id}"


def album_insights(album_id: int) -> str:
    """An album's insights in Backstage."""
    return f"{WEB}/backstage/albums/{album_id}/insights"


def album_edit(album_id: int) -> str:
    """An album's editor in Backstage (assumed path)."""
    return f"{WEB}/backstage/albums/{album_id}/edit"


def license_page(license_uuid: str) -> str:
    """Where anybody may verify a licence."""
    return f"{WEB}/verify-license/{quote(license_uuid, safe='')}"


def upload() -> str:
    """The upload page of Backstage (assumed path)."""
    return f"{WEB}/backstage/upload"


def dashboard(page: str = "") -> str:
    """The dashboard on the web, or one of its pages."""
    return f"{WEB}/producer-dashboard" + (f"/{quote(page)}" if page else "")


def producer_program() -> str:
    """Where an account gets an artist profile."""
    return f"{WEB}/producer-program"


def account_settings() -> str:
    """Where access tokens are made."""
    return f"{WEB}/account-settings"


def forgotten_password() -> str:
    """Where a new password is asked for."""
    return f"{WEB}/forgot-password"


def onboarding(address: str, server: str) -> str:
    """`address` when it may be opened to set up a Stripe account. Raises LinkRefused.

    Besides what `checked` lets through these are the pages of a `server` (its base address) that
    runs on this computer: the sandbox has a form of its own.
    """
    try:
        wanted, own = urlsplit(address), urlsplit(server)
        is_own = (wanted.scheme, wanted.netloc) == (own.scheme, own.netloc) and own.netloc != ""
        is_here = own.hostname in _LOOPBACK
    except ValueError as error:
        raise LinkRefused("This is not a web address.") from error
    if is_own and is_here and re.fullmatch(_PLAIN, address):
        return address
    try:
        return checked(address)
    except LinkRefused as refused:
        raise LinkRefused(
            f"BeatPass sent a link that does not lead to Stripe or BeatPass. {refused}"
        ) from refused


def checked(address: str) -> str:
    """`address` when it may be opened. Raises LinkRefused: only https to BeatPass or Stripe."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removesuffix(".")
        port = parts.port
    except ValueError as error:
        raise LinkRefused("This is not a web address.") from error
    if not re.fullmatch(_PLAIN, address):
        raise LinkRefused("This is not a web address.")
    allowed = re.fullmatch(_HOST, host) and any(f".{host}".endswith(f".{name}") for name in _HOSTS)
    if parts.scheme != "https" or not allowed or port not in (None, 443) or "@" in parts.netloc:
        raise LinkRefused(f"The app does not open addresses on {host or 'this host'}.")
    return address
