"""Signing in, staying signed in, signing out, and several accounts: through the window."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import keyring
import pytest
from accounts_server import WEB_PAGE, AccountsServer, running_accounts_server, said
from file_keyring import FileKeyring
from live_app import Desktop, run_desktop
from processes import Surroundings
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from beatpass_desktop.domain.sign_in import SignInWay
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.sign_in import SignInStep

pytestmark = pytest.mark.end_to_end

ADA, BOB = "token-of-ada-4711", "token-of-bob-0815"
PASSWORD = "correct-horse-battery"


@pytest.fixture
def server() -> Iterator[AccountsServer]:
    with running_accounts_server() as found:
        found.users = {ADA: (1, "Ada"), BOB: (2, "Bob")}
        found.passwords = {("ada@x.example", PASSWORD): ADA, ("no@x.example", PASSWORD): None}
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def tokens_in(secrets: Path) -> list[str]:
    """What is kept beside the key of the store."""
    kept = json.loads(secrets.read_text()) if secrets.exists() else {}
    return [secret for name, secret in kept.items() if "store-key" not in name]


def files_holding(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """Which files hold which texts, in any of the usual codings."""
    return [
        (file.name, text)
        for file in folder.rglob("*")
        if file.is_file()
        for text in texts
        if any(text.encode(c) in file.read_bytes() for c in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


async def sign_in_as_ada(desktop: Desktop) -> None:
    await desktop.asks()
    desktop.enter_token(ADA)
    await desktop.signed_in_as("Ada")


async def sign_in_both(desktop: Desktop) -> None:
    await sign_in_as_ada(desktop)
    desktop.window.sign_in_requested.emit()
    desktop.enter_token(BOB)
    await desktop.signed_in_as("Bob")


def test_that_a_token_signs_in_for_good_and_is_in_no_file(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    run_desktop(qapp, folder, server, sign_in_as_ada)
    assert ADA in secrets.read_text()
    assert files_holding(folder, ADA) == []

    async def later(desktop: Desktop) -> None:
        assert desktop.app.who.name == "Ada"  # before anything could be asked
        server.asked.clear()
        desktop.window.current_page._port.refresh_page(desktop.window.page)
        await desktop.until(lambda: "users/me" in server.paths_with(ADA), "the token is used")
        await desktop.signed_in_as("Ada")
        assert desktop.banners == []

    run_desktop(qapp, folder, server, later)
    assert files_holding(folder, ADA) == []


def test_that_another_process_stays_signed_in_only_where_its_keychain_is_allowed(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    surroundings: Surroundings,
) -> None:
    run_desktop(qapp, surroundings.data, server, sign_in_as_ada)
    here = Path(__file__).parent
    environment = {
        "PYTHON_KEYRING_BACKEND": "file_keyring.FileKeyring",
        "PYTHONPATH": str(here),
        "TEST_KEYRING_FILE": str(secrets),
    }
    server.asked.clear()
    before = surroundings.store.read_bytes()
    refused = surroundings.start_tour("--base-url", server.base_url, environment=environment)
    assert refused.wait() == 1
    (line,) = refused.complaints
    assert "is encrypted" in line
    assert "not known to keep secrets safely" in line
    assert surroundings.store.read_bytes() == before
    assert server.asked == []

    allowed = surroundings.tour(
        "--base-url",
        server.base_url,
        program=[str(here / "program_with_file_keyring.py")],
        environment=environment,
    )
    home = allowed.page("home")
    assert home["state"] == "ready"
    assert "users/me" in server.paths_with(ADA)
    assert not any("keychain" in text or "signed out" in text for text in home["banners"])
    assert files_holding(surroundings.folder, ADA) == []


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("users/me", said(401, {"message": "Unauthenticated."}), "does not accept this access"),
        ("users/me", WEB_PAGE, "not the BeatPass"),
        ("users/me", said(403, {"message": "Suspended."}), "Suspended."),
        ("users/me", said(429, {"message": "Too Many Attempts."}), "Please wait 6"),
        ("users/me", said(503, {"message": "Down."}), "maintenance"),
    ],
)
def test_that_a_token_that_does_not_work_is_explained(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    path: str,
    answer: tuple[int, str, bytes],
    words: str,
) -> None:
    server.answers[path] = answer

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        page = desktop.sign_in
        desktop.enter_token(ADA)
        said_under = page.token_form.token.problem
        await desktop.until(lambda: words in page.problem() + said_under(), words)
        assert desktop.app.who.account == 0
        server.answers.clear()

    run_desktop(qapp, folder, server, scenario)
    assert tokens_in(secrets) == []
    assert files_holding(folder, ADA) == []


def test_that_an_unreachable_server_is_told_and_can_be_tried_again(
    qapp: QApplication, secrets: Path, folder: Path
) -> None:
    with running_accounts_server() as closed:
        base_url = closed.base_url

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_token(ADA)
        await desktop.until(lambda: "cannot be reached" in desktop.sign_in.problem(), "it is told")
        assert desktop.sign_in.token_form.token.text() == ADA

    run_desktop(qapp, folder, base_url, scenario)


def test_that_email_and_password_bring_a_token_and_the_password_is_kept_nowhere(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_email("ada@x.example", PASSWORD)
        await desktop.signed_in_as("Ada")
        assert desktop.sign_in.email_form.password.text() == ""

    run_desktop(qapp, folder, server, scenario)
    _, _, body = server.asked[0]
    assert body["token_name"].startswith("BeatPass Desktop on ")
    assert ADA in secrets.read_text()
    assert PASSWORD not in secrets.read_text()
    assert files_holding(folder, ADA, PASSWORD) == []


def test_that_a_wrong_password_is_said_under_its_field_and_errors_under_theirs(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        form = desktop.sign_in.email_form
        desktop.enter_email("ada@x.example", "wrong")
        await desktop.until(lambda: "does not know" in form.password.problem(), "it is said")
        errors = {"email": [f"Not an address; you said {PASSWORD}."]}
        server.answers["auth/login"] = said(422, {"message": "No.", "errors": errors})
        form.clear()
        desktop.enter_email("ada", PASSWORD)
        await desktop.until(form.email.problem, "the field's error")
        assert form.email.problem() == "Not an address; you said [secret]."

    run_desktop(qapp, folder, server, scenario)


def test_that_without_a_token_in_the_reply_an_access_token_is_asked_for(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_email("no@x.example", PASSWORD)
        page = desktop.sign_in
        await desktop.until(lambda: "needs an access token" in page.problem(), "it is told")
        assert page.way is SignInWay.TOKEN
        assert page.token_form.isVisible()

    run_desktop(qapp, folder, server, scenario)


def test_that_a_locked_keychain_lets_the_token_be_kept_for_the_session_only(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_token(ADA)
        model = desktop.app.sign_in
        await desktop.until(lambda: model.step is SignInStep.UNKEPT, "it is told")
        assert desktop.sign_in.problem() == "The keychain of this computer is locked."
        assert desktop.app.who.account == 0
        desktop.press("Keep for this session only")
        await desktop.signed_in_as("Ada")

    run_desktop(qapp, folder, server, scenario)
    assert tokens_in(secrets) == []
    assert files_holding(folder, ADA) == []

    async def later(desktop: Desktop) -> None:
        await desktop.until(lambda: desktop.banners, "what is missing")
        assert desktop.banners == ["The keychain of this computer is locked."]
        assert desktop.plays == "107"
        monkeypatch.delenv("TEST_KEYRING_FAULT")
        desktop.press("Try again")
        await desktop.until(lambda: "signed out" in desktop.banners[0], "it holds no token")
        desktop.press("Sign in again")
        desktop.enter_token(ADA)
        await desktop.until(lambda: desktop.banners == [], "signed in")

    run_desktop(qapp, folder, server, later)
    assert ADA in secrets.read_text()


def test_that_signing_out_can_keep_what_is_stored(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await sign_in_as_ada(desktop)
        desktop.sign_out(erase=False)
        await desktop.until(lambda: desktop.banners, "signed out")
        assert desktop.banners == ["You are signed out. What is stored stays readable."]
        assert desktop.plays == "107"
        assert "Sign in again…" in desktop.menu_texts()

    run_desktop(qapp, folder, server, scenario)
    assert ADA not in secrets.read_text()


@pytest.mark.usefixtures("readable")
@pytest.mark.parametrize("offline", [False, True])
def test_that_signing_out_can_erase_every_trace_also_offline(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path, offline: bool
) -> None:
    run_desktop(qapp, folder, server, sign_in_as_ada)
    assert files_holding(folder, "Artist of Ada") != []

    async def scenario(desktop: Desktop) -> None:
        assert desktop.plays == "107"
        desktop.sign_out(erase=True)
        await desktop.until(lambda: desktop.app.who.account == 0, "nobody is shown")
        await desktop.until(lambda: files_holding(folder, "Artist of Ada") == [], "nothing is left")
        assert desktop.window.current_page.state is PageState.SIGNED_OUT

    run_desktop(qapp, folder, server, scenario, offline=offline)
    assert ADA not in secrets.read_text()
    assert files_holding(folder, ADA, "Artist of Ada") == []


@pytest.mark.usefixtures("readable")
def test_that_accounts_are_switched_and_never_mixed(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await sign_in_both(desktop)
        assert desktop.plays == "207"
        assert desktop.menu_texts()[:2] == ["Ada", "Bob"]
        ada = next(a for a in desktop.app.who.known_accounts() if a.name == "Ada")
        # A reply of Bob's is under way while Ada is chosen.
        gate = server.gates["artist/dashboard-stats"] = threading.Event()
        server.asked.clear()
        desktop.app.requests.refresh_all()
        await desktop.until(lambda: "artist/dashboard-stats" in server.paths_with(BOB), "asked")
        desktop.window.account_requested.emit(ada.account)
        await desktop.until(lambda: desktop.app.who.name == "Ada", "Ada is shown")
        del server.gates["artist/dashboard-stats"]
        gate.set()
        await desktop.until(lambda: "users/me" in server.paths_with(ADA), "Ada's token is used")
        await desktop.signed_in_as("Ada")
        assert desktop.plays == "107"
        rows = desktop.app.store.reading.execute(
            "SELECT a.name, f.value FROM figures f JOIN accounts a USING(account)"
            " WHERE figure = 'plays'"
        )
        assert set(rows) == {("Ada", 107), ("Bob", 207)}

    run_desktop(qapp, folder, server, scenario)

    async def later(desktop: Desktop) -> None:
        assert desktop.app.who.name == "Ada"  # the one last used
        desktop.sign_out(erase=True)
        await desktop.until(lambda: desktop.app.who.name == "Bob", "the other one is shown")
        await desktop.until(lambda: files_holding(folder, "Artist of Ada") == [], "Ada is gone")
        assert files_holding(folder, "Artist of Bob") != []

    run_desktop(qapp, folder, server, later)
    assert ADA not in secrets.read_text()
    assert BOB in secrets.read_text()


def test_that_a_token_kept_for_the_session_serves_again_after_another_account(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await sign_in_as_ada(desktop)
        monkeypatch.setenv("TEST_KEYRING_FAULT", "locked")
        desktop.window.sign_in_requested.emit()
        desktop.enter_token(BOB)
        model = desktop.app.sign_in
        await desktop.until(lambda: model.step is SignInStep.UNKEPT, "it is told")
        desktop.press("Keep for this session only")
        await desktop.signed_in_as("Bob")
        ada, bob = desktop.app.who.known_accounts()
        for account, token in ((ada, ADA), (bob, BOB)):
            server.asked.clear()
            monkeypatch.delenv("TEST_KEYRING_FAULT", raising=False)
            desktop.window.account_requested.emit(account.account)
            await desktop.until(lambda token=token: server.paths_with(token), "it is used")
            await desktop.signed_in_as(str(account.name))
        assert desktop.banners == []

    run_desktop(qapp, folder, server, scenario)
    assert BOB not in secrets.read_text()


def test_that_looking_at_the_sign_in_page_does_not_stop_the_keychain_from_answering(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    run_desktop(qapp, folder, server, sign_in_as_ada)
    server.asked.clear()

    async def scenario(desktop: Desktop) -> None:
        desktop.window.sign_in_requested.emit()
        QTest.keyClick(desktop.sign_in, Qt.Key.Key_Escape)
        await desktop.until(lambda: desktop.app.who.token_created, "the token is there")
        assert desktop.plays == "107"

    run_desktop(qapp, folder, server, scenario)


def test_that_a_refused_token_leaves_the_data_and_a_new_one_goes_on_with_it(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    run_desktop(qapp, folder, server, sign_in_as_ada)
    renewed = "token-of-ada-renewed"
    server.users = {renewed: (1, "Ada")}

    async def scenario(desktop: Desktop) -> None:
        desktop.app.requests.refresh_all()
        await desktop.until(lambda: desktop.banners, "the session has ended")
        assert "Session expired" in desktop.banners[0]
        assert desktop.plays == "107"
        assert ADA in secrets.read_text()  # until its owner does something
        account = desktop.app.who.account
        desktop.press("Sign in again")
        desktop.enter_token(renewed)
        await desktop.until(lambda: desktop.banners == [], "signed in")
        assert desktop.app.who.account == account

    run_desktop(qapp, folder, server, scenario)
    assert renewed in secrets.read_text()
    assert ADA not in secrets.read_text()


@pytest.mark.parametrize(
    ("age", "banner"),
    [
        (75, None),
        (81, "Token expires in 9 days (estimate)"),
        (89, "Token expires tomorrow (estimate)"),
        (91, "Your token is older than 90 days and may end at any time (estimate)"),
    ],
)
def test_that_the_age_of_a_token_is_warned_of_also_after_a_restart(
    qapp: QApplication,
    server: AccountsServer,
    secrets: Path,
    folder: Path,
    age: int,
    banner: str | None,
) -> None:
    made = (datetime.now().astimezone() - timedelta(days=age)).date()
    expected = [] if banner is None else [banner]

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_token(ADA, made.isoformat())
        await desktop.signed_in_as("Ada")
        assert desktop.banners == expected

    async def later(desktop: Desktop) -> None:
        await desktop.until(lambda: desktop.app.who.token_created == made, "the day is known")
        assert desktop.banners == expected

    run_desktop(qapp, folder, server, scenario)
    run_desktop(qapp, folder, server, later)


def test_that_escape_gives_up_asking_and_nothing_is_kept(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    server.gates["users/me"] = threading.Event()

    async def scenario(desktop: Desktop) -> None:
        await desktop.asks()
        desktop.enter_token(ADA)
        await desktop.until(lambda: server.asked, "BeatPass is asked")
        QTest.keyClick(desktop.sign_in, Qt.Key.Key_Escape)
        assert desktop.app.sign_in.step is SignInStep.ASKING
        server.gates["users/me"].set()
        desktop.press("Sign in")
        await desktop.until(lambda: desktop.sign_in.isVisible(), "the page stays")
        assert desktop.app.who.account == 0

    run_desktop(qapp, folder, server, scenario)


def test_that_a_token_of_the_environment_is_for_this_process_only(
    qapp: QApplication, server: AccountsServer, secrets: Path, folder: Path
) -> None:
    async def scenario(desktop: Desktop) -> None:
        await desktop.signed_in_as("Ada")

    run_desktop(qapp, folder, server, scenario, token=ADA)
    assert tokens_in(secrets) == []
    assert files_holding(folder, ADA) == []
