"""The sync room's events as Qt signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from beatpass_desktop.domain.events import Event


class Feed(QObject):
    """Takes events on the GUI thread and emits one signal each.

    Signals (each carries its event):
        resources_changed: data sets were written.
        fetch_started, fetch_progressed, fetch_ended: how a fetch goes.
        requests_paused: requests wait, or go on.
        connection_changed: the server can or cannot be reached.
        account_changed: who is signed in, and which artist is current.
        catalogue_shrank: a shorter catalogue waits for a decision.
        follow_started, follow_ended: how a wish to follow or unfollow an artist goes.
        onboarding_started, onboarding_ready, onboarding_failed: how asking for a link to Stripe
            goes.
    """

    resources_changed = Signal(object)
    fetch_started = Signal(object)
    fetch_progressed = Signal(object)
    fetch_ended = Signal(object)
    requests_paused = Signal(object)
    connection_changed = Signal(object)
    account_changed = Signal(object)
    catalogue_shrank = Signal(object)
    follow_started = Signal(object)
    follow_ended = Signal(object)
    onboarding_started = Signal(object)
    onboarding_ready = Signal(object)
    onboarding_failed = Signal(object)

    def tell(self, event: Event) -> None:
        """Pass an event on."""
        # There are none before the first paint.
        from beatpass_desktop.domain import events

        match event:
            case events.ResourcesChanged():
                self.resources_changed.emit(event)
            case events.FetchStarted():
                self.fetch_started.emit(event)
            case events.FetchProgressed():
                self.fetch_progressed.emit(event)
            case events.FetchEnded():
                self.fetch_ended.emit(event)
            case events.RequestsPaused():
                self.requests_paused.emit(event)
            case events.ConnectionChanged():
                self.connection_changed.emit(event)
            case events.AccountChanged():
                self.account_changed.emit(event)
            case events.CatalogueShrank():
                self.catalogue_shrank.emit(event)
            case events.FollowStarted():
                self.follow_started.emit(event)
            case events.FollowEnded():
                self.follow_ended.emit(event)
            case events.OnboardingStarted():
                self.onboarding_started.emit(event)
            case events.OnboardingReady():
                self.onboarding_ready.emit(event)
            case events.OnboardingFailed():
                self.onboarding_failed.emit(event)
