"""Everything a page's model stands on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import apsw

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.events import AccountChanged, FetchEnded, ResourcesChanged
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import DataSet, Resource, ResourceKey, Scope
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts, catalogue, documents, figures
from beatpass_desktop.store.catalogue import TRACKS
from beatpass_desktop.store.store import Store

STATS = DataSet(Resource.STATS, Scope.OWN_ARTIST, timedelta(minutes=15))
FOLLOWERS = DataSet(Resource.FOLLOWERS, Scope.ARTIST, timedelta(minutes=15))
LISTED = DataSet(Resource.TRACKS, Scope.ARTIST, timedelta(minutes=15))
EVERYTHING = frozenset(Track.__dataclass_fields__)

UNREACHED = Failure(FailureKind.OFFLINE, "BeatPass cannot be reached.")
REFUSED = Failure(FailureKind.UNAUTHORISED, "BeatPass does not accept this token.", reached=True)
BROKEN = Failure(FailureKind.SERVER, "BeatPass has a problem of its own just now.", reached=True)
MAINTENANCE = Failure(FailureKind.MAINTENANCE, "503", reached=True)


class Stage:
    """The store, the feed and the clock of a test."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.feed = Feed()
        self.now = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    def write(self, job: Any) -> Any:
        return self.store.write(job).result(10)

    def sign_in(self, artist: int = 1, *, name: str | None = "Ada") -> Who:
        """An account known from before, with its artist when there is one."""
        artists = (ArtistRef(artist, f"Artist {artist}"),) if artist else ()
        who = Identity(7, name, artists=artists)
        account = self.write(lambda c: accounts.remember(c, "https://x", who, "t", self.now))
        if artist:
            self.write(lambda c: accounts.set_own_artist(c, account.account, artist))
        return Who(self.store, self.feed, accounts.get(self.store.reading, account.account))

    def key(self, data_set: DataSet, artist: int = 1) -> ResourceKey:
        found = data_set.key(1, 1, artist)
        assert found is not None
        return found

    def record(self, values: dict[Figure, FigureValue | None], artist: int = 1) -> None:
        self.write(lambda c: figures.record(c, 1, artist, values, self.now))

    def fetched(self, *data_sets: DataSet, artist: int = 1) -> None:
        """These data sets came just now; the feed tells it."""
        keys = [self.key(data_set, artist) for data_set in data_sets]

        def job(connection: apsw.Connection) -> None:
            for key in keys:
                documents.succeeded(connection, key, self.now)

        self.write(job)
        self.feed.tell(ResourcesChanged(frozenset(keys)))

    def failed(self, data_set: DataSet, failure: Failure) -> None:
        """An attempt failed; the feed tells it."""
        key = self.key(data_set)
        attempt = Attempt.FAILED if failure.reached else Attempt.UNREACHED
        self.write(lambda c: documents.failed(c, key, self.now, attempt, failure.sentence))
        self.feed.tell(ResourcesChanged(frozenset({key})))
        self.feed.tell(FetchEnded(key, failure))

    def identified(self, account: int, artist: int, failure: Failure | None = None) -> None:
        self.feed.tell(AccountChanged(account, artist, failure))

    def list(self, tracks: list[Track], artist: int = 1) -> None:
        """A complete walk over the catalogue."""
        key = self.key(LISTED, artist)

        def job(connection: apsw.Connection) -> None:
            generation = catalogue.begin(connection, TRACKS, key)
            rows = [Decoded(track, EVERYTHING) for track in tracks]
            catalogue.stage(connection, TRACKS, key, generation, rows)
            catalogue.replace(connection, TRACKS, key, generation, self.now)
            documents.succeeded(connection, key, self.now)

        self.write(job)
        self.feed.tell(ResourcesChanged(frozenset({key})))
