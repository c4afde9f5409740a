"""What sections with ages of their own have in common: instances that they wish for."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal

from beatpass_desktop.domain.events import FetchEnded, FetchStarted, ResourcesChanged
from beatpass_desktop.domain.freshness import Freshness, combined
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import documents


class WishedModel(SectionModel):
    """A section that shows chosen instances of data sets, such as a year or a period.

    Signals (besides that of SectionModel):
        wanted: (resource, params) this instance is in view; to be connected to
            `RequestPort.want`.
        freshness_changed: the age of what is shown, or whether it is being fetched, changed.
    """

    wanted = Signal(object, str)
    freshness_changed = Signal()

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self._fetching: set[ResourceKey] = set()
        sources.feed.fetch_started.connect(self._on_fetch_started)
        sources.feed.fetch_ended.connect(self._on_fetch_ended)

    @abstractmethod
    def instances(self) -> list[ResourceKey]:
        """What is shown; the section is as old as the oldest of these."""

    def ask(self) -> None:
        """Wish for what is shown: to be called when it comes into view."""
        for key in self.instances():
            self.wanted.emit(key.resource, key.params)

    @property
    def is_refreshing(self) -> bool:
        """Whether something that is shown is being fetched."""
        return not self._fetching.isdisjoint(self.instances())

    @property
    def freshness(self) -> Freshness:
        """The age of what is shown, and why it could not be renewed."""
        ages = [
            (
                documents.age(self._store.reading, key),
                self._sources.data_sets[key.resource].fresh_for,
            )
            for key in self.instances()
        ]
        return combined(ages, self._sources.now(), offline=self._sources.offline)

    def is_fetching(self, key: ResourceKey | None) -> bool:
        """Whether this instance is being fetched."""
        return key in self._fetching

    def _instance(self, resource: Resource, params: str) -> ResourceKey | None:
        """The key of an instance for whom is shown."""
        data_set = self._sources.data_sets.get(resource)
        key = None if data_set is None else self._sources.who.key(data_set)
        return None if key is None else key._replace(params=params)

    def _concerns(self, key: ResourceKey) -> bool:
        """Whether a data set has to do with what is shown."""
        return key in self.instances()

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        if any(map(self._concerns, event.keys)):
            self.reload()
            self.freshness_changed.emit()

    def _on_fetch_started(self, event: FetchStarted) -> None:
        self._fetching.add(event.key)
        if self._concerns(event.key):
            self.freshness_changed.emit()

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        self._fetching.discard(event.key)
        if self._concerns(event.key):
            self.freshness_changed.emit()

    def _on_who_changed(self) -> None:
        super()._on_who_changed()
        self.freshness_changed.emit()
        self.ask()
