"""Signing in to the sandbox with e-mail and password, and opening the sandbox from the page."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from file_keyring import FileKeyring
from live_app import Desktop, run_desktop
from processes import Sandbox, command_lines, running_sandbox, wait_until
from PySide6.QtWidgets import QApplication

from beatpass_desktop.domain.sign_in import SignInWay
from beatpass_desktop.system.sandbox_window import SandboxWindow

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox("--profile", "new-artist", "--rate-limit", "100000") as found:
        yield found


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("TEST_KEYRING_FILE", str(file))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield file
    keyring.set_keyring(before)


def test_that_the_sandbox_tells_its_accounts_apart(
    qapp: QApplication, sandbox: Sandbox, secrets: Path, tmp_path: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        page = desktop.sign_in
        for email, words in (
            ("suspended@beatpass.example", "suspended"),
            ("unverified@beatpass.example", "not verified"),
        ):
            desktop.enter_email(email, "sandbox")
            await desktop.until(lambda words=words: words in page.problem(), words)
            page.email_form.clear()
        desktop.enter_email("no-token@beatpass.example", "sandbox")
        await desktop.until(lambda: page.way is SignInWay.TOKEN, "a token is asked for")
        page.email_form.clear()
        for _ in range(5):
            desktop.enter_email("sandbox@beatpass.example", "wrong")
            await desktop.until(page.email_form.password.problem, "a wrong password")
            page.email_form.clear()
        desktop.enter_email("sandbox@beatpass.example", "wrong")
        await desktop.until(lambda: "Please wait" in page.problem(), "too many tries")

    run_desktop(qapp, tmp_path / "data", sandbox.base_url, scenario)
    assert [name for name in json.loads(secrets.read_text()) if "store-key" not in name] == []


def test_that_email_and_password_sign_in_to_the_sandbox(
    qapp: QApplication, sandbox: Sandbox, secrets: Path, tmp_path: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_email("sandbox@beatpass.example", "sandbox")
        await desktop.until(lambda: desktop.plays, "figures")
        assert desktop.banners == []

    run_desktop(qapp, tmp_path / "data", sandbox.base_url, scenario)
    kept = json.loads(secrets.read_text())
    (token,) = [secret for name, secret in kept.items() if "store-key" not in name]
    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert files
    assert [file for file in files if token.encode() in file.read_bytes()] == []


def test_that_the_sandbox_opens_in_a_window_of_its_own_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("BEATPASS_TOKEN", "not-for-the-sandbox")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "data"

    def windows() -> list[int]:
        return [
            number
            for number, line in command_lines().items()
            if f"--data-dir {folder} --sandbox" in line
        ]

    opened = SandboxWindow(folder)
    try:
        assert asyncio.run(opened.open())
        (window,) = windows()
        wait_until((folder / "sandbox" / "store.db").exists, "it has a store of its own")
        assert not (folder / "store.db").exists()
        assert asyncio.run(opened.open())
        assert asyncio.run(SandboxWindow(folder).open())
        assert windows() == [window]
    finally:
        for number in windows():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
        assert opened._process is not None
        opened._process.wait(20)
