"""The Tracks page: its cards and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from beatpass_desktop.domain.resources import DataSet, Page
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel, PageState
from beatpass_desktop.models.track_table import TrackTableModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import figures, tracks
from beatpass_desktop.store.store import Store


class TracksModel(PageModel):
    """The current artist's tracks. Signals: see PageModel.

    Attributes:
        table: the catalogue as a Qt table model.
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
        super().__init__(Page.TRACKS, data_sets, store, feed, who, now, offline=offline)
        self.table = TrackTableModel(store)
        self._changed_at: datetime | None = None
        self._shown: tuple[int, int] = (0, 0)
        self.reload()

    @property
    def state(self) -> PageState:
        state = super().state
        if state is PageState.READY and self._changed_at is not None and self.table.total == 0:
            return PageState.EMPTY
        return state

    @property
    def is_listed(self) -> bool:
        """Whether the catalogue has ever come whole."""
        return self._changed_at is not None

    def reload(self) -> None:
        """Read the figures again, and the table when the catalogue was renewed."""
        whom = (self.who.account, self.who.artist)
        self._figures = figures.read(self._store.reading, *whom)
        changed_at = tracks.changed_at(self._store.reading, *whom)
        if whom != self._shown or changed_at != self._changed_at:
            self._shown, self._changed_at = whom, changed_at
            self.table.show(*whom)
        self.changed.emit()
