"""What has been chosen above the table of transactions, in the words of the person who chose."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from beatpass_desktop.domain.transactions import Tab, TransactionFilter


class Period(StrEnum):
    """When a transaction was made, seen from today."""

    ANY = "any"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"
    THIS_YEAR = "this year"
    LAST_YEAR = "last year"
    BETWEEN = "between"

    def days(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last local day; None where it is open."""
        month = today.replace(day=1)
        match self:
            case Period.THIS_MONTH:
                return month, None
            case Period.LAST_MONTH:
                before = month - timedelta(days=1)
                return before.replace(day=1), before
            case Period.THIS_YEAR:
                return date(today.year, 1, 1), None
            case Period.LAST_YEAR:
                return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        return None, None


class TransactionChoice(NamedTuple):
    """Tab and period. `first` and `last` are local days, both inclusive, for `Period.BETWEEN`."""

    tab: Tab = Tab.ALL
    period: Period = Period.ANY
    first: date | None = None
    last: date | None = None

    def wanted(self, text: str, today: date) -> TransactionFilter:
        """The filter for the store, with `today` as the local date."""
        first, last = self.period.days(today)
        if self.period is Period.BETWEEN:
            first, last = self.first, self.last
            if first is not None and last is not None:
                first, last = min(first, last), max(first, last)
        return TransactionFilter(self.tab, text, first, last)

    def to_json(self) -> str:
        """The choice as text, to be remembered."""
        import json

        return json.dumps(
            {
                "tab": self.tab.value,
                "period": self.period.value,
                "first": self.first and self.first.isoformat(),
                "last": self.last and self.last.isoformat(),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> TransactionChoice:
        """The choice remembered as `text`. Raises ValueError."""
        import json

        found: dict[str, Any] = json.loads(text)
        try:
            first, last = (
                None if found[name] is None else date.fromisoformat(found[name])
                for name in ("first", "last")
            )
            return cls(Tab(found["tab"]), Period(found["period"]), first, last)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a remembered choice") from error
