"""What a page shows in every situation, how fresh it is, and what its digest tells."""

from __future__ import annotations

from datetime import timedelta

import apsw
import pytest
from stage import BROKEN, FOLLOWERS, LISTED, REFUSED, STATS, UNREACHED, Stage

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.events import (
    CatalogueShrank,
    FetchEnded,
    FetchProgressed,
    FetchStarted,
    ResourcesChanged,
)
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.progress import Achievement, Progress
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Transaction
from beatpass_desktop.models.home import Change, Digest, HomeModel, News
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts, catalogue, documents, figures
from beatpass_desktop.store.ledger import TRANSACTIONS


def _home(stage: Stage, who: Who, *, offline: bool = False) -> HomeModel:
    return HomeModel([STATS, FOLLOWERS], stage.store, stage.feed, who, stage.clock, offline=offline)


def _tracks(stage: Stage, who: Who) -> TracksModel:
    return TracksModel([STATS, LISTED], stage.store, stage.feed, who, stage.clock)


def test_that_a_first_start_goes_from_loading_to_ready(stage: Stage) -> None:
    who = Who(stage.store, stage.feed, None)
    page = _home(stage, who)
    assert page.state is PageState.LOADING
    assert page.freshness.state is FreshnessState.NEVER
    stage.sign_in()
    stage.identified(1, 1)
    assert (who.account, who.artist, who.name, who.artist_name) == (1, 1, "Ada", "Artist 1")
    assert page.state is PageState.LOADING
    stage.record({Figure.PLAYS: 5})
    stage.fetched(STATS)
    assert page.state is PageState.READY
    assert page.value(Figure.PLAYS) == 5
    assert page.value(Figure.FOLLOWERS) is None


@pytest.mark.parametrize("failure", [REFUSED, UNREACHED, BROKEN])
def test_that_nobody_known_is_signed_out(stage: Stage, failure: object) -> None:
    page = _home(stage, Who(stage.store, stage.feed, None))
    stage.identified(0, 0, failure)  # type: ignore[arg-type]
    assert page.state is PageState.SIGNED_OUT


def test_that_without_anybody_to_ask_for_one_is_signed_out(stage: Stage) -> None:
    page = _home(stage, Who(stage.store, stage.feed, None, is_asking=False))
    assert page.state is PageState.SIGNED_OUT


def test_that_an_account_without_an_artist_is_told_so(stage: Stage) -> None:
    page = _home(stage, stage.sign_in(artist=0))
    assert page.state is PageState.NO_ARTIST
    stage.identified(1, 0, BROKEN)
    assert page.state is PageState.ERROR
    stage.identified(1, 0)
    assert page.state is PageState.NO_ARTIST


def test_that_a_failure_without_data_is_an_error_and_with_data_is_not(stage: Stage) -> None:
    page = _home(stage, stage.sign_in())
    stage.failed(STATS, BROKEN)
    assert page.state is PageState.ERROR
    assert page.freshness.reason == BROKEN.sentence
    stage.fetched(FOLLOWERS)
    assert page.state is PageState.READY


def test_that_a_refused_token_shows_what_is_stored(stage: Stage) -> None:
    who = stage.sign_in()
    page = _home(stage, who)
    stage.identified(1, 1, REFUSED)
    assert who.is_refused
    assert page.state is PageState.SIGNED_OUT
    stage.fetched(STATS)
    assert page.state is PageState.READY


def test_that_offline_by_choice_everything_stored_is_offline(stage: Stage) -> None:
    page = _home(stage, stage.sign_in(), offline=True)
    assert page.state is PageState.ERROR
    stage.fetched(STATS)
    assert page.state is PageState.READY
    assert page.freshness.state is FreshnessState.OFFLINE


def test_that_freshness_goes_from_never_to_live_stale_and_offline(stage: Stage) -> None:
    page = _home(stage, stage.sign_in())
    assert page.freshness.state is FreshnessState.NEVER
    first = stage.now
    stage.fetched(STATS)
    assert page.freshness.state is FreshnessState.LIVE
    stage.advance(minutes=14, seconds=59)
    stage.fetched(FOLLOWERS)
    assert (page.freshness.state, page.freshness.updated_at) == (FreshnessState.LIVE, first)
    stage.advance(seconds=1)
    assert page.freshness.state is FreshnessState.STALE
    stage.fetched(STATS)
    assert page.freshness.state is FreshnessState.LIVE
    stage.failed(STATS, BROKEN)
    assert page.freshness.state is FreshnessState.STALE
    assert page.freshness.reason == BROKEN.sentence
    stage.failed(FOLLOWERS, UNREACHED)
    assert page.freshness.state is FreshnessState.OFFLINE
    stage.fetched(STATS, FOLLOWERS)
    assert page.freshness.state is FreshnessState.LIVE
    stage.advance(hours=-2)
    assert page.freshness.state is FreshnessState.STALE


