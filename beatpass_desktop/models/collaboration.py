"""The artists with whom tracks were made, and those with whom they might be."""

from __future__ import annotations

from PySide6.QtCore import Signal

from beatpass_desktop.domain.collaboration import Collaborator, CommonTrack, Opportunity
from beatpass_desktop.domain.events import FollowEnded, FollowStarted
from beatpass_desktop.domain.figures import Figure, FigureReading
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import collaboration, figures


class CollaborationModel(SectionModel):
    """The current artist's collaborations.

    Signals:
        changed: what is known of collaborators or recommendations changed.
        follow_failed: (artist, sentence) following or unfollowing an artist did not work.

    Attributes:
        unique: other artists with whom tracks were made, a count; as BeatPass says, else as the
            listed tracks credit them.
        together: tracks made with others, a count; likewise.
        collaborators: those artists; empty while `is_known` is False.
        is_known: whether the list of collaborators has ever come.
        failure: why the list could not be renewed, a sentence; empty when it could.
        opportunities: artists to make tracks with; empty while `opportunities_known` is False.
        opportunities_known: whether the recommendations have ever come.
        opportunities_failure: why the recommendations could not be renewed; empty when they could.
    """

    follow_failed = Signal(object, str)
    shown = frozenset({Resource.NETWORK, Resource.OPPORTUNITIES, Resource.TRACKS})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.unique: int | None = None
        self.together: int | None = None
        self.collaborators: list[Collaborator] = []
        self.is_known = False
        self.failure = ""
        self.opportunities: list[Opportunity] = []
        self.opportunities_known = False
        self.opportunities_failure = ""
        self._pending: set[int] = set()
        sources.feed.follow_started.connect(self._on_follow_started)
        sources.feed.follow_ended.connect(self._on_follow_ended)
        self.reload()

    def common_tracks(self, artist_id: int) -> list[CommonTrack]:
        """The tracks made together with an artist, most played first."""
        key = self._sources.key(Resource.COLLABORATIVE_TRACKS)
        if key is None:
            return []
        name = next((one.name for one in self.collaborators if one.id == artist_id), None)
        return collaboration.common_tracks(self._store.reading, key, artist_id, name)

    def is_following_pending(self, artist_id: int) -> bool:
        """Whether a wish to follow or unfollow the artist is under way."""
        return artist_id in self._pending

    def reload(self) -> None:
        connection = self._store.reading
        credited = figures.read(connection, *self._whom)
        key = self._sources.key(Resource.NETWORK)
        network = None if key is None else collaboration.network(connection, key)
        listed = None if network is None else network.collaborators
        unique = None if network is None else network.total_collaborators
        together = None if network is None else network.total_collaborations
        self.unique = _count(credited, Figure.COLLABORATORS) if unique is None else unique
        self.together = _count(credited, Figure.COLLABORATIONS) if together is None else together
        self.collaborators, self.is_known = list(listed or ()), listed is not None
        self.failure = self._reason(key)
        key = self._sources.key(Resource.OPPORTUNITIES)
        found = None if key is None else collaboration.opportunities(connection, key)
        self.opportunities, self.opportunities_known = found or [], found is not None
        self.opportunities_failure = self._reason(key)
        self.changed.emit()

    def _on_follow_started(self, event: FollowStarted) -> None:
        self._pending.add(event.artist)
        self.changed.emit()

    def _on_follow_ended(self, event: FollowEnded) -> None:
        self._pending.discard(event.artist)
        self.changed.emit()
        if event.failure is not None:
            self.follow_failed.emit(event.artist, event.failure.sentence)


def _count(readings: dict[Figure, FigureReading], figure: Figure) -> int | None:
    reading = readings.get(figure)
    return reading.value if reading is not None and isinstance(reading.value, int) else None
