"""Growth beside the catalogue, months, ranks, collaborations, and the documents of insights."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from rows import DAY, EVERYTHING, Desk, track

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import AlbumRef
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    CollaborativeTracks,
    Collaborator,
    CommonTrack,
    Credit,
    Network,
    Opportunities,
    Opportunity,
)
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import Chart, Insights
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.performance import BestMonth, MonthPlays, UploadInsights
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import (
    collaboration,
    documents,
    growth,
    insights,
    performance,
    track_details,
)

LATER = DAY + timedelta(hours=3)
ALL = frozenset({"track_id", "growth_rate", "plays_this_period", "plays_previous_period"})


def keep(desk: Desk, *rows: Decoded[TrackGrowth], asked: tuple[int, ...], artist: int = 1) -> None:
    desk.write(lambda c: growth.keep(c, desk.account, artist, asked, rows, LATER))


def put(desk: Desk, key: ResourceKey, value: object, carried: set[str]) -> None:
    def job(connection: object) -> None:
        documents.merge(connection, key, value, carried)  # type: ignore[arg-type]
        documents.succeeded(connection, key, DAY)  # type: ignore[arg-type]

    desk.write(job)


def test_that_growth_is_kept_where_it_came_and_stays_where_it_did_not(desk: Desk) -> None:
    desk.list([track(n) for n in (1, 2, 3)])
    keep(
        desk,
        Decoded(TrackGrowth(1, 5.5, 10, 9), ALL),
        Decoded(TrackGrowth(2, -1.0, 8, 8), ALL),
        asked=(1, 2),
    )
    keep(desk, Decoded(TrackGrowth(1, None, 11), ALL - {"growth_rate"}), asked=(1, 2))
    assert desk.column("growth") == {1: 5.5, 2: -1.0, 3: None}
    assert desk.column("plays_period") == {1: 11, 2: 8, 3: None}
    assert desk.column("plays_previous") == {1: None, 2: 8, 3: None}


def test_that_a_renewed_catalogue_keeps_the_growth(desk: Desk) -> None:
    desk.list([track(1, name="Dawn"), track(2)])
    keep(desk, Decoded(TrackGrowth(1, 5.5, 10, 9), ALL), asked=(1,))
    desk.list([track(1, name="Dusk"), track(3)])
    assert desk.column("name") == {1: "Dusk", 3: None}
    assert desk.column("growth") == {1: 5.5, 3: None}
    desk.list([track(1, name="Dusk"), track(2)])
    assert desk.column("growth") == {1: 5.5, 2: None}


def test_that_growth_of_one_artist_is_not_that_of_another(desk: Desk) -> None:
    desk.list([track(1)])
    desk.list([track(1)], artist=2)
    keep(desk, Decoded(TrackGrowth(1, 5.5), ALL), asked=(1,))
    assert desk.column("growth", artist=2) == {1: None}


def test_that_the_oldest_growth_comes_first(desk: Desk) -> None:
    desk.list([track(n) for n in (1, 2, 3, 4)])
    keep(desk, asked=(2, 4))
    desk.write(lambda c: growth.keep(c, desk.account, 1, (1,), (), DAY))
    read = desk.store.reading
    assert growth.oldest(read, desk.account, 1, 3) == [(3, None), (1, DAY), (2, LATER)]
    assert growth.ages(read, desk.account, 1, [4, 3, 99]) == {4: LATER, 3: None}


def test_that_months_add_up_as_they_do_in_python(desk: Desk) -> None:
    rng = random.Random(4)
    rows, plays, counts = [], defaultdict(list), defaultdict(int)
    for number in range(1, 400):
        created = datetime(1999, 12, 31, 22, tzinfo=UTC) + timedelta(hours=rng.randrange(300_000))
        if number % 17 == 0:
            rows.append(track(number, plays=5))
            continue
        played = rng.choice([None, rng.randrange(10_000)])
        rows.append(track(number, plays=played, created_at=created))
        counts[f"{created:%Y-%m}"] += 1
        plays[f"{created:%Y-%m}"] += [] if played is None else [played]
    desk.list(rows)
    assert performance.months(desk.store.reading, desk.account, 1) == [
        MonthPlays(month, sum(plays[month]) if plays[month] else None, counts[month])
        for month in sorted(counts)
    ]
    assert performance.months(desk.store.reading, desk.account, 2) == []


def test_that_the_most_played_tracks_are_ranked_with_their_growth(desk: Desk) -> None:
    desk.list([track(n, plays=n % 5 or None, name=f"T{n}") for n in range(1, 12)])
    keep(desk, Decoded(TrackGrowth(9, 2.0), ALL), asked=(9,))
    ranked = performance.most_played(desk.store.reading, desk.account, 1, 3)
    assert [(one.plays, one.growth) for one in ranked] == [(4, 2.0), (4, None), (3, None)]


def test_that_a_document_comes_back_as_it_went_in(desk: Desk) -> None:
    people = (Collaborator(9, "Bob", None, True, 4, False), Collaborator(10))
    network, found = Network(2, None, people), (Opportunity(ArtistRef(8, "Eve"), 3, 91, ("Trap",)),)
    uploads = UploadInsights(12, best_performing_month=BestMonth("2026-05", 90), permitted=True)
    keys = {one: desk.key(resource=one) for one in Resource}
    put(desk, keys[Resource.NETWORK], network, {"total_collaborators", "collaborators"})
    put(desk, keys[Resource.OPPORTUNITIES], Opportunities(found), {"recommendations"})
    put(desk, keys[Resource.UPLOAD_INSIGHTS], uploads, set(UploadInsights.__dataclass_fields__))
    put(desk, keys[Resource.INSIGHTS], Insights(plays=3, plays_change=1.5), {"plays"})
    put(desk, keys[Resource.CHART], Chart((("2026-11-01", 4),)), {"points"})
    read = desk.store.reading
    assert collaboration.network(read, keys[Resource.NETWORK]) == network
    assert collaboration.opportunities(read, keys[Resource.OPPORTUNITIES]) == list(found)
    assert performance.upload_insights(read, keys[Resource.UPLOAD_INSIGHTS]) == uploads
    assert insights.insights(read, keys[Resource.INSIGHTS]) == Insights(plays=3)
    assert insights.points(read, keys[Resource.CHART]) == [("2026-11-01", 4)]


def test_that_nothing_stored_is_nothing_known(desk: Desk) -> None:
    read, key = desk.store.reading, desk.key(resource=Resource.NETWORK)
    assert collaboration.network(read, key) is None
    assert collaboration.opportunities(read, key) is None
    assert performance.upload_insights(read, key) is None
    assert insights.insights(read, key) is None
    assert insights.points(read, key) == []
    assert track_details.read(read, desk.account, 1, 5) is None


def test_that_following_is_noted_with_the_collaborator_alone(desk: Desk) -> None:
    key = desk.key(resource=Resource.NETWORK)
    people = (Collaborator(9, "Bob", following=False), Collaborator(10))
    put(desk, key, Network(2, 5, people), set(Network.__dataclass_fields__))
    changed = desk.write(lambda c: collaboration.set_following(c, desk.account, 9, following=True))
    assert changed == [key]
    assert collaboration.network(desk.store.reading, key) == Network(
        2, 5, (Collaborator(9, "Bob", following=True), Collaborator(10))
    )
    assert (
        desk.write(lambda c: collaboration.set_following(c, desk.account, 77, following=True)) == []
    )


def test_that_common_tracks_are_found_by_id_and_by_name(desk: Desk) -> None:
    key = desk.key(resource=Resource.COLLABORATIVE_TRACKS)
    listed = CollaborativeTracks(
        (
            CollaborativeTrack(
                1, "Dawn", "Zoe", (Credit(9, "Bob"), Credit(name="Ada"), Credit(2, "Zoe")), 5
            ),
            CollaborativeTrack(2, "Dusk", "Ada", (Credit(name="Bob"),), 8),
            CollaborativeTrack(3, "Noon", "Ada", (Credit(10, "Bob"),), 9),
            CollaborativeTrack(4, "Night", "Ada"),
        )
    )
    put(desk, key, listed, {"tracks"})
    found = collaboration.common_tracks(desk.store.reading, key, 9, "Bob")
    assert found == [
        CommonTrack(2, "Dusk", "Ada, Bob", 8),
        CommonTrack(1, "Dawn", "Zoe, Bob, Ada", 5),
    ]


def test_that_the_credits_of_the_catalogue_count_for_common_tracks(desk: Desk) -> None:
    me, bob, other = ArtistRef(1, "Ada"), ArtistRef(9, "B_b %"), ArtistRef(90, "B_b % two")
    desk.list(
        [
            track(1, name="Dawn", artists=(me, bob), plays=3),
            track(2, name="Dusk", artists=(me, other)),
            track(3, name="Noon", artists=(bob, me), plays=7),
            track(4, name="Night", artists=(bob,), plays=9),
        ]
    )
    key = desk.key(resource=Resource.COLLABORATIVE_TRACKS)
    credited = [CommonTrack(3, "Noon", "B_b %, Ada", 7), CommonTrack(1, "Dawn", "Ada, B_b %", 3)]
    for name in ("B_b %", None):
        assert collaboration.common_tracks(desk.store.reading, key, 9, name) == credited
    listed = (CollaborativeTrack(3, "x"), CollaborativeTrack(8, "Eve", "Bo", (Credit(9),), 5))
    put(desk, key, CollaborativeTracks(listed), {"tracks"})
    credited.insert(1, CommonTrack(8, "Eve", "Bo", 5))
    assert collaboration.common_tracks(desk.store.reading, key, 9, "B_b %") == credited


def test_that_the_oldest_insights_are_forgotten_and_nothing_else(desk: Desk) -> None:
    def fill(connection: object) -> None:
        for number in range(8):
            resource = Resource.INSIGHTS if number % 2 else Resource.CHART
            key = desk.key(resource=resource)._replace(params=f"tracks/{number}/7-days")
            at = DAY + timedelta(minutes=number)
            documents.failed(connection, key, at, Attempt.FAILED, "no")  # type: ignore[arg-type]
        documents.succeeded(connection, desk.key(resource=Resource.NETWORK), DAY)  # type: ignore[arg-type]
        insights.forget_oldest(connection, desk.account, 3)  # type: ignore[arg-type]

    desk.write(fill)
    left = desk.store.reading.execute("SELECT params FROM documents ORDER BY params").fetchall()
    assert left == [("",), ("tracks/5/7-days",), ("tracks/6/7-days",), ("tracks/7/7-days",)]


@pytest.mark.parametrize("told", [True, False])
def test_that_the_details_of_a_track_are_what_its_reply_said(desk: Desk, told: bool) -> None:
    row = track(
        5, name="Dawn", created_at=DAY, price=Money(Decimal("29.90"), "USD"),
        tags=("a",), genres=(), artists=(ArtistRef(1, "Ada", None, True),), album=AlbumRef(3, "N"),
        plays=2**40, bpm=140, licensing_type="standard",
    )  # fmt: skip
    desk.list([row, track(6, carried=EVERYTHING - {"tags"})])
    if told:
        keep(desk, Decoded(TrackGrowth(5, 1.5, 3, 2), ALL), asked=(5,))
    found = track_details.read(desk.store.reading, desk.account, 1, 5)
    assert found is not None
    assert found.track == row.value
    assert found.growth == (TrackGrowth(5, 1.5, 3, 2) if told else None)
