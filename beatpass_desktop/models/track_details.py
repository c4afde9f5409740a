"""Everything about the track that is selected."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal

from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.events import FetchEnded, FetchStarted
from beatpass_desktop.domain.freshness import NEVER, Freshness, combined
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import InsightPeriod, InsightQuery, Insights, InsightSubject
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import documents, insights, track_details

WAIT = 150
"""ms that a track must stay selected before its insights are asked for"""
_WANTED = (Resource.INSIGHTS, Resource.CHART)


class TrackDetailsModel(SectionModel):
    """One track with its insights.

    Signals:
        changed: the track, its insights, their age, or whether they are being fetched changed.
        wanted: (resource, params) the insights are in view; to be connected to `RequestPort.want`.
            Told a moment after `show`, so that a run through many rows asks for the last alone.

    Attributes:
        track: the stored track; None when none is selected or it is not stored.
        growth: its growth; None while that has not come.
        missing: the metadata fields that are empty; None when BeatPass does not send them all.
        insights: the insights for `period`; None while they have not come.
        chart: plays by day for `period`.
        period: how far back `insights` and `chart` look.
        freshness: the age of `insights` and `chart`.
        failure: why they could not be renewed, a sentence; empty when they could.
        is_refreshing: whether they are being fetched.
    """

    wanted = Signal(object, str)
    shown = frozenset({Resource.INSIGHTS, Resource.CHART, Resource.TRACKS, Resource.GROWTH})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.track: Track | None = None
        self.growth: TrackGrowth | None = None
        self.missing: tuple[str, ...] | None = None
        self.insights: Insights | None = None
        self.chart: list[tuple[date, int]] = []
        self.period = InsightPeriod.MONTH
        self.freshness: Freshness = NEVER
        self.failure = ""
        self._id: int | None = None
        self._fetching: set[ResourceKey] = set()
        self._wait = QTimer(self, singleShot=True, interval=WAIT)
        self._wait.timeout.connect(self._on_wait_ended)
        sources.feed.fetch_started.connect(self._on_fetch_started)
        sources.feed.fetch_ended.connect(self._on_fetch_ended)

    @property
    def is_offline(self) -> bool:
        """Whether this run makes no requests by choice."""
        return self._sources.offline

    @property
    def is_refreshing(self) -> bool:
        return not self._fetching.isdisjoint(self._keys())

    def show(self, track_id: int | None) -> None:
        """Select a track, None for none; the same one again asks for its insights again."""
        self._id = track_id
        self.reload()
        self._begin_wait()

    def set_period(self, period: InsightPeriod) -> None:
        """Look so far back from now on."""
        if period is not self.period:
            self.period = period
            self.reload()
            self._begin_wait()

    def reload(self) -> None:
        before = self._all()
        connection = self._store.reading
        found = None if self._id is None else track_details.read(connection, *self._whom, self._id)
        self.track, self.growth, self.missing = found or (None, None, None)
        figures, chart = self._key(Resource.INSIGHTS), self._key(Resource.CHART)
        self.insights = None if figures is None else insights.insights(connection, figures)
        points = [] if chart is None else insights.points(connection, chart)
        self.chart = [(date.fromisoformat(day), plays) for day, plays in points]
        ages = [
            (documents.age(connection, key), self._sources.data_sets[key.resource].fresh_for)
            for key in self._keys()
        ]
        self.freshness = combined(ages, self._sources.now(), offline=self._sources.offline)
        self.failure = self.freshness.reason
        if self._all() != before:
            self.changed.emit()

    def _all(self) -> tuple[object, ...]:
        shown = (self.track, self.growth, self.missing, self.insights, self.chart)
        return *shown, self.period, self.freshness, self.failure, self._id

    def _key(self, resource: Resource) -> ResourceKey | None:
        if self.track is None:
            return None
        query = InsightQuery(InsightSubject.TRACK, self.track.id, self.period)
        return self._sources.key(resource, query.params)

    def _keys(self) -> list[ResourceKey]:
        return [key for resource in _WANTED if (key := self._key(resource)) is not None]

    def _begin_wait(self) -> None:
        if self.track is None:
            self._wait.stop()
        else:
            self._wait.start()

    def _on_wait_ended(self) -> None:
        for key in self._keys():
            self.wanted.emit(key.resource, key.params)

    def _on_fetch_started(self, event: FetchStarted) -> None:
        self._fetching.add(event.key)
        if event.key in self._keys():
            self.changed.emit()

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        self._fetching.discard(event.key)
        if event.key in self._keys():
            self.changed.emit()

    def _on_who_changed(self) -> None:
        super()._on_who_changed()
        self._begin_wait()
