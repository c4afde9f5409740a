"""Laws of the ledger, over many small platforms simulated in this process."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beatpass_sandbox import rules
from beatpass_sandbox.auth import Session
from beatpass_sandbox.context import Context
from beatpass_sandbox.database import create_late_indexes, create_schema, open_database
from beatpass_sandbox.endpoints import money, transactions
from beatpass_sandbox.simulation.money import pass_days, simulate_money
from beatpass_sandbox.simulation.money.billing import apportion, is_billing_date
from beatpass_sandbox.simulation.profiles import OwnArtist, Profile
from beatpass_sandbox.simulation.settlement import settle

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

DAY = 86_400
BEGIN = 20_400 * DAY
NOW = BEGIN + 170 * DAY + 43_200
LATER = NOW + 40 * DAY
DOLLARS, EUROS, UNREADY, OTHER, EXCLUDED = 11, 12, 13, 14, 15
OWN = (DOLLARS, EUROS, UNREADY)
PROFILE = Profile(
    "small",
    (
        OwnArtist(0, 0, 0, 170, 0, 1.0),
        OwnArtist(0, 0, 0, 150, 0, 1.0, currency="EUR"),
        OwnArtist(0, 0, 0, 100, 0, 1.0, stripe="incomplete"),
    ),
)
RANKS = {"queued": 0, "sending": 1, "pending": 2, "paid": 3, "failed": 3, "excluded": 3}

seeds = st.integers(0, 14)
laws = settings(max_examples=15, deadline=None)


def platform(seed: int, now: int = NOW, until: int = LATER) -> sqlite3.Connection:
    """Five artists with tracks and plays until ``until``, money until ``now``."""
    source = random.Random(f"{seed}/small")
    connection = open_database("")
    create_schema(connection)
    create_late_indexes(connection)
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO users VALUES (?,?,NULL,?)",
        [(number, f"Listener {number}", BEGIN) for number in range(1, 21)],
    )
    for place, artist_id in enumerate((*OWN, OTHER, EXCLUDED)):
        connection.execute(
            "INSERT INTO artists (id, name, verified, upload_access, joined_at, has_profile,"
            " administrator) VALUES (?,?,0,1,?,1,0)",
            (artist_id, f"Artist {artist_id}", BEGIN + place * 10 * DAY),
        )
        _upload(connection, source, artist_id, BEGIN + place * 10 * DAY, until)
    connection.executemany(
        "INSERT INTO memberships VALUES (1,?,?,'owner')",
        list(enumerate(OWN)),
    )
    connection.execute("COMMIT")
    settle(connection, now)
    simulate_money(connection, PROFILE, seed, now)
    connection.execute(
        "UPDATE stripe_accounts SET enabled_at = NULL WHERE artist_id = ?", (EXCLUDED,)
    )
    return connection


def _upload(
    connection: sqlite3.Connection, source: random.Random, artist_id: int, since: int, until: int
) -> None:
    currency = "EUR" if artist_id == EUROS else "USD"
    moments = sorted(source.randrange(since, until) for _ in range(40))
    for sequence, moment in enumerate(moments):
        track_id = artist_id * 1_000 + sequence
        licensing, price, status = source.choice(
            [
                ("standard", None, None),
                ("standard_exclusive", 299, "sold"),
                ("standard_exclusive", 499, "available"),
            ]
        )
        connection.execute(
            "INSERT INTO tracks (id, name, created_at, price, currency, licensing_type,"
            " exclusive_price, exclusive_status) VALUES (?,?,?,?,?,?,?,?)",
            (track_id, f"T{track_id}", moment, 24.99, currency, licensing, price, status),
        )
        connection.execute("INSERT INTO credits VALUES (?,?,?,0)", (artist_id, sequence, track_id))
        connection.executemany(
            "INSERT INTO plays VALUES (?,?,1,?)",
            [
                (track_id, day, source.randint(1, 9))
                for day in range(moment // DAY, until // DAY + 1, 3)
            ],
        )


@cache
def history(seed: int) -> sqlite3.Connection:
    """A platform that is only read."""
    return platform(seed)


@cache
def passed(seed: int) -> sqlite3.Connection:
    """A platform on which 40 more days have passed; only read."""
    connection = platform(seed)
    pass_days(connection, seed, NOW, LATER)
    return connection


def ask(connection: sqlite3.Connection, artist_id: int, **query: str) -> Context:
    """A request of the user who owns the three artists."""
    return Context(
        database=connection,
        as_of=NOW,
        now=datetime.fromtimestamp(NOW, UTC),
        session=Session(1, OWN),
        origin="http://sandbox",
        path="/",
        parameters={},
        query={"artist_id": str(artist_id), **query},
        body={},
    )


def listed(connection: sqlite3.Connection, artist_id: int) -> list[dict[str, Any]]:
    """All transactions of an artist, page by page."""
    rows: list[dict[str, Any]] = []
    page, last = 1, 1
    while page <= last:
        context = ask(connection, artist_id, page=str(page), per_page="100")
        listing = transactions.unified_transactions(context)["pagination"]
        rows += listing["data"]
        last = listing["last_page"]
        page += 1
    return rows


def dump(connection: sqlite3.Connection) -> list[str]:
    return list(connection.iterdump())


def statuses(connection: sqlite3.Connection) -> Mapping[int, tuple[str, int]]:
    rows = connection.execute("SELECT id, status, amount FROM ledger").fetchall()
    return {row["id"]: (row["status"], row["amount"]) for row in rows}


@laws
@given(seeds)
def test_that_balances_equal_the_ledger_in_each_currency(seed: int) -> None:
    for artist_id in (DOLLARS, EUROS):
        rows = listed(passed(seed), artist_id)
        sent = money.finances(ask(passed(seed), artist_id))["data"]
        assert rows
        assert {row["currency"] for row in rows} == {
            balance["currency"] for balance in sent["balances"]
        }
        for balance in sent["balances"]:
            own = [row for row in rows if row["currency"] == balance["currency"]]
            counted: dict[str, Decimal] = dict.fromkeys(
                ("earned", "coming", "out", "way"), Decimal()
            )
            for row in own:
                amount = Decimal(str(row["amount"]))
                if row["type"] == "payout":
                    counted["out"] -= amount if row["status"] in {"paid", "sending"} else 0
                    counted["way"] -= amount if row["status"] == "sending" else 0
                elif row["status"] == "paid":
                    counted["earned"] += amount
                elif row["status"] not in {"failed", "excluded"}:
                    counted["coming"] += amount
            figures = {key: Decimal(str(balance[key])) for key in balance if key != "currency"}
            assert figures == {
                "available": counted["earned"] - counted["out"],
                "upcoming": counted["coming"],
                "in_transit": counted["way"],
                "lifetime": counted["earned"],
            }


@laws
@given(seeds)
def test_that_the_splits_of_a_billing_date_sum_to_the_pool(seed: int) -> None:
    pools = (
        passed(seed)
        .execute(
            "SELECT p.amount AS pool, SUM(s.original) AS original, SUM(l.amount) AS paid,"
            " SUM(s.share_percentage) AS share, SUM(l.status <> 'excluded') AS payable FROM pools p"
            " JOIN splits s ON s.pool_id = p.id JOIN ledger l ON l.id = s.ledger_id GROUP BY p.id"
        )
        .fetchall()
    )
    assert len(pools) > 20
    for pool in pools:
        assert pool["original"] == pool["pool"]
        assert abs(pool["share"] - 100) < 1e-6
        assert pool["paid"] == (pool["pool"] if pool["payable"] else 0)


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_that_a_split_follows_the_contribution_of_its_billing_date(seed: int) -> None:
    connection = passed(seed)
    splits = connection.execute(
        "SELECT l.artist_id, s.contribution, p.billed_at FROM splits s"
        " JOIN ledger l ON l.id = s.ledger_id JOIN pools p ON p.id = s.pool_id"
        " WHERE p.billed_at > ?",
        (NOW,),
    ).fetchall()
    assert len(splits) > 10
    for split in splits:
        moment = split["billed_at"]
        points = 0.0
        for track in connection.execute(
            "SELECT t.*, (SELECT SUM(p.count) FROM plays p WHERE p.track_id = t.id"
            " AND p.day <= ?) AS plays FROM tracks t JOIN credits c ON c.track_id = t.id"
            " WHERE c.artist_id = ? AND t.created_at <= ?",
            (moment // DAY, split["artist_id"], moment),
        ):
            age = (moment - track["created_at"]) / DAY
            points += rules.contribution(age, track["plays"] or 0, 1, track["licensing_type"])
        assert abs(split["contribution"] - points) < 1e-5


@settings(max_examples=5, deadline=None)
@given(seeds)
def test_that_a_split_of_this_moment_has_the_settled_contribution(seed: int) -> None:
    billed_at = next(day for day in range(NOW // DAY, 0, -1) if is_billing_date(day)) * DAY
    connection = platform(seed, now=billed_at, until=billed_at)
    rows = connection.execute(
        "SELECT s.contribution, f.contribution AS settled FROM pools p"
        " JOIN splits s ON s.pool_id = p.id JOIN ledger l ON l.id = s.ledger_id"
        " JOIN artist_figures f ON f.artist_id = l.artist_id WHERE p.billed_at = ?",
        (billed_at,),
    ).fetchall()
    assert len(rows) == 5
    assert all(abs(row["contribution"] - row["settled"]) < 1e-5 for row in rows)


@laws
@given(seeds)
def test_that_what_was_excluded_is_redistributed(seed: int) -> None:
    pools = (
        passed(seed)
        .execute(
            "SELECT SUM(s.bonus) AS bonus,"
            " SUM(CASE WHEN l.status = 'excluded' THEN s.original ELSE 0 END) AS excluded,"
            " SUM(CASE WHEN l.status = 'excluded' THEN s.bonus + l.amount ELSE 0 END) AS kept,"
            " SUM(l.status <> 'excluded') AS payable FROM splits s"
            " JOIN ledger l ON l.id = s.ledger_id GROUP BY s.pool_id"
        )
        .fetchall()
    )
    assert any(pool["excluded"] for pool in pools)
    for pool in pools:
        assert pool["kept"] == 0
        if pool["payable"]:
            assert pool["bonus"] == pool["excluded"]


@laws
@given(seeds)
def test_that_payouts_equal_the_paid_entries_they_settle(seed: int) -> None:
    connection = passed(seed)
    payouts = connection.execute(
        "SELECT p.*, COUNT(e.id) AS entries, COALESCE(SUM(e.amount), 0) AS settled,"
        " SUM(e.currency <> p.currency OR e.artist_id <> p.artist_id OR e.status <> 'paid') AS odd"
        " FROM ledger p LEFT JOIN ledger e ON e.payout_id = p.id"
        " WHERE p.type = 'payout' GROUP BY p.id"
    ).fetchall()
    assert any(payout["status"] == "paid" for payout in payouts)
    for payout in payouts:
        if payout["status"] == "failed":
            assert payout["entries"] == 0
        else:
            assert payout["settled"] == -payout["amount"]
            assert not payout["odd"]
            assert -payout["amount"] >= (900 if payout["currency"] == "EUR" else 1_000)
        if payout["status"] == "paid":
            days = (payout["changed_at"] - payout["created_at"]) // DAY
            assert 2 <= days <= 11


@laws
@given(seeds)
def test_that_the_producer_keeps_the_price_and_the_buyer_pays_the_fee(seed: int) -> None:
    sales = (
        passed(seed)
        .execute(
            "SELECT l.amount, p.*, t.price AS listed, t.exclusive_price, t.created_at AS uploaded,"
            " l.created_at FROM purchases p JOIN ledger l ON l.id = p.ledger_id"
            " JOIN tracks t ON t.id = l.track_id"
        )
        .fetchall()
    )
    assert sales
    for sale in sales:
        listed_price = Decimal(str(sale["exclusive_price" if sale["exclusive"] else "listed"]))
        assert sale["amount"] == sale["price"] == listed_price * 100
        total = (listed_price * Decimal("1.12") + 3) * 100
        assert sale["total"] == sale["price"] + sale["fee"]
        assert abs(sale["total"] - total) <= Decimal("0.5")
        assert sale["uploaded"] <= sale["created_at"]


@laws
@given(seeds)
def test_that_an_exclusive_sale_is_the_last_one_of_its_track(seed: int) -> None:
    connection = passed(seed)
    late = connection.execute(
        "SELECT COUNT(*) FROM purchases x JOIN ledger e ON e.id = x.ledger_id"
        " JOIN ledger l ON l.track_id = e.track_id AND l.type = 'track_sale' AND l.id <> e.id"
        " AND l.created_at / 86400 > e.created_at / 86400 WHERE x.exclusive"
    ).fetchone()
    assert late[0] == 0
    unsold = connection.execute(
        "SELECT COUNT(*) FROM purchases x JOIN ledger e ON e.id = x.ledger_id"
        " JOIN tracks t ON t.id = e.track_id WHERE x.exclusive AND t.exclusive_status <> 'sold'"
    ).fetchone()
    assert unsold[0] == 0
    unpaid = connection.execute(
        "SELECT COUNT(*) FROM tracks t JOIN credits c ON c.track_id = t.id"
        " WHERE c.artist_id IN (?, ?) AND t.exclusive_status = 'sold' AND t.created_at < ?"
        " AND t.id NOT IN (SELECT e.track_id FROM purchases x"
        " JOIN ledger e ON e.id = x.ledger_id WHERE x.exclusive)",
        (DOLLARS, EUROS, LATER - 2 * DAY),
    ).fetchone()
    assert unpaid[0] == 0


@laws
@given(seeds)
def test_that_refunds_take_back_paid_sales_once(seed: int) -> None:
    for row in passed(seed).execute(
        "SELECT r.amount AS refund, r.created_at AS refunded_at, s.* FROM purchases p"
        " JOIN ledger s ON s.id = p.ledger_id JOIN ledger r ON r.id = p.refund_id"
    ):
        assert row["refund"] == -row["amount"]
        assert row["status"] == "paid"
        assert row["refunded_at"] > row["changed_at"]
    refunds, linked = (
        passed(seed)
        .execute(
            "SELECT (SELECT COUNT(*) FROM ledger WHERE type = 'refund'), COUNT(DISTINCT refund_id)"
            " FROM purchases"
        )
        .fetchone()
    )
    assert refunds == linked


@laws
@given(seeds)
def test_that_an_artist_who_cannot_be_paid_gets_nothing(seed: int) -> None:
    connection = passed(seed)
    assert listed(connection, UNREADY) == []
    assert money.finances(ask(connection, UNREADY))["data"]["balances"] == []
    rows = connection.execute(
        "SELECT type, status, amount FROM ledger WHERE artist_id = ?", (UNREADY,)
    ).fetchall()
    assert {tuple(row) for row in rows} == {("subscription_payout", "excluded", 0)}


@settings(max_examples=6, deadline=None)
@given(seeds)
def test_that_statuses_only_move_forward(seed: int) -> None:
    connection = platform(seed)
    before = statuses(connection)
    for moment in range(NOW, LATER, DAY):
        pass_days(connection, seed, moment, moment + DAY)
        after = statuses(connection)
        for entry_id, (status, amount) in before.items():
            now_status, now_amount = after[entry_id]
            assert now_amount == amount
            assert now_status == status or RANKS[now_status] > RANKS[status]
        before = after
    retries = connection.execute(
        "SELECT MAX(s.retry_count), MIN(CASE WHEN l.status = 'failed' THEN s.retry_count END)"
        " FROM splits s JOIN ledger l ON l.id = s.ledger_id"
    ).fetchone()
    assert retries[0] <= 5
    assert retries[1] in {None, 5}


@settings(max_examples=8, deadline=None)
@given(seeds, st.lists(st.integers(NOW, LATER), max_size=5))
def test_that_time_passes_the_same_in_parts(seed: int, stops: list[int]) -> None:
    connection = platform(seed)
    moments = [NOW, *sorted(stops), LATER]
    for before, after in pairwise(moments):
        pass_days(connection, seed, before, after)
    assert dump(connection) == dump(passed(seed))


@settings(max_examples=3, deadline=None)
@given(seeds)
def test_that_the_same_seed_makes_the_same_ledger(seed: int) -> None:
    assert dump(platform(seed)) == dump(history(seed))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_that_parts_are_fair_and_sum_to_the_whole(amount: int, weights: list[int]) -> None:
    parts = apportion(amount, weights)
    total = sum(weights)
    assert sum(parts) == (amount if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert total == 0 or abs(part * total - amount * weight) < total
        assert weight or part == 0
