"""Pictures by the addresses that BeatPass gives for them (assumed: absolute, or relative to the
web root)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from beatpass_desktop.api.budget import never
from beatpass_desktop.api.errors import Refused, Undecodable, plain
from beatpass_desktop.api.origin import Origin, web_root
from beatpass_desktop.api.session import Session

PICTURE_HOST = "beatpass.ca"
"""its subdomains too; the base URL's own origin is allowed besides"""
MAX_BYTES = 5 * 1024 * 1024
_ACCEPT = "image/webp, image/png, image/jpeg"
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")
_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


async def fetch_picture(session: Session, address: str) -> bytes:
    """The bytes of a PNG, JPEG or WebP picture.

    `session` has no token and takes at most `MAX_BYTES`. Raises ApiError, `Refused` for an address
    that the app does not fetch pictures from.
    """
    url = picture_url(session.base_url, address)
    data = await session.get_bytes(url, accept=_ACCEPT, urgent=never, group="pictures")
    if not _is_picture(data):
        raise Undecodable("This is not a picture that the app can show.", plain(address[:80]))
    return data


def picture_url(base_url: str, address: str) -> str:
    """The URL of a picture, of BeatPass or of the base URL's own server. Raises `Refused`."""
    refused = Refused("The app does not fetch pictures from this address.", plain(address[:80]))
    if not address or len(address) > 2_000 or _UNSAFE.search(address):
        raise refused
    try:
        url = urljoin(f"{web_root(base_url)}/", address)
    except ValueError:
        raise refused from None
    origin, own = Origin.of(url), Origin.of(base_url)
    if origin is None:
        raise refused
    ours = f".{origin.host}".endswith(f".{PICTURE_HOST}") and origin.port == 443
    if origin != own and not (ours and origin.scheme == "https" and own and own.scheme == "https"):
        raise refused
    return url.partition("#")[0]


def _is_picture(data: bytes) -> bool:
    return data.startswith(_MARKS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
