"""Which web addresses the app opens."""

from __future__ import annotations

import pytest

from beatpass_desktop.domain import links


@pytest.mark.parametrize(
    "address",
    [
        "https://open.beatpass.ca/artist/1",
        "https://beatpass.ca",
        "https://status.beatpass.ca/",
        "https://connect.stripe.com/setup/s/acct_1?x=%20y#z",
        "https://OPEN.BeatPass.CA/artist/1",
        "https://open.beatpass.ca:443/artist/1",
        "https://open.beatpass.ca./artist/1",
    ],
)
def test_that_pages_of_beatpass_and_stripe_are_opened(address: str) -> None:
    assert links.checked(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://open.beatpass.ca/artist/1",
        "https://beatpass.ca.evil.com/",
        "https://evilbeatpass.ca/",
        "https://evil-stripe.com/",
        "https://evil.com/beatpass.ca",
        "https://evil.com?.beatpass.ca",
        "https://evil.com#.beatpass.ca",
        "https://evil.com\\.beatpass.ca/",
        "https://evil.com\\@beatpass.ca/",
        "https://beatpass.ca\\@evil.com/",
        "https://evil.com%2f.beatpass.ca/",
        "https://evil.com%00.beatpass.ca/",
        "https://evil.com／.beatpass.ca/",
        "https://evil.com\u2044.beatpass.ca/",
        "https://beatpass。ca/",
        "https://beatpass.ca.evil.com。beatpass.ca",
        "https://beаtpass.ca/",
        "https://xn--betpass-2fg.ca/",
        "https://user@beatpass.ca/",
        "https://:secret@beatpass.ca/",
        "https://@beatpass.ca/",
        "https://beatpass.ca@evil.com/",
        "https://beatpass.ca:8443/",
        "https://beatpass.ca:99999/",
        "https://beatpass.ca:x/",
        "https://[::1]/",
        "https://[beatpass.ca]/",
        "https://127.0.0.1/",
        "https:///beatpass.ca",
        "https:beatpass.ca",
        "//beatpass.ca/",
        "beatpass.ca",
        "",
        "javascript:alert(1)//beatpass.ca",
        "javascript://beatpass.ca/%0aalert(1)",
        "file:///etc/passwd",
        "data:text/html,beatpass.ca",
        "ftp://beatpass.ca/",
        " https://beatpass.ca/",
        "https://beatpass.ca/\n@evil.com",
        "https://ev\til.com/.beatpass.ca",
        "https://beatpass.ca/a b",
        "https://.beatpass.ca/",
        "https://..beatpass.ca/",
    ],
)
def test_that_nothing_else_is_opened(address: str) -> None:
    with pytest.raises(links.LinkRefused):
        links.checked(address)


def test_that_the_refusal_names_the_host_plainly() -> None:
    with pytest.raises(links.LinkRefused, match=r"addresses on evil\.com\."):
        links.checked("https://beatpass.ca@evil.com/")
    with pytest.raises(links.LinkRefused, match="this host"):
        links.checked("javascript:alert(1)")


def test_that_every_address_the_app_makes_may_be_opened() -> None:
    made = [
        links.artist(2**63 - 1),
        links.track(1),
        links.track_insights(1),
        links.track_edit(1),
        links.upload(),
        links.dashboard(),
        links.dashboard("finances"),
        links.producer_program(),
        links.account_settings(),
        links.STATUS,
    ]
    assert [links.checked(address) for address in made] == made
    assert links.dashboard("a/../b?c") == "https://open.beatpass.ca/producer-dashboard/a/../b%3Fc"
