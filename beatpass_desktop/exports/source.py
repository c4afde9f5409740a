"""Where exported data comes from and how old it is, and stored values as values for files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import apsw

from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import accounts, documents
from beatpass_desktop.store.times import from_ms


def about(connection: apsw.Connection, account: int, artist: int) -> tuple[tuple[str, str], ...]:
    """Who the data is about and from which server it came."""
    owner = accounts.get(connection, account)
    whose = accounts.artist(connection, account, artist)
    return (
        ("Artist", (whose.name if whose else None) or str(artist)),
        ("Account", (owner.name if owner else None) or ""),
        ("Source", owner.origin if owner else ""),
    )


def fetched_at(connection: apsw.Connection, key: ResourceKey) -> datetime | None:
    """When the data set was last fetched, UTC."""
    return documents.age(connection, key).fetched_at


def moment(milliseconds: int | None) -> datetime | None:
    """A stored time; one that no calendar holds is unknown."""
    try:
        return None if milliseconds is None else from_ms(milliseconds)
    except OverflowError:
        return None


def day(text: str | None) -> date | str | None:
    """A stored date; a text that is none stays as it was sent."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def amount(text: str | None) -> Decimal | None:
    """A stored amount in major units, exact."""
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None
