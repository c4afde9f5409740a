"""Collaborators and recommendations on the Tracks page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock
from tracks_page import BOLD, LUNA, NETWORK, REFUSED, opened, part, put, texts

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    CollaborativeTracks,
    Collaborator,
    Credit,
    Network,
    Opportunities,
    Opportunity,
)
from beatpass_desktop.domain.events import FollowEnded, FollowStarted
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.views.pages.tracks.collaborators import Collaborators
from beatpass_desktop.views.pages.tracks.common_tracks import CommonTracks
from beatpass_desktop.views.pages.tracks.recommendations import Recommendations
from beatpass_desktop.views.widgets.toast import Toast


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 40)
    with running(tmp_path) as app:
        yield app


def test_that_collaborators_unknown_and_none_are_told_apart(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    assert "Your collaborators are not here yet" in texts(section)
    assert section.heading.subtitle() == "Unique collaborators: —  ·  Tracks together: —"
    stocked.write(
        lambda c: fail(c, stocked.key(Resource.NETWORK), Attempt.FAILED, REFUSED), Resource.NETWORK
    )
    assert REFUSED in texts(section)
    put(stocked, Network(0, 0, ()), Resource.NETWORK)
    assert "No collaborations yet" in texts(section)
    assert section.heading.subtitle() == "Unique collaborators: 0  ·  Tracks together: 0"


def test_that_collaborators_stand_with_name_mark_and_count(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    names = [row.button.accessibleName() for row in section.rows()]
    assert names == ["Luna, verified, 2 tracks together", f"{BOLD}, 1 track together"]
    assert [row.follow.label() for row in section.rows()] == ["Unfollow", "Follow"]
    assert section.rows()[1].follow.accessibleName() == f"Follow {BOLD}"
    assert all(row.isVisible() for row in section.rows())


def test_that_a_failed_refresh_keeps_the_collaborators(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    stocked.write(
        lambda c: fail(c, stocked.key(Resource.NETWORK), Attempt.FAILED, REFUSED), Resource.NETWORK
    )
    assert len(section.rows()) == 2
    assert REFUSED in texts(section)


def test_that_following_waits_for_its_answer(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    section = part(page, Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    luna, sons = section.rows()
    sons.follow.click()
    luna.follow.click()
    assert stocked.port.asked[-2:] == [("follow", 91), ("unfollow", 90)]
    width = sons.follow.width()
    stocked.app.feed.tell(FollowStarted(91))
    stocked.app.feed.tell(FollowStarted(90))
    assert [row.follow.label() for row in section.rows()] == ["Unfollowing…", "Following…"]
    assert not any(row.follow.isEnabled() for row in section.rows())
    assert sons.follow.width() == width
    stocked.app.feed.tell(FollowEnded(91, None))
    stocked.app.feed.tell(FollowEnded(90, Failure(FailureKind.SERVER, REFUSED, reached=True)))
    assert [row.follow.label() for row in section.rows()] == ["Unfollow", "Follow"]
    assert all(row.follow.isEnabled() for row in section.rows())
    assert [toast.text() for toast in page.findChildren(Toast)] == [REFUSED]
    put(
        stocked,
        Network(2, 3, (LUNA, Collaborator(91, BOLD, None, False, 1, True))),
        Resource.NETWORK,
    )
    assert section.rows()[1] is sons
    assert sons.follow.label() == "Unfollow"


def test_that_many_collaborators_come_a_few_at_a_time(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    people = tuple(Collaborator(100 + n, f"Artist {n}", None, None, 1, None) for n in range(30))
    put(stocked, Network(30, 40, people), Resource.NETWORK)
    assert len(section.rows()) == 12
    assert section._more.label() == "Show 18 more"
    section._more.click()
    assert len(section.rows()) == 30
    assert not section._more.isVisible()


def test_that_common_tracks_open_in_a_dialogue(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    made = (
        CollaborativeTrack(5, "<i>Five</i>", "Nova", (Credit(90, "Luna"),), 10),
        CollaborativeTrack(6, None, "Nova", (Credit(90, "Luna"),), None),
        CollaborativeTrack(7, "Other", "Nova", (Credit(99, "Else"),), 900),
    )
    put(stocked, CollaborativeTracks(made), Resource.COLLABORATIVE_TRACKS)
    QTest.keyClick(part(page, Collaborators).rows()[0].button, Qt.Key.Key_Return)
    dialog = page.findChild(CommonTracks)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Tracks with Luna"
    rows = dialog.rows()
    assert [row.figure() for row in rows] == ["10", "—"]
    assert rows[0].name().startswith("<i>Five</i>")
    rows[0].click()
    assert stocked.links == ["https://open.beatpass.ca/track/5"]
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_that_common_tracks_that_never_came_are_not_none(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    part(page, Collaborators).rows()[1].button.click()
    dialog = page.findChild(CommonTracks)
    assert BOLD in dialog.windowTitle()
    assert "The list is not here yet" in texts(dialog)


def test_that_recommendations_unknown_and_none_are_told_apart(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Recommendations)
    assert "Recommendations are not here yet" in texts(section)
    put(stocked, Opportunities(()), Resource.OPPORTUNITIES)
    assert "No recommendations yet" in texts(section)
    assert any("three to five of your tracks" in text for text in texts(section))


def test_that_recommendations_say_how_well_they_match(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Recommendations)
    chances = tuple(
        Opportunity(ArtistRef(50 + at, name, None, True), count, score, genres)
        for at, (name, count, score, genres) in enumerate(
            [
                (BOLD, 12, 90, ("R&B", "<u>Trap</u>", "Drill", "House")),
                ("Two", 1, 70, ()),
                ("Three", None, 50, ()),
                (None, 3, 49, ()),
                ("Five", 3, None, ()),
            ]
        )
    )
    put(stocked, Opportunities(chances), Resource.OPPORTUNITIES)
    cards = section.cards()
    assert [card.match.text().replace("\N{NO-BREAK SPACE}", " ") for card in cards] == [
        "90 % · highly compatible",
        "70 % · good fit",
        "50 % · some overlap",
        "49 % match",
        "Match: —",
    ]
    assert cards[0].name == BOLD
    assert cards[0].genres.text() == "Common genres: R&B, <u>Trap</u>, Drill"
    assert [card.person.line() for card in cards[:3]] == ["12 tracks", "1 track", "Tracks: —"]
    cards[0].person.click()
    assert stocked.links == ["https://open.beatpass.ca/artist/50"]
