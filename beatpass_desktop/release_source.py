"""Whom a run asks about releases."""

from __future__ import annotations

import os
from typing import NamedTuple

from beatpass_desktop.domain import links
from beatpass_desktop.options import Options


class Source(NamedTuple):
    """Where releases are told of, and the public key (base64) of whoever signs that."""

    feed: str
    key: str


def release_source(options: Options) -> Source | None:
    """Whom a run asks about releases; None for a run that asks nobody.

    BEATPASS_RELEASE_FEED and BEATPASS_RELEASE_KEY stand for those of `domain.links`.
    """
    feed = os.environ.get("BEATPASS_RELEASE_FEED", links.RELEASE_FEED).strip()
    key = os.environ.get("BEATPASS_RELEASE_KEY", links.RELEASE_KEY).strip()
    is_quiet = options.offline or options.sandbox or options.tour is not None
    return Source(feed, key) if feed and not is_quiet else None
