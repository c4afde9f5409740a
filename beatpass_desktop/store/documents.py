"""Replies that are kept whole, and the age of every data set.

The first paint asks for ages alone, so what bodies need is imported where they are read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.domain.freshness import UNSTORED, Age, Attempt
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store.times import from_ms, optional_ms, optional_time, to_ms

_WHERE = "account = ? AND artist = ? AND resource = ? AND params = ?"


def age(connection: apsw.Connection, key: ResourceKey) -> Age:
    """How old the stored data set is and how the last attempt to renew it ended."""
    row = connection.execute(
        f"SELECT fetched_at, attempt, attempted_at, reason FROM documents WHERE {_WHERE}",
        _bindings(key),
    ).fetchone()
    return UNSTORED if row is None else _age(*row)


def ages(connection: apsw.Connection, keys: Collection[ResourceKey]) -> dict[ResourceKey, Age]:
    """The ages of these data sets of one account, as far as they are stored, with one query."""
    account = next((key.account for key in keys), 0)
    names = {key.resource.value for key in keys}
    rows = connection.execute(
        f"""SELECT resource, artist, params, fetched_at, attempt, attempted_at, reason
            FROM documents WHERE account = ? AND resource IN ({", ".join("?" * len(names))})""",
        (account, *names),
    )
    return {
        key: _age(*age)
        for resource, artist, params, *age in rows
        if (key := ResourceKey(resource, account, artist, params)) in keys
    }


def etag(connection: apsw.Connection, key: ResourceKey) -> str | None:
    """The validator of the stored reply, for a conditional request."""
    row = connection.execute(
        f"SELECT etag FROM documents WHERE {_WHERE}", _bindings(key)
    ).fetchone()
    return None if row is None else row[0]


def body(connection: apsw.Connection, key: ResourceKey) -> Mapping[str, Any] | None:
    """The stored fields of a document by their domain names; times are ISO 8601 texts."""
    row = connection.execute(
        f"SELECT body FROM documents WHERE {_WHERE} AND body IS NOT NULL", _bindings(key)
    ).fetchone()
    if row is None:
        return None
    import json

    fields: Mapping[str, Any] = json.loads(row[0])
    return fields


def merge(
    connection: apsw.Connection, key: ResourceKey, value: object, carried: Iterable[str]
) -> None:
    """Replace the fields of a stored document that a reply carried validly; the others stay."""
    import json
    from dataclasses import asdict, is_dataclass

    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError("documents are dataclass values")
    fresh = asdict(value)
    merged = dict(body(connection, key) or {})
    merged.update((name, fresh[name]) for name in sorted(carried))
    text = json.dumps(merged, ensure_ascii=False, default=_plain)
    connection.execute(
        """INSERT INTO documents(account, artist, resource, params, body) VALUES(?, ?, ?, ?, ?)
           ON CONFLICT(account, artist, resource, params) DO UPDATE SET body = excluded.body""",
        (*_bindings(key), text),
    )


def succeeded(
    connection: apsw.Connection,
    key: ResourceKey,
    at: datetime,
    *,
    etag: str | None = None,
    server_time: datetime | None = None,
) -> None:
    """Note that the data set is now as the server has it."""
    connection.execute(
        """INSERT INTO documents(account, artist, resource, params, etag, fetched_at, server_time,
                                 attempt, attempted_at, reason)
           VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, '')
           ON CONFLICT(account, artist, resource, params) DO UPDATE SET
               etag = excluded.etag, fetched_at = excluded.fetched_at,
               server_time = excluded.server_time, attempt = excluded.attempt,
               attempted_at = excluded.attempted_at, reason = ''""",
        (
            *_bindings(key),
            etag,
            to_ms(at),
            optional_ms(server_time),
            Attempt.SUCCEEDED.value,
            to_ms(at),
        ),
    )


def failed(
    connection: apsw.Connection, key: ResourceKey, at: datetime, attempt: Attempt, reason: str
) -> None:
    """Note a failed attempt; what is stored stays."""
    connection.execute(
        """INSERT INTO documents(account, artist, resource, params, attempt, attempted_at, reason)
           VALUES(?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT(account, artist, resource, params) DO UPDATE SET
               attempt = excluded.attempt, attempted_at = excluded.attempted_at,
               reason = excluded.reason""",
        (*_bindings(key), attempt.value, to_ms(at), reason),
    )


def server_time(connection: apsw.Connection, key: ResourceKey) -> datetime | None:
    """The Date header of the stored reply, UTC."""
    row = connection.execute(
        f"SELECT server_time FROM documents WHERE {_WHERE}", _bindings(key)
    ).fetchone()
    return None if row is None or row[0] is None else from_ms(row[0])


def _age(fetched_at: int | None, attempt: str, attempted_at: int | None, reason: str) -> Age:
    return Age(optional_time(fetched_at), Attempt(attempt), optional_time(attempted_at), reason)


def _bindings(key: ResourceKey) -> tuple[int, int, str, str]:
    return key.account, key.artist, key.resource.value, key.params


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
