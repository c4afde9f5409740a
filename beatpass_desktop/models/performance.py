"""How the uploads of an artist did."""

from __future__ import annotations

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.performance import MonthPlays, RankedTrack, UploadInsights
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import performance

_RANKED = 10


class PerformanceModel(SectionModel):
    """The current artist's uploads.

    Signals:
        changed: the catalogue, the growth of the most played tracks or the upload insights changed.

    Attributes:
        upload_insights: what BeatPass says of the uploads; None while it has not.
        may_upload: False when the server says that this account may not; None when unknown.
    """

    shown = frozenset({Resource.TRACKS, Resource.UPLOAD_INSIGHTS})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.upload_insights: UploadInsights | None = None
        self.may_upload: bool | None = None
        self._months: list[MonthPlays] | None = None
        self._ranked: list[RankedTrack] = []
        self.reload()

    def months(self) -> list[MonthPlays]:
        """Plays and tracks by upload month, oldest first; months without uploads are left out."""
        if self._months is None:
            self._months = performance.months(self._store.reading, *self._whom)
        return self._months

    def most_played(self, limit: int = _RANKED) -> list[RankedTrack]:
        """The most played tracks, most plays first."""
        return performance.most_played(self._store.reading, *self._whom, limit)

    def reload(self) -> None:
        key = self._sources.key(Resource.UPLOAD_INSIGHTS)
        stored = None if key is None else performance.upload_insights(self._store.reading, key)
        self.may_upload = None if stored is None else stored.permitted
        self.upload_insights = None if self.may_upload is False else stored
        self._months = None
        self._ranked = self.most_played()
        self.changed.emit()

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        super()._on_resources_changed(event)
        # Growth comes batch by batch; most of it is of tracks that are not among these.
        if self._sources.key(Resource.GROWTH) in event.keys:
            before, self._ranked = self._ranked, self.most_played()
            if self._ranked != before:
                self.changed.emit()
