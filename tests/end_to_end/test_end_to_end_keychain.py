"""A keychain that says no, and one that says nothing: the program as a process of its own."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts_server import AccountsServer, running_accounts_server
from processes import Surroundings
from watched import Computer, asks, shows_figures

pytestmark = pytest.mark.end_to_end

ADA = "token-of-ada-4711"
STALL = 2.0
"""s that nothing but waiting for the keychain would take, on a machine however busy"""
DENIED = "did not let the app in"
WAITING = "Waiting for the keychain of this computer"
SILENT = "does not answer. Perhaps it is waiting for you."


@pytest.fixture(scope="module")
def server() -> Iterator[AccountsServer]:
    with running_accounts_server() as found:
        found.users = {ADA: (1, "Ada")}
        yield found


class Keyring:
    """The file of the tests' back end, and what it does to those who ask."""

    def __init__(self, folder: Path, bus: Path) -> None:
        self.file = folder / "keyring.json"
        self._fault = folder / "keyring.fault"
        here = str(Path(__file__).parent)
        self.environment = {
            "PYTHON_KEYRING_BACKEND": "file_keyring.FileKeyring",
            "PYTHONPATH": here,
            "TEST_KEYRING_FILE": str(self.file),
            "TEST_KEYRING_TIMEOUT": "1.5",
            # The short way to the keychain finds nobody who answers either.
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}",
        }

    def say(self, fault: str) -> None:
        """What calls meet from now on; nothing for an ordinary answer."""
        fresh = self._fault.with_suffix(".new")
        fresh.write_text(fault)
        fresh.replace(self._fault)

    def kept(self, *, keys: bool) -> list[str]:
        """The secrets that are keys of stores, or tokens."""
        found = json.loads(self.file.read_text()) if self.file.exists() else {}
        return [secret for name, secret in found.items() if ("store-key" in name) is keys]


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[Keyring]:
    bus = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(bus))
        silent.listen()
        found = Keyring(tmp_path, bus)
        yield found
        found.say("")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Surroundings]:
    """Surroundings where nobody has chosen to do without a keychain."""
    found = Surroundings(tmp_path / "surroundings", without_keychain="")
    yield found
    found.end()


class Desk(Computer):
    """A computer with such a keychain."""

    def __init__(self, place: Surroundings, server: AccountsServer, keyring: Keyring) -> None:
        super().__init__(place, server, keyring.environment)
        self.keyring = keyring


@pytest.fixture
def desk(place: Surroundings, server: AccountsServer, keyring: Keyring) -> Desk:
    return Desk(place, server, keyring)


