"""Who has signed in here, and which artists they manage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import apsw

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.store.times import to_ms


class Account(NamedTuple):
    """One account.

    `own_artist` is whom endpoints without an artist id describe (0: not known). `token_created` is
    the local day its token was made, as its owner said; None when nobody did.
    """

    account: int
    origin: str
    name: str | None
    avatar: str | None
    own_artist: int
    current_artist: int
    user_id: int = 0
    token_created: str | None = None


_COLUMNS = "account, origin, name, avatar, own_artist, current_artist, user_id, token_created"


def get(connection: apsw.Connection, account: int) -> Account | None:
    """The account with this number."""
    return _one(connection, "account = ?", (account,))


def last_used(connection: apsw.Connection, origin: str) -> Account | None:
    """The account last used with a base URL (or sandbox profile)."""
    return _one(connection, "origin = ? ORDER BY used_at DESC LIMIT 1", (origin,))


def of_origin(connection: apsw.Connection, origin: str) -> list[Account]:
    """Every account of a base URL, in the order in which they first signed in."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM accounts WHERE origin = ? ORDER BY account", (origin,)
    )
    return [Account(*row) for row in rows]


def keychain_name(connection: apsw.Connection, origin: str, user_id: int) -> str:
    """The name that an account's token is kept under: two stores never share one."""
    store_id = connection.execute("SELECT value FROM meta WHERE name = 'id'").get
    return f"{store_id}/{user_id}@{origin}"


def of_token(connection: apsw.Connection, origin: str, token: str) -> Account | None:
    """The account that this token belonged to when it was last accepted."""
    mark = token_mark(connection, token)
    return _one(connection, "origin = ? AND token_mark = ?", (origin, mark))


def token_mark(connection: apsw.Connection, token: str) -> bytes:
    """A salted HMAC that recognises a token and cannot be turned back into it."""
    from hashlib import sha256
    from hmac import digest

    salt = connection.execute("SELECT value FROM meta WHERE name = 'salt'").get
    return digest(salt, token.encode("utf-8", "surrogatepass"), sha256)


def remember(
    connection: apsw.Connection, origin: str, identity: Identity, token: str, at: datetime
) -> Account:
    """Store who the token's owner is and return the account. Names that did not come stay."""
    account = connection.execute(
        """INSERT INTO accounts(origin, user_id, name, avatar, token_mark, used_at)
           VALUES(?, ?, ?, ?, ?, ?)
           ON CONFLICT(origin, user_id) DO UPDATE SET
               name = coalesce(excluded.name, name), avatar = coalesce(excluded.avatar, avatar),
               token_mark = excluded.token_mark, used_at = excluded.used_at
           RETURNING account""",
        (
            origin,
            identity.user_id,
            identity.display_name,
            identity.avatar,
            token_mark(connection, token),
            to_ms(at),
        ),
    ).get
    if identity.artists is not None:
        connection.execute("UPDATE artists SET managed = 0 WHERE account = ?", (account,))
        for artist in identity.artists:
            remember_artist(connection, account, artist, managed=True)
        _keep_current_valid(connection, account, [artist.id for artist in identity.artists])
    found = get(connection, account)
    assert found is not None
    return found


def remember_artist(
    connection: apsw.Connection, account: int, artist: ArtistRef, *, managed: bool
) -> None:
    """Store what is known of an artist; fields that are None leave what was known."""
    connection.execute(
        """INSERT INTO artists(account, artist, name, image, verified, role, managed)
           VALUES(?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT(account, artist) DO UPDATE SET
               name = coalesce(excluded.name, name), image = coalesce(excluded.image, image),
               verified = coalesce(excluded.verified, verified),
               role = coalesce(excluded.role, role), managed = max(excluded.managed, managed)""",
        (
            account,
            artist.id,
            artist.name,
            artist.image,
            None if artist.verified is None else int(artist.verified),
            artist.role,
            int(managed),
        ),
    )


def set_token_created(connection: apsw.Connection, account: int, day: str | None) -> None:
    """Note the day (ISO, local) on which the account's token was made; None: not known."""
    connection.execute("UPDATE accounts SET token_created = ? WHERE account = ?", (day, account))


def use(connection: apsw.Connection, account: int, at: datetime) -> None:
    """Make the account the one last used."""
    connection.execute("UPDATE accounts SET used_at = ? WHERE account = ?", (to_ms(at), account))


def remove(connection: apsw.Connection, account: int) -> None:
    """Delete an account with everything stored of it.

    Its traces stay in the file until `Store.erase_traces`; the store remembers that it has some.
    """
    owned = connection.execute(
        """SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
           WHERE s.type = 'table' AND c.name = 'account' AND s.name <> 'accounts'"""
    ).fetchall()
    for (table,) in owned:
        connection.execute(f'DELETE FROM "{table}" WHERE account = ?', (account,))
    connection.execute("DELETE FROM accounts WHERE account = ?", (account,))
    connection.execute("INSERT OR REPLACE INTO meta(name, value) VALUES('traces', 1)")


def set_own_artist(connection: apsw.Connection, account: int, artist: int) -> None:
    """Note whom endpoints without an artist id describe; it becomes current when none was."""
    connection.execute(
        """UPDATE accounts SET own_artist = ?,
               current_artist = CASE WHEN current_artist = 0 THEN ? ELSE current_artist END
           WHERE account = ?""",
        (artist, artist, account),
    )


def set_current_artist(connection: apsw.Connection, account: int, artist: int) -> None:
    """Make an artist the current one of the account."""
    connection.execute(
        "UPDATE accounts SET current_artist = ? WHERE account = ?", (artist, account)
    )


def managed_artists(connection: apsw.Connection, account: int) -> list[ArtistRef]:
    """The artists that the account manages, by name."""
    return list(_artists(connection, "account = ? AND managed = 1 ORDER BY name", (account,)))


def artist(connection: apsw.Connection, account: int, artist_id: int) -> ArtistRef | None:
    """What is stored of one artist."""
    return next(
        iter(_artists(connection, "account = ? AND artist = ?", (account, artist_id))), None
    )


def _artists(
    connection: apsw.Connection, where: str, bindings: tuple[int, ...]
) -> Iterable[ArtistRef]:
    for number, name, image, verified, role in connection.execute(
        f"SELECT artist, name, image, verified, role FROM artists WHERE {where}", bindings
    ):
        yield ArtistRef(number, name, image, None if verified is None else bool(verified), role)


def _keep_current_valid(connection: apsw.Connection, account: int, artists: list[int]) -> None:
    current = connection.execute(
        "SELECT current_artist FROM accounts WHERE account = ?", (account,)
    ).get
    if artists and current not in artists:
        set_current_artist(connection, account, artists[0])


def _one(
    connection: apsw.Connection, where: str, bindings: tuple[int | str | bytes, ...]
) -> Account | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM accounts WHERE {where}", bindings).fetchone()
    return None if row is None else Account(*row)
