"""How transactions are stored: rows that stay for good, and what changed in them since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import apsw

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.text import folded
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction
from beatpass_desktop.store.catalogue import CatalogueTable, Values
from beatpass_desktop.store.ledger_rows import FIELDS, transaction
from beatpass_desktop.store.times import optional_ms, to_ms

_FITS = 2**62
_DETAILS = frozenset({"status", "split.retry_count", "split.failure_reason"})
"""What changes as an entry goes its way; anything else is a correction."""


def note_changes(
    connection: apsw.Connection, key: ResourceKey, generation: int, at: datetime
) -> None:
    """Write down what a complete walk is about to change in the rows that are stored."""
    names = FIELDS.split(", ")
    old = ", ".join(f"t.{name}" for name in names)
    new = ", ".join(f"i.{name}" for name in names)
    found: list[Any] = connection.execute(
        f"""SELECT t.row, i.absent, {old}, {new}
            FROM incoming_transactions i JOIN transactions t USING(account, artist, id)
            WHERE i.account = ? AND i.artist = ? AND i.generation = ? AND t.digest <> i.digest""",
        (key.account, key.artist, generation),
    ).fetchall()
    changes = [
        (key.account, key.artist, row, to_ms(at), field, before, after)
        for row, absent, *values in found
        for field, before, after in _differences(
            transaction(*values[: len(names)]), transaction(*values[len(names) :]), absent
        )
    ]
    connection.executemany(
        """INSERT INTO transaction_changes(account, artist, row, at, field, before, after)
           VALUES(?, ?, ?, ?, ?, ?, ?)""",
        changes,
    )
    connection.executemany(
        "UPDATE transactions SET corrected = 1 WHERE row = ?",
        {(row,) for _, _, row, _, field, *_ in changes if field not in _DETAILS},
    )


def _differences(
    old: Transaction, new: Transaction, absent: int
) -> Iterator[tuple[str, str | None, str | None]]:
    """The fields in which `new` differs from `old`, but for groups that the reply did not carry."""
    for bit, (group, _) in enumerate(TRANSACTIONS.groups):
        if absent >> bit & 1:
            continue
        before, after = _parts(group, getattr(old, group)), _parts(group, getattr(new, group))
        for field in {**before, **after}:
            was, now = before.get(field), after.get(field)
            if was != now:
                yield field, _text(was), _text(now)


def _parts(field: str, value: object) -> dict[str, object]:
    """A value by field name; one that has parts as these."""
    match value:
        case TrackRef():
            return {f"{field}.id": value.id, f"{field}.name": value.name}
        case Split():
            parts = Split.__dataclass_fields__
            return {f"{field}.{part}": getattr(value, part) for part in parts}
        case _:
            return {field: value}


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _values(row: Transaction, carried: frozenset[str]) -> Values:
    amount, track = row.amount, row.track
    return (
        row.kind,
        row.description,
        _key(row.description),
        f"{amount.amount:f}" if amount else None,
        _e4(amount.amount) if amount else None,
        amount.currency if amount else None,
        row.status,
        optional_ms(row.created_at),
        track.id if track else None,
        track.name if track else None,
        _key(track.name) if track else None,
        _json(row.split),
    )


def _e4(amount: Decimal) -> int | None:
    """The amount in ten-thousandths; None when it is not a whole number of them, or too large."""
    numerator, denominator = amount.as_integer_ratio()
    scaled, rest = divmod(numerator * 10_000, denominator)
    return scaled if rest == 0 and abs(scaled) < _FITS else None


def _key(text: str | None) -> str | None:
    return folded(text).strip() or None if text else None


def _json(split: Split | None) -> str | None:
    if split is None:
        return None
    parts: dict[str, Any] = {part: getattr(split, part) for part in Split.__dataclass_fields__}
    return json.dumps(
        {name: _plain(value) for name, value in parts.items() if value is not None},
        ensure_ascii=False,
    )


def _plain(value: object) -> object:
    match value:
        case Money():
            return [f"{value.amount:f}", value.currency]
        case Decimal():
            return f"{value:f}"
        case _:
            return value


TRANSACTIONS: CatalogueTable[Transaction] = CatalogueTable(
    Resource.TRANSACTIONS,
    "transactions",
    (
        ("kind", ("kind",)),
        ("description", ("description", "description_key")),
        ("amount", ("amount", "amount_e4", "currency")),
        ("status", ("status",)),
        ("created_at", ("created_at",)),
        ("track", ("track_id", "track", "track_key")),
        ("split", ("split",)),
    ),
    _values,
    note_changes,
)