def test_that_a_page_tells_what_concerns_it_and_nothing_else(stage: Stage) -> None:
    page = _home(stage, stage.sign_in())
    told: list[str] = []
    page.changed.connect(lambda: told.append("changed"))
    page.freshness_changed.connect(lambda: told.append("freshness"))
    page.progressed.connect(lambda done, total: told.append(f"{done}/{total}"))
    other = stage.key(STATS, 1)
    foreign = ResourceKey(Resource.FOLLOWERS, 1, 99)
    for event in (
        ResourcesChanged(frozenset({foreign})),
        FetchStarted(foreign),
        FetchProgressed(foreign, 1, 2),
        FetchEnded(foreign, None),
        CatalogueShrank(foreign, 2, 1),
    ):
        stage.feed.tell(event)
    assert told == []
    stage.feed.tell(FetchStarted(other))
    assert page.is_refreshing
    stage.feed.tell(FetchProgressed(other, 100, 2**40))
    assert page.long_fetch == other
    stage.feed.tell(FetchEnded(other, None))
    assert not page.is_refreshing
    assert page.long_fetch is None
    assert told == ["freshness", f"100/{2**40}", "0/0", "freshness"]


def test_that_another_artist_s_page_shows_its_own_figures(stage: Stage) -> None:
    who = stage.sign_in()
    page = _home(stage, who)
    stage.record({Figure.FOLLOWERS: 5})
    stage.record({Figure.FOLLOWERS: 11}, artist=2)
    stage.fetched(FOLLOWERS)
    assert page.value(Figure.FOLLOWERS) == 5
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert page.value(Figure.FOLLOWERS) == 11
    assert who.artist_name is None
    assert page.freshness.state is FreshnessState.NEVER


def test_that_the_first_visit_has_no_digest(stage: Stage) -> None:
    who = stage.sign_in()
    page = _home(stage, who)
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    stage.record({Figure.PLAYS: 5})
    stage.fetched(STATS)
    assert page.digest is None


def test_that_the_digest_tells_what_changed_since_the_last_visit(stage: Stage) -> None:
    who = stage.sign_in()
    seen = {Figure.PLAYS: 10, Figure.FOLLOWERS: 5, Figure.XP: 7, Figure.GROWTH: 1.5}
    stage.record({**seen, Figure.LEVEL_TITLE: "Rising"})
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    last = stage.now
    stage.advance(days=1)
    page = _home(stage, who)
    assert page.digest == Digest(last, ())
    stage.advance(seconds=1)
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    stage.record(
        {
            Figure.PLAYS: 15,
            Figure.FOLLOWERS: 3,
            Figure.XP: None,
            Figure.GROWTH: 9.5,
            Figure.ALBUMS: 1,
            Figure.LEVEL_TITLE: "Risen",
        }
    )
    stage.fetched(STATS)
    changes = (Change(Figure.PLAYS, 10, 15), Change(Figure.FOLLOWERS, 5, 3))
    assert page.digest == Digest(last, changes)


def _ledger(stage: Stage, *rows: Transaction, artist: int = 1) -> None:
    """A complete walk over the transactions, with the figure that counts them."""
    key = ResourceKey(Resource.TRANSACTIONS, 1, artist)
    carried = frozenset(Transaction.__dataclass_fields__)

    def walk(connection: apsw.Connection) -> int:
        generation = catalogue.begin(connection, TRANSACTIONS, key)
        decoded = [Decoded(row, carried) for row in rows]
        catalogue.stage(connection, TRANSACTIONS, key, generation, decoded)
        return catalogue.replace(connection, TRANSACTIONS, key, generation, stage.now)

    stage.record({Figure.TRANSACTIONS: stage.write(walk)}, artist)
    stage.feed.tell(ResourcesChanged(frozenset({key})))


