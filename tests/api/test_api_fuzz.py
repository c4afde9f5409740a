"""Replies bent at random: nothing crashes, and nothing is shown that did not come."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_api_endpoints import PROGRESS, TRACK, page
from test_api_fields import JSON_VALUES

from beatpass_desktop.api import errors
from beatpass_desktop.api.albums import fetch_album_tracks
from beatpass_desktop.api.catalogue import fetch_albums, fetch_tracks
from beatpass_desktop.api.collaboration import (
    fetch_collaborative_tracks,
    fetch_network,
    fetch_opportunities,
)
from beatpass_desktop.api.documents import parse
from beatpass_desktop.api.downloads import fetch_downloads, fetch_downloads_page
from beatpass_desktop.api.earnings import fetch_earnings
from beatpass_desktop.api.finances import fetch_finances, fetch_stripe_status
from beatpass_desktop.api.growth import fetch_growth
from beatpass_desktop.api.headline import fetch_stats
from beatpass_desktop.api.identity import (
    fetch_artist,
    fetch_followers,
    fetch_identity,
    fetch_profile,
)
from beatpass_desktop.api.insights import fetch_chart, fetch_insights
from beatpass_desktop.api.leaderboards import fetch_leaderboard
from beatpass_desktop.api.performance import fetch_performance, fetch_upload_insights
from beatpass_desktop.api.progress import fetch_progress
from beatpass_desktop.api.session import Reply
from beatpass_desktop.api.transactions import fetch_transactions
from beatpass_desktop.api.uploads import fetch_platform_days, fetch_upload_days
from beatpass_desktop.domain.downloads import DownloadPeriod
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import InsightPeriod, InsightQuery, InsightSubject
from beatpass_desktop.domain.leaderboards import ALL_TIME, Category, Ranking
from beatpass_desktop.domain.replies import Decoded, Fetched, Slice

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

ARTIST = {"id": 5, "name": "Ada", "image_small": "i", "verified": True, "genres": ["Trap"]}
STATS = {"total_tracks": 3, "total_plays": 10, "total_contribution": 12.5, "top_track": TRACK}


class Wire:
    """Stands in for a session: every request is answered with `document`, as JSON read back."""

    signed_in = True

    def __init__(self, document: object) -> None:
        self._document = document

    async def get(self, *_: object, **__: object) -> Reply:
        return Reply(200, parse(json.dumps(self._document).encode()))

    post = get


INSIGHT = InsightQuery(InsightSubject.TRACK, 7, InsightPeriod.WEEK)


async def _growth(session: Wire) -> Slice[TrackGrowth]:
    """As a slice, whose rows say what they carried."""
    return Slice(await fetch_growth(session, [7]), 1, None, None, None)  # type: ignore[arg-type]


DOWNLOADS = {
    "period": "30d", "has_more": True,
    "recent": [{"id": 3, "downloaded_at": "2026-01-02T03:04:05Z",
                "user": {"id": 4, "display_name": "U", "avatar": None},
                "track": {"id": 7, "name": "N", "image": "/i.png", "artists": [ARTIST]},
                "license_uuid": "0f8fad5b-d9cb-469f-a165-70867728950e"}],
}  # fmt: skip
Fetch = Callable[[Wire], Awaitable[object]]
ENDPOINTS: dict[str, tuple[object, Fetch]] = {
    "identity": ({"status": "success", "user": {"id": 3, "display_name": "A", "artists": [ARTIST]}},
                 fetch_identity),
    "profile": ({"id": 5, "name": "A", "member_since": "2021-01-01"}, fetch_profile),
    "artist": ({"status": "success", "artist": ARTIST}, lambda s: fetch_artist(s, 5)),
    "followers": (page({"id": 1}, total=7), lambda s: fetch_followers(s, 5)),
    "stats": ({"success": True, "data": STATS}, fetch_stats),
    "downloads": ({**DOWNLOADS, "total_downloads": 9, "unique_users": 4, "this_week": 1,
                   "top_track": {"id": 7, "name": "N", "downloads": 3},
                   "daily": [{"date": "2026-01-02", "count": 1}]},
                  lambda s: fetch_downloads(s, 5, DownloadPeriod.MONTH)),
    "downloads page": (DOWNLOADS, lambda s: fetch_downloads_page(s, 5, DownloadPeriod.MONTH, 2)),
    "upload days": ({"year": 2026, "total": 1, "days": [{"date": "2026-01-02", "count": 1,
                     "tracks": [{"id": 7, "name": "N", "created_at": "2026-01-02T03:04:05Z"}]}]},
                    lambda s: fetch_upload_days(s, 5, 2026)),
    "platform days": ({"year": 2026, "days": [{"date": "2026-01-02", "count": 1}]},
                      lambda s: fetch_platform_days(s, 2026)),
    "earnings": ({"contribution": 42.74, "platform_share": 25.9}, fetch_earnings),
    "tracks": (page(TRACK, TRACK, total=2), lambda s: fetch_tracks(s, 5, 1)),
    "albums": (page({"id": 9, "name": "N", "tracks": [TRACK], "artists": [ARTIST]}),
               lambda s: fetch_albums(s, 5, 1)),
    "album tracks": ({"status": "success", "album": {"id": 9, "tracks": [TRACK]}},
                     lambda s: fetch_album_tracks(s, 9)),
    "progress": (PROGRESS, fetch_progress),
    "stripe status": ({"success": True, "data": {"connected": True, "charges_enabled": False,
                       "country": "FR", "requirements_due": ["tos"]}},
                      lambda s: fetch_stripe_status(s, 5)),
    "finances": ({"success": True, "data": {"artist_id": 5, "currency": "usd", "truncated": True,
                  "balances": [{"currency": "usd", "available": 12.5, "lifetime": "7.10"}]}},
                 lambda s: fetch_finances(s, 5)),
    "transactions": (page({"id": 61, "type": "track_sale", "amount": 1.75, "currency": "usd",
                           "status": "paid", "created_at": "2026-01-02T03:04:05Z"}, total=1),
                     lambda s: fetch_transactions(s, 5, 1)),
    "leaderboard": ({"category": "plays", "period": "all-time", "total_producers": 58,
                     "entries": [{"rank": 1, "artist": ARTIST, "score": 99.5, "metadata": {}}],
                     "me": {"rank": 14, "score": 3}},
                    lambda s: fetch_leaderboard(s, Ranking(Category.PLAYS, ALL_TIME), 5)),
    "growth": ({"growth": [{"track_id": 7, "growth_rate": -4.5, "plays_this_period": 9}]},
               lambda s: _growth(s)),
    "network": ({"total_collaborators": 1, "collaborators": [{**ARTIST, "following": True}]},
                fetch_network),
    "opportunities": ({"recommendations": [{"artist": ARTIST, "match_score": 90,
                                            "common_genres": ["Trap"]}]}, fetch_opportunities),
    "collaborative tracks": ([{"track_id": 7, "primary_artist": "A", "collaborators": [ARTIST, "B"],
                               "plays": 3}], lambda s: fetch_collaborative_tracks(s, 5)),
    "performance": ([{"track_id": 7, "plays": 3, "upload_date": "2026-01-02"}], fetch_performance),
    "uploads": ({"total_uploads": 3, "best_performing_month": {"month": "2026-01"}},
                fetch_upload_insights),
    "insights": ({"plays": {"total": 3, "period": 1}, "listeners": {"total": 2, "unique": 1},
                  "engagement": {"likes": 1, "reposts": 0}, "growth": {"plays_change": 1.5}},
                 lambda s: fetch_insights(s, INSIGHT)),
    "chart": ({"labels": ["2026-01-02", "2026-01-03"], "plays": [1, 2]},
              lambda s: fetch_chart(s, INSIGHT)),
}  # type: ignore[dict-item]  # fmt: skip


def _places(document: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The paths of all members of a document."""
    members: list[tuple[object, object]] = []
    if isinstance(document, dict):
        members = list(document.items())
    elif isinstance(document, list):
        members = list(enumerate(document))
    found = []
    for key, member in members:
        found.append((*path, key))
        found += _places(member, (*path, key))
    return found


