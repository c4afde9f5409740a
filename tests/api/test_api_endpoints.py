"""Each endpoint over real HTTP: what is asked, and what comes of the answers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fault_server import replies, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.catalogue import fetch_albums, fetch_tracks
from beatpass_desktop.api.downloads import fetch_downloads
from beatpass_desktop.api.headline import fetch_stats
from beatpass_desktop.api.identity import (
    fetch_artist,
    fetch_followers,
    fetch_identity,
    fetch_profile,
)
from beatpass_desktop.api.progress import fetch_progress
from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Album, AlbumRef, Track
from beatpass_desktop.domain.downloads import DownloadPeriod
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.profiles import ArtistPage
from beatpass_desktop.domain.replies import Note
from beatpass_desktop.domain.stats import DashboardStats, TopTrack

TRACK = {
    "id": 7, "name": "Dawn", "model_type": "track", "image": "https://img/7.jpg",
    "created_at": "2026-01-02T03:04:05Z", "duration": 184000, "price": 29.99, "currency": "USD",
    "bpm": 140, "key": "F#", "scale": "minor", "plays": 1200, "licensing_type": "standard",
    "exclusive_status": None, "exclusive_price": "499.00", "reposts_count": 3, "likes_count": 44,
    "description": None, "tags": [{"id": 1, "name": "dark"}], "genres": ["Trap"],
    "artists": [{"id": 5, "name": "Ada", "image_small": "https://img/5.jpg"}],
    "album": {"id": 9, "name": "Night"}, "release_date": "2026-01-03",
}  # fmt: skip
MINIMAL = {key: TRACK[key] for key in ("id", "name", "image", "model_type", "artists", "album")}


def page(*rows: object, **numbers: int) -> dict[str, object]:
    return {"status": "success", "pagination": {"data": list(rows), **numbers}}


async def test_that_the_identity_names_user_and_artists() -> None:
    user = {"id": 3, "display_name": "Ada", "avatar": None, "email": "ignored",
            "artists": [{"id": 5, "name": "Ada", "image_small": "i", "verified": True,
                         "role": "owner"}, {"name": "no id"}]}  # fmt: skip
    async with served(replies(200, {"status": "success", "user": user})) as (server, session):
        fetched = await fetch_identity(session)
    assert server.paths == ["users/me?with=artists"]
    assert fetched.decoded is not None
    assert fetched.decoded.value == Identity(
        3, "Ada", None, (ArtistRef(5, "Ada", "i", verified=True, role="owner"),)
    )
    assert fetched.decoded.carried == {"user_id", "display_name", "avatar", "artists"}
    assert fetched.decoded.notes == (Note("artists[1].id", "id", "nothing"),)


async def test_that_an_identity_without_artists_leaves_them_unknown() -> None:
    async with served(replies(200, {"id": 3, "display_name": "Ada"})) as (_, session):
        fetched = await fetch_identity(session)
    assert fetched.decoded is not None
    assert fetched.decoded.value.artists is None
    assert fetched.decoded.carried == {"user_id", "display_name"}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"status": "success", "user": {"display_name": "Ada"}}, errors.Undecodable),
        ({"status": "success", "user": {"id": "3", "display_name": "Ada"}}, errors.Undecodable),
        ({"status": "success", "user": {"id": 0, "display_name": "Ada"}}, errors.Undecodable),
        ({"status": "success", "user": []}, errors.Undecodable),
        ([], errors.Undecodable),
        ({"status": "success", "user": None}, errors.Unauthorised),
        ({"status": "success", "user": {"id": 3, "name": "x", "image": "y", "model_type": "user"}},
         errors.Unauthorised),
    ],
)  # fmt: skip
async def test_that_an_identity_that_is_none_signs_nobody_in(
    document: object, kind: type[errors.ApiError]
) -> None:
    async with served(replies(200, document)) as (_, session):
        with pytest.raises(kind) as caught:
            await fetch_identity(session)
    assert type(caught.value) is kind


async def test_that_the_profile_is_read() -> None:
    body = {"id": 5, "name": "Ada", "upload_access": True, "total_tracks": 180, "bio": None,
            "total_plays": 2**40, "member_since": "2021-02-03 04:05:06", "website": 5}  # fmt: skip
    async with served(replies(200, body, headers={"ETag": '"p"'})) as (server, session):
        fetched = await fetch_profile(session)
    assert server.paths == ["artist/profile"]
    assert fetched.etag == '"p"'
    assert fetched.decoded is not None
    profile = fetched.decoded.value
    assert profile.member_since == datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (profile.id, profile.total_plays, profile.website) == (5, 2**40, None)
    assert "bio" in fetched.decoded.carried
    assert "website" not in fetched.decoded.carried
    assert fetched.decoded.notes == (Note("website", "text", "number"),)


@pytest.mark.parametrize("body", [{}, {"foo": 1}, {"total_tracks": "many"}, {"data": {"id": 1}}])
async def test_that_an_object_without_a_known_field_is_not_taken(body: object) -> None:
    async with served(replies(200, body)) as (_, session):
        for fetch in (fetch_profile, fetch_stats, fetch_progress):
            with pytest.raises(errors.Undecodable, match="no known field"):
                await fetch(session)
        with pytest.raises(errors.Undecodable, match="no known field"):
            await fetch_downloads(session, 5, DownloadPeriod.ALL)


async def test_that_an_unchanged_reply_is_told_as_such() -> None:
    async with served(replies(304, content_type=None)) as (server, session):
        fetched = [
            await fetch_profile(session, etag='"e"'),
            await fetch_stats(session, etag='"e"'),
            await fetch_progress(session, etag='"e"'),
            await fetch_artist(session, 5, etag='"e"'),
            await fetch_followers(session, 5, etag='"e"'),
            await fetch_downloads(session, 5, DownloadPeriod.ALL, etag='"e"'),
        ]
    assert all(reply.decoded is None and reply.etag == '"e"' for reply in fetched)
    assert {seen.headers["if-none-match"] for seen in server.seen} == {'"e"'}


async def test_that_the_artist_asked_for_is_read() -> None:
    artist = {"id": 5, "name": "Ada", "image_small": "i", "verified": False,
              "genres": [{"id": 1, "name": "Trap"}]}  # fmt: skip
    async with served(replies(200, {"status": "success", "artist": artist})) as (server, session):
        fetched = await fetch_artist(session, 5)
    assert server.paths == ["artists/5?with=genres%2Calbums"]
    assert fetched.decoded is not None
    assert fetched.decoded.value == ArtistPage(5, "Ada", "i", verified=False, genres=("Trap",))
    assert fetched.decoded.carried == {"id", "name", "image", "verified", "genres"}


@pytest.mark.parametrize(
    ("artist", "kind"),
    [({"id": 6, "name": "Eve"}, errors.Refused), ({"name": "Eve"}, errors.Undecodable)],
)
async def test_that_another_artist_is_refused(artist: object, kind: type[errors.ApiError]) -> None:
    async with served(replies(200, {"status": "success", "artist": artist})) as (_, session):
        with pytest.raises(kind):
            await fetch_artist(session, 5)


async def test_that_the_followers_are_the_total_of_the_page() -> None:
    async with served(replies(200, page({"id": 1}, total=4321, per_page=1))) as (server, session):
        fetched = await fetch_followers(session, 5)
    assert server.paths == ["artists/5/followers?perPage=1"]
    assert fetched.decoded is not None
    assert fetched.decoded.value.total == 4321
    assert fetched.decoded.carried == {"total"}


async def test_that_followers_without_a_total_are_not_counted_otherwise() -> None:
    async with served(replies(200, page({"id": 1}, {"id": 2}))) as (_, session):
        with pytest.raises(errors.Undecodable):
            await fetch_followers(session, 5)


async def test_that_the_stats_are_read() -> None:
    body = {"total_tracks": 3, "total_plays": 10, "total_contribution": 12.5, "recent_uploads": 1,
            "play_growth_percentage": -4, "average_plays_per_track": 3.33,
            "tracks_with_plays": None,
            "top_track": {"id": 7, "name": "Dawn", "plays": 6, "contribution_value": 4.5},
    }  # fmt: skip
    async with served(replies(200, {"success": True, "data": body})) as (_, session):
        fetched = await fetch_stats(session)
    assert fetched.decoded is not None
    top = TopTrack(7, "Dawn", 6, 4.5)
    assert fetched.decoded.value == DashboardStats(3, 10, 12.5, 1, -4.0, top, 3.33, None)
    assert fetched.decoded.carried == set(DashboardStats.__dataclass_fields__)


async def test_that_an_empty_top_track_is_not_carried() -> None:
    async with served(replies(200, {"total_plays": 1, "top_track": {}})) as (_, session):
        fetched = await fetch_stats(session)
    assert fetched.decoded is not None
    assert fetched.decoded.carried == {"total_plays"}


async def test_that_a_page_of_tracks_is_read() -> None:
    body = page(TRACK, {"id": 8, "plays": 0}, {"name": "no id"}, "no object", {"id": -1},
                current_page=2, per_page=50, last_page=2, total=5)  # fmt: skip
    async with served(replies(200, body)) as (server, session):
        tracks = await fetch_tracks(session, 5, 2)
    assert server.paths == ["artists/5/tracks?perPage=100&page=2"]
    assert (tracks.page, tracks.per_page, tracks.last_page, tracks.total) == (2, 50, 2, 5)
    assert tracks.dropped == 3
    first, second = tracks.rows
    assert first.value == Track(
        id=7,
        name="Dawn",
        image="https://img/7.jpg",
        created_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        release_date="2026-01-03",
        duration=184000,
        price=Money(Decimal("29.99"), "USD"),
        exclusive_price=Money(Decimal("499.00"), "USD"),
        bpm=140,
        key="F#",
        scale="minor",
        plays=1200,
        licensing_type="standard",
        exclusive_status=None,
        reposts=3,
        likes=44,
        description=None,
        tags=("dark",),
        genres=("Trap",),
        artists=(ArtistRef(5, "Ada", "https://img/5.jpg"),),
        album=AlbumRef(9, "Night"),
    )
    assert first.carried == set(Track.__dataclass_fields__)
    assert first.notes == ()
    assert (second.value, second.carried) == (Track(8, plays=0), {"id", "plays"})


async def test_that_a_price_without_a_currency_stays_unknown() -> None:
    async with served(replies(200, page({"id": 8, "plays": 1, "price": 5}))) as (_, session):
        row = (await fetch_tracks(session, 5, 1)).rows[0]
    assert row.value.price is None
    assert "price" not in row.carried
    assert row.notes == (Note("price", "currency", "null"),)


async def test_that_minimal_rows_mean_that_the_token_was_not_taken() -> None:
    async with served(replies(200, page(MINIMAL, MINIMAL))) as (_, session):
        with pytest.raises(errors.Unauthorised, match="anybody may see"):
            await fetch_tracks(session, 5, 1)


async def test_that_minimal_rows_are_right_for_a_session_without_token() -> None:
    async with served(replies(200, page(MINIMAL)), token=None) as (_, session):
        assert len((await fetch_tracks(session, 5, 1)).rows) == 1


async def test_that_an_empty_catalogue_is_an_empty_catalogue() -> None:
    async with served(replies(200, page(total=0, current_page=1))) as (_, session):
        tracks = await fetch_tracks(session, 5, 1)
        albums = await fetch_albums(session, 5, 1)
    assert (tracks.rows, tracks.total, tracks.dropped) == ((), 0, 0)
    assert albums.rows == ()


async def test_that_one_full_row_among_minimal_ones_is_enough() -> None:
    async with served(replies(200, page(MINIMAL, TRACK))) as (_, session):
        assert len((await fetch_tracks(session, 5, 1)).rows) == 2


async def test_that_a_page_of_albums_is_read() -> None:
    album = {"id": 9, "name": "Night", "image": "i", "release_date": "2026-01-03", "plays": 4,
             "created_at": "2026-01-02 00:00:00", "description": None,
             "tracks": [TRACK, {"id": 8}, {"id": None}],
             "artists": [{"id": 5}]}  # fmt: skip
    async with served(replies(200, page(album))) as (server, session):
        albums = await fetch_albums(session, 5, 1, per_page=20)
    assert server.paths == ["artists/5/albums?perPage=20&page=1"]
    assert albums.page == 1
    assert albums.total is None
    assert albums.rows[0].value == Album(
        id=9,
        name="Night",
        image="i",
        release_date="2026-01-03",
        created_at=datetime(2026, 1, 2, tzinfo=UTC),
        description=None,
        plays=4,
        track_ids=(7, 8),
        artists=(ArtistRef(5),),
    )
    assert albums.rows[0].carried == set(Album.__dataclass_fields__)
    assert albums.rows[0].notes == (Note("tracks[2].id", "id", "null"),)


PROGRESS = {
    "level": {"number": 12, "title": "Beatsmith", "xp": 5400, "xp_to_next": 600,
              "progress_percentage": 90.0},
    "xp_sources": [{"source": "track_uploads", "xp": 1800, "count": 180}, {"xp": 5}],
    "achievements": {"unlocked": 1, "total": 2, "xp_earned": 50, "items": [
        {"id": "first", "name": "First", "description": "d", "category": "uploads",
         "rarity": "mythic", "xp_reward": 50, "unlocked": True,
         "unlocked_at": "2026-01-02T03:04:05Z", "progress": 1},
        {"id": 4, "unlocked": False, "unlocked_at": None},
        {"id": ""}, {"name": "no id"}]},
    "updated_at": "2026-01-02T03:04:05Z",
}  # fmt: skip
