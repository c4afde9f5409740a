"""The names of the data sets the app knows, and the key one instance of a data set is stored by."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, StrEnum
from typing import NamedTuple


class Resource(StrEnum):
    """One data set. Its endpoint and how long it stays fresh stand in `sync.resources`."""

    IDENTITY = "identity"
    PROFILE = "profile"
    ARTIST = "artist"
    FOLLOWERS = "followers"
    STATS = "stats"
    DOWNLOADS = "downloads"
    PROGRESS = "progress"
    TRACKS = "tracks"
    ALBUMS = "albums"
    ALBUM_TRACKS = "album_tracks"
    GROWTH = "growth"
    NETWORK = "network"
    OPPORTUNITIES = "opportunities"
    COLLABORATIVE_TRACKS = "collaborative_tracks"
    PERFORMANCE = "performance"
    UPLOAD_INSIGHTS = "upload_insights"
    INSIGHTS = "insights"
    CHART = "chart"
    DOWNLOADS_PAGE = "downloads_page"
    UPLOAD_DAYS = "upload_days"
    PLATFORM_DAYS = "platform_days"
    EARNINGS = "earnings"
    LEADERBOARD = "leaderboard"
    STRIPE = "stripe"
    FINANCES = "finances"
    TRANSACTIONS = "transactions"


class ResourceKey(NamedTuple):
    """One data set of one artist of one account.

    `account` is the store's account number, `artist` BeatPass's artist id (0 for what belongs to
    the account itself), `params` what else tells two instances apart, such as a period.
    """

    resource: Resource
    account: int
    artist: int = 0
    params: str = ""


class Page(StrEnum):
    """The pages of the dashboard, in the order of the sidebar."""

    HOME = "home"
    ACTIVITY = "activity"
    TRACKS = "tracks"
    ALBUMS = "albums"
    FINANCES = "finances"
    LEADERBOARDS = "leaderboards"
    PROGRESS = "progress"


class Scope(Enum):
    """Whom a data set describes."""

    ACCOUNT = "account"
    OWN_ARTIST = "own artist"
    """the endpoint takes no artist id; it describes the artist of `GET /artist/profile`"""
    ARTIST = "artist"
    """the current artist, named in the request"""


class Part(Enum):
    """What a data set is to the pages that show it."""

    PAGE = "page"
    """the page is as old as this"""
    SECTION = "section"
    """a section with an age of its own; comes with the page"""
    WISH = "wish"
    """comes only when it is wished for"""


class DataSet(NamedTuple):
    """What must be known of a data set to say whose it is and whether it is fresh."""

    resource: Resource
    scope: Scope
    fresh_for: timedelta
    part: Part = Part.PAGE

    def key(self, account: int, own_artist: int, artist: int) -> ResourceKey | None:
        """The key for an account and its artists; None while it is not known whom for."""
        described = {Scope.ACCOUNT: 0, Scope.OWN_ARTIST: own_artist, Scope.ARTIST: artist}
        whom = described[self.scope]
        if not account or (self.scope is not Scope.ACCOUNT and not whom):
            return None
        return ResourceKey(self.resource, account, whom)
