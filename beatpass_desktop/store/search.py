"""Looks through everything stored of an artist, a few hits of each kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apsw

from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.domain.text import folded, words
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackSort
from beatpass_desktop.store import tracks, transactions

_MOST_PLAYED = TrackSort(TrackColumn.PLAYS)


def search(
    connection: apsw.Connection, account: int, artist: int, own_artist: int, text: str, limit: int
) -> list[Hit]:
    """At most `limit` hits of each kind that hold every word of `text`, kind by kind.

    Those that hold them in their titles come first, then tracks by plays and transactions by date;
    collaborators and achievements are those of `own_artist`.
    """
    wanted = words(text)
    if not wanted or not account:
        return []
    return [
        *_tracks(connection, account, artist, text, wanted, limit),
        *_albums(connection, account, artist, wanted, limit),
        *_collaborators(connection, account, (artist, own_artist), wanted, limit),
        *_transactions(connection, account, artist, text, limit),
        *_achievements(connection, account, own_artist, wanted, limit),
    ]


def matches(wanted: Sequence[str], *texts: str | None) -> bool:
    """Whether every folded word is in one of the texts."""
    within = "\n".join(folded(text) for text in texts if text)
    return all(word in within for word in wanted)


def titled_first(wanted: Sequence[str], hits: Iterable[Hit]) -> list[Hit]:
    """The hits that hold every folded word in their titles before the others."""
    return sorted(hits, key=lambda hit: not matches(wanted, hit.title))


def _tracks(
    connection: apsw.Connection,
    account: int,
    artist: int,
    text: str,
    wanted: Sequence[str],
    limit: int,
) -> list[Hit]:
    of_all = TrackFilter(text)
    numbers, _ = tracks.first(connection, account, artist, _MOST_PLAYED, of_all, limit)
    hits = titled_first(wanted, _track_hits(connection, numbers[:limit]))
    if len(hits) == limit and not matches(wanted, hits[-1].title):
        # There may be more that have the words in their names, further down by plays.
        named = tracks.named(connection, account, artist, _MOST_PLAYED, text, limit)
        hits = list(dict.fromkeys((*_track_hits(connection, named), *hits)))
    return hits[:limit]


def _track_hits(connection: apsw.Connection, numbers: Sequence[int]) -> list[Hit]:
    found = tracks.rows(connection, numbers)
    return [
        Hit(HitKind.TRACK, row.name or "", row.artists or "", row.id)
        for number in numbers
        if (row := found.get(number)) is not None
    ]


def _albums(
    connection: apsw.Connection, account: int, artist: int, wanted: Sequence[str], limit: int
) -> list[Hit]:
    rows = connection.execute(
        """SELECT id, name, artists, release_date FROM albums
           WHERE account = ? AND artist = ? AND gone_at IS NULL AND name IS NOT NULL
           ORDER BY created_at DESC, row DESC""",
        (account, artist),
    )
    hits = (
        Hit(HitKind.ALBUM, name, (released or "")[:4], album)
        for album, name, artists, released in rows
        if matches(wanted, name, artists)
    )
    return titled_first(wanted, hits)[:limit]


def _collaborators(
    connection: apsw.Connection,
    account: int,
    artists: tuple[int, int],
    wanted: Sequence[str],
    limit: int,
) -> list[Hit]:
    people = {
        one["id"]: one["name"]
        for body in _bodies(connection, account, artists, Resource.NETWORK)
        for one in body.get("collaborators") or ()
        if one.get("name")
    }
    hits = (
        Hit(HitKind.COLLABORATOR, name, "", artist)
        for artist, name in people.items()
        if matches(wanted, name)
    )
    return _some(hits, limit)


def _transactions(
    connection: apsw.Connection, account: int, artist: int, text: str, limit: int
) -> list[Hit]:
    numbers = transactions.newest(connection, account, artist, text, limit)
    return [
        Hit(
            HitKind.TRANSACTION,
            one.description or one.kind or "",
            "" if one.amount is None else str(one.amount),
            one.id,
        )
        for one in (row.transaction for row in transactions.rows(connection, numbers))
    ]


def _achievements(
    connection: apsw.Connection, account: int, artist: int, wanted: Sequence[str], limit: int
) -> list[Hit]:
    hits = (
        Hit(HitKind.ACHIEVEMENT, one["name"], one.get("description") or "", one.get("id"))
        for body in _bodies(connection, account, (artist,), Resource.PROGRESS)
        for one in body.get("achievements") or ()
        if one.get("name") and matches(wanted, one["name"], one.get("description"))
    )
    return titled_first(wanted, hits)[:limit]


def _bodies(
    connection: apsw.Connection, account: int, artists: tuple[int, ...], resource: Resource
) -> Iterator[dict[str, Any]]:
    for artist in dict.fromkeys(artists):
        for (body,) in connection.execute(
            """SELECT body FROM documents
               WHERE account = ? AND artist = ? AND resource = ? AND body IS NOT NULL""",
            (account, artist, resource.value),
        ):
            yield json.loads(body)


def _some(hits: Iterator[Hit], limit: int) -> list[Hit]:
    found: list[Hit] = []
    for hit in hits:
        found.append(hit)
        if len(found) == limit:
            break
    return found
