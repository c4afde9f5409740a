"""What the global search finds in the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from ledger_rows import entry
from rows import Desk, track

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.search import HitKind
from beatpass_desktop.domain.transactions import TrackRef
from beatpass_desktop.store.catalogue import ALBUMS
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.search import search

AT = datetime(2026, 11, 23, tzinfo=UTC)


def put(desk: Desk, resource: Resource, body: dict[str, Any], artist: int = 1) -> None:
    desk.write(
        lambda c: c.execute(
            "INSERT INTO documents(account, artist, resource, params, body) VALUES(?, ?, ?, '', ?)",
            (desk.account, artist, resource.value, json.dumps(body)),
        )
    )


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    desk.list(
        [
            track(1, name="Nuit blanche", plays=5, artists=(ArtistRef(1, "Ada"),)),
            track(2, name="Nuit", plays=50, artists=(ArtistRef(1, "Ada"), ArtistRef(2, "Émile"))),
            track(3, name="Day", plays=None),
        ]
    )
    fields = frozenset(Album.__dataclass_fields__)
    album = Album(9, "La NUIT", release_date="2026-01-02", created_at=AT)
    desk.list([Decoded(album, fields)], table=ALBUMS)
    people = [{"id": 2, "name": "Émile"}, {"id": 3, "name": None}, {"id": 4, "name": "Nuit Noire"}]
    put(desk, Resource.NETWORK, {"collaborators": people})
    listed = [
        {"id": "1", "name": "Rising Star", "description": "A track in the top 25 %"},
        {"id": "2", "name": "Night Owl", "description": None},
    ]
    put(desk, Resource.PROGRESS, {"achievements": listed})
    return desk


def found(desk: Desk, text: str, limit: int = 6, artist: int = 1) -> list[tuple[HitKind, str]]:
    hits = search(desk.store.reading, desk.account, artist, artist, text, limit)
    return [(hit.kind, hit.title) for hit in hits]


def test_that_every_kind_is_found_kind_by_kind_and_tracks_by_plays(stocked: Desk) -> None:
    assert found(stocked, "nuit") == [
        (HitKind.TRACK, "Nuit"),
        (HitKind.TRACK, "Nuit blanche"),
        (HitKind.ALBUM, "La NUIT"),
        (HitKind.COLLABORATOR, "Nuit Noire"),
    ]
    assert found(stocked, "nuit", limit=1)[:2] == [
        (HitKind.TRACK, "Nuit"),
        (HitKind.ALBUM, "La NUIT"),
    ]


def test_that_every_word_counts_without_case_and_accents(stocked: Desk) -> None:
    assert (HitKind.COLLABORATOR, "Émile") in found(stocked, "EMILE")
    assert found(stocked, "nuit emile") == [(HitKind.TRACK, "Nuit")]
    assert found(stocked, "star TOP") == [(HitKind.ACHIEVEMENT, "Rising Star")]
    assert found(stocked, "%") == [(HitKind.ACHIEVEMENT, "Rising Star")]


@pytest.mark.parametrize("text", ["", "   ", "no such thing", "\0", "' OR 1=1 --"])
def test_that_nothing_is_found_for_nothing(stocked: Desk, text: str) -> None:
    assert found(stocked, text) == []


def test_that_another_artist_s_data_is_not_found(stocked: Desk) -> None:
    assert found(stocked, "nuit", artist=2) == []
    assert search(stocked.store.reading, 0, 1, 1, "nuit", 6) == []


@pytest.mark.parametrize("broken", ["\0", "\ud83d", "\udc00\ud800"])
def test_that_half_a_letter_in_what_is_typed_counts_as_a_gap(stocked: Desk, broken: str) -> None:
    assert found(stocked, f"{broken}nuit{broken}blanche") == [(HitKind.TRACK, "Nuit blanche")]
    assert found(stocked, broken) == []


def test_that_transactions_are_found_newest_first_with_what_they_are_worth(stocked: Desk) -> None:
    stocked.list(
        [
            entry(1, description="Licence: Nuit blanche"),
            entry(2, description=None, track=TrackRef(7, "Nuit"), created_at=AT),
            entry(3, description="Payout"),
        ],
        table=TRANSACTIONS,
    )
    hits = search(stocked.store.reading, stocked.account, 1, 1, "nuit", 6)
    told = [(hit.title, hit.detail, hit.target) for hit in hits if hit.kind is HitKind.TRANSACTION]
    assert told == [("track_sale", "12.50 USD", 2), ("Licence: Nuit blanche", "12.50 USD", 1)]
    kinds = [kind for kind, _ in found(stocked, "12.50")]
    assert kinds == [HitKind.TRANSACTION] * 3
    assert found(stocked, "12.50", limit=1) == [(HitKind.TRANSACTION, "track_sale")]


def test_that_what_has_the_word_in_its_title_comes_first(stocked: Desk) -> None:
    ada = (ArtistRef(1, "Night Ada"),)
    popular = [track(10 + n, name=f"Beat {n}", plays=900 + n, artists=ada) for n in range(8)]
    stocked.list([*popular, track(40, name="Night drive", plays=1, artists=ada)])
    assert found(stocked, "night", limit=3)[:3] == [
        (HitKind.TRACK, "Night drive"),
        (HitKind.TRACK, "Beat 7"),
        (HitKind.TRACK, "Beat 6"),
    ]
