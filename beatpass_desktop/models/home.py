"""The Home page: headline figures and what changed since the last visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import DataSet, Page
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import figures
from beatpass_desktop.store.store import Store

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


class Digest(NamedTuple):
    """What changed since the last visit (UTC)."""

    since: datetime
    changes: tuple[Change, ...]


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
        return Digest(self._visit.seen_at, tuple(changes))

    def reload(self) -> None:
        """Read the figures again."""
        whom = (self.who.account, self.who.artist)
        if whom != self._visit_of:
            self._visit_of = whom
            self._visit = figures.visit_before(self._store.reading, *whom, self._opened_at)
        self._figures = figures.read(self._store.reading, *whom)
        self.changed.emit()
