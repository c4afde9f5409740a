"""The Progress page: level, experience points and achievements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from beatpass_desktop.domain.experience import MAXIMUM_LEVEL
from beatpass_desktop.domain.progress import Progress
from beatpass_desktop.domain.resources import DataSet, Page, Resource
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel, PageState
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents, progress
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.models.achievements import AchievementTableModel


class ProgressModel(PageModel):
    """How far the current artist has come. Signals: see PageModel.

    Attributes:
        progress: what BeatPass sent; its fields are None while unknown.
    """

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
        super().__init__(Page.PROGRESS, data_sets, store, feed, who, now, offline=offline)
        parts = {data_set.resource: data_set for data_set in self._data_sets}
        self._sources = Sources(parts, store, feed, who, now, offline)
        self._lasts = parts[Resource.PROGRESS].fresh_for
        self.progress = Progress()
        self.reload()

    @cached_property
    def achievements(self) -> AchievementTableModel:
        """The achievements as a table model, built when it is first looked at."""
        from beatpass_desktop.models.achievements import AchievementTableModel

        table = AchievementTableModel(self._now)
        table.show(self.progress.achievements or ())
        return table

    @property
    def state(self) -> PageState:
        state = super().state
        if state is PageState.READY and (self.is_of_another or self._is_nothing_known()):
            return PageState.EMPTY
        return state

    @property
    def is_of_another(self) -> bool:
        """Whether BeatPass tells the progress of another artist of this account only."""
        return self.who.own_artist not in (0, self.who.artist)

    @property
    def is_at_maximum(self) -> bool:
        """Whether there is no next level."""
        return self.progress.level is not None and self.progress.level >= MAXIMUM_LEVEL

    @property
    def is_beginning(self) -> bool:
        """Whether nothing has been earned yet."""
        return self.progress.xp == 0 and self.unlocked == 0

    @property
    def unlocked(self) -> int | None:
        """How many achievements are unlocked; counted where the number was not sent."""
        sent, items = self.progress.achievements_unlocked, self.progress.achievements
        if sent is not None or items is None or any(one.unlocked is None for one in items):
            return sent
        return sum(one.unlocked is True for one in items)

    @property
    def total(self) -> int | None:
        """How many achievements there are; counted where the number was not sent."""
        sent, items = self.progress.achievements_total, self.progress.achievements
        return len(items) if sent is None and items is not None else sent

    @property
    def locked(self) -> int | None:
        """How many achievements are still to be unlocked; None when that does not follow."""
        unlocked, total = self.unlocked, self.total
        if unlocked is None or total is None or unlocked > total:
            return None
        return total - unlocked

    @property
    def next_refresh(self) -> datetime | None:
        """When what is shown is to be renewed by itself (UTC); None before the first attempt."""
        key = self._sources.key(Resource.PROGRESS)
        age = None if key is None else documents.age(self._store.reading, key)
        if age is None or age.attempted_at is None:
            return None
        return age.attempted_at + self._lasts

    def reload(self) -> None:
        """Read the progress again."""
        key = self._sources.key(Resource.PROGRESS)
        stored = None if key is None else progress.read(self._store.reading, key)
        self.progress = stored or Progress()
        if "achievements" in self.__dict__:
            self.achievements.show(self.progress.achievements or ())
        self.changed.emit()

    def _is_nothing_known(self) -> bool:
        progress = self.progress
        figures = (progress.level, progress.xp, progress.achievements_total)
        return all(figure is None for figure in figures) and not (
            progress.xp_sources or progress.achievements
        )
