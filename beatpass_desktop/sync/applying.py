"""Taking one reply into the store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.domain.replies import Fetched
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import documents, figures, insights
from beatpass_desktop.sync.identity import remember_from
from beatpass_desktop.sync.sources import Document


def apply(
    connection: apsw.Connection,
    key: ResourceKey,
    source: Document,
    fetched: Fetched[Any],
    at: datetime,
    visit: int | None,
) -> None:
    """Store one reply in one transaction: its fields, its figures, its age."""
    decoded, told = fetched.decoded, source.told_by(key)
    if decoded is not None:
        source.keep(connection, key, decoded, at)
        if told:
            figures.record(connection, key.account, key.artist, source.figures(decoded), at)
        remember_from(connection, key, decoded)
    elif told:
        figures.confirm(connection, key.account, key.artist, told, at)
    if visit is not None:
        figures.continue_visit(connection, visit, at)
    documents.succeeded(connection, key, at, etag=fetched.etag, server_time=fetched.server_time)
    if key.resource in insights.RESOURCES:
        insights.forget_oldest(connection, key.account)
