"""Where pictures may come from, and what counts as one."""

from __future__ import annotations

import pytest
from fault_server import ONCE, TOKEN, cuts, replies, response, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.pictures import fetch_picture, picture_url

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
BASE = "https://open.beatpass.ca/api/v1"


@pytest.mark.parametrize(
    ("base", "address", "url"),
    [
        (BASE, "/storage/a.png", "https://open.beatpass.ca/storage/a.png"),
        (BASE, "storage/a.png", "https://open.beatpass.ca/storage/a.png"),
        (BASE, "https://cdn.beatpass.ca/a.webp?v=2#x", "https://cdn.beatpass.ca/a.webp?v=2"),
        (BASE, "//cdn.beatpass.ca/a.jpg", "https://cdn.beatpass.ca/a.jpg"),
        ("http://127.0.0.1:8000/api/v1", "/storage/a.png", "http://127.0.0.1:8000/storage/a.png"),
        ("https://api.example:8443/v1", "/a.png", "https://api.example:8443/a.png"),
    ],
)
def test_that_pictures_come_from_beatpass_or_the_server_itself(
    base: str, address: str, url: str
) -> None:
    assert picture_url(base, address) == url


@pytest.mark.parametrize(
    ("base", "address"),
    [
        (BASE, ""),
        (BASE, "not a url"),
        (BASE, "http://open.beatpass.ca/a.png"),
        (BASE, "https://beatpass.ca.evil.example/a.png"),
        (BASE, "https://evilbeatpass.ca/a.png"),
        (BASE, "https://user@open.beatpass.ca/a.png"),
        (BASE, "https://open.beatpass.ca:8443/a.png"),
        (BASE, "file:///etc/passwd"),
        (BASE, "data:image/png;base64,AAAA"),
        (BASE, "javascript:alert(1)"),
        (BASE, "https://images.invalid/cover.png"),
        (BASE, "\\\\server\\share\\a.png"),
        (BASE, "https://[::1/a.png"),
        (BASE, "/" + "a" * 3_000),
        ("http://127.0.0.1:8000/api/v1", "https://cdn.beatpass.ca/a.png"),
        ("http://127.0.0.1:8000/api/v1", "http://127.0.0.1:9000/a.png"),
    ],
)
def test_that_other_addresses_are_refused_without_a_request(base: str, address: str) -> None:
    with pytest.raises(errors.Refused):
        picture_url(base, address)


@pytest.mark.parametrize("body", [PNG, b"\xff\xd8\xff\xe0jpeg", b"RIFF\x10\x00\x00\x00WEBPVP8 "])
async def test_that_a_picture_comes_without_the_token(body: bytes) -> None:
    async with served(replies(200, body, content_type="image/png"), token=None) as (
        server,
        session,
    ):
        assert await fetch_picture(session, "/storage/a.png") == body
    (seen,) = server.seen
    assert seen.target == "/storage/a.png"
    assert "authorization" not in seen.headers
    assert seen.headers["accept"].startswith("image/")
    assert TOKEN not in repr(seen)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (response(200, b"<svg onload='x'/>", content_type="image/svg+xml"), errors.Undecodable),
        (response(200, b"<html>", content_type="text/html"), errors.Undecodable),
        (response(200, b"<html>", content_type="image/png"), errors.Undecodable),
        (response(200, PNG, content_type=None), errors.Undecodable),
        (response(200, PNG * 10_000, content_type="image/png"), errors.Refused),
        (response(404, {"message": "no"}), errors.ApiError),
        (
            response(302, headers={"Location": "http://127.0.0.1:1/x.png"}, content_type=None),
            errors.Refused,
        ),
    ],
)
async def test_that_what_is_no_picture_is_refused(raw: bytes, error: type[Exception]) -> None:
    async with served(cuts(raw), token=None, retries=ONCE, max_bytes=65_536) as (_, session):
        with pytest.raises(error):
            await fetch_picture(session, "/storage/a.png")
