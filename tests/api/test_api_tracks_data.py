"""Growth, collaborations, insights, performance and following over real HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fault_server import FaultServer, replies, served, session_at

from beatpass_desktop.api import errors, following
from beatpass_desktop.api.collaboration import (
    fetch_collaborative_tracks,
    fetch_network,
    fetch_opportunities,
)
from beatpass_desktop.api.growth import fetch_growth
from beatpass_desktop.api.insights import fetch_chart, fetch_insights
from beatpass_desktop.api.performance import fetch_performance, fetch_upload_insights
from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    Collaborator,
    Credit,
    Network,
    Opportunity,
)
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import InsightPeriod, InsightQuery, Insights, InsightSubject
from beatpass_desktop.domain.performance import BestMonth, TrackPerformance, UploadInsights
from beatpass_desktop.domain.replies import Fetched, Note

QUERY = InsightQuery(InsightSubject.TRACK, 7, InsightPeriod.QUARTER)
ROW = {"track_id": 7, "growth_rate": -4.5, "plays_this_period": 9, "plays_previous_period": 10}


def value(fetched: Fetched[Any]) -> Any:
    assert fetched.decoded is not None
    return fetched.decoded.value


def carried(fetched: Fetched[Any]) -> frozenset[str]:
    assert fetched.decoded is not None
    return fetched.decoded.carried


def notes(fetched: Fetched[Any]) -> tuple[Note, ...]:
    assert fetched.decoded is not None
    return fetched.decoded.notes


@pytest.mark.parametrize(
    "body",
    [
        {"growth": [ROW]},
        {"success": True, "data": {"growth": [ROW]}},
        {"status": "success", "growth": [ROW]},
        {"success": True, "data": [ROW]},
        [ROW],
        {"growth": [ROW, {**ROW, "track_id": 99}, {"growth_rate": 3}, "junk"]},
    ],
)
async def test_that_growth_is_asked_for_by_ids_and_read_in_every_envelope(body: object) -> None:
    async with served(replies(200, body)) as (server, session):
        rows = await fetch_growth(session, [7, 8])
    assert [row.value for row in rows] == [TrackGrowth(7, -4.5, 9, 10)]
    assert server.seen[0].method == "POST"
    assert server.paths == ["producer-intelligence/tracks/growth-batch"]
    assert json.loads(server.seen[0].body) == {"track_ids": [7, 8]}


async def test_that_a_growth_of_the_wrong_type_is_not_carried() -> None:
    body = {"growth": [{"track_id": 7, "growth_rate": "4.5 %", "plays_this_period": None}]}
    async with served(replies(200, body)) as (_, session):
        (row,) = await fetch_growth(session, [7])
    assert row.value == TrackGrowth(7)
    assert row.carried == {"plays_this_period"} | {"track_id"}


@pytest.mark.parametrize(
    "body", [{}, {"growth": {}}, {"growth": "none"}, {"growth": [{"foo": 1}]}, {"foo": []}]
)
async def test_that_a_growth_reply_without_rows_it_could_mean_is_refused(body: object) -> None:
    async with served(replies(200, body)) as (_, session):
        with pytest.raises(errors.Undecodable):
            await fetch_growth(session, [7])


async def test_that_growth_is_sent_once_whatever_comes_of_it() -> None:
    async with served(replies(500, {"message": "x"}), replies(200, [ROW])) as (server, session):
        with pytest.raises(errors.ServerError):
            await fetch_growth(session, [7])
        assert len(server.seen) == 1


async def test_that_a_post_carries_the_token_nowhere_else() -> None:
    async with FaultServer([replies(200, [ROW])]) as elsewhere:
        location = {"Location": f"{elsewhere.base_url}/x"}
        async with served(replies(307, {}, headers=location)) as (_, session):
            with pytest.raises(errors.Refused):
                await fetch_growth(session, [7])
        assert elsewhere.seen == []


async def test_that_the_network_is_read() -> None:
    body = {
        "total_collaborators": 2, "total_collaborations": 5, "extra": 1,
        "collaborators": [
            {"id": 9, "name": "Bob", "image_small": "i", "verified": True, "track_count": 4,
             "following": False},
            {"id": 10, "following": 1},
            {"name": "nobody"},
        ],
    }  # fmt: skip
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_network(session)
    assert value(fetched) == Network(
        2, 5, (Collaborator(9, "Bob", "i", True, 4, False), Collaborator(10))
    )
    assert [note.where for note in notes(fetched)] == [
        "collaborators[1].following",
        "collaborators[2].id",
    ]


async def test_that_opportunities_are_read() -> None:
    body = {
        "recommendations": [
            {"artist": {"id": 8, "name": "Eve"}, "track_count": 3, "match_score": 91,
             "common_genres": ["Trap", {"name": "Drill"}]},
            {"artist": {"id": 9}, "match_score": 101, "common_genres": None},
            {"match_score": 50},
        ]
    }  # fmt: skip
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_opportunities(session)
    assert value(fetched).recommendations == (
        Opportunity(ArtistRef(8, "Eve"), 3, 91, ("Trap", "Drill")),
        Opportunity(ArtistRef(9)),
    )
    assert Note("recommendations[1].match_score", "score from 0 to 100", "number out of range") in (
        notes(fetched)
    )


async def test_that_no_recommendation_is_an_empty_list() -> None:
    async with served(replies(200, {"recommendations": []})) as (_, session):
        assert value(await fetch_opportunities(session)).recommendations == ()


async def test_that_collaborators_may_be_objects_or_names() -> None:
    rows = [
        {"track_id": 1, "title": "Dawn", "primary_artist": "Ada", "plays": 5,
         "collaborators": [{"id": 9, "name": "Bob", "image_small": "i"}, "Eve", 4, {}]},
        {"track_id": 2, "primary_artist": {"id": 5, "name": "Ada"}, "collaborators": "Bob"},
        {"title": "no id"},
    ]  # fmt: skip
    for body in (rows, {"success": True, "data": rows}, {"pagination": {"data": rows}}):
        if isinstance(body, dict) and "pagination" in body:
            body["status"] = "success"
        async with served(replies(200, body)) as (server, session):
            fetched = await fetch_collaborative_tracks(session, 5)
        assert server.paths == ["artist/5/collaborative-tracks"]
        assert value(fetched).tracks == (
            CollaborativeTrack(1, "Dawn", "Ada", (Credit(9, "Bob", "i"), Credit(name="Eve")), 5),
            CollaborativeTrack(2, None, "Ada"),
        )


async def test_that_track_performance_is_read() -> None:
    row = {
        "track_id": 1, "track_name": "Dawn", "plays": 5, "contribution_value": 1.25,
        "months_since_upload": 3, "upload_date": "2026-08-01", "last_updated": None,
    }  # fmt: skip
    async with served(replies(200, [row])) as (_, session):
        fetched = await fetch_performance(session)
    uploaded = datetime(2026, 8, 1, tzinfo=UTC)
    assert value(fetched).tracks == (TrackPerformance(1, "Dawn", 5, 1.25, 3, uploaded),)


async def test_that_upload_insights_are_read() -> None:
    body = {
        "total_uploads": 12, "uploads_this_month": 2, "average_plays_per_upload": 7.5,
        "best_performing_month": {"month": "2026-05", "total_plays": 90, "track_count": 4},
        "upload_frequency_days": None, "recommended_upload_time": "Friday evening",
    }  # fmt: skip
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_upload_insights(session)
    assert value(fetched) == UploadInsights(
        total_uploads=12,
        uploads_this_month=2,
        average_plays_per_upload=7.5,
        best_performing_month=BestMonth("2026-05", 90, 4),
        recommended_upload_time="Friday evening",
        permitted=True,
    )
    assert "uploads_last_month" not in carried(fetched)


async def test_that_an_account_that_may_not_upload_is_no_failure() -> None:
    async with served(replies(403, {"message": "No upload access."})) as (_, session):
        fetched = await fetch_upload_insights(session)
    assert value(fetched) == UploadInsights(permitted=False)
    assert carried(fetched) == {"permitted"}


async def test_that_insights_are_read_field_by_field() -> None:
    body = {
        "plays": {"total": 100, "period": 10}, "listeners": {"total": "many", "unique": 4},
        "engagement": None, "growth": {"plays_change": -2.5},
    }  # fmt: skip
    async with served(replies(200, body)) as (server, session):
        fetched = await fetch_insights(session, QUERY)
    assert server.paths == ["producer-intelligence/insights/tracks/7?period=90-days"]
    assert value(fetched) == Insights(
        plays=100, plays_in_period=10, unique_listeners=4, plays_change=-2.5
    )
    assert carried(fetched) == {"plays", "plays_in_period", "unique_listeners", "plays_change"}
    assert notes(fetched) == (Note("listeners.total", "whole number", "text"),)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("unauthorized", errors.Unauthorised),
        ("forbidden", errors.Forbidden),
        ("not_found", errors.NotFound),
        ("validation_failed", errors.Invalid),
        ("server_error", errors.ServerError),
    ],
)
async def test_that_an_insight_error_is_known_by_its_code(
    code: str, kind: type[errors.ApiError]
) -> None:
    body = {"success": False, "message": "Sorry.", "error": code}
    async with served(replies(200, body)) as (_, session):
        with pytest.raises(kind):
            await fetch_insights(session, QUERY)


async def test_that_a_chart_is_read_point_by_point() -> None:
    body = {"labels": ["2026-11-01", "junk", "2026-11-03"], "plays": [4, 5, 6]}
    async with served(replies(200, body)) as (server, session):
        fetched = await fetch_chart(session, QUERY)
    assert server.paths == ["producer-intelligence/insights/tracks/7/charts?timeframe=90d"]
    assert value(fetched).points == (("2026-11-01", 4), ("2026-11-03", 6))
    assert notes(fetched) == (Note("plays[1]", "count on a date", "text"),)


@pytest.mark.parametrize(
    "body",
    [
        {"labels": ["2026-11-01"], "plays": [1, 2]},
        {"labels": ["2026-11-01"]},
        {"labels": ["a", "b"], "plays": [1, 2]},
        {"labels": "2026-11-01", "plays": 1},
        {},
    ],
)
async def test_that_a_chart_that_does_not_fit_together_is_refused(body: object) -> None:
    async with served(replies(200, body)) as (_, session):
        with pytest.raises(errors.Undecodable):
            await fetch_chart(session, QUERY)


async def test_that_following_is_done_when_it_was_so_already() -> None:
    routes = {
        "artists/1/follow": replies(200, {"status": "success"}),
        "artists/2/follow": replies(409, {"message": "Already."}),
        "artists/3/follow": replies(404, {"message": "No such artist."}),
        "artists/1/unfollow": replies(204, content_type=None),
        "artists/2/unfollow": replies(404, {"message": "Not following."}),
        "artists/1/follow-status": replies(200, {"following": True}),
        "artists/2/follow-status": replies(200, {"following": "yes"}),
    }
    async with FaultServer(routes=routes) as server, session_at(server.base_url) as session:
        await following.follow(session, 1)
        await following.follow(session, 2)
        with pytest.raises(errors.NotFound):
            await following.follow(session, 3)
        await following.unfollow(session, 1)
        await following.unfollow(session, 2)
        assert await following.is_following(session, 1)
        with pytest.raises(errors.Undecodable):
            await following.is_following(session, 2)
    assert {seen.method for seen in server.seen[:5]} == {"POST"}
