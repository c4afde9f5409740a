"""The Albums page: its cards, its table, and the tracks of the album that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from beatpass_desktop.domain.album_summary import AlbumSummary, summed_up
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import DataSet, Page, Resource
from beatpass_desktop.models.album_table import AlbumTableModel
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.listing_page import ListingPageModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import albums
from beatpass_desktop.store.albums import PlayGrowth
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

    from beatpass_desktop.models.album_tracks import AlbumTracksModel
    from beatpass_desktop.models.pictures import Pictures

_ASKED = 500
"""tracks whose growth is asked for; an artist with more on albums sees it when Tracks brought it"""
_OF_TRACKS = frozenset({Resource.GROWTH, Resource.TRACKS})


class AlbumsModel(ListingPageModel[AlbumTableModel]):
    """The current artist's albums. Signals: see PageModel.

    Attributes:
        pictures: covers, None when there are none to be had.
        summary: what the albums come to.
        growth: the growth of the plays of all album tracks; None while it is not known of each.
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
        table = AlbumTableModel(store, now, pictures)
        super().__init__(Page.ALBUMS, table, data_sets, store, feed, who, now, offline=offline)
        self.pictures = pictures
        self.summary: AlbumSummary = summed_up([], self.table.today)
        self.growth: PlayGrowth | None = None
        self.reload()

    @cached_property
    def tracks(self) -> AlbumTracksModel:
        """The tracks of the album that is open."""
        from beatpass_desktop.models.album_tracks import AlbumTracksModel

        return AlbumTracksModel(self._sources)

    @property
    def total(self) -> int | None:
        """How many albums there are; None while BeatPass has not told."""
        total = self.value(Figure.ALBUMS)
        return total if isinstance(total, int) else None

    def track_ids(self) -> list[int]:
        """The tracks on the albums, at most as many as are worth asking growth for."""
        listed = list(chain.from_iterable(album.track_ids or () for album in self.table.albums))
        return listed if len(listed) <= _ASKED else []

    def _read(self) -> None:
        super()._read()
        self.table.keep_up()
        self._sum_up()

    def _renewed_at(
        self, connection: apsw.Connection, account: int, artist: int
    ) -> datetime | None:
        return albums.changed_at(connection, account, artist)

    def _sum_up(self) -> None:
        listed = self.table.albums
        self.summary = summed_up(listed, self.table.today)
        self.growth = None
        if all(album.track_ids is not None for album in listed):
            ids = chain.from_iterable(album.track_ids or () for album in listed)
            self.growth = albums.play_growth(self._store.reading, *self._shown, ids)

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        super()._on_resources_changed(event)
        if any(key.resource in _OF_TRACKS and key.artist == self._shown[1] for key in event.keys):
            self._sum_up()
            self.changed.emit()
