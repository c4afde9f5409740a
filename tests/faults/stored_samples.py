"""A store with something in every table that is shown, and everything it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import effort  # noqa: F401 - finds the parts of other rooms
from rows import Desk, track

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackSort
from beatpass_desktop.store import accounts, albums, catalogue, documents, figures, rescue, tracks
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ARTIST = 1
_WORDS = ("midnight", "golden", "velvet", "broken", "silent", "electric")
_DOCUMENTS = (Resource.STATS, Resource.ARTIST, Resource.PROFILE)


@dataclass(frozen=True)
class _Reply:
    plays: int
    text: str


def fill(path: Path, rows: int = 150, days: int = 40) -> int:
    """Make the store at `path`; its account."""
    store = Store(path)
    desk = Desk(store)
    who = Identity(7, "Ada", artists=(ArtistRef(ARTIST, "Ada A."),))
    desk.account = desk.write(lambda c: accounts.remember(c, "https://x", who, "token", AT)).account
    desk.list(
        [
            track(
                number,
                name=f"{_WORDS[number % 6]} {number}",
                plays=number * 37,
                bpm=90 + number % 60,
                created_at=AT - timedelta(hours=number),
                genres=("Trap", "Drill")[: 1 + number % 2],
                artists=(ArtistRef(ARTIST, "Ada"), ArtistRef(100 + number % 9, "Guest")),
            )
            for number in range(1, rows + 1)
        ],
        at=AT,
    )
    carried = frozenset({"name", "plays", "track_ids"})
    listed = [
        Decoded(Album(n, f"Tape {n}", plays=n, track_ids=(n,)), carried) for n in range(1, 20)
    ]
    desk.list(listed, table=catalogue.ALBUMS, at=AT)
    for day in range(days):
        at = AT + timedelta(days=day)
        values = {Figure.PLAYS: 1000 + day, Figure.FOLLOWERS: 10 + day, Figure.XP: day}
        desk.write(lambda c, v=values, at=at: figures.record(c, desk.account, ARTIST, v, at))
    for number, resource in enumerate(_DOCUMENTS):
        key = ResourceKey(resource, desk.account, ARTIST)
        body = _Reply(number, "text " * 200)
        desk.write(lambda c, k=key, b=body: documents.merge(c, k, b, ("plays", "text")))
        desk.write(lambda c, k=key: documents.succeeded(c, k, AT))
    desk.write(lambda c: figures.begin_visit(c, desk.account, ARTIST, AT))
    store.close()
    return desk.account


def answers(connection: apsw.Connection, account: int) -> dict[str, Any]:
    """Everything that the screen is given of the store."""
    who = (account, ARTIST)
    every = [row for (row,) in connection.execute("SELECT row FROM tracks").fetchall()]
    return {
        "figures": figures.read(connection, *who),
        "history": kept(connection)["history"],
        "ages": [
            documents.age(connection, ResourceKey(r, *who)) for r in (*_DOCUMENTS, Resource.TRACKS)
        ],
        "documents": [documents.body(connection, ResourceKey(r, *who)) for r in _DOCUMENTS],
        "count": tracks.total(connection, *who),
        "tracks": tracks.rows(connection, every),
        "orders": [
            tracks.order(connection, *who, TrackSort(column), TrackFilter())
            for column in (TrackColumn.NAME, TrackColumn.PLAYS, TrackColumn.CREATED)
        ],
        "found": tracks.order(
            connection, *who, TrackSort(TrackColumn.NAME), TrackFilter(text="velvet")
        ),
        "albums": albums.rows(connection, *who),
        "account": accounts.last_used(connection, "https://x"),
    }


def kept(connection: apsw.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What a rescue takes over, but for the visits of this run."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall()
        for table in rescue.TABLES
        if table in ("accounts", "artists", "history", "downloads", "transactions")
    }
