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
from beatpass_desktop.store.times import optional_ms, optional_time, to_ms

_FITS = 2**62
_DETAILS = frozenset({"status", "split.retry_count", "split.failure_reason"})
"""What changes as an entry goes its way; anything else is a correction."""

FIELDS = "id, kind, description, amount, currency, status, created_at, track_id, track, split"
"""The columns that `transaction` reads."""


def transaction(
    number: int,
    kind: str | None,
    description: str | None,
    amount: str | None,
    currency: str | None,
    status: str | None,
    created_at: int | None,
    track_id: int | None,
    track: str | None,
    split: str | None,
) -> Transaction:
    """The transaction that stands in `FIELDS`."""
    return Transaction(
        number,
        kind,
        description,
        money(amount, currency),
        status,
        optional_time(created_at),
        None if track_id is None and track is None else TrackRef(track_id, track),
        None if split is None else _split(json.loads(split)),
    )


def money(amount: str | None, currency: str | None) -> Money | None:
    """A stored amount."""
    return None if amount is None or currency is None else Money(Decimal(amount), currency)


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


def _split(stored: dict[str, Any]) -> Split:
    return Split(
        id=stored.get("id"),
        billing_period=stored.get("billing_period"),
        original_amount=money(*stored.get("original_amount", (None, None))),
        redistribution_bonus=money(*stored.get("redistribution_bonus", (None, None))),
        share_percentage=_decimal(stored.get("share_percentage")),
        contribution_value=_decimal(stored.get("contribution_value")),
        failure_reason=stored.get("failure_reason"),
        retry_count=stored.get("retry_count"),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


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
