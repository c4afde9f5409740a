"""Albums read for their page, with what is stored of their tracks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks
from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import albums, documents, growth
from beatpass_desktop.store.catalogue import ALBUMS

WHOLE = frozenset(field.name for field in fields(Album))


def album(number: int, carried: Iterable[str] = WHOLE, **values: Any) -> Decoded[Album]:
    return Decoded(Album(number, **values), frozenset(carried))


def grow(desk: Desk, number: int, now: int | None, before: int | None, at: datetime = DAY) -> None:
    row = TrackGrowth(number, 1.0, now, before)
    carried = frozenset(field.name for field in fields(TrackGrowth))
    desk.write(lambda c: growth.keep(c, desk.account, 1, [number], [Decoded(row, carried)], at))


def test_that_albums_are_read_as_they_were_sent(desk: Desk) -> None:
    assert albums.changed_at(desk.store.reading, desk.account, 1) is None
    whole = album(
        5, name="Été", plays=7, track_ids=(2, 1), release_date="2026-01-02", created_at=DAY
    )
    desk.list([whole, album(6)], table=ALBUMS)
    first, second = albums.rows(desk.store.reading, desk.account, 1)
    assert (first.id, first.name, first.name_key, first.plays) == (5, "Été", "ete", 7)
    assert (first.track_ids, first.track_count, first.created_at) == ((2, 1), 2, DAY)
    assert second[1:] == (6, *[None] * 7)
    assert albums.row(desk.store.reading, desk.account, 1, 5) == first
    assert albums.changed_at(desk.store.reading, desk.account, 1) == DAY


def test_that_albums_that_are_gone_or_another_artist_s_are_not_read(desk: Desk) -> None:
    desk.list([album(5), album(6)], table=ALBUMS)
    desk.list([album(7)], table=ALBUMS, artist=2)
    desk.list([album(6)], table=ALBUMS)
    assert [row.id for row in albums.rows(desk.store.reading, desk.account, 1)] == [6]
    assert albums.row(desk.store.reading, desk.account, 1, 5) is None
    assert albums.row(desk.store.reading, desk.account, 1, 7) is None


def test_that_tracks_are_found_in_the_catalogue(desk: Desk) -> None:
    desk.list([track(1, name="One", plays=3, duration=9), track(2)])
    desk.list([track(3)], artist=2)
    found = albums.catalogue_tracks(desk.store.reading, desk.account, 1, [3, 2, 1, 99])
    assert found == {1: AlbumTrack(1, "One", 3, 9), 2: AlbumTrack(2)}


def test_that_the_tracks_of_a_reply_are_read_back(desk: Desk) -> None:
    key = desk.key(resource=Resource.ALBUM_TRACKS)._replace(params="5")
    assert albums.album_tracks(desk.store.reading, key) is None
    sent = AlbumTracks((AlbumTrack(1, "One", 3, 9), AlbumTrack(2)))
    desk.write(lambda c: documents.merge(c, key, sent, ["tracks"]))
    assert albums.album_tracks(desk.store.reading, key) == list(sent.tracks or ())


def test_that_growth_is_told_when_it_is_known_of_every_track(desk: Desk) -> None:
    desk.list([track(1), track(2), track(3)])
    grow(desk, 1, 30, 10, DAY - timedelta(hours=1))
    assert albums.play_growth(desk.store.reading, desk.account, 1, [1, 2]) is None
    grow(desk, 2, 15, 20)
    found = albums.play_growth(desk.store.reading, desk.account, 1, [1, 2, 2])
    assert found == (45, 30, DAY - timedelta(hours=1))
    assert found.rate == pytest.approx(50.0)
    grow(desk, 2, 15, None)
    assert albums.play_growth(desk.store.reading, desk.account, 1, [1, 2]) is None
    assert albums.play_growth(desk.store.reading, desk.account, 1, []) is None


def test_that_growth_from_nothing_has_no_rate(desk: Desk) -> None:
    desk.list([track(1)])
    grow(desk, 1, 30, 0)
    found = albums.play_growth(desk.store.reading, desk.account, 1, [1])
    assert found is not None
    assert found.rate is None