@pytest.fixture(scope="module")
def signed_in(server: AccountsServer, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Where somebody has signed in with a keychain that works; tests work on copies."""
    folder = tmp_path_factory.mktemp("signed-in")
    place = Surroundings(folder / "surroundings", without_keychain="")
    found = Desk(place, server, Keyring(folder, folder / "no bus"))
    try:
        found.sign_in(ADA)
    finally:
        place.end()
    return found


@pytest.fixture
def stocked(desk: Desk, signed_in: Desk) -> Desk:
    """A copy of that for one test."""
    shutil.copytree(signed_in.place.data, desk.place.data)
    shutil.copyfile(signed_in.keyring.file, desk.keyring.file)
    return desk


@pytest.mark.parametrize(("fault", "words"), [("denied", DENIED), ("hangs", SILENT)])
def test_that_a_first_run_without_the_keychains_consent_goes_on_and_can_be_mended(
    desk: Desk, fault: str, words: str
) -> None:
    desk.keyring.say(fault)
    run = desk.start()
    run.until(asks, "the form")
    run.says(words)
    run.tell(token=ADA)
    unkept = run.until(lambda s: s["step"] == "unkept", "it is not kept")
    assert words in unkept["problem"]
    run.press("Keep for this session only")
    run.until(shows_figures, "the figures")
    run.says("Until it is open, what is stored is not encrypted.")
    run.press("Encrypt now")
    if fault == "hangs":
        run.says(WAITING)
    run.says(words)
    desk.keyring.say("")
    run.press("Encrypt now")
    run.until(lambda s: s["is_encrypted"], "the store in use is encrypted")
    run.until(lambda s: not any(words in text for text in s["banners"]), "nothing is said any more")
    assert shows_figures(run.state)
    assert run.longest_stall() < STALL
    run.close()
    assert desk.is_encrypted
    assert desk.keyring.kept(keys=False) == []
    assert len(desk.keyring.kept(keys=True)) == 1


@pytest.mark.parametrize(("fault", "words"), [("denied", DENIED), ("hangs", SILENT)])
def test_that_a_token_that_was_not_kept_is_kept_at_another_try(
    desk: Desk, fault: str, words: str
) -> None:
    desk.keyring.say(f"{fault} token")
    run = desk.start()
    run.until(asks, "the form")
    run.tell(token=ADA)
    unkept = run.until(lambda s: s["step"] == "unkept", "it is not kept")
    assert words in unkept["problem"]
    desk.keyring.say("")
    run.press("Try again")
    run.until(shows_figures, "the figures")
    assert run.longest_stall() < STALL
    run.close()
    assert desk.keyring.kept(keys=False) == [ADA]
    later = desk.start()
    later.until(shows_figures, "the figures")
    later.close()


@pytest.mark.parametrize(
    ("fault", "words"), [("denied", "keychain of this computer is locked"), ("hangs", SILENT)]
)
def test_that_what_is_stored_waits_for_its_key_and_is_shown_when_it_comes(
    stocked: Desk, fault: str, words: str
) -> None:
    before = stocked.place.store.read_bytes()
    stocked.keyring.say(f"{fault} store-key")
    run = stocked.start()
    assert run.first_painted < 10
    run.says(words)
    assert run.state["plays"] == ""
    run.tell(page="tracks")
    run.until(lambda s: s["page"] == "tracks", "another page")
    run.tell(page="home")
    run.press("Try again")
    if fault == "hangs":
        run.says(WAITING)
    run.says(words)
    assert run.longest_stall() < STALL
    assert stocked.place.store.read_bytes() == before
    stocked.keyring.say("")
    run.press("Try again")
    run.until(shows_figures, "the figures")
    assert run.state["banners"] == []
    run.close()
    assert list(stocked.place.data.glob("store.db.*")) == []


@pytest.mark.parametrize(
    ("fault", "words"), [("denied", "keychain of this computer is locked"), ("hangs", SILENT)]
)
def test_that_without_the_token_what_is_stored_is_shown_and_renewed_when_it_comes(
    stocked: Desk, server: AccountsServer, fault: str, words: str
) -> None:
    stocked.keyring.say(f"{fault} token")
    server.asked.clear()
    run = stocked.start()
    run.until(shows_figures, "the figures")
    run.says(words)
    assert server.asked == []
    assert run.longest_stall() < STALL
    stocked.keyring.say("")
    run.press("Try again")
    run.until(lambda s: s["banners"] == [], "the token is there")
    run.close()
    assert {token for _, token, _ in server.asked} == {ADA}


@pytest.mark.parametrize("what", ["key", "token"])
def test_that_a_keychain_silent_from_the_first_does_not_hold_up_the_end(
    desk: Desk, what: str
) -> None:
    desk.environment["TEST_KEYRING_TIMEOUT"] = "60"
    desk.keyring.say("hangs store-key" if what == "key" else "hangs token")
    run = desk.start()
    run.until(asks, "the form")
    if what == "key":
        run.says(WAITING)
    else:
        run.tell(token=ADA)
        run.until(lambda s: s["step"] == "keeping", "it is to be kept")
    assert run.close() < 2.0


@pytest.mark.parametrize("what", ["key", "token"])
def test_that_a_silent_keychain_does_not_hold_up_the_end(stocked: Desk, what: str) -> None:
    stocked.environment["TEST_KEYRING_TIMEOUT"] = "60"
    stocked.keyring.say("hangs store-key" if what == "key" else "hangs token")
    run = stocked.start()
    if what == "key":
        run.says(WAITING)
    else:
        run.until(shows_figures, "the figures")
    assert run.close() < 2.0
    assert stocked.is_encrypted
    stocked.keyring.say("")
    later = stocked.start()
    later.until(shows_figures, "the figures")
    later.close()


@pytest.mark.parametrize(("fault", "erase"), [("hangs", True), ("denied", False)])
def test_that_signing_out_holds_although_the_keychain_does_not_let_go_of_the_token(
    stocked: Desk, server: AccountsServer, fault: str, erase: bool
) -> None:
    stocked.environment["TEST_KEYRING_TIMEOUT"] = "60"
    run = stocked.start()
    run.until(shows_figures, "the figures")
    stocked.keyring.say(f"{fault} token")
    run.tell(sign_out=erase)
    if fault == "denied":
        run.says("The access token may still be in it")
    assert run.close() < 2.0
    assert stocked.keyring.kept(keys=False) == [ADA]
    stocked.keyring.say("")
    server.asked.clear()
    later = stocked.start()
    later.until(asks if erase else lambda s: "Sign in again" in s["buttons"], "signed out")
    later.until(lambda s: stocked.keyring.kept(keys=False) == [], "the token is gone")
    later.close()
    assert server.asked == []
