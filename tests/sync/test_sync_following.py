"""Following and unfollowing: what is sent, what is stored, what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from backend import HTML, NETWORK, REFUSED, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.events import AccountChanged, FollowEnded, FollowStarted
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import collaboration

FOLLOW, UNFOLLOW = "artists/9/follow", "artists/9/unfollow"
DONE = Said({"status": "success"})


def following(desk: Desk) -> bool | None:
    network = collaboration.network(desk.store.reading, desk.key(Resource.NETWORK))
    assert network is not None
    assert network.collaborators
    return network.collaborators[0].following


async def outcome(desk: Desk) -> Failure | None:
    return (await desk.told(FollowEnded)).failure


async def test_that_following_is_sent_once_stored_and_told(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, DONE)
        await desk.shown(Page.TRACKS)
        desk.events.clear()
        desk.engine.follow(9)
        desk.engine.follow(9)
        desk.engine.unfollow(9)
        assert await outcome(desk) is None
        assert following(desk) is True
        assert [asked.method for asked in backend.asked if asked.path == FOLLOW] == ["POST"]
        assert UNFOLLOW not in backend.paths
        assert desk.of(FollowStarted) == [FollowStarted(9)]
        assert desk.changed() == {desk.key(Resource.NETWORK)}


async def test_that_one_can_be_unfollowed_again(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, DONE)
        backend.say(UNFOLLOW, Said(status=204, body=""))
        await desk.shown(Page.TRACKS)
        desk.engine.follow(9)
        await outcome(desk)
        desk.events.clear()
        desk.engine.unfollow(9)
        assert await outcome(desk) is None
        assert following(desk) is False


@pytest.mark.parametrize(
    ("path_asked", "status", "now"), [(FOLLOW, 409, True), (UNFOLLOW, 404, False)]
)
async def test_that_what_is_so_already_counts_as_done(
    path: Path, path_asked: str, status: int, now: bool
) -> None:
    person = {**NETWORK["collaborators"][0], "following": not now}
    async with Backend() as backend, at_desk(backend, path) as desk:
        network = {**NETWORK, "collaborators": [person]}
        backend.say("producer-intelligence/collaboration-network", Said(network))
        backend.say(path_asked, Said({"message": "It is so."}, status))
        await desk.shown(Page.TRACKS)
        wish = desk.engine.follow if now else desk.engine.unfollow
        wish(9)
        assert await outcome(desk) is None
        assert following(desk) is now


@pytest.mark.parametrize(
    ("said", "kind", "sentence"),
    [
        (Said({"message": "At most 5,000."}, 422), FailureKind.INVALID, "At most 5,000."),
        (Said({}, 422), FailureKind.INVALID, "at most 5,000 artists"),
        (Said({}, 403), FailureKind.FORBIDDEN, "at most 5,000 artists"),
        (Said({"message": "x"}, 404), FailureKind.NOT_FOUND, "could not find"),
        (HTML, FailureKind.UNDECODABLE, "BeatPass"),
    ],
)
async def test_that_a_failure_is_told_and_changes_nothing(
    path: Path, said: Said, kind: FailureKind, sentence: str
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, said)
        backend.say("artists/9/follow-status", Said({"following": False}))
        await desk.shown(Page.TRACKS)
        desk.engine.follow(9)
        failure = await outcome(desk)
        assert failure is not None
        assert failure.kind is kind
        assert sentence in failure.sentence
        assert following(desk) is False


async def test_that_a_lost_answer_is_looked_up(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, Said("", content_type="text/plain"))
        backend.say("artists/9/follow-status", Said({"following": True}))
        await desk.shown(Page.TRACKS)
        desk.engine.follow(9)
        assert await outcome(desk) is None
        assert following(desk) is True
        assert backend.count(FOLLOW) == 1


async def test_that_a_pause_is_waited_for(path: Path) -> None:
    answers = [DONE, Said({"message": "Too Many Attempts."}, 429, {"Retry-After": "1"})]
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, lambda asked: answers.pop())
        await desk.shown(Page.TRACKS)
        desk.engine.follow(9)
        assert await outcome(desk) is None
        assert following(desk) is True


async def test_that_being_too_quick_again_and_again_is_told(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FOLLOW, Said({}, 429, {"Retry-After": "0"}))
        await desk.shown(Page.TRACKS)
        desk.engine.follow(9)
        failure = await outcome(desk)
        assert failure is not None
        assert "less quickly" in failure.sentence
        assert backend.count(FOLLOW) == 3


async def test_that_an_older_reply_does_not_undo_what_was_done(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        backend.say(FOLLOW, DONE)

        async def late(asked: object) -> Said:
            await backend.until(FOLLOW)
            for _ in range(20):
                await desk.session_tick()
            return Said({**NETWORK, "total_collaborations": 2})

        backend.say("producer-intelligence/collaboration-network", late)
        desk.engine.refresh_page(Page.TRACKS)
        await backend.until("producer-intelligence/collaboration-network", 2)
        desk.engine.follow(9)
        assert await outcome(desk) is None
        await desk.settled(Page.TRACKS)
        assert following(desk) is True


async def test_that_a_refused_token_is_told_as_such(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        backend.say(FOLLOW, REFUSED)
        desk.engine.follow(9)
        failure = await outcome(desk)
        assert failure is not None
        assert failure.kind is FailureKind.UNAUTHORISED
        await desk.told(AccountChanged, lambda event: event.failure == failure)


async def test_that_an_unreachable_server_is_told(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        await backend.stop()
        desk.engine.follow(9)
        failure = await outcome(desk)
        assert failure is not None
        assert failure.kind is FailureKind.OFFLINE
        assert following(desk) is False
