"""The one table of data sets: whom they describe, how long they stay fresh, which page shows them.

Where a data set comes from stands beside it in `sync.sources`; this module stays free of the
network so that the first paint can read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

from beatpass_desktop.domain.resources import DataSet, Page, Part, Resource, Scope


class Row(NamedTuple):
    """One line of the table."""

    data_set: DataSet
    pages: frozenset[Page]
    wished_by: frozenset[Page] = frozenset()
    """pages that wish for instances of it, whatever it is to the others"""
    fresh_on: Mapping[Page, timedelta] = MappingProxyType({})
    """how long it stays fresh on pages that say so for themselves"""

    def shown_on(self, page: Page) -> DataSet:
        """What it is to one of its pages, and how long it stays fresh there."""
        part = self.data_set.part if page in self.pages else Part.WISH
        return self.data_set._replace(part=part, fresh_for=self.fresh_for(page))

    def fresh_for(self, page: Page) -> timedelta:
        """How long it stays fresh while `page` is in view."""
        return self.fresh_on.get(page, self.data_set.fresh_for)


def _row(
    resource: Resource,
    scope: Scope,
    minutes: float,
    *pages: Page,
    part: Part = Part.PAGE,
    wished_by: Page | None = None,
    fresh_on: Mapping[Page, float] = MappingProxyType({}),
) -> tuple[Resource, Row]:
    data_set = DataSet(resource, scope, timedelta(minutes=minutes), part)
    wishing = frozenset() if wished_by is None else frozenset({wished_by})
    there = {page: timedelta(minutes=value) for page, value in fresh_on.items()}
    return resource, Row(data_set, frozenset(pages), wishing, MappingProxyType(there))


_DAY = 24 * 60
_HOME, _TRACKS = Page.HOME, Page.TRACKS
_ACTIVITY = Page.ACTIVITY
_ALBUMS = Page.ALBUMS
_FINANCES = Page.FINANCES

TABLE: dict[Resource, Row] = dict(
    (
        _row(Resource.PROFILE, Scope.ACCOUNT, 15, _HOME, _ACTIVITY),
        _row(Resource.STATS, Scope.OWN_ARTIST, 15, _HOME, _ACTIVITY, _TRACKS),
        _row(Resource.ARTIST, Scope.ARTIST, 15, _HOME),
        _row(Resource.FOLLOWERS, Scope.ARTIST, 15, _HOME),
        _row(Resource.DOWNLOADS, Scope.ARTIST, 15, _HOME, wished_by=_ACTIVITY),
        _row(
            Resource.PROGRESS,
            Scope.OWN_ARTIST,
            15,
            _HOME,
            _ACTIVITY,
            Page.PROGRESS,
            fresh_on={Page.PROGRESS: 1},
        ),
        _row(Resource.ALBUMS, Scope.ARTIST, 15, _HOME, _ALBUMS),
        _row(Resource.ALBUM_TRACKS, Scope.ARTIST, 15, _ALBUMS, part=Part.WISH),
        _row(Resource.TRACKS, Scope.ARTIST, 15, _TRACKS, wished_by=_ALBUMS),
        _row(Resource.NETWORK, Scope.OWN_ARTIST, 15, _TRACKS, part=Part.SECTION),
        _row(Resource.OPPORTUNITIES, Scope.OWN_ARTIST, _DAY, _TRACKS, part=Part.SECTION),
        _row(Resource.COLLABORATIVE_TRACKS, Scope.ARTIST, 15, _TRACKS, part=Part.SECTION),
        _row(Resource.UPLOAD_INSIGHTS, Scope.OWN_ARTIST, 15, _TRACKS, part=Part.SECTION),
        _row(Resource.PERFORMANCE, Scope.OWN_ARTIST, 15, _TRACKS, part=Part.WISH),
        _row(Resource.GROWTH, Scope.ARTIST, 5, _TRACKS, _ALBUMS, part=Part.WISH),
        _row(Resource.INSIGHTS, Scope.ARTIST, 15, _TRACKS, part=Part.WISH),
        _row(Resource.CHART, Scope.ARTIST, 15, _TRACKS, part=Part.WISH),
        _row(Resource.EARNINGS, Scope.OWN_ARTIST, 15, _ACTIVITY),
        _row(Resource.UPLOAD_DAYS, Scope.ARTIST, 15, _ACTIVITY, part=Part.WISH),
        _row(Resource.PLATFORM_DAYS, Scope.ACCOUNT, 15, _ACTIVITY, part=Part.WISH),
        _row(
            Resource.LEADERBOARD,
            Scope.OWN_ARTIST,
            2,
            Page.LEADERBOARDS,
            part=Part.WISH,
            wished_by=_HOME,
            fresh_on={_HOME: 15},
        ),
        _row(Resource.STRIPE, Scope.ARTIST, 5, _FINANCES),
        # How long balances stay fresh their reply says itself, if it does.
        _row(Resource.FINANCES, Scope.ARTIST, 5, _FINANCES),
        _row(Resource.TRANSACTIONS, Scope.ARTIST, 5, _FINANCES),
        _row(Resource.DOWNLOADS_PAGE, Scope.ARTIST, 0, _ACTIVITY, part=Part.WISH),
    )
)


def shown_by(page: Page) -> list[DataSet]:
    """The data sets that a page shows, in the order of the table."""
    return [
        row.shown_on(page) for row in TABLE.values() if page in row.pages or page in row.wished_by
    ]


def fetched_for(page: Page) -> list[DataSet]:
    """The data sets that a page needs as soon as it is in view."""
    return [data_set for data_set in shown_by(page) if data_set.part is not Part.WISH]
