"""Where each data set comes from, and which headline figures it carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import apsw

from beatpass_desktop.api import (
    albums,
    catalogue,
    collaboration,
    downloads,
    earnings,
    finances,
    headline,
    identity,
    insights,
    leaderboards,
    performance,
    progress,
    transactions,
    uploads,
)
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.downloads import DownloadPeriod
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.finances import Finances
from beatpass_desktop.domain.insights import InsightQuery
from beatpass_desktop.domain.leaderboards import ALL_TIME, Category, Leaderboard, Ranking
from beatpass_desktop.domain.money import listed
from beatpass_desktop.domain.replies import Decoded, Fetched, Slice
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents
from beatpass_desktop.store import downloads as stored_downloads
from beatpass_desktop.store import finances as stored_finances
from beatpass_desktop.store.catalogue import ALBUMS, TRACKS, CatalogueTable
from beatpass_desktop.store.ledger import TRANSACTIONS

Urgent = Callable[[], bool]
Figures = dict[Figure, FigureValue | None]


class _Fetch(Protocol):
    def __call__(
        self, session: Session, key: ResourceKey, *, etag: str | None, urgent: Urgent
    ) -> Awaitable[Fetched[Any]]: ...


Call = Callable[..., Awaitable[Fetched[Any]]]
Keep = Callable[[apsw.Connection, ResourceKey, Decoded[Any], datetime], None]


def _merge(
    connection: apsw.Connection, key: ResourceKey, decoded: Decoded[Any], at: datetime
) -> None:
    documents.merge(connection, key, decoded.value, decoded.carried)


@dataclass(frozen=True, slots=True)
class Document:
    """A data set that comes in one reply.

    `figures` reads the headline figures that a reply holds, `carries` names all that it can hold;
    `whole_only`: of its instances only the one without parameters, such as a period, tells them;
    `by_instance` says which of them an instance can hold.
    `keep` stores the fields that a reply carried; `fresh_for` says how long the stored reply stays
    fresh, where it tells so itself.
    """

    fetch: _Fetch
    figures: Callable[[Decoded[Any]], Figures]
    carries: tuple[Figure, ...] = ()
    whole_only: bool = False
    keep: Keep = _merge
    by_instance: Callable[[ResourceKey], tuple[Figure, ...]] | None = None
    fresh_for: Callable[[apsw.Connection, ResourceKey], timedelta | None] | None = None

    def told_by(self, key: ResourceKey) -> tuple[Figure, ...]:
        """The headline figures that this instance can hold."""
        if self.whole_only and key.params:
            return ()
        return self.carries if self.by_instance is None else self.by_instance(key)


@dataclass(frozen=True, slots=True)
class Listing:
    """A data set that comes page by page. `count` is the figure its number of rows is kept as."""

    fetch: Callable[..., Awaitable[Slice[Any]]]
    table: CatalogueTable[Any]
    count: Figure


def _fields(fetch: _Fetch, names: Mapping[str, Figure]) -> Document:
    """A document whose figures stand in fields of their own; null says that there is no value."""

    def read(decoded: Decoded[Any]) -> Figures:
        return {
            figure: getattr(decoded.value, name)
            for name, figure in names.items()
            if name in decoded.carried
        }

    return Document(fetch, read, tuple(names.values()))


def _ranks(decoded: Decoded[Leaderboard]) -> Figures:
    board = decoded.value
    ranking = Ranking(Category(board.category or ""), board.period or "")
    told: Figures = {}
    if "me" in decoded.carried:
        told[ranking.category.figure] = None if board.me is None else board.me.rank
    if "total_producers" in decoded.carried:
        told[Figure.PRODUCERS_RANKED] = board.total_producers
    return {figure: told[figure] for figure in _ranks_of(ranking) if figure in told}


def _ranks_of(ranking: Ranking) -> tuple[Figure, ...]:
    """The headline figures that a ranking can hold: those of all time."""
    if ranking.period != ALL_TIME:
        return ()
    overall = ranking.category is Category.OVERALL
    return (ranking.category.figure, *((Figure.PRODUCERS_RANKED,) if overall else ()))


def _balances(decoded: Decoded[Finances]) -> Figures:
    """Each figure in all currencies; without balances, or with one that lacks it, it is unknown."""
    balances = decoded.value.balances
    if "balances" not in decoded.carried:
        return {}
    told: Figures = {}
    for figure, name in _BALANCES.items():
        amounts = [getattr(balance, name) for balance in balances or ()]
        told[figure] = listed(amounts) if amounts and None not in amounts else None
    return told


_BALANCES = {
    Figure.BALANCE: "available",
    Figure.UPCOMING: "upcoming",
    Figure.IN_TRANSIT: "in_transit",
    Figure.LIFETIME: "lifetime",
}


def _plain(fetch: _Fetch) -> Document:
    """A document without headline figures."""
    return Document(fetch, lambda decoded: {})


def _unaddressed(call: Call) -> _Fetch:
    """A fetch whose endpoint takes no artist id."""
    return lambda session, key, *, etag, urgent: call(session, etag=etag, urgent=urgent)


def _by_artist(call: Call) -> _Fetch:
    """A fetch whose endpoint names the artist."""
    return lambda session, key, *, etag, urgent: call(session, key.artist, etag=etag, urgent=urgent)


def _by_album(call: Call) -> _Fetch:
    """A fetch whose endpoint names an album."""
    return lambda session, key, *, etag, urgent: call(
        session, int(key.params), etag=etag, urgent=urgent
    )


def _by_insight(call: Call) -> _Fetch:
    """A fetch whose endpoint names a track, album or artist and how far back to look."""
    return lambda session, key, *, etag, urgent: call(
        session, InsightQuery.of(key.params), etag=etag, urgent=urgent
    )


def _by_artist_and_year(call: Call) -> _Fetch:
    """A fetch whose endpoint names the artist and a year."""
    return lambda session, key, *, etag, urgent: call(
        session, key.artist, _year_of(key), etag=etag, urgent=urgent
    )


def _by_year(call: Call) -> _Fetch:
    """A fetch whose endpoint names a year."""
    return lambda session, key, *, etag, urgent: call(
        session, _year_of(key), etag=etag, urgent=urgent
    )


def _by_ranking(call: Call) -> _Fetch:
    """A fetch whose endpoint names a category and a period."""
    return lambda session, key, *, etag, urgent: call(
        session, Ranking.of(key.params), key.artist, etag=etag, urgent=urgent
    )


def _year_of(key: ResourceKey) -> int:
    """The year that an instance is about; without one it is the present."""
    return int(key.params) if key.params else datetime.now(UTC).year


def _by_period(call: Call) -> _Fetch:
    """A fetch whose endpoint names the artist and a period."""
    return lambda session, key, *, etag, urgent: call(
        session, key.artist, DownloadPeriod.of(key.params), etag=etag, urgent=urgent
    )


def _by_period_and_page(call: Call) -> _Fetch:
    """A fetch whose endpoint names the artist, a period and a page."""

    def fetch(
        session: Session, key: ResourceKey, *, etag: str | None, urgent: Urgent
    ) -> Awaitable[Fetched[Any]]:
        params, page = stored_downloads.page_of(key.params) if key.params else ("", 1)
        period = DownloadPeriod.of(params)
        return call(session, key.artist, period, page, etag=etag, urgent=urgent)

    return fetch


SOURCES: dict[Resource, Document | Listing] = {
    Resource.PROFILE: _plain(_unaddressed(identity.fetch_profile)),
    Resource.ARTIST: _plain(_by_artist(identity.fetch_artist)),
    Resource.FOLLOWERS: _fields(_by_artist(identity.fetch_followers), {"total": Figure.FOLLOWERS}),
    Resource.STATS: _fields(
        _unaddressed(headline.fetch_stats),
        {
            "total_tracks": Figure.TRACKS,
            "recent_uploads": Figure.RECENT_UPLOADS,
            "total_plays": Figure.PLAYS,
            "play_growth_percentage": Figure.GROWTH,
            "total_contribution": Figure.CONTRIBUTION,
        },
    ),
    Resource.DOWNLOADS: replace(
        _fields(_by_period(downloads.fetch_downloads), {"total_downloads": Figure.DOWNLOADS}),
        whole_only=True,
        keep=stored_downloads.take,
    ),
    Resource.DOWNLOADS_PAGE: replace(
        _plain(_by_period_and_page(downloads.fetch_downloads_page)),
        keep=stored_downloads.take_page,
    ),
    Resource.UPLOAD_DAYS: _plain(_by_artist_and_year(uploads.fetch_upload_days)),
    Resource.PLATFORM_DAYS: _plain(_by_year(uploads.fetch_platform_days)),
    Resource.EARNINGS: _fields(
        _unaddressed(earnings.fetch_earnings), {"platform_share": Figure.PLATFORM_SHARE}
    ),
    Resource.LEADERBOARD: Document(
        _by_ranking(leaderboards.fetch_leaderboard),
        _ranks,
        by_instance=lambda key: _ranks_of(Ranking.of(key.params)),
    ),
    Resource.PROGRESS: _fields(
        _unaddressed(progress.fetch_progress),
        {
            "achievements_unlocked": Figure.ACHIEVEMENTS,
            "achievements_total": Figure.ACHIEVEMENTS_TOTAL,
            "level": Figure.LEVEL,
            "level_title": Figure.LEVEL_TITLE,
            "xp": Figure.XP,
            "xp_to_next": Figure.XP_TO_NEXT,
        },
    ),
    Resource.ALBUMS: Listing(catalogue.fetch_albums, ALBUMS, Figure.ALBUMS),
    Resource.ALBUM_TRACKS: _plain(_by_album(albums.fetch_album_tracks)),
    Resource.TRACKS: Listing(catalogue.fetch_tracks, TRACKS, Figure.TRACKS_LISTED),
    Resource.STRIPE: _plain(_by_artist(finances.fetch_stripe_status)),
    Resource.FINANCES: Document(
        _by_artist(finances.fetch_finances),
        _balances,
        tuple(_BALANCES),
        fresh_for=stored_finances.fresh_for,
    ),
    Resource.TRANSACTIONS: Listing(
        transactions.fetch_transactions, TRANSACTIONS, Figure.TRANSACTIONS
    ),
    Resource.NETWORK: _plain(_unaddressed(collaboration.fetch_network)),
    Resource.OPPORTUNITIES: _plain(_unaddressed(collaboration.fetch_opportunities)),
    Resource.COLLABORATIVE_TRACKS: _plain(_by_artist(collaboration.fetch_collaborative_tracks)),
    Resource.PERFORMANCE: _plain(_unaddressed(performance.fetch_performance)),
    Resource.UPLOAD_INSIGHTS: _plain(_unaddressed(performance.fetch_upload_insights)),
    Resource.INSIGHTS: _plain(_by_insight(insights.fetch_insights)),
    Resource.CHART: _plain(_by_insight(insights.fetch_chart)),
}
