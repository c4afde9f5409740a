"""What a payout is made of, as far as the ledger tells."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.reconciliation import Reconciliation
from beatpass_desktop.domain.transactions import Transaction, TransactionKind, TransactionRow
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.fact_list import FactList
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.link_row import LinkRow
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.section import Section

_AT_FIRST = 5
_MORE = 50
"""parts that are added when more are asked for"""


class PayoutParts(Section):
    """The entries that make up a payout, their sum, and what they leave unexplained.

    Hidden for any other transaction.

    Signals:
        row_requested: an entry is to be shown; its row number in the store.
    """

    row_requested = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("What makes it up"))
        self._found: Reconciliation | None = None
        self._of: Transaction | None = None
        self._limit = _AT_FIRST
        self._rows: list[LinkRow] = []
        self._inferred = Pill(theme, self.tr("Inferred"), Hue.INFO, "info")
        self.add_action(self._inferred)
        self._how = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._how.setWordWrap(True)
        self._how.setMinimumWidth(1)
        self._sums = FactList(theme)
        self._more = LinkButton(theme, "", "chevron-down")
        self._more.clicked.connect(self._on_more_requested)
        for widget in (self._how, self._sums, self._more):
            self.add(widget)
        self.hide()

    def show_payout(self, transaction: Transaction, found: Reconciliation | None) -> None:
        """Explain a payout as `found`; hide for anything else."""
        self.setVisible(transaction.kind == TransactionKind.PAYOUT)
        if transaction != self._of:
            self._of, self._limit = transaction, _AT_FIRST
        elif found == self._found:
            return
        self._found = found
        self._show()

    def _show(self) -> None:
        found = self._found
        self._clear()
        self._inferred.setVisible(found is not None and found.is_inferred)
        self._sums.setVisible(found is not None)
        if found is None:
            self._more.hide()
            self._how.setText(
                self.tr("This needs the payout's date and amount, which are not known.")
            )
            return
        if found.is_inferred:
            self._how.setText(
                self.tr(
                    "BeatPass does not say which entries a payout holds. These were paid in the "
                    "same currency since the payout before."
                )
            )
        amount = found.payout.amount
        currency = amount.currency if amount is not None else ""
        self._sums.set_facts(
            [
                (self.tr("Entries"), formatting.number(len(found.parts))),
                (self.tr("Their sum"), formatting.amount(Money(found.covered, currency))),
                (
                    self.tr("Unexplained rest"),
                    formatting.amount(Money(found.unexplained, currency), signed=True),
                ),
            ]
        )
        for row in found.parts[: self._limit]:
            self._add_part(row)
        rest = len(found.parts) - len(self._rows)
        self._more.set_text(self.tr("Show {} more").format(formatting.number(min(rest, _MORE))))
        self._more.setVisible(rest > 0)

    def _add_part(self, row: TransactionRow) -> None:
        transaction = row.transaction
        part = LinkRow(
            self._theme,
            words.description_text(transaction),
            formatting.amount(transaction.amount, signed=True),
            hint=self.tr("Show this entry"),
            icon="chevron-right",
        )
        part.clicked.connect(partial(self.row_requested.emit, row.row))
        self.body.insertWidget(self.body.count() - 1, part)
        self._rows.append(part)

    def _clear(self) -> None:
        for row in self._rows:
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []

    def _on_more_requested(self) -> None:
        first_new = self._limit
        self._limit += _MORE
        self._show()
        self._rows[first_new].setFocus()
