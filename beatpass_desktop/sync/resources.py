"""The one table of data sets: whom they describe, how long they stay fresh, which page shows them.

Where a data set comes from stands beside it in `sync.sources`; this module stays free of the
network so that the first paint can read it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from beatpass_desktop.domain.resources import DataSet, Page, Resource, Scope


class Row(NamedTuple):
    """One line of the table."""

    data_set: DataSet
    pages: frozenset[Page]


def _row(resource: Resource, scope: Scope, minutes: float, *pages: Page) -> tuple[Resource, Row]:
    return resource, Row(DataSet(resource, scope, timedelta(minutes=minutes)), frozenset(pages))


TABLE: dict[Resource, Row] = dict(
    (
        _row(Resource.PROFILE, Scope.ACCOUNT, 15, Page.HOME),
        _row(Resource.STATS, Scope.OWN_ARTIST, 15, Page.HOME, Page.TRACKS),
        _row(Resource.ARTIST, Scope.ARTIST, 15, Page.HOME),
        _row(Resource.FOLLOWERS, Scope.ARTIST, 15, Page.HOME),
        _row(Resource.DOWNLOADS, Scope.ARTIST, 15, Page.HOME),
        _row(Resource.PROGRESS, Scope.OWN_ARTIST, 15, Page.HOME),
        _row(Resource.ALBUMS, Scope.ARTIST, 15, Page.HOME),
        _row(Resource.TRACKS, Scope.ARTIST, 15, Page.TRACKS),
    )
)


def shown_by(page: Page) -> list[DataSet]:
    """The data sets that a page shows, in the order of the table."""
    return [row.data_set for row in TABLE.values() if page in row.pages]
