"""The stored ledger: rows that stay, what changed in them, and queries over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_rows import AT, entry, usd
from rows import Desk

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.reconciliation import reconcile
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.transactions import (
    Split,
    StateChange,
    Tab,
    Total,
    TrackRef,
    Transaction,
    TransactionColumn,
    TransactionFilter,
    TransactionKind,
    TransactionRow,
    TransactionSort,
    TransactionStatus,
    is_earning,
)
from beatpass_desktop.store import accounts, cache, catalogue, transactions
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store

SEEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER = SEEN + timedelta(days=1)
ALL = TransactionFilter()
NEWEST = TransactionSort()
SPLIT = Split(
    9, "2026-11", usd("12"), usd("0.5"), Decimal("0.0123"), Decimal("4.5678"), "restricted", 1
)


def walk(desk: Desk, *rows: Decoded[Transaction], at: datetime = SEEN, artist: int = 1) -> int:
    return desk.list(rows, table=TRANSACTIONS, at=at, artist=artist)


def stored(
    desk: Desk, wanted: TransactionFilter = ALL, sort: TransactionSort = NEWEST
) -> list[TransactionRow]:
    c = desk.store.reading
    return transactions.rows(c, transactions.row_numbers(c, desk.account, 1, wanted, sort))


def ids(desk: Desk, wanted: TransactionFilter = ALL, sort: TransactionSort = NEWEST) -> list[int]:
    return [row.transaction.id for row in stored(desk, wanted, sort)]


def changes(desk: Desk, number: int = 1) -> list[tuple[str, str | None, str | None]]:
    row = transactions.row_of(desk.store.reading, desk.account, 1, number)
    assert row is not None
    return [(c.field, c.before, c.after) for c in transactions.changes(desk.store.reading, row)]


def test_that_a_transaction_comes_back_as_it_was_sent(desk: Desk) -> None:
    whole = entry(1, track=TrackRef(7, "Dawn"), split=SPLIT, kind="subscription_payout")
    bare = Decoded(Transaction(2), frozenset({"kind"}))
    exact = entry(3, amount=Money(Decimal("1234567890123456789.123456789012"), "XQX"))
    assert walk(desk, whole, bare, exact) == 3
    found = {row.transaction.id: row for row in stored(desk)}
    assert [found[n].transaction for n in (1, 2, 3)] == [whole.value, bare.value, exact.value]
    assert found[1] == TransactionRow(found[1].row, whole.value, SEEN, None, changed=False)


def test_that_what_is_listed_no_more_stays_and_says_since_when(desk: Desk) -> None:
    walk(desk, *(entry(n) for n in range(1, 41)))
    key = desk.key(1, TRANSACTIONS.resource)
    generation = desk.write(lambda c: catalogue.begin(c, TRANSACTIONS, key))
    desk.write(lambda c: catalogue.stage(c, TRANSACTIONS, key, generation, [entry(41)]))
    shrink = desk.write(lambda c: catalogue.shrink(c, TRANSACTIONS, key, generation))
    assert shrink is None
    assert walk(desk, entry(40), entry(41), at=LATER) == 41
    found = {row.transaction.id: row for row in stored(desk)}
    assert len(found) == transactions.total(desk.store.reading, desk.account, 1) == 41
    assert found[1].unlisted_at == LATER
    assert found[40].unlisted_at is None
    assert found[41].first_seen_at == LATER
    assert found[40].first_seen_at == SEEN
    walk(desk, entry(1), at=LATER + timedelta(days=1))
    assert {row.transaction.id: row.unlisted_at for row in stored(desk)}[1] is None


def test_that_nothing_counts_as_unlisted_when_some_rows_were_unusable(desk: Desk) -> None:
    walk(desk, entry(1), entry(2))
    desk.list([entry(2)], table=TRANSACTIONS, at=LATER, hide_missing=False)
    assert [row.unlisted_at for row in stored(desk)] == [None, None]


def test_that_a_correction_is_written_down_and_marked(desk: Desk) -> None:
    walk(desk, entry(1, kind="payout", amount=usd("-90.00")), entry(2))
    walk(desk, entry(1, kind="payout", amount=usd("-80.00")), entry(2), at=LATER)
    rows = {row.transaction.id: row for row in stored(desk)}
    assert rows[1].transaction.amount == usd("-80.00")
    assert rows[1].changed
    assert not rows[2].changed
    assert changes(desk) == [("amount", "-90.00 USD", "-80.00 USD")]
    assert changes(desk, 2) == []


def test_that_steps_of_the_status_are_written_down_without_a_mark(desk: Desk) -> None:
    queued = entry(1, status="queued", split=Split(9, retry_count=0))
    walk(desk, queued)
    walk(desk, entry(1, status="pending", split=Split(9, retry_count=1, failure_reason="no")))
    walk(desk, entry(1, status="paid", split=Split(9, retry_count=1)))
    assert changes(desk) == [
        ("split.failure_reason", "no", None),
        ("status", "pending", "paid"),
        ("split.retry_count", "0", "1"),
        ("split.failure_reason", None, "no"),
        ("status", "queued", "pending"),
    ]
    assert not stored(desk)[0].changed


def test_that_every_kind_of_field_is_told_as_text(desk: Desk) -> None:
    walk(desk, entry(1, track=TrackRef(7, "Dawn"), split=Split(share_percentage=Decimal("1E+1"))))
    moved = AT + timedelta(hours=1)
    walk(desk, entry(1, amount=None, created_at=moved, track=TrackRef(8, "Dawn")), at=LATER)
    assert sorted(changes(desk)) == [
        ("amount", "12.50 USD", None),
        ("created_at", "2026-11-01T12:00:00+00:00", "2026-11-01T13:00:00+00:00"),
        ("split.share_percentage", "10", None),
        ("track.id", "7", "8"),
    ]


def test_that_what_a_reply_left_out_did_not_change(desk: Desk) -> None:
    walk(desk, entry(1, track=TrackRef(7, "Dawn")))
    walk(desk, entry(1, {"kind", "status"}, status="failed", amount=None, track=None))
    row = stored(desk)[0].transaction
    assert (row.amount, row.track, row.status) == (usd("12.50"), TrackRef(7, "Dawn"), "failed")
    assert changes(desk) == [("status", "paid", "failed")]


def test_that_the_same_amount_written_differently_is_no_change(desk: Desk) -> None:
    walk(desk, entry(1, amount=usd("12.50")))
    walk(desk, entry(1, amount=usd("12.5")))
    assert changes(desk) == []


def test_that_artists_and_accounts_are_kept_apart(desk: Desk) -> None:
    walk(desk, entry(1))
    walk(desk, entry(1, amount=usd("99")), entry(2), artist=2)
    assert ids(desk) == [1]
    c = desk.store.reading
    assert transactions.totals(c, desk.account, 1, ALL) == [
        Total("track_sale", "USD", Decimal("12.50"), 1)
    ]
    assert transactions.total(c, desk.account, 3) == 0
    desk.write(lambda w: accounts.remove(w, desk.account))
    assert c.execute("SELECT count(*) FROM transactions").get == 0


def test_that_clearing_the_cache_leaves_the_ledger(desk: Desk) -> None:
    walk(desk, entry(1))
    walk(desk, entry(1, amount=usd("1")), at=LATER)
    desk.write(lambda c: cache.clear(c, desk.account))
    assert ids(desk) == [1]
    assert changes(desk) == [("amount", "12.50 USD", "1 USD")]
    assert transactions.changed_at(desk.store.reading, desk.account, 1) == LATER
    walk(desk, entry(1, amount=usd("1")), entry(2), at=LATER)
    assert transactions.total(desk.store.reading, desk.account, 1) == 2


def test_that_the_ledger_is_told_to_have_changed_only_when_it_did(desk: Desk) -> None:
    c = desk.store.reading
    assert transactions.changed_at(c, desk.account, 1) is None
    walk(desk, entry(1))
    walk(desk, entry(1), at=LATER)
    assert transactions.changed_at(c, desk.account, 1) == SEEN


@pytest.mark.parametrize("column", [None, *TransactionColumn])
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("text", ["", "a"])
def test_that_unknown_values_come_last_in_both_directions(
    desk: Desk, column: TransactionColumn | None, descending: bool, text: str
) -> None:
    blank = Decoded(Transaction(1, track=TrackRef(1, "a")), frozenset({"track"}))
    a = entry(2, kind="a", description="Ä", amount=usd("-3"), status="a")
    b = entry(
        3, kind="b", description="ab", amount=usd("20"), status="b", created_at=AT + timedelta(1)
    )
    walk(desk, blank, a, b)
    sort = TransactionSort(column, descending)
    upwards = [2, 3, 1] if not descending and column is not None else [3, 2, 1]
    assert ids(desk, TransactionFilter(text=text), sort) == upwards


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dawn", [1]),
        ("REVES sale", [2]),
        ("track sale 12.50 usd", [2, 1]),
        ("sale_", []),
        ("%", []),
        ("nothing", []),
        ("\0", [3, 2, 1]),
    ],
)
def test_that_descriptions_tracks_kinds_and_amounts_are_searched(
    desk: Desk, text: str, expected: list[int]
) -> None:
    walk(
        desk,
        entry(1, track=TrackRef(7, "Dawn"), description=None),
        entry(2, description="Rêves"),
        entry(3, kind="payout", description=None, amount=None),
    )
    assert ids(desk, TransactionFilter(text=text)) == expected


def test_that_days_of_the_user_bound_what_is_shown(desk: Desk) -> None:
    midnight = datetime(2026, 11, 2).astimezone()
    walk(
        desk,
        entry(1, created_at=(midnight - timedelta(milliseconds=1)).astimezone(UTC)),
        entry(2, created_at=midnight.astimezone(UTC)),
        entry(3, created_at=(midnight + timedelta(days=1)).astimezone(UTC)),
        entry(4, created_at=None),
    )
    day = date(2026, 11, 2)
    assert ids(desk, TransactionFilter(begins=day, ends=day)) == [2]
    assert ids(desk, TransactionFilter(begins=day)) == [3, 2]
    assert ids(desk, TransactionFilter(ends=day)) == [2, 1]


def test_that_tabs_are_counted_with_the_other_filters(desk: Desk) -> None:
    walk(
        desk,
        entry(1),
        entry(2, kind="refund", status="queued"),
        entry(3, kind="subscription_payout", status="excluded"),
        entry(4, kind="royalty", status="on_hold", description="other"),
        entry(5, description="other"),
    )
    c = desk.store.reading
    wanted = TransactionFilter(tab=Tab.PAID, text="other")
    assert transactions.counts(c, desk.account, 1, wanted) == {
        Tab.ALL: 2, Tab.SALES: 1, Tab.SUBSCRIPTIONS: 0, Tab.PAID: 1, Tab.PENDING: 0, Tab.FAILED: 0
    }  # fmt: skip
    everything = transactions.counts(c, desk.account, 1, ALL)
    for tab in Tab:
        assert everything[tab] == len(ids(desk, TransactionFilter(tab)))


def test_that_unknown_currencies_stand_in_no_total_and_are_counted(desk: Desk) -> None:
    walk(
        desk,
        entry(1, amount=Money(Decimal("4200.00"), "XQX")),
        entry(2, amount=None),
        entry(3, amount=Money(Decimal("3000"), "JPY")),
        entry(4, amount=Money(Decimal("0.5"), "JPY")),
        entry(5, amount=Money(Decimal("1.234"), "KWD")),
        entry(6, amount=Money(Decimal("0.00000001"), "USD")),
        entry(7, kind=None),
    )
    c = desk.store.reading
    assert set(transactions.totals(c, desk.account, 1, ALL)) == {
        Total("track_sale", "JPY", Decimal("3000.5"), 2),
        Total("track_sale", "KWD", Decimal("1.234"), 1),
        Total("track_sale", "USD", Decimal("0.00000001"), 1),
        Total(None, "USD", Decimal("12.50"), 1),
    }
    assert transactions.uncounted(c, desk.account, 1, ALL) == 2
    assert transactions.currencies(c, desk.account, 1) == ["JPY", "USD", "KWD"]


def test_that_a_whole_total_is_told_with_the_digits_of_its_currency(desk: Desk) -> None:
    walk(
        desk,
        entry(1, amount=usd("0.1")),
        entry(2, amount=usd("0.2")),
        entry(3, amount=Money(Decimal(7), "JPY")),
    )
    found = transactions.totals(desk.store.reading, desk.account, 1, ALL)
    assert [str(total.amount) for total in found] == ["7", "0.30"]


def test_that_earnings_of_a_month_are_those_of_its_utc_days(desk: Desk) -> None:
    last = datetime(2026, 10, 31, 23, 59, 59, 999000, tzinfo=UTC)
    walk(
        desk,
        entry(1, created_at=last),
        entry(2, created_at=last + timedelta(milliseconds=1)),
        entry(3, kind="refund", amount=usd("-2.00")),
        entry(4, kind="subscription_payout", status="queued", amount=usd("0.07")),
        entry(5, kind="subscription_payout", status="excluded", amount=usd("9")),
        entry(6, kind="track_sale", status="failed", amount=usd("9")),
        entry(7, kind="payout", amount=usd("-9")),
        entry(8, kind="royalty", amount=usd("9")),
        entry(9, created_at=None),
        entry(10, amount=Money(Decimal(9), "EUR")),
        entry(11, amount=usd("0.123456789"), status=None),
    )
    assert transactions.by_month(desk.store.reading, desk.account, 1, "USD") == [
        ("2026-10", "track_sale", Decimal("12.50")),
        ("2026-11", "refund", Decimal("-2.00")),
        ("2026-11", "subscription_payout", Decimal("0.07")),
        ("2026-11", "track_sale", Decimal("12.623456789")),
    ]


def test_that_a_statement_reads_half_open_bounds_oldest_first(desk: Desk) -> None:
    walk(desk, *(entry(n, created_at=AT + timedelta(days=n % 7)) for n in range(1, 1_200)))
    begins, ends = AT + timedelta(days=1), AT + timedelta(days=6)
    found = [
        row.transaction
        for row in transactions.statement_rows(desk.store.reading, desk.account, 1, begins, ends)
    ]
    assert [one.created_at for one in found] == sorted(one.created_at for one in found)  # type: ignore[type-var]
    assert {one.id for one in found} == {n for n in range(1, 1_200) if 1 <= n % 7 < 6}


def test_that_a_payout_is_made_of_what_lies_after_the_one_before(desk: Desk) -> None:
    def at(hours: int) -> datetime:
        return AT + timedelta(hours=hours)

    walk(
        desk,
        entry(1, created_at=at(0), amount=usd("50.00")),
        entry(2, created_at=at(1), kind="payout", amount=usd("-50.00")),
        entry(3, created_at=at(2), amount=usd("30.00")),
        entry(4, created_at=at(3), kind="refund", amount=usd("-4.99")),
        entry(5, created_at=at(3), amount=Money(Decimal(5), "EUR")),
        entry(6, created_at=at(4), kind="payout", amount=usd("-7"), status="failed"),
        entry(7, created_at=at(5), status="queued"),
        entry(8, created_at=at(6), kind="payout", amount=usd("-25.02")),
        entry(9, created_at=at(7)),
        entry(10, created_at=None, kind="payout"),
    )
    c = desk.store.reading
    payouts = {row.transaction.id: row.transaction for row in stored(desk)}
    found = reconcile(payouts[8], transactions.leading_up_to(c, desk.account, 1, payouts[8]))
    assert [row.transaction.id for row in found.parts] == [3, 4]
    assert (found.covered, found.unexplained) == (Decimal("25.01"), Decimal("0.01"))
    first = reconcile(payouts[2], transactions.leading_up_to(c, desk.account, 1, payouts[2]))
    assert [row.transaction.id for row in first.parts] == [1]
    assert first.unexplained == 0
    assert transactions.leading_up_to(c, desk.account, 1, payouts[10]) == []


def test_that_news_are_new_rows_and_payouts_in_another_state(desk: Desk) -> None:
    payout: dict[str, Any] = {"kind": "payout", "amount": usd("-9")}
    split: dict[str, Any] = {"kind": "subscription_payout", "amount": usd("2")}
    walk(desk, entry(1, **payout, status="sending"), entry(2, **split, status="queued"), entry(3))
    walk(desk, entry(1, **payout, status="paid"), entry(2, **split, status="sending"),
         entry(3, status="failed"), entry(4), at=LATER)  # fmt: skip
    latest = LATER + timedelta(days=1)
    walk(desk, entry(1, **payout), entry(2, **split, status="queued"), entry(5), at=latest)
    c, account = desk.store.reading, desk.account
    assert transactions.new_since(c, account, 1, SEEN) == 2
    assert transactions.new_since(c, account, 1, LATER) == 1
    row = transactions.row_of(c, account, 1, 1)
    assert row is not None
    assert transactions.state_changes_since(c, account, 1, SEEN) == [
        # The split is what it was.
        StateChange(row, "payout", "Sale 1", usd("-9"), "sending", "paid", LATER)
    ]
    found = transactions.state_changes_since(c, account, 1, LATER)
    assert [(one.kind, one.before, one.after) for one in found] == [
        ("subscription_payout", "sending", "queued")
    ]


AMOUNTS = st.one_of(
    st.decimals(-(10**6), 10**6, places=2),
    st.decimals(-(10**6), 10**6, places=12),
    st.decimals(-(10**18), 10**18, places=3),
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([*TransactionKind, "royalty", None]),
        st.sampled_from([*TransactionStatus, "on_hold", None]),
        st.one_of(st.none(), st.tuples(AMOUNTS, st.sampled_from(["USD", "JPY", "KWD", "XQX"]))),
        st.one_of(st.none(), st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1))),
    ),
    max_size=30,
)
Drawn = list[tuple[Any, Any, Any, Any]]


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_that_totals_counts_and_months_are_those_of_the_rows(drawn: Drawn) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        desk = Desk(store)
        who = Identity(7, "Ada")
        desk.account = desk.write(lambda c: accounts.remember(c, "https://x", who, "t", AT)).account
        rows = [
            entry(
                n,
                kind=kind,
                status=status,
                amount=amount and Money(*amount),
                created_at=moment and moment.replace(tzinfo=UTC),
            )
            for n, (kind, status, amount, moment) in enumerate(drawn, 1)
        ]
        walk(desk, *rows)
        for tab in Tab:
            _check(desk, TransactionFilter(tab))
        _check_months(desk, [row.value for row in rows])
        store.close()


def _check(desk: Desk, wanted: TransactionFilter) -> None:
    """What is added up is the same as the rows are together."""
    c = desk.store.reading
    shown = [row.transaction for row in stored(desk, wanted)]
    assert transactions.counts(c, desk.account, 1, ALL)[wanted.tab] == len(shown)
    sums: dict[tuple[str | None, str], Fraction] = defaultdict(Fraction)
    for one in shown:
        if one.amount is not None and one.amount.digits is not None:
            sums[one.kind, one.amount.currency] += Fraction(one.amount.amount)
    found = transactions.totals(c, desk.account, 1, wanted)
    assert {(t.kind, t.currency): Fraction(t.amount) for t in found} == sums
    counted = sum(total.count for total in found)
    assert counted + transactions.uncounted(c, desk.account, 1, wanted) == len(shown)


def _check_months(desk: Desk, rows: Iterable[Transaction]) -> None:
    sums: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for one in rows:
        is_counted = one.amount is not None and one.created_at is not None
        if is_counted and is_earning(one.kind, one.status) and one.amount.currency == "USD":  # type: ignore[union-attr]
            month = one.created_at.strftime("%Y-%m")  # type: ignore[union-attr]
            sums[month, str(one.kind)] += Fraction(one.amount.amount)  # type: ignore[union-attr]
    found = transactions.by_month(desk.store.reading, desk.account, 1, "USD")
    assert {(month, kind): Fraction(amount) for month, kind, amount in found} == sums
    assert [month for month, *_ in found] == sorted(month for month, *_ in found)


@pytest.mark.parametrize("column", [None, *TransactionColumn])
@pytest.mark.parametrize(
    "wanted",
    [
        ALL,
        TransactionFilter(text="sale"),
        TransactionFilter(text="39"),
        TransactionFilter(Tab.PAID),
    ],
)
def test_that_the_first_rows_are_those_that_the_whole_table_begins_with(
    desk: Desk, column: TransactionColumn | None, wanted: TransactionFilter
) -> None:
    statuses = ("paid", "queued", None)
    walk(
        desk,
        *(
            entry(
                n,
                status=statuses[n % 3],
                amount=usd(f"{n % 11}.{n % 7}0"),
                created_at=None if n % 13 == 0 else AT + timedelta(hours=n * 7 % 50),
            )
            for n in range(1, 400)
        ),
    )
    c, sort = desk.store.reading, TransactionSort(column, descending=False)
    whole = transactions.row_numbers(c, desk.account, 1, wanted, sort)
    begins, is_whole = transactions.first(c, desk.account, 1, wanted, sort, 50)
    assert len(begins) >= min(50, len(whole))
    assert list(begins) == list(whole[: len(begins)])
    assert is_whole is (len(begins) == len(whole))
