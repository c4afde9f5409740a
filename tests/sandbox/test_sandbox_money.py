"""The endpoints about money, asked of real sandbox processes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sandbox_process import NOW, RunningSandbox, running_sandbox

pytestmark = [pytest.mark.end_to_end, pytest.mark.no_cover]

UPCOMING = {"queued", "sending", "pending"}


@pytest.fixture(scope="module")
def several() -> Iterator[RunningSandbox]:
    with running_sandbox("--profile", "multi-artist", "--rate-limit", "100000") as sandbox:
        yield sandbox


@pytest.fixture
def unready() -> Iterator[RunningSandbox]:
    with running_sandbox("--profile", "stripe-incomplete") as sandbox:
        yield sandbox


def finances(sandbox: RunningSandbox, **query: int) -> dict[str, Any]:
    data: dict[str, Any] = sandbox.get("/artist/stripe-connect/finances", **query)["data"]
    return data


def status(sandbox: RunningSandbox, **query: int) -> dict[str, Any]:
    data: dict[str, Any] = sandbox.get("/artist/stripe-connect/status", **query)["data"]
    return data


def transactions(sandbox: RunningSandbox, **query: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    page, last = 1, 1
    while page <= last:
        listing = sandbox.get("/artist/unified-transactions", page=page, per_page=100, **query)
        rows += listing["pagination"]["data"]
        last = listing["pagination"]["last_page"]
        page += 1
    return rows


def own_artists(sandbox: RunningSandbox) -> list[int]:
    user = sandbox.get("/users/me", **{"with": "artists"})["user"]
    return [artist["id"] for artist in user["artists"]]


def exact(value: float) -> Decimal:
    return Decimal(str(value))


def total(rows: list[dict[str, Any]]) -> Decimal:
    return sum((exact(row["amount"]) for row in rows), Decimal(0))


def balances_of(rows: list[dict[str, Any]], currency: str) -> dict[str, Decimal]:
    """The four balances by what the words mean, from the transactions."""
    own = [row for row in rows if row["currency"] == currency]
    earnings = [row for row in own if row["type"] != "payout"]
    payouts = [row for row in own if row["type"] == "payout"]
    earned = total([row for row in earnings if row["status"] == "paid"])
    in_transit = -total([row for row in payouts if row["status"] == "sending"])
    arrived = -total([row for row in payouts if row["status"] == "paid"])
    return {
        "available": earned - in_transit - arrived,
        "upcoming": total([row for row in earnings if row["status"] in UPCOMING]),
        "in_transit": in_transit,
        "lifetime": earned,
    }


def test_that_balances_are_what_the_transactions_add_up_to(established: RunningSandbox) -> None:
    sent = finances(established)
    rows = transactions(established)
    (balance,) = sent["balances"]
    assert not sent["truncated"]
    assert not sent["multi_currency"]
    assert {field: exact(balance[field]) for field in balances_of(rows, "USD")} == balances_of(
        rows, "USD"
    )
    assert balance["available"] > 0
    assert balance["lifetime"] > 1_000


def test_that_odd_amounts_still_add_up_in_each_currency() -> None:
    with running_sandbox("--profile", "quirky", "--rate-limit", "100000") as sandbox:
        rows = transactions(sandbox)
        balances = {balance["currency"]: balance for balance in finances(sandbox)["balances"]}
    assert {"JPY", "KWD", "XQX", "EUR", "USD"} <= set(balances)
    for currency, balance in balances.items():
        counted = balances_of(rows, currency)
        assert {field: exact(balance[field]) for field in counted} == counted
    assert any(row["currency"] == "JPY" and row["amount"] % 1 for row in rows)
    assert any(row["currency"] == "KWD" and row["amount"] == 12.345 for row in rows)
    assert any(row["description"] is None for row in rows)
    assert any(row["type"] == "royalty_advance" for row in rows)
    assert any(row["status"] == "on_hold" for row in rows)
    assert any(row["type"] == "track_sale" and row["amount"] < 0 for row in rows)
    assert rows[0]["created_at"].startswith("9999-12-31")


def test_that_transactions_come_latest_first_each_once(established: RunningSandbox) -> None:
    rows = transactions(established)
    moments = [row["created_at"] for row in rows]
    assert moments == sorted(moments, reverse=True)
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["type"] for row in rows} == {
        "track_sale",
        "subscription_payout",
        "payout",
        "refund",
    }
    assert all("track" in row for row in rows if row["type"] == "track_sale")
    assert all("split" in row for row in rows if row["type"] == "subscription_payout")


def test_that_only_the_latest_thousand_transactions_are_listed(several: RunningSandbox) -> None:
    first = several.get("/artist/unified-transactions")["pagination"]
    assert first["per_page"] == 20
    assert first["total"] == 1_000
    sent = finances(several)
    assert sent["truncated"]
    assert sent["transaction_limit"] == 1_000
    assert len(transactions(several)) == 1_000


def test_that_each_artist_has_money_of_its_own(several: RunningSandbox) -> None:
    main, euro, beginner = own_artists(several)
    assert finances(several)["artist_id"] == main
    euros = finances(several, artist_id=euro)
    assert euros["artist_id"] == euro
    assert euros["currency"] == "EUR"
    assert euros["multi_currency"]
    assert [balance["currency"] for balance in euros["balances"]] == ["EUR", "USD"]
    rows = transactions(several, artist_id=euro)
    for balance in euros["balances"]:
        counted = balances_of(rows, balance["currency"])
        assert {field: exact(balance[field]) for field in counted} == counted
    assert not status(several, artist_id=beginner)["payouts_enabled"]
    assert finances(several, artist_id=beginner)["balances"] == []
    assert not {row["id"] for row in rows} & {row["id"] for row in transactions(several)}


@pytest.mark.parametrize(
    "path",
    [
        "/artist/stripe-connect/status",
        "/artist/stripe-connect/finances",
        "/artist/unified-transactions",
        "/artist/subscription-payouts",
        "/artist/subscription-payouts/summary",
        "/artist/sales",
    ],
)
def test_that_money_is_shown_only_to_whom_it_belongs(
    established: RunningSandbox, path: str
) -> None:
    assert established.anonymous(path).status_code == 401
    reply = established.client.get(path, params={"artist_id": 7})
    assert reply.status_code == 403
    assert reply.json()["error"] == "forbidden"
    assert established.client.get(path, params={"artist_id": "mine"}).status_code == 422


def test_that_splits_explain_the_subscription_payouts(established: RunningSandbox) -> None:
    listing = established.get("/artist/subscription-payouts", per_page=100)["pagination"]
    summary = established.get("/artist/subscription-payouts/summary")["data"]
    splits = [row for row in transactions(established) if row["type"] == "subscription_payout"]
    assert listing["total"] == len(splits) == sum(summary["counts"].values())
    assert [row["id"] for row in listing["data"]] == [row["id"] for row in splits[:100]]
    paid = [row for row in splits if row["status"] == "paid"]
    assert exact(summary["total_paid"]) == total(paid)
    assert sum(exact(part["amount"]) for part in summary["paid_by_period"]) == total(paid)
    for row in splits:
        split = row["split"]
        amount = exact(split["original_amount"]) + exact(split["redistribution_bonus"])
        assert exact(row["amount"]) == (amount if row["status"] != "excluded" else 0)
        assert split["billing_period"] == row["created_at"][:7]
        assert split["retry_count"] == 5 or row["status"] != "failed"
    one = established.get(f"/artist/subscription-payouts/{splits[0]['id']}")["payout"]
    assert one == listing["data"][0]
    share = 100 * one["original_amount"] / one["pool_amount"]
    assert share == pytest.approx(one["share_percentage"], abs=0.01)
    assert established.client.get("/artist/subscription-payouts/1").status_code == 404
    assert established.client.get("/artist/subscription-payouts/x").status_code in {404, 422}


def test_that_several_billing_dates_a_month_are_split(established: RunningSandbox) -> None:
    listing = established.get("/artist/subscription-payouts", per_page=100)["pagination"]
    october = [row for row in listing["data"] if row["billing_period"] == "2026-10"]
    assert [row["billing_date"][-2:] for row in october] == ["22", "15", "08", "01"]


def test_that_the_producer_keeps_the_whole_price_of_a_sale(established: RunningSandbox) -> None:
    sales = established.get("/artist/sales")
    earnings = sales["earnings"]
    assert len(sales["recent_purchases"]) == 20
    for purchase in sales["recent_purchases"]:
        price = exact(purchase["artist_amount"])
        fee = exact(purchase["platform_fee"])
        assert fee == (price * Decimal("0.12") + 3).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert exact(purchase["total_amount"]) == price + fee
    rows = transactions(established)
    sold = [row for row in rows if row["type"] == "track_sale" and row["status"] == "paid"]
    refunds = [row for row in rows if row["type"] == "refund"]
    assert earnings["total_sales"] == len(sold) - len(refunds)
    assert exact(earnings["total_revenue"]) == total(sold) + total(refunds)
    assert earnings["total_revenue_formatted"] == f"${earnings['total_revenue']:,.2f}"
    left = exact(earnings["pending_payout"]) + exact(earnings["paid_out"])
    assert left == exact(earnings["total_revenue"])


def test_that_a_track_sold_exclusively_has_been_paid_for(established: RunningSandbox) -> None:
    artist_id = established.artist_id()
    tracks = established.walk(f"/artists/{artist_id}/tracks", 100)
    sold = {
        track["id"]: track["exclusive_price"]
        for track in tracks
        if track["exclusive_status"] == "sold" and track["artists"][0]["id"] == artist_id
    }
    exclusive = {
        row["track"]["id"]: row["amount"]
        for row in transactions(established)
        if row["description"].startswith("Exclusive licence")
    }
    assert exclusive == sold


def test_that_share_and_platform_totals_agree(established: RunningSandbox) -> None:
    earnings = established.get("/producer/earnings")["data"]
    platform = established.get("/platform/stats")["data"]
    stats = established.get("/artist/dashboard-stats")["data"]
    assert earnings["contribution"] == stats["total_contribution"]
    share = 100 * earnings["contribution"] / platform["total_contribution"]
    assert earnings["platform_share"] == pytest.approx(share, abs=0.01)
    assert platform["total_tracks"] > stats["total_tracks"]
    assert platform["total_producers"] > 10
    assert earnings["estimated_payout"] > 0


def test_that_licences_of_downloads_can_be_verified_by_anyone(established: RunningSandbox) -> None:
    analytics = established.get(
        f"/artists/{established.artist_id()}/downloads-analytics", period="all"
    )["data"]
    download = next(row for row in analytics["recent"] if row.get("license_uuid"))
    path = f"/verify-license/{download['license_uuid']}"
    reply = established.anonymous(path)
    assert reply.status_code == 200
    body = reply.json()
    assert body["valid"] is True
    assert body["license_details"]["track"]["id"] == download["track"]["id"]
    assert body["license_details"]["licensee"] == download["user"]["display_name"]
    assert body["license_details"]["issued_at"] == download["downloaded_at"]
    assert established.get(path.upper().replace("/VERIFY-LICENSE", "/verify-license")) == body
    missing = established.anonymous("/verify-license/550e8400-e29b-41d4-a716-446655440000")
    assert missing.status_code == 404
    assert missing.json()["message"]


def test_that_onboarding_makes_an_account_ready_to_be_paid(unready: RunningSandbox) -> None:
    before = status(unready)
    assert before["connected"]
    assert not before["charges_enabled"]
    assert before["requirements_due"]
    assert transactions(unready) == []
    assert finances(unready)["balances"] == []
    excluded = unready.get("/artist/subscription-payouts/summary")["data"]
    assert excluded["total_paid"] == 0
    assert excluded["total_excluded"] > 0

    refused = unready.client.post("/artist/stripe-connect/onboard", json={"country": "BR"})
    assert refused.status_code == 422
    assert "country" in refused.json()["errors"]
    other = next(code for code in ("US", "CA") if code != before["country"])
    changed = unready.client.post("/artist/stripe-connect/onboard", json={"country": other})
    assert changed.status_code == 422
    reply = unready.client.post("/artist/stripe-connect/onboard", json={})
    assert reply.status_code == 200
    url = reply.json()["data"]["url"]
    assert url.startswith(unready.origin + "/_sandbox/stripe/onboarding/")
    page = httpx.get(url, trust_env=False)
    assert page.status_code == 200
    assert "<form" in page.text
    assert not status(unready)["charges_enabled"]
    assert "is set up" in httpx.post(url, trust_env=False).text

    after = status(unready)
    assert all(after[light] for light in ("charges_enabled", "payouts_enabled"))
    assert after["details_submitted"]
    assert after["requirements_due"] == []
    again = unready.client.post("/artist/stripe-connect/onboard", json={})
    assert again.status_code == 409
    unknown = httpx.get(url[:-4] + "none", trust_env=False)
    assert unknown.status_code == 404

    assert all(row["status"] == "excluded" for row in transactions(unready))
    httpx.post(unready.origin + "/_sandbox/advance", json={"days": 20}, trust_env=False)
    rows = transactions(unready)
    since = (datetime.fromisoformat(NOW) + timedelta(days=1)).isoformat()
    assert {row["status"] for row in rows if row["created_at"] < NOW[:10]} == {"excluded"}
    assert any(row["status"] == "paid" for row in rows if row["created_at"] > since[:10])
    summary = unready.get("/artist/subscription-payouts/summary")["data"]
    assert summary["total_excluded"] == excluded["total_excluded"]
    assert summary["total_paid"] > 0


def test_that_an_artist_without_an_account_chooses_its_country() -> None:
    with running_sandbox("--profile", "new-artist", now="2026-11-23T12:04:59+00:00") as sandbox:
        sent = finances(sandbox)
        assert sent["cached_at"] == "2026-11-23T12:00:00.000000Z"
        assert sent["balances"] == []
        assert not sent["is_stale"]
        assert status(sandbox)["country"] is None
        assert not status(sandbox)["connected"]
        body = {"country": "JP", "artist_id": sandbox.artist_id()}
        assert sandbox.client.post("/artist/stripe-connect/onboard", json=body).status_code == 200
        assert status(sandbox)["country"] == "JP"
        assert status(sandbox)["connected"]
        foreign = {"artist_id": 1}
        reply = sandbox.client.post("/artist/stripe-connect/onboard", json=foreign)
        assert reply.status_code == 403


def test_that_money_of_a_user_without_an_artist_is_not_found() -> None:
    with running_sandbox("--profile", "no-artist") as sandbox:
        for path in ("/artist/stripe-connect/finances", "/artist/unified-transactions"):
            assert sandbox.client.get(path).status_code == 404
        assert sandbox.get("/platform/stats")["data"]["total_tracks"] > 0


def test_that_payouts_move_on_as_days_pass(several: RunningSandbox) -> None:
    """Runs last on this sandbox: it changes it."""
    before = {row["id"]: row for row in transactions(several)}
    moving = {key for key, row in before.items() if row["status"] in UPCOMING}
    lifetime = finances(several)["balances"][0]["lifetime"]
    reply = httpx.post(several.origin + "/_sandbox/advance", json={"days": 14}, trust_env=False)
    assert reply.status_code == 200
    after = {row["id"]: row for row in transactions(several)}
    assert len(set(after) - set(before)) > 5
    assert {after[key]["status"] for key in moving} <= {"paid", "failed"}
    assert finances(several)["balances"][0]["lifetime"] > lifetime
    assert not finances(several)["is_stale"]
