"""The Tracks page: its cards and its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.resources import DataSet, Page, Resource
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.listing_page import ListingPageModel
from beatpass_desktop.models.track_table import TrackTableModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import tracks
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

    from beatpass_desktop.models.collaboration import CollaborationModel
    from beatpass_desktop.models.performance import PerformanceModel
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.models.track_details import TrackDetailsModel


class TracksModel(ListingPageModel[TrackTableModel]):
    """The current artist's tracks, with covers when there are `pictures`. Signals: see PageModel.

    Its sections are built when they are first looked at, for the table comes first.
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
        table = TrackTableModel(store, pictures)
        super().__init__(Page.TRACKS, table, data_sets, store, feed, who, now, offline=offline)
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

    def _renewed_at(
        self, connection: apsw.Connection, account: int, artist: int
    ) -> datetime | None:
        return tracks.changed_at(connection, account, artist)

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        super()._on_resources_changed(event)
        if self._sources.key(Resource.GROWTH) in event.keys:
            self.table.renew_growth()
