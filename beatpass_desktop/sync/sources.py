"""Where each data set comes from, and which headline figures it carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from beatpass_desktop.api import catalogue, headline, identity, progress
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.profiles import ArtistPage, Profile
from beatpass_desktop.domain.progress import Progress
from beatpass_desktop.domain.replies import Decoded, Fetched, Slice
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store.catalogue import ALBUMS, TRACKS, CatalogueTable

Urgent = Callable[[], bool]
Figures = dict[Figure, FigureValue | None]


class _Fetch(Protocol):
    def __call__(
        self, session: Session, artist: int, *, etag: str | None, urgent: Urgent
    ) -> Awaitable[Fetched[Any]]: ...


@dataclass(frozen=True, slots=True)
class Document:
    """A data set that comes in one reply.

    `figures` reads the headline figures that a reply holds, `carries` names all that it can hold.
    """

    fetch: _Fetch
    figures: Callable[[Decoded[Any]], Figures]
    carries: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A data set that comes page by page. `count` is the figure its number of rows is kept as."""

    fetch: Callable[..., Awaitable[Slice[Any]]]
    table: CatalogueTable[Any]
    count: Figure


def _fields(fetch: _Fetch, names: Mapping[str, Figure]) -> Document:
    """A document whose figures stand in fields of their own; null says that there is no value."""

    def read(decoded: Decoded[Any]) -> Figures:
        return {
            figure: getattr(decoded.value, name)
            for name, figure in names.items()
            if name in decoded.carried
        }

    return Document(fetch, read, tuple(names.values()))


def _progress(decoded: Decoded[Progress]) -> Figures:
    value = decoded.value
    figures: Figures = {
        Figure.ACHIEVEMENTS: value.achievements_unlocked,
        Figure.ACHIEVEMENTS_TOTAL: value.achievements_total,
    }
    if value.level is not None:
        figures |= {
            Figure.LEVEL: value.level.number,
            Figure.LEVEL_TITLE: value.level.title,
            Figure.XP: value.level.xp,
            Figure.XP_TO_NEXT: value.level.xp_to_next,
        }
    return {figure: number for figure, number in figures.items() if number is not None}


def _none(decoded: Decoded[Profile | ArtistPage]) -> Figures:
    return {}


def _unaddressed(fetch: Callable[..., Awaitable[Fetched[Any]]]) -> _Fetch:
    """A fetch whose endpoint takes no artist id."""

    def call(
        session: Session, artist: int, *, etag: str | None, urgent: Urgent
    ) -> Awaitable[Fetched[Any]]:
        return fetch(session, etag=etag, urgent=urgent)

    return call


SOURCES: dict[Resource, Document | Listing] = {
    Resource.PROFILE: Document(_unaddressed(identity.fetch_profile), _none),
    Resource.ARTIST: Document(identity.fetch_artist, _none),
    Resource.FOLLOWERS: _fields(identity.fetch_followers, {"total": Figure.FOLLOWERS}),
    Resource.STATS: _fields(
        _unaddressed(headline.fetch_stats),
        {
            "total_tracks": Figure.TRACKS,
            "recent_uploads": Figure.RECENT_UPLOADS,
            "total_plays": Figure.PLAYS,
            "play_growth_percentage": Figure.GROWTH,
            "total_contribution": Figure.CONTRIBUTION,
        },
    ),
    Resource.DOWNLOADS: _fields(
        headline.fetch_download_totals, {"total_downloads": Figure.DOWNLOADS}
    ),
    Resource.PROGRESS: Document(
        _unaddressed(progress.fetch_progress),
        _progress,
        (
            Figure.ACHIEVEMENTS,
            Figure.ACHIEVEMENTS_TOTAL,
            Figure.LEVEL,
            Figure.LEVEL_TITLE,
            Figure.XP,
            Figure.XP_TO_NEXT,
        ),
    ),
    Resource.ALBUMS: Listing(catalogue.fetch_albums, ALBUMS, Figure.ALBUMS),
    Resource.TRACKS: Listing(catalogue.fetch_tracks, TRACKS, Figure.TRACKS_LISTED),
}
