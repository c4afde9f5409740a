"""Asking for the link to Stripe's form, one wish at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.finances import fetch_onboarding_link
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import (
    Listener,
    OnboardingFailed,
    OnboardingReady,
    OnboardingStarted,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.sync.identity import Identification
from beatpass_desktop.sync.tasks import Tasks


class Onboarding:
    """Asks for the current artist; nothing but the link comes of it, which is told, not stored.

    `heed` is told how the request went (None: well).
    """

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        announce: Listener,
        identified: Callable[[], Awaitable[Identification]],
        heed: Callable[[Failure | None], None],
    ) -> None:
        self._session = session
        self._tasks = tasks
        self._announce = announce
        self._identified = identified
        self._heed = heed
        self._is_asking = False

    def wish(self, country: str | None) -> None:
        """Have a link asked for; nothing while an earlier wish is under way."""
        if not self._is_asking:
            self._is_asking = True
            self._tasks.start(self._ask(country), "onboard")

    async def _ask(self, country: str | None) -> None:
        artist = 0
        outcome: OnboardingReady | Failure | None = None
        try:
            known = await self._identified()
            artist = known.artist
            self._announce(OnboardingStarted(artist))
            outcome = known.unusable or await self._link(artist, country)
        finally:
            self._is_asking = False
            if isinstance(outcome, OnboardingReady):
                self._announce(outcome)
            else:
                self._announce(OnboardingFailed(outcome, artist))

    async def _link(self, artist: int, country: str | None) -> OnboardingReady | Failure:
        server = self._session.base_url
        try:
            url = await fetch_onboarding_link(self._session, artist, country)
        except ApiError as error:
            self._heed(error.failure)
            return error.failure
        self._heed(None)
        try:
            return OnboardingReady(links.onboarding(url, server), artist, server)
        except links.LinkRefused as refused:
            return Failure(FailureKind.REFUSED, str(refused), "onboarding link", reached=True)
