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


SANDBOX = "http://127.0.0.1:8137/api/v1"


@pytest.mark.parametrize(
    "address",
    [
        "https://connect.stripe.com/setup/s/acct_1",
        "https://stripe.com",
        "https://open.beatpass.ca/backstage",
        "http://127.0.0.1:8137/onboarding/abc",
    ],
)
def test_that_onboarding_leads_to_stripe_to_beatpass_or_into_the_sandbox(address: str) -> None:
    assert links.onboarding(address, SANDBOX) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://stripe.com.evil.com/",
        "http://connect.stripe.com/",
        "http://127.0.0.1:8138/onboarding/abc",
        "https://127.0.0.1:8137/onboarding/abc",
        "http://127.0.0.1:8137@evil.com/",
        "http://127.0.0.1:8137\\@evil.com/",
        "http://127.0.0.1:8137/a b",
        "//127.0.0.1:8137/onboarding",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://[/",
        "",
    ],
)
def test_that_onboarding_leads_nowhere_else(address: str) -> None:
    with pytest.raises(links.LinkRefused):
        links.onboarding(address, SANDBOX)


def test_that_a_server_that_is_not_on_this_computer_has_no_form_of_its_own() -> None:
    with pytest.raises(links.LinkRefused, match="does not lead to Stripe or BeatPass"):
        links.onboarding("https://evil.com/form", "https://evil.com/api/v1")
    with pytest.raises(links.LinkRefused):
        links.onboarding("", "")
