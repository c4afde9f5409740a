"""The Home page: headline figures and what changed since the last visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import DataSet, Page, Resource, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import catalogue_ages, figures
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.domain.events import ResourcesChanged
    from beatpass_desktop.domain.progress import Achievement
    from beatpass_desktop.domain.transactions import StateChange

_COMPARED = (
    Figure.PLAYS,
    Figure.DOWNLOADS,
    Figure.FOLLOWERS,
    Figure.TRACKS,
    Figure.ALBUMS,
    Figure.XP,
    Figure.LEVEL,
    Figure.ACHIEVEMENTS,
    Figure.RANK_OVERALL,
)


class Change(NamedTuple):
    """A figure that is not what it was at the last visit."""

    figure: Figure
    before: int
    now: int


class News(NamedTuple):
    """What came besides figures: how many new transactions, payouts whose status changed, and
    achievements that were unlocked, the latest first."""

    transactions: int = 0
    payouts: tuple[StateChange, ...] = ()
    achievements: tuple[Achievement, ...] = ()


class Digest(NamedTuple):
    """What changed since the last visit (UTC)."""

    since: datetime
    changes: tuple[Change, ...]
    news: News = News()


class HomeModel(PageModel):
    """Headline figures of the current artist. Signals: see PageModel."""

    def __init__(
        self,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        super().__init__(Page.HOME, data_sets, store, feed, who, now, offline=offline)
        self._opened_at = now()
        self._visit: figures.Visit | None = None
        self._visit_of: tuple[int, int] | None = None
        self._news = News()
        self.reload()

    @property
    def digest(self) -> Digest | None:
        """What changed since the last visit; None on the first one."""
        if self._visit is None:
            return None
        changes = []
        for figure in _COMPARED:
            before, now = self._visit.figures.get(figure), self.value(figure)
            if isinstance(before, int) and isinstance(now, int) and before != now:
                changes.append(Change(figure, before, now))
        return Digest(self._visit.seen_at, tuple(changes), self._news)

    def reload(self) -> None:
        """Read the figures again."""
        whom = (self.who.account, self.who.artist)
        if whom != self._visit_of:
            self._visit_of = whom
            self._visit = figures.visit_before(self._store.reading, *whom, self._opened_at)
        self._figures = figures.read(self._store.reading, *whom)
        self._news = News() if self._visit is None else self._since(self._visit)
        self.changed.emit()

    def _since(self, visit: figures.Visit) -> News:
        """The news since a visit. What reads them is imported only when there are some: nothing is
        new at the first paint."""
        connection, whom = self._store.reading, (self.who.account, self.who.artist)
        news = News()
        changed_at = catalogue_ages.changed_at(connection, *whom, Resource.TRANSACTIONS)
        # What was there when the ledger was first fetched is not new.
        was_known = Figure.TRANSACTIONS in visit.figures
        if was_known and changed_at is not None and changed_at > visit.seen_at:
            from beatpass_desktop.store import transactions

            news = news._replace(
                transactions=transactions.new_since(connection, *whom, visit.seen_at),
                payouts=tuple(transactions.state_changes_since(connection, *whom, visit.seen_at)),
            )
        if self.value(Figure.ACHIEVEMENTS) != visit.figures.get(Figure.ACHIEVEMENTS):
            from beatpass_desktop.store import progress

            key = ResourceKey(Resource.PROGRESS, *whom)
            unlocked = progress.unlocked_since(connection, key, visit.seen_at)
            news = news._replace(achievements=tuple(unlocked))
        return news

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        super()._on_resources_changed(event)
        ledger = ResourceKey(Resource.TRANSACTIONS, self.who.account, self.who.artist)
        ranking = ResourceKey(Resource.LEADERBOARD, self.who.account, self.who.own_artist)
        if any(key._replace(params="") in (ledger, ranking) for key in event.keys):
            self.reload()
