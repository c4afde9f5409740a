"""What all pages share: age, refresh, and the states in which there are no figures to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.models import formatting
from beatpass_desktop.models.page import PageModel, PageState
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.page import Page as PageWidget
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard

if TYPE_CHECKING:
    from beatpass_desktop.domain.requests import RequestPort
    from beatpass_desktop.domain.search import Hit
    from beatpass_desktop.views.widgets.empty_state import EmptyState

_TICK_MS = 15_000
_ROOM_FOR_AGE = 480
"""width from which the age of the figures is written out, at 100 % text scale"""
_WITHOUT_AGE = (PageState.NO_ARTIST, PageState.SIGNED_OUT)


class PageFrame(PageWidget):
    """A page with its freshness chip, its refresh button and its states without figures.

    Subclasses fill `content` and implement `_show_figures`; `_empty_state` names what stands in
    place of the content when there is nothing to list.

    Attributes:
        cards: the figures of the page, in order.
        with_content: the states in which there is something to show.

    Signals:
        link_requested: a web address is to be opened.
        page_requested: another page is to be shown, a `domain.resources.Page`.
        sign_in_requested: somebody wants to sign in.
        search_requested: everything is to be searched.
    """

    link_requested = Signal(str)
    page_requested = Signal(object)
    sign_in_requested = Signal()
    search_requested = Signal()
    with_content = frozenset({PageState.READY})

    def __init__(
        self,
        theme: Theme,
        model: PageModel,
        port: RequestPort,
        now: Callable[[], datetime],
        title: str,
        *,
        icon: str = "",
        hue: Hue = Hue.ACCENT,
    ) -> None:
        super().__init__(theme, title, icon=icon, hue=hue)
        self.model = model
        self.cards: list[StatCard | LinkStatCard] = []
        self._port = port
        self._now = now
        self._hue = hue
        self._chip = FreshnessChip(theme)
        self._refresh = IconButton(theme, "refresh-cw", self.tr("Refresh (F5)"))
        self._refresh.clicked.connect(self._on_refresh_clicked)
        find = IconButton(theme, "search", self.tr("Search everything (Ctrl+K)"))
        find.clicked.connect(self.search_requested)
        self.add_action(find)
        self.add_action(self._chip)
        self.add_action(self._refresh)
        self.content = QWidget()
        self._instead: EmptyState | None = None
        self.body.addWidget(self.content, 1)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_freshness)
        model.changed.connect(self._show)
        model.freshness_changed.connect(self._show_freshness)
        theme.changed.connect(self._fit_age)
        self.scroll_area.width_changed.connect(self._fit_age)

    @property
    def state(self) -> PageState:
        """What the page shows."""
        return self.model.state

    def reveal(self, hit: Hit) -> None:
        """Show what the global search found here."""

    def is_settled(self) -> bool:
        """Whether everything that the page shows has been put on the screen."""
        return True

    def _show(self) -> None:
        """Put the model on the screen."""
        state = self.model.state
        with_figures = state in self.with_content
        if with_figures:
            self._show_figures()
        else:
            icon, title, sentence, action = self._words(state)
            instead = self._instead or self._build_instead()
            instead.set_icon(icon, self._hue)
            instead.set_texts(title, sentence, action)
        self.content.setVisible(with_figures)
        if self._instead is not None:
            self._instead.setVisible(not with_figures)
        self._show_freshness()

    def _build_instead(self) -> EmptyState:
        from beatpass_desktop.views.widgets.empty_state import EmptyState

        instead = self._instead = EmptyState(self._theme, "info", "", hue=self._hue)
        instead.action_requested.connect(self._on_action_requested)
        # Not a stack, which is as high as its highest page: one that is empty need not scroll.
        self.body.insertWidget(self.body.indexOf(self.content) + 1, instead, 1)
        return instead

    def _show_figures(self) -> None:
        raise NotImplementedError

    def _words(self, state: PageState) -> tuple[str, str, str, str]:
        """Icon, title, sentence and button of a state without figures."""
        if state is PageState.SIGNED_OUT:
            return self._signed_out_words()
        if state is PageState.NO_ARTIST:
            return (
                "circle-user-round",
                self.tr("No artist profile yet"),
                self.tr(
                    "Your account is not linked to an artist. The Producer Program shows how to "
                    "get one; your figures appear here afterwards."
                ),
                self.tr("Open the Producer Program"),
            )
        if state is PageState.ERROR:
            reason = self.model.freshness.reason or (
                self.model.who.failure.sentence if self.model.who.failure else ""
            )
            return (
                "wifi-off",
                self.tr("Nothing to show yet"),
                reason or self.tr("Nothing has been stored for this page, and you are offline."),
                self.tr("Try again"),
            )
        if state is PageState.EMPTY:
            return self._empty_words()
        return ("clock", self.tr("Loading your figures"), self.tr("This takes a moment."), "")

    def _signed_out_words(self) -> tuple[str, str, str, str]:
        who = self.model.who
        if who.failure is not None and not who.is_refused:
            return (
                "wifi-off",
                self.tr("BeatPass could not say who you are"),
                who.failure.sentence,
                self.tr("Try again"),
            )
        if who.is_refused:
            sentence = self.tr("BeatPass does not accept this access token any more.")
        elif who.lack:
            sentence = who.lack
        else:
            sentence = self.tr("Sign in to see your figures here, also when you are offline.")
        action = "" if self.model.is_offline else self.tr("Sign in")
        return "key-round", self.tr("You are not signed in"), sentence, action

    def _empty_words(self) -> tuple[str, str, str, str]:
        return ("info", self.tr("Nothing here yet"), "", "")

    def _empty_action(self) -> None:
        """What the button of the empty state does."""

    def _fit_age(self) -> None:
        self._chip.set_compact(self.width() < self._theme.px(_ROOM_FOR_AGE))

    def _show_freshness(self) -> None:
        # Where there is nobody to have figures, nothing is waited for that could have an age.
        self._chip.setVisible(self.model.state not in _WITHOUT_AGE)
        freshness = self.model.freshness
        if freshness.updated_at is None:
            text, exact = self.tr("Not loaded yet"), ""
        else:
            ago = formatting.ago(freshness.updated_at, self._now())
            text = self.tr("Updated {}").format(ago)
            exact = formatting.exact(freshness.updated_at)
        if freshness.state is FreshnessState.OFFLINE:
            text = self.tr("Offline · {}").format(text)
        elif freshness.reason and freshness.state is FreshnessState.STALE:
            exact = f"{exact}\n{freshness.reason}".strip()
        self._chip.set_freshness(freshness.state, text, exact)
        self._chip.set_refreshing(self.model.is_refreshing)

    def _on_refresh_clicked(self) -> None:
        self._port.refresh_page(self.model.page)

    def _on_action_requested(self) -> None:
        match self.model.state:
            case PageState.SIGNED_OUT:
                who = self.model.who
                if who.failure is not None and not who.is_refused:
                    self._port.refresh_page(self.model.page)
                else:
                    self.sign_in_requested.emit()
            case PageState.NO_ARTIST:
                self.link_requested.emit(links.producer_program())
            case PageState.ERROR:
                self._port.refresh_page(self.model.page)
            case PageState.EMPTY:
                self._empty_action()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_freshness()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tick.stop()
        super().hideEvent(event)
