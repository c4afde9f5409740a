"""The Leaderboards page: one ranking at a time, and where the artist stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import Signal

from beatpass_desktop.domain.freshness import NEVER, Freshness, combined
from beatpass_desktop.domain.leaderboards import ALL_TIME, Category, Entry, Leaderboard, Ranking
from beatpass_desktop.domain.resources import DataSet, Page, Part, Resource, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.leaderboard_table import LeaderboardTableModel
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents, figures, leaderboards
from beatpass_desktop.store.store import Store

_TOP = 3


class Climb(NamedTuple):
    """How many places up (down below 0) since a day (UTC), by this computer's own record."""

    places: int
    since: date
    is_yesterday: bool


class LeaderboardsModel(PageModel):
    """A ranking of producers.

    Signals (besides those of PageModel):
        chosen: another category or period was chosen; its Ranking.
        wanted: (resource, params) a ranking is in view; for `RequestPort.want`.

    Attributes:
        ranking: what was chosen.
        shown: the ranking of `board`: the one before while the chosen one has never come.
        board: the rows and totals; None while there are none.
        table: the rows below the first three.
    """

    chosen = Signal(object)
    wanted = Signal(object, str)

    def __init__(
        self,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(Page.LEADERBOARDS, data_sets, store, feed, who, now, offline=offline)
        self.ranking = Ranking()
        self.shown = Ranking()
        self.board: Leaderboard | None = None
        self.table = LeaderboardTableModel(pictures)
        self._period = ALL_TIME
        self._whom = (0, 0)
        self.reload()

    @property
    def period(self) -> str:
        """The period that was chosen, also while the category has none."""
        return self._period

    @property
    def is_waiting(self) -> bool:
        """Whether what stands there is not yet what was chosen."""
        return self.board is not None and self.shown != self.ranking

    @property
    def failure(self) -> str:
        """Why the chosen ranking could not be renewed, a sentence; empty when it could."""
        key = self._key(self.ranking)
        return "" if key is None else documents.age(self._store.reading, key).reason

    @property
    def freshness(self) -> Freshness:
        key = self._key(self.shown)
        if key is None:
            return NEVER
        ages = [(documents.age(self._store.reading, key), self._ranking_fresh_for)]
        return combined(ages, self._now(), offline=self._offline)

    @property
    def rank(self) -> int | None:
        """The artist's place; None when BeatPass named none."""
        if self.board is not None and self.board.me is not None and self._is_own:
            return self.board.me.rank
        row = self.own_entry
        return None if row is None else row.rank

    @property
    def score(self) -> float | None:
        """The artist's score; None when BeatPass named none."""
        if self.board is not None and self.board.me is not None and self._is_own:
            return self.board.me.score
        row = self.own_entry
        return None if row is None else row.score

    @property
    def own_entry(self) -> Entry | None:
        """The artist's row, when it is listed."""
        return None if self.board is None else self.board.row_of(self.who.artist)

    @property
    def top(self) -> tuple[Entry, ...]:
        """The first three."""
        return () if self.board is None else (self.board.entries or ())[:_TOP]

    def climb(self) -> Climb | None:
        """How the rank of all time moved since the last day on record before today."""
        if self.shown.period != ALL_TIME or self.rank is None or not self._is_own:
            return None
        today = self.today()
        past = [(day, rank) for day, rank in self.history(self.shown.category) if day < today]
        if not past:
            return None
        day, rank = past[-1]
        return Climb(rank - self.rank, day, day == today - timedelta(days=1))

    def now(self) -> datetime:
        """The present, UTC."""
        return self._now()

    def today(self) -> date:
        """The day of the record that is being written, UTC."""
        return self._now().astimezone(UTC).date()

    def history(self, category: Category) -> list[tuple[date, int]]:
        """The artist's rank of all time by day (UTC) as this computer saw it, oldest first."""
        whom = (self.who.account, self.who.artist)
        return [
            (date.fromisoformat(day), value)
            for day, value in figures.history(self._store.reading, *whom, category.figure)
            if isinstance(value, int)
        ]

    def choose_category(self, category: Category) -> None:
        """Show another category."""
        self._choose(category, self._period)

    def choose_period(self, period: str) -> None:
        """Show another period."""
        self._choose(self.ranking.category, period)

    def ask(self) -> None:
        """Say what is in view."""
        self.wanted.emit(Resource.LEADERBOARD, self.ranking.params)

    def keys(self, *parts: Part) -> set[ResourceKey]:
        key = self._key(self.ranking)
        return set() if key is None else {key}

    def reload(self) -> None:
        """Read the chosen ranking; until it has come the one before stays."""
        connection = self._store.reading
        whom = (self.who.account, self.who.artist)
        if whom != self._whom:
            self._whom, self.board = whom, None
        if self.board is None:
            self.shown = self.ranking
        key = self._key(self.ranking)
        board = None if key is None else leaderboards.read(connection, key)
        shown = self.ranking
        if board is None and self.board is None and key is not None:
            # Nothing stands there yet: better an old ranking of something else than nothing.
            for shown in leaderboards.stored(connection, key.account, key.artist)[:1]:
                board = leaderboards.read(connection, key._replace(params=shown.params))
        if board is not None:
            self.board, self.shown = board, shown
        self._show_rows()
        self._figures = figures.read(connection, *whom)
        self.changed.emit()

    def _choose(self, category: Category, period: str) -> None:
        self._period = period
        ranking = Ranking(category, period if category.has_periods else ALL_TIME)
        if ranking == self.ranking:
            return
        self.ranking = ranking
        self.reload()
        self.freshness_changed.emit()
        self.chosen.emit(ranking)
        self.ask()

    def _show_rows(self) -> None:
        entries = () if self.board is None else self.board.entries or ()
        best = entries[0].score if entries else None
        self.table.show(entries[_TOP:], self.who.artist, best)

    @property
    def _is_own(self) -> bool:
        """Whether the artist who is shown is the one whose place BeatPass names."""
        return self.who.artist == self.who.own_artist

    @property
    def _ranking_fresh_for(self) -> timedelta:
        return next(part.fresh_for for part in self._data_sets)

    def _key(self, ranking: Ranking) -> ResourceKey | None:
        part = next(p for p in self._data_sets if p.resource is Resource.LEADERBOARD)
        key = self.who.key(part)
        return None if key is None else key._replace(params=ranking.params)
