"""What the artist has, currency by currency, and what is to be known about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.finances import Balance
from beatpass_desktop.domain.money import Money
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.stat_card import StatCard

_STALE, _SEVERAL, _TRUNCATED = "stale", "several", "truncated"


class Balances(QWidget):
    """Four cards for each currency below the notices that concern them.

    Attributes:
        notices: why the figures are not what one might take them for.
        cards: the figures, four for each currency.

    Signals:
        refresh_requested: newer figures are wanted.
    """

    refresh_requested = Signal()

    def __init__(self, theme: Theme, model: FinancesModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.cards: list[StatCard] = []
        self.notices = BannerStack(theme)
        self.notices.action_requested.connect(self.refresh_requested)
        self._grids: list[CardGrid] = []
        self._shown: tuple[str | None, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.notices)
        theme.changed.connect(self._space)
        self._space()

    def show_figures(self) -> None:
        """Put the balances on the cards."""
        finances = self._model.finances
        balances = (finances.balances if finances else None) or (Balance(),)
        currencies = tuple(balance.currency for balance in balances)
        if currencies != self._shown or not self.cards:
            self._build(currencies)
        for at, balance in enumerate(balances):
            self._show_balance(self.cards[at * 4 : at * 4 + 4], balance)
        self._show_notices(len(balances) > 1)

    def _build(self, currencies: tuple[str | None, ...]) -> None:
        for grid in self._grids:
            self._column.removeWidget(grid)
            grid.hide()
            grid.deleteLater()
        self._shown, self.cards, self._grids = currencies, [], []
        for currency in currencies:
            grid = CardGrid(self._theme, columns=(1, 2, 4))
            # What cannot be added up must not look as if it could.
            name = formatting.one_line(currency or "") if len(currencies) > 1 else ""
            for icon, label, hue in self._faces():
                text = f"{label} · {formatting.isolated(name)}" if name else label
                card = StatCard(self._theme, icon, text, hue)
                grid.add(card)
                self.cards.append(card)
            self._column.addWidget(grid)
            self._grids.append(grid)

    def _faces(self) -> list[tuple[str, str, Hue]]:
        return [
            ("wallet", self.tr("Balance"), Hue.FINANCES),
            ("clock", self.tr("Upcoming"), Hue.WARN),
            ("arrow-up-right", self.tr("In Transit"), Hue.INFO),
            ("trending-up", self.tr("Lifetime"), Hue.PROGRESS),
        ]

    def _show_balance(self, cards: list[StatCard], balance: Balance) -> None:
        sums = (balance.available, balance.upcoming, balance.in_transit, balance.lifetime)
        details = (
            self.tr("in your Stripe account"),
            self.tr("on its way to Stripe"),
            self.tr("on its way to your bank"),
            self.tr("all earnings, less refunds"),
        )
        for card, money, detail in zip(cards, sums, details, strict=True):
            self._show_sum(card, money, detail)

    def _show_sum(self, card: StatCard, money: Money | None, detail: str) -> None:
        note = words.amount_note(money)
        figure = None if money is None else formatting.amount(money)
        card.set_value(figure, exact=f"{figure}\n{note}" if note else "")
        card.set_detail(words.short_amount_note(money) or detail)

    def _show_notices(self, several: bool) -> None:
        finances = self._model.finances
        stale = finances is not None and finances.is_stale
        self._show_notice(
            _STALE,
            stale,
            BannerKind.WARN,
            self.tr("BeatPass says that these balances are out of date."),
            "" if self._model.is_offline else self.tr("Refresh"),
        )
        several = several or bool(finances is not None and finances.multi_currency)
        self._show_notice(
            _SEVERAL,
            several,
            BannerKind.INFO,
            self.tr("You earn in several currencies. They are shown apart and never added up."),
        )
        limit = None if finances is None else finances.transaction_limit
        earlier = 0 if limit is None else self._model.table.total - limit
        if limit is None:
            text = self.tr("Showing the last transactions: BeatPass lists no earlier ones.")
        elif earlier > 0:
            text = self.tr(
                "Showing last {} transactions that BeatPass lists, and {} earlier ones kept here."
            ).format(formatting.number(limit), formatting.number(earlier))
        else:
            text = self.tr("Showing last {} transactions: BeatPass lists no earlier ones.").format(
                formatting.number(limit)
            )
        truncated = finances is not None and finances.truncated
        self._show_notice(_TRUNCATED, truncated, BannerKind.INFO, text)

    def _show_notice(
        self, key: str, wanted: bool | None, kind: BannerKind, text: str, action: str = ""
    ) -> None:
        if wanted:
            self.notices.show_banner(key, kind, text, action)
        else:
            self.notices.remove(key)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.M))
