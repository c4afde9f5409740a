"""Which entries of the keychain hold tokens whose owners have signed out.

They are forgotten as soon as the keychain lets go of them, which may be in a later run; until then
nobody is signed in with them. Kept in the store, because a name tells whose the token is.
"""

from __future__ import annotations

from collections.abc import Iterable

import apsw

_MARK = "ended-token/"


def add(connection: apsw.Connection, names: Iterable[str]) -> None:
    """From now on these entries are to be forgotten."""
    connection.executemany(
        "INSERT OR REPLACE INTO meta(name, value) VALUES(?, 1)", [(_MARK + n,) for n in names]
    )


def remove(connection: apsw.Connection, names: Iterable[str]) -> None:
    """These are forgotten, or hold tokens that serve again."""
    connection.executemany("DELETE FROM meta WHERE name = ?", [(_MARK + n,) for n in names])


def names(connection: apsw.Connection) -> set[str]:
    """The entries that are still to be forgotten."""
    found = connection.execute("SELECT name FROM meta WHERE name GLOB ?", (_MARK + "*",))
    return {str(name).removeprefix(_MARK) for (name,) in found}
