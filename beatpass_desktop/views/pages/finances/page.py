"""Finances: what the artist has, every transaction, and what was earned by month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.search import Hit
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.views.pages.finances.balances import Balances
from beatpass_desktop.views.pages.finances.header import FinancesHeader
from beatpass_desktop.views.pages.finances.ledger import Ledger
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.list_news import ListNews, ListWords
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.gradual import GradualColumn

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.views.pages.finances.earnings import EarningsByMonth
    from beatpass_desktop.views.pages.finances.setup import SetupPanel


class FinancesPage(PageFrame):
    """The balances, or how to set up payouts; below them the transactions and their chart, which
    is built after the page has been shown.

    Attributes:
        header: whose money it is.
        balances: the cards.
        setup: the way to Stripe; None until it is first needed.
        ledger: the transactions with their details.
        earnings: the chart; None until it is built.

    Signals: see PageFrame.
    """

    _left = Signal()
    with_content = frozenset({PageState.READY, PageState.EMPTY, PageState.SETUP})

    def __init__(
        self,
        theme: Theme,
        model: FinancesModel,
        port: RequestPort,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(
            theme, model, port, now, self.tr("Finances"), icon="wallet", hue=Hue.FINANCES
        )
        self._theme = theme
        self._finances = model
        self._whom = (0, 0)
        self.setup: SetupPanel | None = None
        self.earnings: EarningsByMonth | None = None
        self.header = FinancesHeader(theme, model, pictures)
        self.header.artist_requested.connect(port.switch_artist)
        self.body.insertWidget(0, self.header)
        self.balances = Balances(theme, model)
        self.balances.refresh_requested.connect(self._on_refresh_clicked)
        self.ledger = Ledger(theme, model, now)
        self.ledger.link_requested.connect(self.link_requested)
        self.ledger.pane_below.connect(self.scroll_area.ensureWidgetVisible)
        self.ledger.list.statement_requested.connect(self._on_statement_requested)
        self.ledger.list.least_height_changed.connect(self._fit_ledger)
        words = ListWords(self.tr("{} of {} transactions"), "")
        self._news = ListNews(theme, model, port, words)
        self._below = GradualColumn(theme)
        self._below.add_later(self._build_earnings)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.balances, self._news, self.ledger, self._below):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.table.share_wheel(self.scroll_area)
        self.scroll_area.width_changed.connect(self._fit_ledger)
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    @property
    def table(self) -> DataTable:
        """The table of transactions."""
        return self.ledger.list.table

    def reveal(self, hit: Hit) -> None:
        if isinstance(hit.target, int):
            self.ledger.list.reveal(hit.target)
            self.ledger.show_details()

    def is_settled(self) -> bool:
        model = self._finances
        if not model.table.is_settled or not model.totals.is_settled:
            return False
        if self.content.isHidden() or self._below.isHidden():
            return True
        return self._below.is_complete() and (self.earnings is None or self.earnings.is_settled())

    def _build_earnings(self) -> QWidget:
        from beatpass_desktop.views.pages.finances.earnings import EarningsByMonth

        self.earnings = EarningsByMonth(self._theme, self._finances.earnings)
        return self.earnings

    def _build_setup(self) -> SetupPanel:
        from beatpass_desktop.views.pages.finances.setup import SetupPanel

        setup = SetupPanel(self._theme, self._finances)
        setup.onboarding_requested.connect(self._port.onboard)
        setup.check_requested.connect(self._on_refresh_clicked)
        self._column.insertWidget(0, setup)
        return setup

    def _show(self) -> None:
        whom = (self._finances.who.account, self._finances.who.artist)
        if whom != self._whom:
            self._whom = whom
            self._left.emit()
        self.header.show_artist()
        self.header.setVisible(bool(self._finances.who.artist))
        super()._show()

    def _show_figures(self) -> None:
        """What was earned before payouts were stopped can still be read."""
        model = self._finances
        needs_setup = model.state is PageState.SETUP
        if needs_setup and self.setup is None:
            self.setup = self._build_setup()
        if self.setup is not None:
            self.setup.setVisible(needs_setup)
            self.setup.show_state()
        self.balances.setVisible(not needs_setup)
        self.balances.show_figures()
        self.cards = [*self.balances.cards]
        with_ledger = not needs_setup or model.table.total > 0
        self.ledger.setVisible(with_ledger)
        self._below.setVisible(with_ledger and model.table.total > 0)
        self.ledger.list.show_count()

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))
        self._fit_ledger()

    def _fit_ledger(self) -> None:
        """The table fills the body when it has been scrolled to."""
        room = self.scroll_area.height() - 2 * self._theme.px(Space.M)
        self.ledger.set_main_height(max(room, self.ledger.list.least_height()))

    def _on_statement_requested(self) -> None:
        from beatpass_desktop.views.pages.finances.statement_dialog import StatementDialog

        dialog = StatementDialog(self._theme, self._finances.statements, self)
        # A statement of the artist before must not stand over another one's figures.
        self._left.connect(dialog.reject)
        dialog.open()