@st.composite
def bent(draw: st.DrawFn) -> tuple[str, object]:
    """An endpoint and its golden document with up to four members replaced or taken out."""
    name = draw(st.sampled_from(sorted(ENDPOINTS)))
    document = copy.deepcopy(ENDPOINTS[name][0])
    for _ in range(draw(st.integers(1, 4))):
        places = _places(document)
        if not places:
            break
        path = draw(st.sampled_from(places))
        parent = document
        for key in path[:-1]:
            parent = parent[key]  # type: ignore[index]
        if draw(st.booleans()):
            parent[path[-1]] = draw(JSON_VALUES)  # type: ignore[index]
        else:
            del parent[path[-1]]  # type: ignore[attr-defined]
    return name, document


def _check(decoded: Decoded[object], sent: str) -> None:
    value = decoded.value
    names = set(type(value).__annotations__)
    assert decoded.carried <= names
    for name in names - decoded.carried:
        assert getattr(value, name) is None
    for name in decoded.carried:
        carried = getattr(value, name)
        if isinstance(carried, bool) or carried is None:
            continue
        if isinstance(carried, int):
            assert abs(carried) < 2**63
            assert str(carried) in sent or f"{carried:.1e}"[:3] in sent
        if isinstance(carried, str):
            carried.encode()
            assert "\0" not in carried


@settings(max_examples=400, deadline=None, database=None)
@given(case=bent())
def test_that_a_bent_reply_is_refused_or_read_for_what_it_carries(
    case: tuple[str, object],
) -> None:
    name, document = case
    sent = json.dumps(document)
    try:
        result = asyncio.run(ENDPOINTS[name][1](Wire(document)))  # type: ignore[arg-type]
    except errors.ApiError:
        return
    if isinstance(result, Slice):
        for row in result.rows:
            _check(row, sent)
            number = row.value.track_id if name == "growth" else row.value.id
            assert number > 0
    else:
        assert isinstance(result, Fetched)
        assert result.decoded is not None
        assert result.decoded.carried
        _check(result.decoded, sent)


@settings(max_examples=150, deadline=None, database=None)
@given(name=st.sampled_from(sorted(ENDPOINTS)), document=JSON_VALUES)
def test_that_any_json_is_refused_or_read(name: str, document: object) -> None:
    with suppress(errors.ApiError):
        asyncio.run(ENDPOINTS[name][1](Wire(document)))  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None, database=None)
@given(body=st.binary(max_size=60))
def test_that_any_bytes_are_refused_or_parsed(body: bytes) -> None:
    with suppress(errors.Undecodable):
        parse(body)


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_that_the_golden_documents_are_read(name: str) -> None:
    document, fetch = ENDPOINTS[name]
    result = asyncio.run(fetch(Wire(document)))  # type: ignore[arg-type]
    assert isinstance(result, Slice) or (isinstance(result, Fetched) and result.decoded)
