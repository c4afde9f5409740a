"""The store at rest, through the window: encrypted, converted, locked, without its key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import keyring
import pytest
from accounts_server import AccountsServer, running_accounts_server
from file_keyring import FileKeyring
from keyring.errors import PasswordDeleteError
from live_app import Desktop, run_desktop
from PySide6.QtWidgets import QApplication

from beatpass_desktop.models.banners import Notice
from beatpass_desktop.models.sign_in import SignInStep
from beatpass_desktop.store import backups, cipher
from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.views.safekeeping import LockedStoreDialog, WithoutKeychainDialog

pytestmark = pytest.mark.end_to_end

ADA = "token-of-ada-4711"
PLAIN = b"SQLite format 3\0"


@pytest.fixture
def server() -> Iterator[AccountsServer]:
    with running_accounts_server() as found:
        found.users = {ADA: (1, "Ada")}
        yield found


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of the keyring that stands in for the system's."""
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("TEST_KEYRING_FILE", str(file))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield file
    keyring.set_keyring(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def _identity(folder: Path) -> str:
    identity = cipher.identity_of(folder / "store.db")
    assert identity is not None
    return identity


def _another_process(folder: Path) -> None:
    """What a later process does not have any more."""
    cipher.forget(_identity(folder))


def _said(desktop: Desktop) -> str:
    banners = desktop.app.banners.banners()
    return next((b.text for b in banners if b.notice is Notice.STORE), "")


async def _sign_in(desktop: Desktop) -> None:
    await desktop.asks()
    desktop.enter_token(ADA)
    await desktop.signed_in_as("Ada")


async def _shown(desktop: Desktop) -> None:
    await desktop.signed_in_as("Ada")


def test_that_what_is_fetched_is_encrypted_from_the_first_byte_on(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def first(desktop: Desktop) -> None:
        await _sign_in(desktop)
        assert desktop.app.store.is_encrypted

    run_desktop(qapp, folder, server, first)
    kept = json.loads(secrets.read_text())
    (key,) = [secret for name, secret in kept.items() if "/store-key/" in name]
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert [file.name for file in files if key.encode() in file.read_bytes()] == []
    assert [file.name for file in files if PLAIN in file.read_bytes()] == []
    _another_process(folder)

    async def later(desktop: Desktop) -> None:
        assert desktop.app.is_waiting_for_key
        await _shown(desktop)
        assert not desktop.app.is_waiting_for_key
        assert _said(desktop) == ""

    run_desktop(qapp, folder, server, later)
    assert json.loads(secrets.read_text()) == kept


def test_that_a_plain_store_is_encrypted_once_there_is_a_keychain(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")

    async def locked(desktop: Desktop) -> None:
        await desktop.asks()
        await desktop.until(lambda: _said(desktop), "it is told")
        assert "is locked. Until it is open, what is stored is not encrypted." in _said(desktop)
        desktop.enter_token(ADA)
        await desktop.until(lambda: desktop.app.sign_in.step is SignInStep.UNKEPT, "it is not kept")
        desktop.press("Keep for this session only")
        await _shown(desktop)
        assert not desktop.app.store.is_encrypted
        monkeypatch.delenv("TEST_KEYRING_FAULT")
        desktop.press("Encrypt now")
        await desktop.until(lambda: desktop.app.store.is_encrypted, "the store in use is encrypted")
        assert _said(desktop) == ""
        assert desktop.plays == "107"
        desktop.window.show_page(desktop.window.page)
        desktop.app.requests.refresh_all()
        await _shown(desktop)

    run_desktop(qapp, folder, server, locked)
    assert PLAIN not in (folder / "store.db").read_bytes()
    _another_process(folder)
    run_desktop(qapp, folder, server, _shown, offline=True)


def test_that_a_locked_keychain_hides_what_is_stored_until_it_is_open(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    before = (folder / "store.db").read_bytes()
    _another_process(folder)
    monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: _said(desktop), "it is told")
        assert "The keychain of this computer is locked." in _said(desktop)
        assert desktop.plays == ""
        assert not desktop.sign_in.isVisible()
        assert (folder / "store.db").read_bytes() == before
        monkeypatch.delenv("TEST_KEYRING_FAULT")
        desktop.press("Try again")
        await _shown(desktop)
        assert _said(desktop) == ""

    run_desktop(qapp, folder, server, scenario)
    assert list(folder.glob("store.db.*")) == []


def test_that_quitting_while_the_keychain_is_locked_changes_nothing(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    before = (folder / "store.db").read_bytes()
    _another_process(folder)
    monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: _said(desktop), "it is told")

    run_desktop(qapp, folder, server, scenario)
    assert (folder / "store.db").read_bytes() == before


@pytest.mark.parametrize("loss", ["absent", "another"])
def test_that_a_lost_key_is_told_and_all_is_fetched_again(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path, loss: str
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    before = (folder / "store.db").read_bytes()
    identity = _identity(folder)
    _another_process(folder)
    kept = json.loads(secrets.read_text())
    (name,) = [name for name in kept if identity in name]
    if loss == "absent":
        del kept[name]
    else:
        kept[name] = "00" * 32
    secrets.write_text(json.dumps(kept))

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        assert "The key to what was stored here is lost" in _said(desktop)
        await _sign_in(desktop)
        assert desktop.app.store.is_encrypted

    run_desktop(qapp, folder, server, scenario)
    (aside,) = folder.glob("store.db.locked-*")
    assert aside.read_bytes() == before
    assert _identity(folder) != identity
    _another_process(folder)
    run_desktop(qapp, folder, server, _shown)


NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize("choice", ["plain", "session", ""])
def test_that_without_a_keychain_somebody_is_asked_once(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path, choice: str
) -> None:
    async def first(desktop: Desktop) -> None:
        await desktop.until(
            lambda: desktop.window.findChildren(WithoutKeychainDialog), "the question"
        )
        (dialog,) = desktop.window.findChildren(WithoutKeychainDialog)
        {"plain": dialog.plain.click, "session": dialog.session.click, "": dialog.reject}[choice]()
        await desktop.until(
            lambda: desktop.app.store.lasts is (choice == "plain"), "the choice holds"
        )
        await desktop.asks()
        desktop.enter_token(ADA)
        await desktop.until(lambda: desktop.app.sign_in.step is SignInStep.UNKEPT, "it is not kept")
        desktop.press("Keep for this session only")
        await _shown(desktop)
        assert desktop.app.store.lasts is (choice == "plain")

    run_desktop(qapp, folder, server, first, allowed=NOBODY)
    stored = [file for file in folder.rglob("*") if file.is_file() and b"Ada" in file.read_bytes()]
    assert [file.name for file in stored] == (["store.db"] if choice == "plain" else [])

    async def second(desktop: Desktop) -> None:
        if choice == "plain":
            await _shown(desktop)
        elif choice == "session":
            await desktop.until(lambda: "this session only" in _said(desktop), "it is told")
        else:
            await desktop.until(
                lambda: desktop.window.findChildren(WithoutKeychainDialog), "the question"
            )
            desktop.window.findChildren(WithoutKeychainDialog)[0].reject()
        if choice:
            assert desktop.window.findChildren(WithoutKeychainDialog) == []

    run_desktop(qapp, folder, server, second, allowed=NOBODY, offline=choice == "plain")


def test_that_what_was_stored_is_erased_when_nothing_is_to_stay(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    settings = folder / "config" / "settings.json"

    async def first(desktop: Desktop) -> None:
        await desktop.until(
            lambda: desktop.window.findChildren(WithoutKeychainDialog), "the question"
        )
        desktop.window.findChildren(WithoutKeychainDialog)[0].plain.click()
        await desktop.asks()
        desktop.enter_token(ADA)
        await desktop.until(lambda: desktop.app.sign_in.step is SignInStep.UNKEPT, "it is not kept")
        desktop.press("Keep for this session only")
        await _shown(desktop)

    run_desktop(qapp, folder, server, first, allowed=NOBODY)
    settings.unlink()

    async def second(desktop: Desktop) -> None:
        await desktop.until(
            lambda: desktop.window.findChildren(WithoutKeychainDialog), "the question"
        )
        desktop.window.findChildren(WithoutKeychainDialog)[0].session.click()
        await desktop.asks()
        assert not desktop.app.store.lasts

    run_desktop(qapp, folder, server, second, allowed=NOBODY)
    assert not (folder / "store.db").exists()

    async def third(desktop: Desktop) -> None:
        await _sign_in(desktop)
        assert desktop.app.store.is_encrypted
        assert desktop.app.store.lasts

    run_desktop(qapp, folder, server, third)
    assert _identity(folder)


def test_that_without_the_keychain_of_an_encrypted_store_nothing_is_set_aside_unasked(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    before = (folder / "store.db").read_bytes()
    _another_process(folder)

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: _said(desktop), "it is told")
        assert "is encrypted and cannot be shown" in _said(desktop)
        assert (folder / "store.db").read_bytes() == before
        desktop.press("What can I do?")
        (dialog,) = desktop.window.findChildren(LockedStoreDialog)
        dialog.again.click()
        await desktop.until(
            lambda: not desktop.window.findChildren(LockedStoreDialog), "it is tried again"
        )
        desktop.press("What can I do?")
        (dialog,) = desktop.window.findChildren(LockedStoreDialog)
        dialog.anew.click()
        await desktop.until(
            lambda: desktop.window.findChildren(WithoutKeychainDialog), "the next question"
        )
        desktop.window.findChildren(WithoutKeychainDialog)[0].plain.click()
        await desktop.asks()

    run_desktop(qapp, folder, server, scenario, allowed=NOBODY)
    (aside,) = folder.glob("store.db.locked-*")
    assert aside.read_bytes() == before


def test_that_a_keychain_that_refuses_the_key_of_a_backup_is_told_and_can_be_tried_again(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    path, identity = folder / "store.db", _identity(folder)
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", datetime.now(UTC))
    _another_process(folder)
    bent = bytearray(path.read_bytes())
    bent[0] ^= 1  # of the key's name
    path.write_bytes(bent)
    monkeypatch.setenv("TEST_KEYRING_FAULT", f"denied {identity}")

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: "is locked" in _said(desktop), "it is told")
        assert path.read_bytes() == bytes(bent)
        monkeypatch.delenv("TEST_KEYRING_FAULT")
        desktop.press("Try again")
        await desktop.until(lambda: "history was kept" in _said(desktop), "it is begun anew")
        await _shown(desktop)
        assert desktop.app.store.is_encrypted

    run_desktop(qapp, folder, server, scenario)


def test_that_an_encrypted_store_of_a_newer_version_is_told_and_left_alone(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    run_desktop(qapp, folder, server, _sign_in)
    path = folder / "store.db"
    with closing(open_for_writing(path)) as connection:
        connection.pragma("user_version", 999)
    before = path.read_bytes()
    _another_process(folder)

    async def scenario(desktop: Desktop) -> None:
        await desktop.until(lambda: "999" in _said(desktop), "it is told")
        await _sign_in(desktop)
        assert not desktop.app.store.lasts

    run_desktop(qapp, folder, server, scenario)
    assert path.read_bytes() == before
    assert list(folder.glob("store.db.*")) == []


def test_that_a_store_that_cannot_be_encrypted_serves_also_when_its_key_cannot_be_taken_back(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise PasswordDeleteError("Cancelled by user")

    monkeypatch.setattr(FileKeyring, "delete_password", refuse)
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=0))

    async def scenario(desktop: Desktop) -> None:
        await _sign_in(desktop)
        assert not desktop.app.store.is_encrypted

    run_desktop(qapp, folder, server, scenario)
