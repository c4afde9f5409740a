"""A page around the listing of an artist's tracks, albums or the like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from beatpass_desktop.domain.resources import DataSet, Page
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.listing_table import ListingTableModel
from beatpass_desktop.models.page import PageModel, PageState
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import figures
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

TableT = TypeVar("TableT", bound=ListingTableModel[Any, Any, Any])


class ListingPageModel(PageModel, Generic[TableT]):
    """Reads its table again when the listing was renewed, not with every figure.

    Subclasses say when that was (`_renewed_at`) and call `reload` when they are complete. Signals:
    see PageModel.

    Attributes:
        table: the listing as a Qt table model.
    """

    def __init__(
        self,
        page: Page,
        table: TableT,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        super().__init__(page, data_sets, store, feed, who, now, offline=offline)
        parts = {data_set.resource: data_set for data_set in self._data_sets}
        self._sources = Sources(parts, store, feed, who, now, offline)
        self.table = table
        self._changed_at: datetime | None = None
        self._shown: tuple[int, int] = (0, 0)

    @property
    def state(self) -> PageState:
        state = super().state
        if state is PageState.READY and self.is_listed and self.table.total == 0:
            return PageState.EMPTY
        return state

    @property
    def is_listed(self) -> bool:
        """Whether the listing has ever come whole."""
        return self._changed_at is not None

    def reload(self) -> None:
        """Read the figures again, and the table when the listing was renewed."""
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        whom = (self.who.account, self.who.artist)
        connection = self._store.reading
        self._figures = figures.read(connection, *whom)
        changed_at = self._renewed_at(connection, *whom)
        if whom != self._shown or changed_at != self._changed_at:
            self._shown, self._changed_at = whom, changed_at
            self.table.show(*whom)

    def _renewed_at(
        self, connection: apsw.Connection, account: int, artist: int
    ) -> datetime | None:
        """When a row of the listing last changed; None before it first came whole."""
        raise NotImplementedError
