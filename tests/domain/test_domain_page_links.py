"""Links into the app lead to its pages and nowhere else."""

from __future__ import annotations

import pytest

from beatpass_desktop.domain.page_links import BadPageLink, is_link, page_link, page_of
from beatpass_desktop.domain.resources import Page


@pytest.mark.parametrize("page", Page)
def test_that_every_page_has_a_link_that_leads_to_it(page: Page) -> None:
    assert page_of(page_link(page)) is page
    assert page_of(f"{page_link(page)}/") is page
    assert page_of(page_link(page).upper()) is page
    assert page_of(f"BeatPass://Page/{page.value.capitalize()}") is page


@pytest.mark.parametrize(
    "link",
    [
        "",
        "beatpass:",
        "beatpass://",
        "beatpass://page",
        "beatpass://page/",
        "beatpass:page/home",
        "beatpass:/page/home",
        "beatpass:///page/home",
        "beatpass://page/settings",
        "beatpass://page/home//",
        "beatpass://page//home",
        "beatpass://page/home/x",
        "beatpass://page/../home",
        "beatpass://page/home/..",
        "beatpass://page/home?tour=/tmp/x",
        "beatpass://page/home#x",
        "beatpass://page/home ",
        " beatpass://page/home",
        "beatpass://page/home\n",
        "beatpass://page/home\x00",
        "beatpass://page/home --tour /tmp/x",
        'beatpass://page/home" --tour "C:\\x',
        "beatpass://page/home;id",
        "beatpass://page/$(id)",
        "beatpass://page/%68ome",
        "beatpass://page/ho%00me",
        "beatpass://user@page/home",
        "beatpass://page:80/home",
        "beatpass://pages/home",
        "beatpass://open/home",
        "beatpass://page/trac\N{KELVIN SIGN}s",
        "beatpass://page/activity\N{COMBINING ACUTE ACCENT}",
        "beatpas\N{LATIN SMALL LETTER LONG S}://page/home",
        "beatpass://page/\N{CYRILLIC SMALL LETTER A}lbums",
        "beatpass://page/" + "a" * 100_000,
        "beatpass-desktop://page/home",
        "xbeatpass://page/home",
        "https://open.beatpass.ca/page/home",
        "javascript:beatpass://page/home",
        "file:///etc/passwd",
        "home",
        "--tour=/tmp/x",
    ],
)
def test_that_anything_else_is_refused_in_a_sentence_that_does_not_repeat_it(link: str) -> None:
    with pytest.raises(BadPageLink) as refused:
        page_of(link)
    assert str(refused.value) == (
        "A link must be like beatpass://page/home; this one names no page."
    )


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("beatpass://page/home", True),
        ("BEATPASS:anything", True),
        ("beatpass", False),
        ("beatpass-export:x", False),
        ("./beatpass:x", False),
        ("", False),
    ],
)
def test_that_what_is_meant_as_a_link_is_known(text: str, is_one: bool) -> None:
    assert is_link(text) is is_one
