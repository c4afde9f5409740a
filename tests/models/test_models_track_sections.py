"""The sections of the Tracks page read the store and say when they changed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy
from stage import BROKEN, LISTED, STATS, UNREACHED, Stage

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Track
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
from beatpass_desktop.domain.events import (
    FetchEnded,
    FetchStarted,
    FollowEnded,
    FollowStarted,
    ResourcesChanged,
)
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt, FreshnessState
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import Chart, InsightPeriod, Insights
from beatpass_desktop.domain.performance import MonthPlays, RankedTrack, UploadInsights
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import DataSet, Part, Resource, ResourceKey, Scope
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.store import accounts, documents, growth

SECTIONS = [
    DataSet(Resource.NETWORK, Scope.OWN_ARTIST, timedelta(minutes=15), Part.SECTION),
    DataSet(Resource.OPPORTUNITIES, Scope.OWN_ARTIST, timedelta(hours=24), Part.SECTION),
    DataSet(Resource.COLLABORATIVE_TRACKS, Scope.ARTIST, timedelta(minutes=15), Part.SECTION),
    DataSet(Resource.UPLOAD_INSIGHTS, Scope.OWN_ARTIST, timedelta(minutes=15), Part.SECTION),
    DataSet(Resource.GROWTH, Scope.ARTIST, timedelta(minutes=5), Part.WISH),
    DataSet(Resource.INSIGHTS, Scope.ARTIST, timedelta(minutes=15), Part.WISH),
    DataSet(Resource.CHART, Scope.ARTIST, timedelta(minutes=15), Part.WISH),
]
BY_RESOURCE = {data_set.resource: data_set for data_set in SECTIONS}
BOB = Collaborator(9, "Bob", None, True, 2, False)
MONTH, WEEK = "tracks/5/30-days", "tracks/5/7-days"


def model(stage: Stage, **options: Any) -> TracksModel:
    sets = [STATS, LISTED, *SECTIONS]
    return TracksModel(sets, stage.store, stage.feed, stage.sign_in(), stage.clock, **options)


def key(stage: Stage, resource: Resource, params: str = "", artist: int = 1) -> ResourceKey:
    return stage.key(BY_RESOURCE[resource], artist)._replace(params=params)


def put(stage: Stage, value: Any, resource: Resource, params: str = "") -> None:
    """A whole reply came; the feed tells it."""
    where = key(stage, resource, params)

    def job(connection: Any) -> None:
        documents.merge(connection, where, value, [field.name for field in fields(value)])
        documents.succeeded(connection, where, stage.now)

    stage.write(job)
    stage.feed.tell(ResourcesChanged(frozenset({where})))


def grow(stage: Stage, number: int, rate: float) -> None:
    row = Decoded(TrackGrowth(number, rate, 3, 2), frozenset({"growth_rate"}))
    stage.write(lambda c: growth.keep(c, 1, 1, [number], [row], stage.now))
    stage.feed.tell(ResourcesChanged(frozenset({key(stage, Resource.GROWTH)})))


def test_that_sections_are_built_when_they_are_first_looked_at(stage: Stage) -> None:
    tracks = model(stage)
    assert not {"collaboration", "performance", "details"} & set(vars(tracks))
    assert tracks.collaboration is tracks.collaboration
    assert tracks.performance is tracks.performance
    assert tracks.details is tracks.details


def test_that_an_empty_store_knows_of_no_collaboration(stage: Stage) -> None:
    found = model(stage).collaboration
    assert (found.unique, found.together, found.collaborators) == (None, None, [])
    assert not found.is_known
    assert not found.opportunities_known
    assert found.common_tracks(9) == []


def test_that_listed_credits_count_until_the_network_has_come(stage: Stage) -> None:
    tracks = model(stage)
    stage.record({Figure.COLLABORATORS: 3, Figure.COLLABORATIONS: 4})
    found = tracks.collaboration
    assert (found.unique, found.together, found.is_known) == (3, 4, False)
    spy = QSignalSpy(found.changed)
    put(stage, Network(9, None, (BOB,)), Resource.NETWORK)
    assert (found.unique, found.together, found.is_known) == (9, 4, True)
    assert found.collaborators == [BOB]
    assert spy.count() == 1


def test_that_a_section_that_fails_says_so_without_aging_the_page(stage: Stage) -> None:
    tracks = model(stage)
    stage.fetched(STATS, LISTED)
    put(stage, Network(1, 1, (BOB,)), Resource.NETWORK)
    stage.failed(BY_RESOURCE[Resource.NETWORK], BROKEN)
    stage.failed(BY_RESOURCE[Resource.OPPORTUNITIES], BROKEN)
    where = key(stage, Resource.INSIGHTS, MONTH)
    stage.feed.tell(ResourcesChanged(frozenset({where})))
    assert tracks.freshness.state is FreshnessState.LIVE
    assert tracks.collaboration.collaborators == [BOB]
    assert tracks.collaboration.failure == BROKEN.sentence
    assert tracks.collaboration.opportunities_failure == BROKEN.sentence
    assert not tracks.collaboration.opportunities_known


def test_that_old_sections_and_insights_do_not_make_the_page_old(stage: Stage) -> None:
    tracks = model(stage)
    put(stage, Opportunities(()), Resource.OPPORTUNITIES)
    put(stage, Insights(plays=1), Resource.INSIGHTS, MONTH)
    stage.advance(hours=2)
    stage.fetched(STATS, LISTED)
    assert tracks.freshness.state is FreshnessState.LIVE
    assert tracks.freshness.updated_at == stage.now
    assert tracks.collaboration.opportunities_known


def test_that_recommendations_and_common_tracks_are_read(stage: Stage) -> None:
    found = model(stage).collaboration
    put(stage, Network(1, 1, (BOB,)), Resource.NETWORK)
    put(stage, Opportunities((Opportunity(ArtistRef(8, "Eve"), 3, 91),)), Resource.OPPORTUNITIES)
    listed = CollaborativeTracks((CollaborativeTrack(5, "Dawn", "Ada", (Credit(name="Bob"),), 7),))
    put(stage, listed, Resource.COLLABORATIVE_TRACKS)
    assert found.opportunities == [Opportunity(ArtistRef(8, "Eve"), 3, 91)]
    assert found.common_tracks(9) == [CommonTrack(5, "Dawn", "Ada, Bob", 7)]


def test_that_a_wish_to_follow_is_pending_until_its_end_is_told(stage: Stage) -> None:
    found = model(stage).collaboration
    failed = QSignalSpy(found.follow_failed)
    stage.feed.tell(FollowStarted(9))
    assert found.is_following_pending(9)
    assert not found.is_following_pending(8)
    stage.feed.tell(FollowEnded(9, None))
    assert not found.is_following_pending(9)
    assert failed.count() == 0
    stage.feed.tell(FollowStarted(9))
    stage.feed.tell(FollowEnded(9, UNREACHED))
    assert not found.is_following_pending(9)
    assert failed.at(0) == [9, UNREACHED.sentence]


def test_that_months_and_ranks_follow_the_catalogue(stage: Stage) -> None:
    found = model(stage).performance
    assert (found.months(), found.most_played(), found.upload_insights) == ([], [], None)
    spy = QSignalSpy(found.changed)
    stage.list([Track(5, "Dawn", created_at=stage.now, plays=7), Track(6, created_at=stage.now)])
    assert spy.count() == 1
    assert found.months() == [MonthPlays("2026-11", 7, 2)]
    assert found.most_played() == [RankedTrack(5, "Dawn", 7, None)]
    grow(stage, 6, 1.0)
    assert spy.count() == 1
    grow(stage, 5, 2.5)
    assert spy.count() == 2
    assert found.most_played() == [RankedTrack(5, "Dawn", 7, 2.5)]


def test_that_an_account_that_may_not_upload_has_no_upload_insights(stage: Stage) -> None:
    found = model(stage).performance
    put(stage, UploadInsights(3, permitted=True), Resource.UPLOAD_INSIGHTS)
    assert found.may_upload is True
    assert found.upload_insights == UploadInsights(3, permitted=True)
    put(stage, UploadInsights(3, permitted=False), Resource.UPLOAD_INSIGHTS)
    assert found.may_upload is False
    assert found.upload_insights is None


def test_that_the_growth_of_rows_is_shown_in_the_table(stage: Stage) -> None:
    tracks = model(stage)
    stage.list([Track(5, "Dawn", created_at=stage.now)])
    spy = QSignalSpy(tracks.table.dataChanged)
    grow(stage, 5, 2.5)
    assert spy.count() == 1
    row = tracks.table.at(0)
    assert row is not None
    assert row.growth == 2.5


def test_that_details_are_shown_at_once_and_wished_for_a_moment_later(
    stage: Stage, qtbot: Any
) -> None:
    details = model(stage).details
    stage.list([Track(4, "Dusk"), Track(5, "Dawn", bpm=140)])
    put(stage, Insights(plays=3), Resource.INSIGHTS, MONTH)
    wanted = QSignalSpy(details.wanted)
    details.show(4)
    details.show(5)
    assert details.track is not None
    assert (details.track.name, details.track.bpm) == ("Dawn", 140)
    assert details.insights == Insights(plays=3)
    assert details.freshness.state is FreshnessState.LIVE
    assert wanted.count() == 0
    qtbot.waitUntil(lambda: wanted.count() == 2)
    assert [wanted.at(0), wanted.at(1)] == [[Resource.INSIGHTS, MONTH], [Resource.CHART, MONTH]]
    details.set_period(InsightPeriod.WEEK)
    assert details.insights is None
    qtbot.waitUntil(lambda: wanted.count() == 4)
    assert wanted.at(2) == [Resource.INSIGHTS, WEEK]


def test_that_details_follow_what_comes_for_the_track_in_view(stage: Stage) -> None:
    details = model(stage).details
    stage.list([Track(5, "Dawn")])
    details.show(5)
    spy = QSignalSpy(details.changed)
    put(stage, Insights(plays=9), Resource.INSIGHTS, "tracks/4/30-days")
    assert spy.count() == 0
    put(stage, Insights(plays=3), Resource.INSIGHTS, MONTH)
    put(stage, Chart((("2026-11-01", 4), ("2026-11-02", 6))), Resource.CHART, MONTH)
    assert spy.count() == 2
    assert details.insights == Insights(plays=3)
    assert details.chart == [(date(2026, 11, 1), 4), (date(2026, 11, 2), 6)]
    grow(stage, 5, 2.5)
    assert details.growth == TrackGrowth(5, 2.5)
    stage.list([Track(5, "Dusk")])
    assert details.track is not None
    assert details.track.name == "Dusk"


def test_that_details_say_whether_they_are_renewed_and_why_not(stage: Stage) -> None:
    details = model(stage).details
    stage.list([Track(5, "Dawn")])
    put(stage, Insights(plays=3), Resource.INSIGHTS, MONTH)
    details.show(5)
    where = key(stage, Resource.INSIGHTS, MONTH)
    stage.feed.tell(FetchStarted(where))
    assert details.is_refreshing
    stage.write(lambda c: documents.failed(c, where, stage.now, Attempt.FAILED, BROKEN.sentence))
    stage.feed.tell(ResourcesChanged(frozenset({where})))
    stage.feed.tell(FetchEnded(where, BROKEN))
    assert not details.is_refreshing
    assert details.failure == BROKEN.sentence
    assert details.freshness.state is FreshnessState.STALE
    assert details.insights == Insights(plays=3)


@pytest.mark.parametrize("number", [None, 77])
def test_that_no_track_has_no_details(stage: Stage, number: int | None) -> None:
    details = model(stage, offline=True).details
    stage.list([Track(5, "Dawn")])
    details.show(5)
    details.show(number)
    assert (details.track, details.growth, details.insights, details.chart) == (None,) * 3 + ([],)
    assert details.freshness.state is FreshnessState.NEVER


def test_that_another_artist_shows_nothing_of_the_first(stage: Stage) -> None:
    tracks = model(stage)
    stage.list([Track(5, "Dawn", created_at=stage.now, plays=3)])
    put(stage, Network(1, 1, (BOB,)), Resource.NETWORK)
    put(stage, UploadInsights(3, permitted=True), Resource.UPLOAD_INSIGHTS)
    tracks.details.show(5)
    assert tracks.collaboration.is_known
    assert tracks.performance.months()
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert not tracks.collaboration.is_known
    assert tracks.performance.months() == []
    assert tracks.performance.upload_insights is None
    assert tracks.details.track is None
