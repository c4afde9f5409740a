"""A real GNOME Keyring that is locked, and one that stands still, under the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts_server import running_accounts_server
from private_keyring import MISSING, PrivateKeyring, running_keyring
from processes import Surroundings
from watched import Computer, shows_figures

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

ADA = "token-of-ada-4711"
STALL = 2.0
"""s that nothing but waiting for the keychain would take, on a machine however busy"""


@pytest.fixture
def keyring(tmp_path: Path) -> Iterator[PrivateKeyring]:
    folder = tmp_path / "keyring"
    folder.mkdir()
    with running_keyring(folder) as found:
        yield found


@pytest.fixture
def computer(tmp_path: Path, keyring: PrivateKeyring) -> Iterator[Computer]:
    """Where somebody has signed in."""
    place = Surroundings(tmp_path / "surroundings", without_keychain="")
    bus = "DBUS_SESSION_BUS_ADDRESS"
    environment = {
        bus: keyring.environment[bus],
        # The tests' own would be found as well.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        "PYTHONPATH": str(Path(__file__).parent),
        "TEST_KEYRING_TIMEOUT": "3",
    }
    with running_accounts_server() as server:
        server.users = {ADA: (1, "Ada")}
        found = Computer(place, server, environment)
        try:
            found.sign_in(ADA)
            yield found
        finally:
            place.end()


def test_that_a_locked_keyring_is_told_and_what_is_stored_is_shown_once_it_is_open(
    computer: Computer, keyring: PrivateKeyring
) -> None:
    keyring.lock()
    before = computer.place.store.read_bytes()
    run = computer.start()
    run.says("The keychain of this computer is locked.")
    assert run.state["plays"] == ""
    assert computer.place.store.read_bytes() == before
    keyring.unlock()
    run.press("Try again")
    run.until(shows_figures, "the figures")
    assert run.longest_stall() < STALL
    assert run.state["banners"] == []
    assert run.close() < 2.0


def test_that_a_keyring_that_stands_still_holds_up_neither_start_nor_window_nor_end(
    computer: Computer, keyring: PrivateKeyring
) -> None:
    keyring.stand_still()
    before = computer.place.store.read_bytes()
    run = computer.start()
    assert run.first_painted < 10
    run.says("Waiting for the keychain of this computer")
    assert run.close() < 2.0
    run = computer.start()
    run.says("does not answer. Perhaps it is waiting for you.")
    run.tell(page="tracks")
    run.until(lambda s: s["page"] == "tracks", "another page")
    run.tell(page="home")
    assert run.longest_stall() < STALL
    assert computer.place.store.read_bytes() == before
    keyring.go_on()
    run.press("Try again")
    run.until(shows_figures, "the figures")
    assert run.close() < 2.0
