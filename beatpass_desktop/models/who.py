"""Whose figures are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import DataSet, Resource, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.store import accounts
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.domain.events import AccountChanged, ResourcesChanged


class Who(QObject):
    """The account and the artist that every page shows.

    Signals:
        changed: another account or artist, or what is known of them.

    Attributes:
        account, artist: the store's account number and BeatPass's artist id; 0 for nobody.
        own_artist: the artist that endpoints without an artist id describe; 0 while not known.
        name, artist_name: the account's display name and the artist's name, None when unknown.
        failure: why the identity could not be had or was refused.
        is_known: whether the server, this time or earlier, has said who it is.
        is_asking: whether there is, or may be, a token whose owner can be asked for.
        lack: why the keychain gave no token, for people; empty otherwise.
        can_retry: whether asking the keychain again may help.
        token_created: when the token in use was made, as its owner said; None when not known.
        managed: the artists of the account.
    """

    changed = Signal()

    def __init__(
        self,
        store: Store,
        feed: Feed,
        account: accounts.Account | None,
        *,
        origin: str = "",
        is_asking: bool = True,
    ) -> None:
        super().__init__()
        self.is_asking = is_asking
        self.lack = ""
        self.can_retry = False
        self.token_created: date | None = None
        self._origin = origin
        self._store = store
        self._account = account
        self.failure: Failure | None = None
        self._answered = account is not None
        self._artist: ArtistRef | None = None
        self.managed: list[ArtistRef] = []
        self._read()
        feed.account_changed.connect(self._on_account_changed)
        feed.resources_changed.connect(self._on_resources_changed)

    @property
    def account(self) -> int:
        return self._account.account if self._account else 0

    @property
    def artist(self) -> int:
        return self._account.current_artist if self._account else 0

    @property
    def own_artist(self) -> int:
        return self._account.own_artist if self._account else 0

    @property
    def name(self) -> str | None:
        return self._account.name if self._account else None

    @property
    def artist_name(self) -> str | None:
        return self._artist.name if self._artist else None

    @property
    def artist_image(self) -> str | None:
        """The address of the artist's picture, None when unknown."""
        return self._artist.image if self._artist else None

    @property
    def is_known(self) -> bool:
        return self._answered

    @property
    def is_refused(self) -> bool:
        """Whether the token is not accepted any more."""
        return self.failure is not None and self.failure.kind is FailureKind.UNAUTHORISED

    @property
    def has_accounts(self) -> bool:
        """Whether people sign in here; the sandbox has its own."""
        return bool(self._origin)

    def known_accounts(self) -> list[accounts.Account]:
        """Everybody who has signed in at this base URL."""
        return accounts.of_origin(self._store.reading, self._origin)

    def show(self, account: accounts.Account | None) -> None:
        """Show somebody whose token is still to be had, or nobody."""
        self._account = account
        self._answered = account is not None and bool(account.current_artist)
        self.failure = None
        self.lack = ""
        self.token_created = None
        self.is_asking = account is not None
        self._read()
        self.changed.emit()

    def has_token(self, created: date | None) -> None:
        """There is a token, made on this local day."""
        self.is_asking = True
        self.lack = ""
        self.token_created = created
        self.changed.emit()

    def lacks_token(self, why: str = "", *, can_retry: bool = False) -> None:
        """There is no token; what is stored stays readable."""
        self.is_asking = False
        self.lack = why
        self.can_retry = can_retry
        self.token_created = None
        self.failure = None
        self.changed.emit()

    def key(self, data_set: DataSet) -> ResourceKey | None:
        """The key of a data set for whom is shown now."""
        if self._account is None:
            return None
        return data_set.key(self.account, self._account.own_artist, self.artist)

    def _read(self) -> None:
        connection = self._store.reading
        if self._account is not None:
            self._account = accounts.get(connection, self.account)
        self._artist = accounts.artist(connection, self.account, self.artist)
        self.managed = accounts.managed_artists(connection, self.account)

    def _on_account_changed(self, event: AccountChanged) -> None:
        self.failure = event.failure
        self._answered = self._answered or event.failure is None
        if event.account:
            self._account = accounts.get(self._store.reading, event.account)
        self._read()
        self.changed.emit()

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        if any(key.resource in (Resource.PROFILE, Resource.ARTIST) for key in event.keys):
            before = self._artist
            self._read()
            if self._artist != before:
                self.changed.emit()
