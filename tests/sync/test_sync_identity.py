"""Whose figures are asked for and stored, whatever the server says about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from backend import BROKEN, HTML, MISSING, REFUSED, TOKEN, Backend, Said
from desk import ORIGIN, at_desk

from beatpass_desktop.domain.events import AccountChanged, FetchEnded
from beatpass_desktop.domain.failures import FailureKind
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import accounts, figures
from beatpass_desktop.store.store import Store


def _user(**fields: Any) -> Said:
    return Said({"status": "success", "user": {"id": 77, "display_name": "Ada", **fields}})


def _known(path: Path) -> int:
    """The account that the token belonged to when it was last accepted."""
    store = Store(path, create=False)
    account = accounts.of_token(store.reading, ORIGIN, TOKEN)
    store.close()
    assert account is not None
    return account.account


async def _signed_in(path: Path) -> int:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
    return _known(path)


async def test_that_a_refused_token_is_asked_once_and_again_when_forced(path: Path) -> None:
    account = await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, account=account) as desk:
        before = desk.figures()
        desk.clock.advance(hours=1)
        backend.say_everywhere(REFUSED, but=())
        await desk.shown(Page.HOME)
        await desk.shown(Page.TRACKS)
        await desk.shown(Page.HOME)
        assert backend.paths == ["users/me"]
        event = desk.last_account()
        assert (event.account, event.artist) == (account, 1)
        assert event.failure is not None
        assert event.failure.kind is FailureKind.UNAUTHORISED
        assert desk.figures() == before
        assert desk.age(Resource.STATS).attempt is Attempt.FAILED
        await desk.refreshed(Page.HOME)
        assert backend.paths == ["users/me"] * 2
        normal = Backend().routes
        for name, route in normal.items():
            backend.say(name, route)
        await desk.refreshed(Page.HOME)
        assert desk.last_account() == AccountChanged(account, 1, None)
        assert desk.age(Resource.STATS).attempt is Attempt.SUCCEEDED


async def test_that_a_token_refused_in_the_middle_stops_everything(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        before = desk.figures()
        desk.clock.advance(hours=1)
        backend.say_everywhere(REFUSED)
        await desk.shown(Page.HOME)
        refused = [e for e in desk.of(AccountChanged) if e.failure is not None]
        assert len(refused) == 1
        await desk.shown(Page.TRACKS)
        await desk.shown(Page.HOME)
        assert backend.count("artists/1/tracks") == 0
        assert desk.figures() == before
        asked = backend.count("artist/dashboard-stats")
        await desk.refreshed(Page.TRACKS)
        assert backend.count("artist/dashboard-stats") == asked + 1


async def test_that_a_proxy_s_401_page_signs_nobody_out(path: Path) -> None:
    account = await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, account=account) as desk:
        page = Said("<html>401</html>", 401, content_type="text/html")
        backend.say_everywhere(page, but=())
        await desk.refreshed(Page.HOME)
        failure = desk.last_account().failure
        assert failure is not None
        assert failure.kind is FailureKind.REFUSED
        assert backend.count("artist/dashboard-stats") == 1


@pytest.mark.parametrize("said", [HTML, BROKEN, Said({"user": {"display_name": "?"}}), Said([1])])
async def test_that_with_a_known_account_figures_come_although_the_identity_is_rubbish(
    path: Path, said: Said
) -> None:
    account = await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, account=account) as desk:
        desk.clock.advance(hours=1)
        backend.say("users/me", said)
        backend.say("artist/dashboard-stats", Said({"total_tracks": 3, "total_plays": 600}))
        await desk.shown(Page.HOME)
        event = desk.of(AccountChanged)[0]
        assert (event.account, event.artist) == (account, 1)
        assert event.failure is not None
        assert desk.figures()[Figure.PLAYS] == 600
        assert desk.failures() == {}


@pytest.mark.parametrize("said", [HTML, BROKEN, Said({"user": {"id": "x"}})])
async def test_that_an_unknown_token_without_an_identity_shows_nobody(
    path: Path, said: Said
) -> None:
    await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, token="another") as desk:
        backend.say("users/me", said)
        await desk.shown(Page.HOME)
        event = desk.last_account()
        assert (event.account, event.artist) == (0, 0)
        assert event.failure is not None
        assert backend.paths == ["users/me"]
        assert desk.of(FetchEnded) == []
        backend.say("users/me", _user(artists=[{"id": 1}]))
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 1, None)


async def test_that_the_server_being_down_keeps_the_known_account(path: Path) -> None:
    account = await _signed_in(path)
    async with at_desk("http://127.0.0.1:9/api/v1", path, account=account) as desk:
        desk.clock.advance(hours=1)
        await desk.shown(Page.HOME)
        event = desk.last_account()
        assert (event.account, event.artist) == (account, 1)
        assert event.failure is not None
        assert not event.failure.reached
        assert desk.age(Resource.STATS).attempt is Attempt.UNREACHED


@pytest.mark.parametrize("profile", [MISSING, Said({"message": "No artist."}, 403)])
@pytest.mark.parametrize("artists", [[], None])
async def test_that_an_account_without_an_artist_is_told_as_such(
    path: Path, profile: Said, artists: list[object] | None
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", _user(artists=artists) if artists is not None else _user())
        backend.say("artist/profile", profile)
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 0, None)
        asked = set(backend.paths)
        assert asked == {"users/me", "artist/profile"}
        await desk.shown(Page.TRACKS)
        assert set(backend.paths) == asked


async def test_that_the_artist_of_the_profile_is_the_own_one(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", _user())
        backend.say("artist/profile", Said({"id": 2, "name": "Two"}))
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 2, None)
        assert desk.figures(artist=2)[Figure.FOLLOWERS] == 11
        assert desk.figures(artist=2)[Figure.PLAYS] == 6
        assert desk.figures(artist=1) == {}


async def test_that_an_only_artist_is_the_own_one_when_there_is_no_profile(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", _user(artists=[{"id": 2, "name": "Two"}]))
        backend.say("artist/profile", BROKEN)
        await desk.shown(Page.HOME)
        assert desk.figures(artist=2)[Figure.PLAYS] == 6


async def test_that_of_several_artists_without_a_profile_none_is_taken_for_the_own_one(
    path: Path,
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("artist/profile", BROKEN)
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 1, None)
        assert desk.figures()[Figure.FOLLOWERS] == 5
        assert backend.count("artist/dashboard-stats") == 0


async def test_that_a_profile_that_cannot_be_had_is_asked_for_again(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", _user())
        normal = backend.routes["artist/profile"]
        backend.say("artist/profile", BROKEN)
        await desk.shown(Page.HOME)
        assert desk.last_account().failure is not None
        backend.say("artist/profile", normal)
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 1, None)


async def test_that_a_profile_without_an_id_leaves_what_was_known(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", _user())
        backend.say("artist/profile", Said({"name": "Nobody"}))
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 0, None)


async def test_that_replies_for_one_artist_never_land_under_another(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("artists/1/followers")
        await backend.until("artists/1/albums")
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
        backend.gate.set()
        await backend.until("artists/2/followers")
        await desk.settled(Page.HOME)
        desk.engine.refresh_all()
        await desk.settled(Page.HOME)
        await desk.settled(Page.TRACKS)
        assert desk.figures(artist=2)[Figure.FOLLOWERS] == 11
        assert desk.figures(artist=1).get(Figure.FOLLOWERS, 5) == 5
        assert desk.track_names(2) == ["Track 2001", "Track 2002"]
        assert desk.figures(artist=2)[Figure.TRACKS_LISTED] == 2
        assert Figure.TRACKS_LISTED not in desk.figures(artist=1)
        # What takes no artist id describes the artist of the profile.
        assert desk.figures(artist=1)[Figure.PLAYS] == 6
        assert Figure.PLAYS not in desk.figures(artist=2)


async def test_that_the_artist_chosen_is_still_the_current_one_next_time(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(1, 2, None)


async def test_that_two_accounts_of_one_store_do_not_mix(path: Path) -> None:
    await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, token="of-bob") as desk:
        bob = {"id": 88, "display_name": "Bob", "artists": [{"id": 1}]}
        backend.say("users/me", Said({"user": bob}))
        backend.say("artist/dashboard-stats", Said({"total_plays": 1_000_000}))
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(2, 1, None)
        assert desk.figures(account=2)[Figure.PLAYS] == 1_000_000
        assert desk.figures(account=1)[Figure.PLAYS] == 6
        reading = desk.store.reading
        assert figures.history(reading, 1, 1, Figure.PLAYS) == [("2026-11-23", 6)]
        files = [file.read_bytes() for file in path.parent.iterdir() if file.is_file()]
    assert not any(secret in content for secret in (b"of-bob", TOKEN.encode()) for content in files)


async def test_that_a_known_account_gives_way_to_the_one_the_server_names(path: Path) -> None:
    account = await _signed_in(path)
    async with Backend() as backend, at_desk(backend, path, account=account) as desk:
        backend.say("users/me", Said({"user": {"id": 99, "display_name": "New", "artists": []}}))
        backend.say("artist/profile", MISSING)
        await desk.shown(Page.HOME)
        assert desk.last_account() == AccountChanged(2, 0, None)
