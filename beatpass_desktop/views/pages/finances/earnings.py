"""What was earned month by month, by where it came from."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.transactions import TransactionKind
from beatpass_desktop.models import formatting
from beatpass_desktop.models.monthly_earnings import Earnings, MonthlyEarnings
from beatpass_desktop.views.charts import axis_text
from beatpass_desktop.views.charts.bars import StackedBarChart
from beatpass_desktop.views.charts.data import Series
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.select import Select


class EarningsByMonth(QWidget):
    """A chart in one currency, with a choice where there are several.

    Attributes:
        chart: the bars.
        currency: the choice; hidden where there is none.
    """

    def __init__(self, theme: Theme, model: MonthlyEarnings) -> None:
        super().__init__()
        self._model = model
        self._shown: Earnings | None = None
        self.chart = StackedBarChart(
            theme, self.tr("Earnings by month"), label_title=self.tr("Month (UTC)"), whole=False
        )
        self.chart.set_message(
            self.tr("No earnings to draw yet"),
            self.tr("The chart begins with the month of your first sale or subscription split."),
        )
        self.currency = Select(theme, self.tr("Currency of the chart"))
        self.currency.activated.connect(self._on_currency_chosen)
        self.chart.add_action(self.currency)
        self._left_out = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._left_out.setWordWrap(True)
        self.chart.add(self._left_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chart)
        model.changed.connect(self._show)
        self._show()

    def is_settled(self) -> bool:
        """Whether the earnings of now have been drawn."""
        return self._model.is_settled and self.chart.is_settled()

    def _show(self) -> None:
        earnings = self._model.earnings
        if earnings == self._shown:
            return
        self._shown = earnings
        self._show_currencies(earnings)
        names = self._names()
        series, exact = [], []
        for kind, sums in earnings.streams.items():
            name, hue = names[kind]
            series.append(Series(name, hue, [float(one) for one in sums]))
            exact.append([_text(Money(one, earnings.currency)) for one in sums])
        count = range(len(earnings.months))
        self.chart.set_series(
            [axis_text.month(month) for month in earnings.months],
            series,
            exact=exact,
            totals=[_text(Money(earnings.total(at), earnings.currency)) for at in count],
            ticks=[axis_text.short_month(month) for month in earnings.months],
        )
        left_out = formatting.number(earnings.left_out)
        text = self.tr("{} entries are not drawn: their amount, currency or type is not known.")
        self._left_out.setText(text.format(left_out))
        self._left_out.setVisible(earnings.left_out > 0)

    def _show_currencies(self, earnings: Earnings) -> None:
        with QSignalBlocker(self.currency):
            self.currency.clear()
            self.currency.addItems(list(earnings.currencies))
            self.currency.setCurrentText(earnings.currency)
        self.currency.updateGeometry()
        self.currency.setVisible(len(earnings.currencies) > 1)
        subtitle = self.tr("In {}, by months in UTC. Payouts move this money to your bank.")
        self.chart.set_subtitle(subtitle.format(earnings.currency) if earnings.currency else "")

    def _names(self) -> dict[TransactionKind, tuple[str, Hue]]:
        return {
            TransactionKind.TRACK_SALE: (self.tr("Sales"), Hue.FINANCES),
            TransactionKind.SUBSCRIPTION_PAYOUT: (self.tr("Subscriptions"), Hue.INFO),
            TransactionKind.REFUND: (self.tr("Refunds"), Hue.BAD),
        }

    def _on_currency_chosen(self) -> None:
        self._model.choose(self.currency.currentText())


def _text(money: Money) -> str:
    return formatting.amount(money)
