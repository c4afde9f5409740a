"""The feed that tells of releases: fetched without a token, believed when it is signed.

Its format is told in docs/release-feed.md.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from beatpass_desktop.api.documents import parse
from beatpass_desktop.api.errors import Refused, Undecodable
from beatpass_desktop.api.fields import Fields, Unfit, as_count, as_text
from beatpass_desktop.api.http_client import HttpClient, Redirect
from beatpass_desktop.api.origin import BadBaseUrl, Origin, check_base_url
from beatpass_desktop.api.outgoing import Outgoing, Sender
from beatpass_desktop.domain.links import LinkRefused, checked
from beatpass_desktop.domain.releases import Release, ReleaseFile
from beatpass_desktop.domain.versions import Version

_DEADLINE = 20.0
_MAX_BYTES = 64 * 1024
_FORMAT = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
_URL = re.compile(r"https://[!-~]{1,500}")
_SYSTEM = re.compile(r"[a-z]{1,20}")


async def fetch(address: str, *, user_agent: str) -> str:
    """What the server has at `address`, as JSON text, to be read by `release_in`.

    One try of 20 s, 64 KiB, no redirect, no cookie, no token; https, or http to this computer.
    Raises `ApiError`.
    """
    try:
        url = check_base_url(address)
    except BadBaseUrl as error:
        raise Refused(f"The address of the release feed cannot be used. {error}") from None
    client = HttpClient(
        secure=url.startswith("https:"), attempt_deadline=_DEADLINE, max_bytes=_MAX_BYTES
    )
    request = Outgoing("GET", urlsplit(url).path, url)
    headers = Sender(Origin.of(url), "", user_agent).headers(request)
    try:
        reply = await client.exchange(request, headers, _DEADLINE, _NoLimits())
    finally:
        await client.aclose()
    if isinstance(reply, Redirect):
        raise Refused("The release feed is not where it should be. The redirect is not followed.")
    return json.dumps(reply.document, default=str)


def release_in(text: str, key: str) -> Release:
    """The release that a feed tells of, once its signature by `key` (32 bytes as base64) is found
    to be good. Raises `ApiError`."""
    document = parse(text.encode("utf-8", "replace"))
    fields = Fields(document if isinstance(document, dict) else {})
    told, signature = fields.text("release"), fields.text("signature")
    if fields.raw("format") != _FORMAT or told is None or signature is None:
        raise Undecodable("The release feed has a format that this version does not know.")
    _verify(told.encode("utf-8", "replace"), signature, key)
    return _release(parse(told.encode("utf-8", "replace")))


def _verify(message: bytes, signature: str, key: str) -> None:
    try:
        # A compiled library of some size, which nothing else needs.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise Refused("The signature of the release feed cannot be verified here.") from None
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, binascii.Error, ValueError):
        raise Refused("The release feed is not signed by those who make this program.") from None


def _release(document: object) -> Release:
    fields = Fields(document if isinstance(document, dict) else {})
    version = fields.read("version", _as_version, "version")
    day = fields.day("date")
    notes = fields.read("notes", _as_page, "page")
    rows = fields.raw("files")
    files = [_file(row) for row in rows] if isinstance(rows, list) else []
    if version is None or day is None or notes is None or not files:
        raise Undecodable("The release feed tells of no release.", str(fields.notes)[:200])
    return Release(version, date.fromisoformat(day), notes, tuple(files))


def _file(row: object) -> ReleaseFile:
    fields = Fields(row if isinstance(row, dict) else {})
    system = fields.text("system") or ""
    url = fields.text("url") or ""
    size = fields.read("size", as_count, "bytes") or 0
    sha256 = fields.text("sha256") or ""
    if not _SYSTEM.fullmatch(system) or not size or not _SHA256.fullmatch(sha256):
        raise Undecodable("The release feed tells of a file that cannot be checked.")
    if not _URL.fullmatch(url):
        raise Undecodable("The release feed tells of a file at an address that is not safe.")
    return ReleaseFile(system, url, size, sha256)


def _as_version(raw: object) -> str:
    text = as_text(raw)
    try:
        Version.of(text)
    except ValueError as error:
        raise Unfit(str(error)) from None
    return text


def _as_page(raw: object) -> str:
    try:
        return checked(as_text(raw))
    except LinkRefused as error:
        raise Unfit(str(error)) from None


class _NoLimits:
    """The feed is no part of the API, whose limits are shared."""

    def accepted(self, headers: Mapping[str, str], server_time: datetime | None) -> None:
        """The server took the request."""

    def limited(
        self, headers: Mapping[str, str], body: bytes, server_time: datetime | None
    ) -> None:
        """The server answered 429; the next try is a day away."""
