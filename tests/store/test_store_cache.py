"""Clearing the cache forgets what BeatPass still has, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Age
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import accounts, cache, catalogue, documents, figures, tracks
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fill(connection: apsw.Connection, user: int) -> int:
    """An account with a catalogue, a document, a figure, a history and a visit."""
    identity = Identity(user, f"User {user}", artists=(ArtistRef(7, "Ada"),))
    account = accounts.remember(connection, "https://a.example", identity, f"t{user}", AT).account
    accounts.set_own_artist(connection, account, 7)
    figures.record(connection, account, 7, {Figure.PLAYS: 12}, AT)
    figures.begin_visit(connection, account, 7, AT)
    key = ResourceKey(Resource.TRACKS, account, 7)
    rows = [Decoded(Track(n, f"Beat {n}"), frozenset({"name"})) for n in range(1, 6)]
    generation = catalogue.begin(connection, catalogue.TRACKS, key)
    catalogue.stage(connection, catalogue.TRACKS, key, generation, rows)
    catalogue.replace(connection, catalogue.TRACKS, key, generation, AT)
    catalogue.stage(connection, catalogue.TRACKS, key, generation + 1, rows)
    documents.succeeded(connection, key, AT, etag='"e"')
    documents.succeeded(connection, ResourceKey(Resource.CHART, account, 7, "tracks/1/7-days"), AT)
    return account


def rows_of(connection: apsw.Connection, account: int) -> dict[str, list[tuple[Any, ...]]]:
    """Everything stored of an account, by table."""
    tables = (*cache.CACHED, *cache.KEPT)
    return {
        table: connection.execute(f"SELECT * FROM {table} WHERE account = ?", (account,)).fetchall()
        for table in tables
    }


def test_that_every_table_of_an_account_is_said_to_go_or_to_stay(path: Path) -> None:
    store = Store(path)
    found = store.reading.execute(
        """SELECT s.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
           WHERE s.type = 'table' AND c.name = 'account'"""
    ).fetchall()
    store.close()
    assert sorted(name for (name,) in found) == sorted((*cache.CACHED, *cache.KEPT))


def test_that_what_was_fetched_goes_and_what_is_only_here_stays(path: Path) -> None:
    store = Store(path)
    account = store.write(lambda c: fill(c, 1)).result(10)
    other = store.write(lambda c: fill(c, 2)).result(10)
    before, others = rows_of(store.reading, account), rows_of(store.reading, other)
    gone = store.write(lambda c: cache.clear(c, account)).result(10)
    after = rows_of(store.reading, account)
    tracks_key = ResourceKey(Resource.TRACKS, account, 7)
    assert gone == {tracks_key, ResourceKey(Resource.CHART, account, 7, "tracks/1/7-days")}
    assert all(after[table] == [] for table in cache.CACHED)
    assert {table: after[table] for table in cache.KEPT} == {
        table: before[table] for table in cache.KEPT
    }
    empty = {table for table, rows in before.items() if not rows}
    assert empty == {
        "albums", "incoming_albums", "downloads",
        "transactions", "transaction_changes", "incoming_transactions",
    }  # fmt: skip
    assert rows_of(store.reading, other) == others
    assert documents.age(store.reading, tracks_key) == Age()
    assert documents.etag(store.reading, tracks_key) is None
    assert tracks.total(store.reading, account, 7) == 0
    history = figures.history(store.reading, account, 7, Figure.PLAYS)
    assert history == [("2026-11-23", 12)]
    visit = figures.visit_before(store.reading, account, 7, AT + timedelta(days=1))
    assert visit is not None
    assert visit.figures == {Figure.PLAYS: 12}
    store.close()


def test_that_used_bytes_shrink_although_the_file_does_not(path: Path) -> None:
    store = Store(path)
    account = store.write(lambda c: fill(c, 1)).result(10)

    def grow(connection: apsw.Connection) -> None:
        key = ResourceKey(Resource.STATS, account, 7)
        documents.succeeded(connection, key, AT)
        connection.execute("UPDATE documents SET body = ?", ("x" * 200_000,))

    store.write(grow).result(10)
    before = cache.used_bytes(store.reading)
    store.write(lambda c: cache.clear(c, account)).result(10)
    assert cache.used_bytes(store.reading) < before - 300_000
    store.close()
