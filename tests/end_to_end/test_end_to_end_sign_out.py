"""Signing out and switching accounts in the middle of other things."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from accounts_server import AccountsServer, running_accounts_server
from file_keyring import FileKeyring
from live_app import Desktop, run_desktop, type_into
from PySide6.QtWidgets import QApplication, QLineEdit

from beatpass_desktop.domain.events import FollowEnded
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.sign_in import SignInStep
from beatpass_desktop.store import accounts
from beatpass_desktop.store.erasing import has_traces
from beatpass_desktop.store.store import Store
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.recent_requests import RecentRequests
from beatpass_desktop.system.settings import Setting

pytestmark = pytest.mark.end_to_end

ADA, BOB = "token-of-ada-4711", "token-of-bob-0815"


@pytest.fixture
def server() -> Iterator[AccountsServer]:
    with running_accounts_server() as found:
        found.users = {ADA: (1, "Ada"), BOB: (2, "Bob")}
        yield found


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of the keyring that stands in for the system's."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("TEST_KEYRING_FILE", str(file))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield file
    keyring.set_keyring(before)


@pytest.fixture
def readable(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store stays plain, so that what it holds can be looked for in its bytes."""
    monkeypatch.setenv("TEST_KEYRING_FAULT", "no store key")


async def sign_in(desktop: Desktop) -> None:
    await desktop.asks()
    desktop.enter_token(ADA)
    await desktop.signed_in_as("Ada")


def holding(folder: Path, text: str) -> list[str]:
    """The files that hold a text."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if text.encode() in file.read_bytes()]


@pytest.mark.usefixtures("readable")
@pytest.mark.parametrize("erase", [False, True])
def test_that_closing_the_window_at_once_does_not_undo_signing_out(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path, erase: bool
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await sign_in(desktop)
        desktop.sign_out(erase=erase)

    run_desktop(qapp, tmp_path / "data", server, scenario)
    assert ADA not in secrets.read_text()
    assert bool(holding(tmp_path / "data", "Artist of Ada")) is not erase


def test_that_erasing_also_takes_the_pictures(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path
) -> None:
    picture = folders(tmp_path / "data").cache / "pictures" / "0123"

    async def scenario(desktop: Desktop) -> None:
        await sign_in(desktop)
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"a cover")
        desktop.sign_out(erase=True)
        await desktop.until(lambda: not picture.exists(), "the picture is gone")

    run_desktop(qapp, tmp_path / "data", server, scenario)


def test_that_erasing_also_takes_what_was_searched_for(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "data" / "config" / "settings.json"

    async def scenario(desktop: Desktop) -> None:
        await sign_in(desktop)
        desktop.window.show_page(Page.TRACKS)
        (field,) = [
            line
            for line in desktop.window.findChildren(QLineEdit)
            if line.isVisible() and "earch" in line.accessibleName()
        ]
        type_into(field, "velvet")
        await desktop.until(lambda: "velvet" in settings.read_text(), "it is remembered")
        desktop.app.settings.put(Setting.TRANSACTIONS_SEARCH, "velvet too")
        desktop.sign_out(erase=True)
        await desktop.until(lambda: desktop.app.who.account == 0, "nobody is shown")

    run_desktop(qapp, tmp_path / "data", server, scenario)
    assert holding(tmp_path / "data", "velvet") == []


def test_that_erasing_cut_short_by_a_kill_is_finished_at_the_next_start(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    run_desktop(qapp, folder, server, sign_in)
    store = Store(folders(folder).store)
    store.write(lambda c: accounts.remove(c, 1)).result(10)
    assert has_traces(store.reading)
    store.close()
    (folders(folder).store.parent / "store.db.corrupt-20260101T000000Z").write_bytes(b"of Ada")

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        await desktop.until(lambda: not has_traces(desktop.app.store.reading), "it is finished")

    run_desktop(qapp, folder, server, scenario)
    assert holding(folder, "of Ada") == []


def test_that_a_token_for_this_session_outlives_signing_in_as_somebody_else(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        for token, name in ((ADA, "Ada"), (BOB, "Bob")):
            desktop.enter_token(token)
            model = desktop.app.sign_in
            await desktop.until(lambda m=model: m.step is SignInStep.UNKEPT, "it is told")
            desktop.press("Keep for this session only")
            await desktop.signed_in_as(name)
            if token == ADA:
                desktop.window.sign_in_requested.emit()
        server.asked.clear()
        desktop.window.account_requested.emit(1)
        await desktop.signed_in_as("Ada")
        await desktop.until(lambda: server.paths_with(ADA), "requests for Ada")

    run_desktop(qapp, tmp_path / "data", server, scenario)


def test_that_signing_out_also_forgets_a_token_that_stood_under_another_name(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    run_desktop(qapp, folder, server, sign_in)
    kept = json.loads(secrets.read_text())
    (name,) = [name for name in kept if "store-key" not in name]
    secrets.write_text(json.dumps(kept | {name: BOB}))

    async def scenario(desktop: Desktop) -> None:
        await desktop.signed_in_as("Bob")
        assert desktop.plays == "207"
        desktop.sign_out(erase=False)

    run_desktop(qapp, folder, server, scenario)
    assert BOB not in secrets.read_text()


def test_that_the_limit_of_a_minute_holds_across_a_restart(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    run_desktop(qapp, folder, server, sign_in)
    sent = len(server.asked)
    recent = RecentRequests(folders(folder).state / "requests")
    assert len(recent.ages()) >= sent > 0
    kept_at = time.monotonic()
    recent.keep([57.0] * 300)
    server.asked.clear()

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: server.asked, "a request")

    run_desktop(qapp, folder, server, scenario)
    assert time.monotonic() - kept_at >= 3.0


def test_that_a_follow_cut_short_by_another_account_does_not_stay_pending(
    qapp: QApplication, server: AccountsServer, secrets: Path, tmp_path: Path
) -> None:
    server.gates["artists/77/follow"] = threading.Event()

    async def scenario(desktop: Desktop) -> None:
        await sign_in(desktop)
        ended: list[FollowEnded] = []
        desktop.app.feed.follow_ended.connect(ended.append)
        desktop.app.requests.follow(77)
        await desktop.until(lambda: "artists/77/follow" in server.paths_with(ADA), "it is sent")
        desktop.window.sign_in_requested.emit()
        desktop.enter_token(BOB)
        await desktop.signed_in_as("Bob")
        assert ended == [FollowEnded(77, None)]
        server.gates["artists/77/follow"].set()

    run_desktop(qapp, tmp_path / "data", server, scenario)
