"""What the sections of a page have in common: they read anew what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.resources import DataSet, Resource, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents
from beatpass_desktop.store.store import Store


class Sources(NamedTuple):
    """Where a section reads: the data sets of its page, the store, and whose they are.

    `offline` is the app's own choice to make no requests.
    """

    data_sets: Mapping[Resource, DataSet]
    store: Store
    feed: Feed
    who: Who
    now: Callable[[], datetime]
    offline: bool = False

    def key(self, resource: Resource, params: str = "") -> ResourceKey | None:
        """The key of a data set of the current artist; None when it describes another."""
        data_set = self.data_sets.get(resource)
        key = None if data_set is None else self.who.key(data_set)
        if key is None or key.artist != self.who.artist:
            return None
        return key._replace(params=params)


class SectionModel(QObject):
    """A section of a page. Subclasses say which data sets they show (`shown`).

    Signals:
        changed: what is shown changed.
    """

    changed = Signal()
    shown: frozenset[Resource] = frozenset()

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._store = sources.store
        sources.feed.resources_changed.connect(self._on_resources_changed)
        sources.who.changed.connect(self._on_who_changed)

    @property
    def _whom(self) -> tuple[int, int]:
        return self._sources.who.account, self._sources.who.artist

    def reload(self) -> None:
        """Read again what is shown and emit `changed`."""
        raise NotImplementedError

    def _reason(self, key: ResourceKey | None) -> str:
        """Why a data set could not be renewed; empty when it could."""
        return "" if key is None else documents.age(self._store.reading, key).reason

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        if any(
            key.resource in self.shown and (key.account, key.artist) == self._whom
            for key in event.keys
        ):
            self.reload()

    def _on_who_changed(self) -> None:
        self.reload()
