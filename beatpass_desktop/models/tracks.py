"""The Tracks page: its cards and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.resources import DataSet, Page, Resource
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel, PageState
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.track_table import TrackTableModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import figures, tracks
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.models.collaboration import CollaborationModel
    from beatpass_desktop.models.performance import PerformanceModel
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.models.track_details import TrackDetailsModel


class TracksModel(PageModel):
    """The current artist's tracks. Signals: see PageModel.

    Its sections are built when they are first looked at, for the table comes first.

    Attributes:
        table: the catalogue as a Qt table model, with covers when there are `pictures`.
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
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(Page.TRACKS, data_sets, store, feed, who, now, offline=offline)
        parts = {data_set.resource: data_set for data_set in self._data_sets}
        self._sources = Sources(parts, store, feed, who, now, offline)
        self.table = TrackTableModel(store, pictures)
        self._changed_at: datetime | None = None
        self._shown: tuple[int, int] = (0, 0)
        self.reload()

    @cached_property
    def collaboration(self) -> CollaborationModel:
        """With whom tracks were made, and with whom they might be."""
        from beatpass_desktop.models.collaboration import CollaborationModel

        return CollaborationModel(self._sources)

    @cached_property
    def performance(self) -> PerformanceModel:
        """How the uploads did."""
        from beatpass_desktop.models.performance import PerformanceModel

        return PerformanceModel(self._sources)

    @cached_property
    def details(self) -> TrackDetailsModel:
        """The track that is selected."""
        from beatpass_desktop.models.track_details import TrackDetailsModel

        return TrackDetailsModel(self._sources)

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

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        super()._on_resources_changed(event)
        if self._sources.key(Resource.GROWTH) in event.keys:
            self.table.renew_growth()
