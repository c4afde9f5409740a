"""Which base URLs are used, and what counts as the same origin."""

from __future__ import annotations

import pytest

from beatpass_desktop.api.origin import BadBaseUrl, Origin, check_base_url


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://open.beatpass.ca/api/v1", "https://open.beatpass.ca/api/v1"),
        (" https://open.beatpass.ca/api/v1/ ", "https://open.beatpass.ca/api/v1"),
        ("HTTPS://Open.BeatPass.ca:443", "https://open.beatpass.ca"),
        ("https://open.beatpass.ca:8443/", "https://open.beatpass.ca:8443"),
        ("http://127.0.0.1:8000/api/v1", "http://127.0.0.1:8000/api/v1"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://localhost:80/x", "http://localhost/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_that_a_safe_base_url_is_taken(text: str, url: str) -> None:
    assert check_base_url(text) == url
    assert check_base_url(url) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "open.beatpass.ca/api/v1",
        "http://open.beatpass.ca/api/v1",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://localhost@evil.example/",
        "https://user:pass@open.beatpass.ca/",
        "https://open.beatpass.ca/?a=1",
        "https://open.beatpass.ca/?",
        "https://open.beatpass.ca/#x",
        "https://open.beatpass.ca/a/../b",
        "https://open.beatpass.ca:99999/",
        "https://open.beatpass.ca:0/",
        "https://open.beatpass.ca:x/",
        "https:///api",
        "https://[::1/",
        "http://[::1%25eth0]/",
        "https://bеatpass.ca/",
        "https://open.beatpass.ca\\@evil.example/",
        "https://open.beat pass.ca/",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_that_an_unsafe_base_url_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadBaseUrl, match=r"^[A-Z].*\.$"):
        check_base_url(text)


@pytest.mark.parametrize(
    "other",
    [
        "http://open.beatpass.ca/",
        "https://open.beatpass.ca:444/",
        "https://beatpass.ca/",
        "https://open.beatpass.ca.evil.example/",
        "https://user@open.beatpass.ca/",
        "https://open.beatpass.ca:x/",
    ],
)
def test_that_another_scheme_host_or_port_is_another_origin(other: str) -> None:
    assert Origin.of("https://open.beatpass.ca/api/v1") != Origin.of(other)


def test_that_the_standard_port_may_be_named() -> None:
    named = Origin.of("https://OPEN.beatpass.ca:443/x")
    assert named is not None
    assert named == Origin.of("https://open.beatpass.ca/api/v1")
