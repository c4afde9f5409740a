"""The Finances page: the Stripe account, the balances and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from beatpass_desktop.domain.events import OnboardingFailed, OnboardingReady, OnboardingStarted
from beatpass_desktop.domain.finances import Finances, StripeStatus
from beatpass_desktop.domain.links import LinkRefused, onboarding
from beatpass_desktop.domain.resources import DataSet, Page, Resource, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.listing_page import ListingPageModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.transaction_table import TransactionTableModel
from beatpass_desktop.models.transaction_totals import TransactionTotals
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import finances as balances
from beatpass_desktop.store import transactions
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

    from beatpass_desktop.models.monthly_earnings import MonthlyEarnings
    from beatpass_desktop.models.statement import StatementModel
    from beatpass_desktop.models.transaction_details import TransactionDetailsModel


class FinancesModel(ListingPageModel[TransactionTableModel]):
    """The money of the current artist.

    Signals (besides those of PageModel):
        link_ready: (address, server) where the Stripe account is set up; it may be opened.
        onboarding_changed: the link is being asked for, has come, or was refused.

    Attributes:
        stripe: the state of the Stripe account; None while it is not known.
        finances: the balances; None while they are not known.
        totals: counts and sums of the transactions shown.
        is_asking_for_link: whether the link is being asked for.
        link_refusal: why there is none, a sentence; empty otherwise.
        has_opened_link: whether it was opened since this artist is shown.
    """

    link_ready = Signal(str, str)
    onboarding_changed = Signal()

    def __init__(
        self,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        table = TransactionTableModel(store)
        super().__init__(Page.FINANCES, table, data_sets, store, feed, who, now, offline=offline)
        self.stripe: StripeStatus | None = None
        self.finances: Finances | None = None
        self.totals = TransactionTotals(store)
        self._forget_link()
        table.modelReset.connect(self._sum_up)
        feed.onboarding_started.connect(self._on_onboarding_started)
        feed.onboarding_ready.connect(self._on_onboarding_ready)
        feed.onboarding_failed.connect(self._on_onboarding_failed)
        self.reload()

    @cached_property
    def details(self) -> TransactionDetailsModel:
        """The transaction that is selected."""
        from beatpass_desktop.models.transaction_details import TransactionDetailsModel

        return TransactionDetailsModel(self._sources)

    @cached_property
    def statements(self) -> StatementModel:
        """Statements of the transactions."""
        from beatpass_desktop.models.statement import StatementModel

        return StatementModel(self._store, self.who, self._now)

    @cached_property
    def earnings(self) -> MonthlyEarnings:
        """What was earned month by month."""
        from beatpass_desktop.models.monthly_earnings import MonthlyEarnings

        return MonthlyEarnings(self._sources)

    @property
    def state(self) -> PageState:
        state = super().state
        with_data = state in (PageState.READY, PageState.EMPTY)
        return PageState.SETUP if with_data and self.needs_setup else state

    @property
    def needs_setup(self) -> bool:
        """Whether no money can come yet. What is not known is not called so."""
        return self.stripe is not None and self.stripe.is_ready is False

    def _read(self) -> None:
        whom = self._shown
        connection = self._store.reading
        stripe, money = (self._sources.key(one) for one in (Resource.STRIPE, Resource.FINANCES))
        self.stripe = None if stripe is None else balances.status(connection, stripe)
        self.finances = None if money is None else balances.read(connection, money)
        super()._read()
        if self._shown != whom:
            self._forget_link()
            self.onboarding_changed.emit()

    def _renewed_at(
        self, connection: apsw.Connection, account: int, artist: int
    ) -> datetime | None:
        return transactions.changed_at(connection, account, artist)

    def _fresh_for(self, data_set: DataSet, key: ResourceKey) -> timedelta:
        told = None
        if data_set.resource is Resource.FINANCES:
            told = balances.fresh_for(self._store.reading, key)
        return super()._fresh_for(data_set, key) if told is None else told

    def _sum_up(self) -> None:
        self.totals.show(*self._shown, self.table.wanted)

    def _forget_link(self) -> None:
        self.is_asking_for_link = False
        self.link_refusal = ""
        self.has_opened_link = False

    def _on_onboarding_started(self, event: OnboardingStarted) -> None:
        if event.artist == self.who.artist:
            self._forget_link()
            self.is_asking_for_link = True
            self.onboarding_changed.emit()

    def _on_onboarding_ready(self, event: OnboardingReady) -> None:
        if event.artist != self.who.artist:
            return
        self._forget_link()
        try:
            address = onboarding(event.url, event.server)
        except LinkRefused as refused:
            self.link_refusal = str(refused)
        else:
            self.has_opened_link = True
            self.link_ready.emit(address, event.server)
        self.onboarding_changed.emit()

    def _on_onboarding_failed(self, event: OnboardingFailed) -> None:
        if event.artist == self.who.artist:
            self._forget_link()
            self.link_refusal = "" if event.failure is None else event.failure.sentence
            self.onboarding_changed.emit()
