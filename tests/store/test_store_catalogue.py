"""How a complete walk replaces the rows that are shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from rows import DAY, EVERYTHING, Desk, track

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Album, AlbumRef, Track
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import accounts, catalogue, tracks
from beatpass_desktop.store.catalogue import ALBUMS, TRACKS, Shrink

LATER = DAY + timedelta(hours=1)
FULL = Track(
    id=2**63 - 1,
    name="Rêves \u202eعربى 👩‍🎤 " + "x" * 10_000,
    image="https://x/i.png",
    created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    release_date="2026-01-03",
    duration=2**63 - 1,
    price=Money(Decimal("29.990"), "CAD"),
    exclusive_price=Money(Decimal("1999"), "JPY"),
    bpm=140,
    key="F#",
    scale="minor",
    plays=0,
    licensing_type="standard",
    exclusive_status="open",
    reposts=1,
    likes=2,
    description="Line\nline <b>not bold</b>",
    tags=("dark", "808"),
    genres=("Trap", "Phonk"),
    artists=(ArtistRef(1, "Ada", None, True), ArtistRef(2, "Bob")),
    album=AlbumRef(5, "Nuit"),
)


def _stored(desk: Desk, *, artist: int = 1) -> list[tuple[object, ...]]:
    return list(
        desk.store.reading.execute(
            "SELECT * FROM tracks WHERE account = ? AND artist = ? ORDER BY id",
            (desk.account, artist),
        )
    )


def test_that_every_field_of_a_track_is_stored(desk: Desk) -> None:
    desk.list([Decoded(FULL, EVERYTHING)])
    number = desk.column("row")[FULL.id]
    row = tracks.rows(desk.store.reading, [number])[number]
    assert (row.id, row.name, row.duration, row.created_at) == (
        FULL.id,
        FULL.name,
        FULL.duration,
        FULL.created_at,
    )
    assert (row.price, row.currency, row.completeness) == ("29.990", "CAD", 5)
    assert (row.artists, row.album) == ("Ada, Bob", "Nuit")
    assert (row.genres, row.tags) == ("Trap, Phonk", "dark, 808")
    assert (row.key, row.scale, row.bpm, row.plays) == ("F#", "minor", 140, 0)
    stored = {name: desk.column(name)[FULL.id] for name in ("likes", "reposts", "release_date")}
    assert stored == {"likes": 2, "reposts": 1, "release_date": "2026-01-03"}
    assert desk.column("exclusive_price, exclusive_currency"[:15])[FULL.id] == "1999"
    assert json.loads(desk.column("artists_json")[FULL.id])[1] == {
        "id": 2,
        "name": "Bob",
        "image": None,
        "verified": None,
    }


def test_that_a_track_with_nothing_but_an_id_is_stored_as_unknown(desk: Desk) -> None:
    desk.list([track(1)])
    number = desk.column("row")[1]
    row = tracks.rows(desk.store.reading, [number])[number]
    values = {row.name, row.artists, row.plays, row.created_at, row.price, row.key, row.genres}
    assert values == {None}
    assert row.completeness == 0


def test_that_a_row_keeps_the_columns_a_reply_did_not_carry(desk: Desk) -> None:
    desk.list([Decoded(FULL, EVERYTHING)])
    before = _stored(desk)[0]
    part = Track(FULL.id, name="New name", plays=7, price=None)
    desk.list([Decoded(part, frozenset({"id", "name", "plays", "price"}))], at=LATER)
    assert desk.column("name")[FULL.id] == "New name"
    assert desk.column("plays")[FULL.id] == 7
    assert desk.column("price")[FULL.id] is None
    assert desk.column("currency")[FULL.id] is None
    changed = sum(old != new for old, new in zip(before, _stored(desk)[0], strict=True))
    # name, its key, the search text, plays, price, its key and currency, absent, digest
    assert changed == 9
    assert desk.column("completeness")[FULL.id] == 5


def test_that_fields_a_reply_did_not_carry_are_still_found_and_sorted_by(desk: Desk) -> None:
    desk.list([Decoded(FULL, EVERYTHING)])
    part = Track(FULL.id, name="Other", key="A")
    desk.list([Decoded(part, frozenset({"id", "name", "key"}))])
    assert desk.column("search")[FULL.id] == "other\nada, bob\nnuit\ntrap, phonk\ndark, 808"
    assert desk.column("key_key")[FULL.id] == "A minor"


def test_that_unchanged_rows_are_not_written_and_leave_the_time_of_change(desk: Desk) -> None:
    rows = [track(1, name="a"), track(2, name="b")]
    desk.list(rows)
    before = desk.write(lambda c: c.total_changes())
    assert tracks.changed_at(desk.store.reading, desk.account, 1) == DAY
    assert desk.list(rows, at=LATER) == 2
    assert tracks.changed_at(desk.store.reading, desk.account, 1) == DAY
    # two rows put aside, two taken away, and the catalogue's own row twice
    assert desk.write(lambda c: c.total_changes()) - before == 6
    desk.list([track(1, name="a"), track(2, name="B!")], at=LATER)
    assert tracks.changed_at(desk.store.reading, desk.account, 1) == LATER


def test_that_an_empty_catalogue_counts_as_listed(desk: Desk) -> None:
    assert tracks.changed_at(desk.store.reading, desk.account, 1) is None
    assert desk.list([]) == 0
    assert tracks.changed_at(desk.store.reading, desk.account, 1) == DAY
    assert tracks.total(desk.store.reading, desk.account, 1) == 0


def test_that_a_row_that_is_gone_is_hidden_and_comes_back_whole(desk: Desk) -> None:
    desk.list([track(1, name="a", plays=5), track(2, name="b")])
    number = desk.column("row")[1]
    assert desk.list([track(2, name="b")], at=LATER) == 1
    assert desk.column("name") == {2: "b"}
    assert tracks.changed_at(desk.store.reading, desk.account, 1) == LATER
    reading = desk.store.reading
    assert reading.execute("SELECT plays FROM tracks WHERE id = 1").get == 5
    assert desk.list([track(1, name="a", plays=5), track(2, name="b")], at=LATER) == 2
    assert desk.column("row")[1] == number
    assert desk.column("plays")[1] == 5


def test_that_rows_stay_when_what_is_missing_is_not_known(desk: Desk) -> None:
    desk.list([track(1), track(2)])
    assert desk.list([track(2), track(3)], hide_missing=False) == 3


@pytest.mark.parametrize(
    ("stored", "listed", "held"),
    [
        (20, 16, False),
        (20, 15, True),
        (19, 0, False),
        (100, 80, False),
        (100, 79, True),
        (25, 20, False),
    ],
)
def test_that_a_list_that_shrank_by_more_than_a_fifth_is_noticed(
    desk: Desk, stored: int, listed: int, held: bool
) -> None:
    desk.list([track(n) for n in range(1, stored + 1)])

    def shrink(rows: range) -> Shrink | None:
        def job(c):  # type: ignore[no-untyped-def]
            generation = catalogue.begin(c, TRACKS, desk.key())
            catalogue.stage(c, TRACKS, desk.key(), generation, [track(n) for n in rows])
            return catalogue.shrink(c, TRACKS, desk.key(), generation)

        return desk.write(job)

    assert shrink(range(1, listed + 1)) == (Shrink(stored, listed) if held else None)
    # as many, but other ones
    others = range(stored - listed + 1_000, stored + 1_000)
    expected = Shrink(stored, 0) if stored >= 20 else None
    assert shrink(others) == expected


def test_that_a_held_back_list_waits_and_a_new_walk_forgets_it(desk: Desk) -> None:
    key = desk.key()
    desk.list([track(n) for n in range(1, 31)])

    def hold(c):  # type: ignore[no-untyped-def]
        generation = catalogue.begin(c, TRACKS, key)
        catalogue.stage(c, TRACKS, key, generation, [track(1)])
        catalogue.hold_back(c, key, generation)
        return generation

    generation = desk.write(hold)
    assert catalogue.held_back(desk.store.reading, key) == generation
    assert len(desk.column("row")) == 30
    following = desk.write(lambda c: catalogue.begin(c, TRACKS, key))
    assert following == generation + 1
    assert catalogue.held_back(desk.store.reading, key) is None
    assert desk.write(lambda c: catalogue.staged(c, TRACKS, key, generation)) == 0
    held = desk.write(hold)
    assert desk.write(lambda c: catalogue.replace(c, TRACKS, key, held, LATER)) == 1
    assert catalogue.held_back(desk.store.reading, key) is None
    assert catalogue.held_back(desk.store.reading, desk.key(artist=9)) is None


def test_that_pages_put_aside_are_not_shown_and_count_once(desk: Desk) -> None:
    key = desk.key()
    desk.list([track(1)])
    generation = desk.write(lambda c: catalogue.begin(c, TRACKS, key))
    for rows in ([track(5), track(6)], [track(6), track(7)]):
        desk.write(lambda c, r=rows: catalogue.stage(c, TRACKS, key, generation, r))
    assert desk.write(lambda c: catalogue.staged(c, TRACKS, key, generation)) == 3
    assert list(desk.column("row")) == [1]
    assert catalogue.shown(desk.store.reading, TRACKS, key) == 1
    assert catalogue.shown(desk.store.reading, TRACKS, desk.key(artist=9)) == 0


def test_that_artists_and_accounts_do_not_mix(desk: Desk) -> None:
    other = Desk(desk.store)
    other.account = desk.write(
        lambda c: accounts.remember(c, "https://x", Identity(8), "other", DAY)
    ).account
    desk.list([track(1, name="mine")], artist=1)
    desk.list([track(1, name="second")], artist=2)
    other.list([track(1, name="theirs"), track(2)], artist=1)
    desk.list([track(3, name="new")], artist=1)
    assert desk.column("name", artist=1) == {3: "new"}
    assert desk.column("name", artist=2) == {1: "second"}
    assert other.column("name", artist=1) == {1: "theirs", 2: None}
    whom = [(desk.account, 1), (desk.account, 2), (other.account, 1), (other.account, 2)]
    totals = [tracks.total(desk.store.reading, *who) for who in whom]
    assert totals == [1, 1, 2, 0]


def test_that_albums_are_kept_like_tracks(desk: Desk) -> None:
    carried = frozenset({"id", "name", "plays", "track_ids", "artists"})
    album = Album(3, "Élan", plays=9, track_ids=(1, 2**63 - 1), artists=(ArtistRef(1, "Ada"),))
    desk.list([Decoded(album, carried)], table=ALBUMS)
    desk.list([Decoded(Album(3, "Élan"), frozenset({"id", "name"}))], table=ALBUMS)
    columns = {
        name: desk.column(name, table="albums")[3]
        for name in ("name", "name_key", "plays", "track_ids", "artists")
    }
    assert columns == {
        "name": "Élan",
        "name_key": "elan",
        "plays": 9,
        "track_ids": f"[1, {2**63 - 1}]",
        "artists": "Ada",
    }
    assert catalogue.shown(desk.store.reading, ALBUMS, desk.key(resource=Resource.ALBUMS)) == 1


def test_that_collaborators_are_counted_once_and_without_the_artist(desk: Desk) -> None:
    me, ada, bob = ArtistRef(1, "Me"), ArtistRef(2, "Ada"), ArtistRef(2**63 - 1, "Bob")
    desk.list(
        [
            track(1, artists=(me, ada)),
            track(2, artists=(me, ada, bob)),
            track(3, artists=(me,)),
            track(4, artists=None),
            track(5, artists=()),
        ]
    )
    assert catalogue.collaboration(desk.store.reading, desk.key()) == (2, 2)


def test_that_collaborations_are_unknown_when_no_track_names_its_artists(desk: Desk) -> None:
    desk.list([track(1), track(2)])
    assert catalogue.collaboration(desk.store.reading, desk.key()) is None


@pytest.mark.parametrize("artists", [(), (ArtistRef(1, "Me"),)])
def test_that_there_are_no_collaborators_when_the_named_artists_are_none_or_oneself(
    desk: Desk, artists: tuple[ArtistRef, ...]
) -> None:
    desk.list([track(1, artists=artists)])
    assert catalogue.collaboration(desk.store.reading, desk.key()) == (0, 0)