def test_that_the_digest_tells_new_transactions_and_payouts_in_another_state(stage: Stage) -> None:
    who = stage.sign_in()
    _ledger(stage, Transaction(1, "payout", "To the bank", status="sending"))
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    stage.advance(days=1)
    page = _home(stage, who)
    assert page.digest is not None
    assert page.digest.news == News()
    shown: list[None] = []
    page.changed.connect(lambda: shown.append(None))
    _ledger(
        stage, Transaction(2, "track_sale"), Transaction(1, "payout", "To the bank", status="paid")
    )
    assert shown
    news = page.digest.news
    assert news.transactions == 1
    assert [(one.description, one.before, one.after) for one in news.payouts] == [
        ("To the bank", "sending", "paid")
    ]
    shown.clear()
    _ledger(stage, Transaction(3), artist=2)
    assert shown == []


def test_that_a_ledger_fetched_for_the_first_time_is_not_news(stage: Stage) -> None:
    who = stage.sign_in()
    stage.record({Figure.PLAYS: 1})
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    stage.advance(days=1)
    page = _home(stage, who)
    _ledger(stage, Transaction(1), Transaction(2))
    assert page.digest is not None
    assert page.digest.news == News()


def test_that_the_digest_names_achievements_unlocked_since(stage: Stage) -> None:
    who = stage.sign_in()
    stage.record({Figure.ACHIEVEMENTS: 1})
    stage.write(lambda c: figures.begin_visit(c, 1, 1, stage.now))
    earlier = Achievement("1", "Early", unlocked=True, unlocked_at=stage.now - timedelta(days=1))
    stage.advance(days=1)
    page = _home(stage, who)
    latest = Achievement("2", "Late", unlocked=True, unlocked_at=stage.now)
    key = ResourceKey(Resource.PROGRESS, 1, 1)
    progress = Progress(achievements=(earlier, latest))
    stage.write(lambda c: documents.merge(c, key, progress, {"achievements"}))
    stage.record({Figure.ACHIEVEMENTS: 2})
    stage.fetched(STATS)
    assert page.digest is not None
    assert [one.name for one in page.digest.news.achievements] == ["Late"]


def test_that_a_catalogue_is_empty_only_when_it_came_whole(stage: Stage) -> None:
    page = _tracks(stage, stage.sign_in())
    assert page.state is PageState.LOADING
    stage.fetched(STATS)
    assert page.state is PageState.READY
    assert not page.is_listed
    stage.list([])
    assert page.state is PageState.EMPTY
    assert page.is_listed
    stage.advance(seconds=1)
    stage.list([Track(1, "One")])
    assert page.state is PageState.READY
    assert page.table.rowCount() == 1


def test_that_the_table_is_read_again_only_when_a_row_changed(stage: Stage) -> None:
    page = _tracks(stage, stage.sign_in())
    stage.list([Track(1, "One")])
    resets: list[int] = []
    page.table.modelReset.connect(lambda: resets.append(1))
    stage.record({Figure.TRACKS: 1})
    stage.advance(seconds=1)
    stage.list([Track(1, "One")])
    assert page.value(Figure.TRACKS) == 1
    assert resets == []
    stage.list([Track(1, "Two")])
    assert resets == [1]


def test_that_a_shrunken_catalogue_is_passed_on(stage: Stage) -> None:
    page = _tracks(stage, stage.sign_in())
    told: list[CatalogueShrank] = []
    page.shrank.connect(told.append)
    event = CatalogueShrank(stage.key(LISTED), 100, 3)
    stage.feed.tell(event)
    assert told == [event]


def test_that_a_new_name_of_the_artist_is_shown(stage: Stage) -> None:
    who = stage.sign_in()
    told: list[str | None] = []
    who.changed.connect(lambda: told.append(who.artist_name))
    key = ResourceKey(Resource.ARTIST, 1, 1)
    stage.feed.tell(ResourcesChanged(frozenset({key})))
    assert told == []
    ref = ArtistRef(1, "Renamed")
    stage.write(lambda c: accounts.remember_artist(c, 1, ref, managed=False))
    stage.feed.tell(ResourcesChanged(frozenset({key})))
    assert told == ["Renamed"]
    assert [artist.name for artist in who.managed] == ["Renamed"]
