"""Links that lead into the app: `beatpass://page/albums` opens the page Albums.

Anybody may put such a link on a web page, so that it names a page and nothing else.
"""

from __future__ import annotations

import re

from beatpass_desktop.domain.resources import Page

SCHEME = "beatpass"
_LINK = re.compile(rf"{SCHEME}://page/([a-z]+)/?", re.ASCII | re.IGNORECASE)


class BadPageLink(ValueError):
    """A link that names no page; the text is a sentence for people, without the link."""


def is_link(text: str) -> bool:
    """Whether `text` is meant as a link into the app, be it a good one or not."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def page_link(page: Page) -> str:
    """The link to a page."""
    return f"{SCHEME}://page/{page.value}"


def page_of(link: str) -> Page:
    """The page that a link names; case and a slash at its end do not matter. Raises BadPageLink."""
    found = _LINK.fullmatch(link)
    name = found[1].lower() if found else ""
    if name not in set(Page):
        raise BadPageLink(f"A link must be like {page_link(Page.HOME)}; this one names no page.")
    return Page(name)
