"""Who makes tracks with whom, and who might."""

from __future__ import annotations

from dataclasses import dataclass

from beatpass_desktop.domain.artists import ArtistRef


@dataclass(frozen=True, slots=True)
class Collaborator:
    """An artist with whom tracks were made. `following` is None when the server does not say."""

    id: int
    name: str | None = None
    image: str | None = None
    verified: bool | None = None
    track_count: int | None = None
    following: bool | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """`GET /producer-intelligence/collaboration-network`."""

    total_collaborators: int | None = None
    total_collaborations: int | None = None
    collaborators: tuple[Collaborator, ...] | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An artist to make a track with. `match_score` goes from 0 to 100."""

    artist: ArtistRef
    track_count: int | None = None
    match_score: int | None = None
    common_genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opportunities:
    """`GET /producer-intelligence/collaboration-opportunities`."""

    recommendations: tuple[Opportunity, ...] | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """An artist as a track credits them. `id` is None when only the name came."""

    id: int | None = None
    name: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class CollaborativeTrack:
    """A track made by several artists."""

    track_id: int
    title: str | None = None
    primary_artist: str | None = None
    collaborators: tuple[Credit, ...] | None = None
    plays: int | None = None


@dataclass(frozen=True, slots=True)
class CollaborativeTracks:
    """`GET /artist/{id}/collaborative-tracks`."""

    tracks: tuple[CollaborativeTrack, ...] | None = None


@dataclass(frozen=True, slots=True)
class CommonTrack:
    """A track made together with a certain artist. `artists` are the names of all, in one text."""

    id: int
    title: str | None = None
    artists: str | None = None
    plays: int | None = None
