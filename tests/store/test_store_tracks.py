"""The catalogue table's queries, compared with the same done in Python."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows import DAY, Desk, track

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import AlbumRef, Track
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.domain.text import folded
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackSort
from beatpass_desktop.store import schema, tracks
from beatpass_desktop.store.store import Store

_WORDS = st.sampled_from(
    ["Rêves", "reves", "STRASSE", "straße", "100%", "a_b", "aXb", "a\\b", "夜", "شب", "🎹", "𝕭eat"]
)
_NAMES = st.lists(_WORDS, max_size=3).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8
)
_NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(0, 3)
_CREDITS = st.builds(ArtistRef, st.integers(1, 9), _WORDS)
_TRACKS = st.builds(
    Track,
    id=st.integers(1, 2**63 - 1),
    name=st.none() | _NAMES,
    created_at=st.none()
    | st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)).map(
        lambda t: t.replace(microsecond=t.microsecond // 1000 * 1000)
    ),
    duration=st.none() | _NUMBERS,
    price=st.none()
    | st.builds(
        Money, st.decimals(-1000, 1000, places=3), st.sampled_from(["CAD", "JPY", "XXX"])
    ),
    bpm=st.none() | st.integers(60, 63),
    key=st.none() | st.sampled_from(["A", "F#", ""]),
    scale=st.none() | st.sampled_from(["minor", "major"]),
    plays=st.none() | _NUMBERS,
    licensing_type=st.none() | st.sampled_from(["standard", "exclusive_only"]),
    description=st.none() | st.just("text"),
    tags=st.none() | st.lists(_WORDS, max_size=2).map(tuple),
    genres=st.none() | st.lists(_WORDS, max_size=2).map(tuple),
    artists=st.none() | st.lists(_CREDITS, max_size=2).map(tuple),
    album=st.none() | st.builds(AlbumRef, st.integers(1, 9), st.none() | _WORDS),
)  # fmt: skip
_SIGNS = "%_\\*?[] ab"
_SEARCHES = st.just("") | st.lists(_WORDS | st.sampled_from(_SIGNS), max_size=3).map(" ".join)


def _text_key(text: str | None) -> bytes | None:
    return (folded(text).strip() or None if text else None) and folded(text or "").strip().encode()


def _joined(names: tuple[str | None, ...] | None) -> str | None:
    return None if names is None else ", ".join(name for name in names if name)


def _artists(row: Track) -> str | None:
    return None if row.artists is None else _joined(tuple(a.name for a in row.artists))


_VALUE: dict[TrackColumn, Callable[[Track], Any]] = {
    TrackColumn.NAME: lambda t: _text_key(t.name),
    TrackColumn.ARTISTS: lambda t: _text_key(_artists(t)),
    TrackColumn.PLAYS: lambda t: t.plays,
    TrackColumn.GROWTH: lambda t: None,
    TrackColumn.CREATED: lambda t: t.created_at,
    TrackColumn.DURATION: lambda t: t.duration,
    TrackColumn.BPM: lambda t: t.bpm,
    TrackColumn.KEY: lambda t: f"{t.key} {t.scale or ''}" if t.key else None,
    TrackColumn.GENRES: lambda t: _text_key(_joined(t.genres)),
    TrackColumn.PRICE: lambda t: float(t.price.amount) if t.price else None,
    TrackColumn.LICENCE: lambda t: t.licensing_type,
    TrackColumn.COMPLETENESS: lambda t: sum(bool(getattr(t, f)) for f in METADATA_FIELDS),
}


_FILTERS = st.builds(
    TrackFilter,
    text=_SEARCHES,
    genres=st.frozensets(_WORDS, max_size=2),
    licences=st.frozensets(st.sampled_from(["standard", "exclusive_only", "other"]), max_size=2),
    since=st.none() | st.just(datetime(2000, 1, 1, tzinfo=UTC)),
    until=st.none() | st.just(datetime(2020, 1, 1, tzinfo=UTC)),
    together=st.none() | st.booleans(),
    incomplete=st.booleans(),
)


def _passes(row: Track, wanted: TrackFilter) -> bool:
    """The filters besides the text; what is not known passes none that asks for it."""
    at = row.created_at
    return all(
        (
            not wanted.genres or wanted.genres & set(row.genres or ()),
            not wanted.licences or row.licensing_type in wanted.licences,
            wanted.since is None or (at is not None and at >= wanted.since),
            wanted.until is None or (at is not None and at < wanted.until),
            wanted.together is None
            or (row.artists is not None and (len(row.artists) > 1) is wanted.together),
            not wanted.incomplete
            or sum(bool(getattr(row, field)) for field in METADATA_FIELDS) < len(METADATA_FIELDS),
        )
    )


def _expected(rows: dict[int, Track], sort: TrackSort, wanted: TrackFilter) -> list[int]:
    """Row numbers as the table must show them: unknown last, ties by row number."""
    words = folded(wanted.text).split()

    def matches(row: Track) -> bool:
        if not _passes(row, wanted):
            return False
        album = row.album.name if row.album else None
        parts = (row.name, _artists(row), album, _joined(row.genres), _joined(row.tags))
        searched = "\n".join(folded(part).strip() for part in parts if part)
        return all(word in searched for word in words)

    value = _VALUE[sort.column]
    hits = [number for number in rows if matches(rows[number])]
    known = [number for number in hits if value(rows[number]) is not None]
    unknown = [number for number in hits if value(rows[number]) is None]
    known.sort(key=lambda n: (value(rows[n]), n), reverse=sort.descending)
    return known + sorted(unknown, reverse=sort.descending)


def _listed(desk: Desk, rows: list[Track]) -> dict[int, Track]:
    everything = frozenset(Track.__dataclass_fields__)
    desk.list([Decoded(row, everything) for row in rows])
    by_id = {row.id: row for row in rows}
    return {number: by_id[track_id] for track_id, number in desk.column("row").items()}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(_TRACKS, max_size=25, unique_by=lambda t: t.id),
    wanted=_FILTERS,
    limit=st.integers(1, 8),
    rare=st.sampled_from([0, 3, 2_000]),
)
def test_that_order_and_first_equal_the_same_done_in_python(
    desk: Desk, rows: list[Track], wanted: TrackFilter, limit: int, rare: int
) -> None:
    stored = _listed(desk, rows)
    reading = desk.store.reading
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracks, "_RARE", rare)
        for column in TrackColumn:
            for descending in (False, True):
                sort = TrackSort(column, descending)
                expected = _expected(stored, sort, wanted)
                order = tracks.order(reading, desk.account, 1, sort, wanted)
                assert order.tolist() == expected, sort
                first, complete = tracks.first(reading, desk.account, 1, sort, wanted, limit)
                assert first.tolist() == expected[: len(first)], sort
                assert len(first) == len(expected) if complete else len(first) == limit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("reves", {1, 2}),
        ("RÊVES", {1, 2}),
        ("de reves", {2}),
        ("reves  de", {2}),
        ("100%", {3}),
        ("%", {3}),
        ("a_b", {4}),
        ("_", {4}),
        ("\\", {6}),
        ("?", {10}),
        ("*", {10}),
        ("[remix]", {10}),
        ("]*", {10}),
        ("[a-z]eat", set()),
        ("b*t", set()),
        ("b?at", set()),
        ("strasse", {7}),
        ("ada", {8}),
        ("nuit trap", {8}),
        ("tag808 ada", {8}),
        ("beat", {9}),
        ("nowhere", set()),
        ("   ", set(range(1, 11))),
    ],
)
def test_that_every_word_is_looked_for_without_case_and_accents(
    desk: Desk, text: str, found: set[int]
) -> None:
    names = ["Rêves", "REVES de nuit", "100% pure", "a_b", "aXb", "back\\slash", "Straße"]
    rows = [track(number, name=name) for number, name in enumerate(names, 1)]
    eight = track(
        8,
        artists=(ArtistRef(1, "Ädä"), ArtistRef(2)),
        album=AlbumRef(1, "Nuit"),
        genres=("Trap",),
        tags=("tag808",),
    )
    ten = track(10, name="What? [Remix]*")
    desk.list([*rows, eight, track(9, name="𝕭𝖊𝖆𝖙"), ten])
    numbers = desk.column("row")
    wanted = TrackFilter(text)
    order = tracks.order(desk.store.reading, desk.account, 1, TrackSort(), wanted)
    if text == "reves":
        found = {1, 2}
    assert {i for i, number in numbers.items() if number in order} == found


def test_that_fancy_letters_sort_among_the_plain_ones(desk: Desk) -> None:
    names = {1: "beta", 2: "𝕬lpha", 3: "Ｃharlie", 4: "alphb", 5: "ÄLPHC"}
    desk.list([track(number, name=name) for number, name in names.items()])
    ids = {row: number for number, row in desk.column("row").items()}
    order = tracks.order(
        desk.store.reading, desk.account, 1, TrackSort(TrackColumn.NAME, False), TrackFilter()
    )
    assert [ids[row] for row in order] == [2, 4, 5, 1, 3]


@pytest.mark.parametrize(
    "text", ["x " * 5_000, "y" * 100_000, "%_\\" * 40_000, "*?[" * 40_000, "ﷺ" * 5_000]
)
def test_that_a_pasted_novel_is_just_a_search_without_hits(desk: Desk, text: str) -> None:
    desk.list([track(1, name="Name")])
    wanted = TrackFilter(text)
    reading = desk.store.reading
    assert len(tracks.order(reading, desk.account, 1, TrackSort(), wanted)) == 0
    assert tracks.first(reading, desk.account, 1, TrackSort(), wanted, 256)[1]


def test_that_a_table_of_thousands_is_the_same_by_both_ways(desk: Desk) -> None:
    desk.list(
        [
            track(
                number,
                name=f"Beat {number * 7919 % 5000}",
                created_at=DAY + timedelta(minutes=number % 97) if number % 5 else None,
                price=Money(Decimal(number % 13), "CAD"),
            )
            for number in range(1, 3001)
        ]
    )
    reading = desk.store.reading
    for column in (TrackColumn.CREATED, TrackColumn.NAME, TrackColumn.PRICE):
        for text in ("", "beat", "beat 12", "4999"):
            sort, wanted = TrackSort(column), TrackFilter(text)
            order = tracks.order(reading, desk.account, 1, sort, wanted)
            first, complete = tracks.first(reading, desk.account, 1, sort, wanted, 256)
            assert first == order[: len(first)]
            assert complete == (len(first) == len(order))
            assert complete or len(first) == 256
    assert tracks.total(reading, desk.account, 1) == 3000


def test_that_hidden_rows_and_other_artists_are_not_in_the_table(desk: Desk) -> None:
    desk.list([track(1, name="gone"), track(2, name="stays")])
    desk.list([track(9, name="gone stays")], artist=2)
    desk.list([track(2, name="stays")])
    reading = desk.store.reading
    for text in ("", "stays", "gone"):
        order = tracks.order(reading, desk.account, 1, TrackSort(), TrackFilter(text))
        assert order.tolist() == ([] if text == "gone" else [desk.column("row")[2]])
    assert tracks.rows(reading, [12345]) == {}


def test_that_growth_is_sorted_by_and_survives_a_renewed_catalogue(desk: Desk) -> None:
    rows = [track(number, name=str(number)) for number in range(1, 5)]
    desk.list(rows)
    growth = {1: -3.5, 2: None, 3: 40.0, 4: 0.0}
    desk.write(
        lambda c: c.executemany(
            "UPDATE tracks SET growth = ? WHERE id = ?", [(v, k) for k, v in growth.items()]
        )
    )
    desk.list([track(number, name=f"{number} again") for number in range(1, 5)])
    reading = desk.store.reading
    order = tracks.order(
        reading, desk.account, 1, TrackSort(TrackColumn.GROWTH), TrackFilter("again")
    )
    found = tracks.rows(reading, order)
    assert [found[row].growth for row in order] == [40.0, 0.0, -3.5, None]


def test_that_the_filters_offer_what_the_shown_tracks_have(desk: Desk) -> None:
    desk.list(
        [
            track(1, genres=("Trap", "Lo-Fi"), licensing_type="standard"),
            track(2, genres=("Trap",), licensing_type="exclusive_only"),
            track(3, genres=("Trap Soul", 'Say "Yeah"'), licensing_type="standard"),
            track(4),
        ]
    )
    reading = desk.store.reading
    assert tracks.genres(reading, desk.account, 1) == [
        ("Trap", 2), ("Lo-Fi", 1), ('Say "Yeah"', 1), ("Trap Soul", 1),
    ]  # fmt: skip
    assert tracks.licences(reading, desk.account, 1) == [("exclusive_only", 1), ("standard", 2)]
    for name, count in tracks.genres(reading, desk.account, 1):
        wanted = TrackFilter(genres=frozenset({name}))
        assert len(tracks.order(reading, desk.account, 1, TrackSort(), wanted)) == count


def test_that_a_store_of_the_first_version_gets_its_filters(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        patch.setattr(schema, "VERSION", 1)
        old = Desk(Store(path))
        old.account = old.write(
            lambda c: int(
                c.execute(
                    "INSERT INTO accounts(origin, user_id, used_at) VALUES('o', 1, 0)"
                    " RETURNING account"
                ).get
            )
        )
        old.list([track(1, name="Solo", artists=(ArtistRef(1),), genres=("Trap",))])
        old.store.close()
    desk = Desk(Store(path), old.account)
    wanted = TrackFilter("solo", genres=frozenset({"Trap"}), together=False)
    order = tracks.order(desk.store.reading, desk.account, 1, TrackSort(), wanted)
    assert len(order) == 1
    desk.store.close()
