"""Stores of every released version are brought up to date, killed at each step of that first."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
from effort import MEMORY, Effort
from figures import Figure
from kinds import Kind, both

from beatpass_desktop.store import backups, cipher, schema
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.renewing import bring_up_to_date
from beatpass_desktop.store.store import Store


def measure(effort: Effort) -> list[Figure]:
    """Kill at every statement of every migration; with a store of each kind."""
    return [figure for kind in both() for figure in _of_kind(kind)]


def _of_kind(kind: Kind) -> list[Figure]:
    steps = lost = without = 0
    for version in range(1, schema.VERSION):
        for step in range(10_000):
            with TemporaryDirectory(dir=MEMORY) as folder:
                path = Path(folder) / "store.db"
                _older(path, version, kind)
                was_killed = _killed_at(path, step)
                steps += 1
                lost += not _is_whole(path, kind)
                without += not backups.listed(path)
            if not was_killed:
                break
    return [
        Figure(
            f"older {kind.name} stores killed while they are brought up to date: lost or stuck",
            lost,
            f"of {steps:,}",
            must=0,
            aim=0,
            remarks=f"versions 1 to {schema.VERSION - 1}, at each statement",
        ),
        Figure(
            f"the same, {kind.name}: without a backup of what it was",
            without,
            f"of {steps:,}",
            must=0,
            aim=0,
        ),
    ]


def _older(path: Path, version: int, kind: Kind) -> None:
    connection = apsw.Connection(str(path), vfs="unix" if kind.key is None else cipher.VFS)
    if kind.key is not None:
        cipher.apply(connection, kind.key)
    connection.pragma("journal_mode", "wal")
    for step in range(version):
        connection.execute(schema.MIGRATIONS[step])
    connection.execute(
        """INSERT OR REPLACE INTO meta(name, value) VALUES('salt', x'01');
           INSERT INTO accounts(account, origin, user_id, name, used_at)
               VALUES(1, 'https://x', 7, 'Ada', 1);
           INSERT INTO history VALUES(1, 1, 'plays', '2026-01-01', 41, 1);
           INSERT INTO history VALUES(1, 1, 'plays', '2026-01-02', 42, 2);
           INSERT INTO tracks(account, artist, id, name, plays, absent, digest)
               VALUES(1, 1, 5, 'Beat', 9, 0, x'00');"""
    )
    connection.pragma("user_version", version)
    connection.close()


def _killed_at(path: Path, wanted: int) -> bool:
    """Whether the process was killed before its `wanted`th statement, or ended before that."""
    child = os.fork()
    if child == 0:
        seen = [0]

        def count(cursor: apsw.Cursor, sql: str, bindings: object) -> bool:
            if seen[0] == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            seen[0] += 1
            return True

        def watch(connection: apsw.Connection) -> None:
            connection.exec_trace = count

        try:
            apsw.connection_hooks.append(watch)
            bring_up_to_date(path)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _is_whole(path: Path, kind: Kind) -> bool:
    try:
        store = Store(path)
    except StoreError:
        return False
    try:
        history = store.reading.execute("SELECT day, value FROM history ORDER BY day").fetchall()
        tracks = store.reading.execute("SELECT name, plays FROM tracks").fetchall()
        return (
            store.notice == ""
            and store.reading.pragma("user_version") == schema.VERSION
            and store.reading.pragma("integrity_check") == "ok"
            and store.is_encrypted is (kind.key is not None)
            and store.reading.reserve_bytes() == (8 if kind.key is None else 32)
            and history == [("2026-01-01", 41), ("2026-01-02", 42)]
            and tracks == [("Beat", 9)]
        )
    finally:
        store.close()
