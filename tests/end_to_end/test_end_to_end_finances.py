"""The Finances page against the sandbox, as a tour records it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from live_app import Desktop, run_desktop
from processes import running_sandbox
from profile_tours import ProfileTours
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from tour_record import values

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.page import PageState
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.views.pages.finances.page import FinancesPage

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]


def test_that_the_page_shows_what_the_server_sends(tours: ProfileTours) -> None:
    established = tours("established").sandbox
    artist = established.get("/artist/profile")["id"]
    finances = established.get("/artist/stripe-connect/finances", artist_id=str(artist))["data"]
    listed = established.get("/artist/unified-transactions", artist_id=str(artist))["pagination"]
    page = tours("established").page("finances")
    assert page["state"] == "ready"
    (balance,) = finances["balances"]
    assert values(page) == {
        "Balance": f"${balance['available']:,.2f}",
        "Upcoming": f"${balance['upcoming']:,.2f}",
        "In Transit": f"${balance['in_transit']:,.2f}",
        "Lifetime": f"${balance['lifetime']:,.2f}",
    }
    (table,) = page["tables"]
    assert table["columns"] == ["Date", "Type", "Description", "Amount", "Status"]
    assert table["row_count"] == listed["total"]
    newest = listed["data"][: len(table["rows"])]
    assert [row[2] for row in table["rows"][:10]] == [row["description"] for row in newest[:10]]
    assert "Active" in page["texts"]
    assert f"All {listed['total']:,}" in page["texts"]


def test_that_who_has_no_stripe_account_is_led_to_it(tours: ProfileTours) -> None:
    page = tours("new-artist").page("finances")
    assert (page["state"], page["cards"], page["tables"]) == ("setup", [], [])
    assert {"Setup required", "Connect Stripe account", "Confirm your country"} <= set(
        page["texts"]
    )


def test_that_payouts_are_set_up_through_the_form(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)

    async def scenario(desktop: Desktop) -> None:
        desktop.window.show_page(Page.FINANCES)
        page = desktop.window.current_page
        assert isinstance(page, FinancesPage)
        await desktop.until(lambda: page.setup is not None, "the way to Stripe")
        assert page.setup is not None
        page.setup.country.setCurrentText("Canada")
        desktop.press("Connect Stripe account")
        await desktop.until(lambda: opened, "the link")
        await asyncio.to_thread(httpx.post, opened[0])
        await desktop.until(lambda: not page.model.is_refreshing, "the page at rest")
        desktop.press("I have finished: check again")
        await desktop.until(lambda: page.state is PageState.EMPTY, "an active account")
        assert page.header.badge.text() == "Active"

    settings = Settings(folders(tmp_path).config / "settings.json")
    settings.put(Setting.WITHOUT_KEYCHAIN, "plain")
    with running_sandbox("--profile", "new-artist") as sandbox:
        run_desktop(qapp, tmp_path, sandbox.base_url, scenario, token=sandbox.token)
        assert opened[0].startswith(sandbox.base_url.partition("/api")[0])


def test_that_odd_amounts_are_shown_as_they_were_sent(tours: ProfileTours) -> None:
    page = tours("quirky").page("finances")
    shown = values(page)
    details = {card["title"]: card["detail"] for card in page["cards"]}
    assert details["Balance · USD"] == "more digits than USD has"
    assert details["Balance · JPY"] == "in your Stripe account"
    assert shown["Balance · JPY"] == "¥3,000"
    assert shown["Balance · XQX"] == "XQX\N{NO-BREAK SPACE}42.0"
    assert any("1 in no sum" in text for text in page["texts"])
