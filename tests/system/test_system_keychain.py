"""The keychain: what is kept, what is refused, and what is said when it fails."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import keyring
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from fake_keyrings import NAME, TRUSTED, MemoryKeyring, PlainTextKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from beatpass_desktop.system import keychain
from beatpass_desktop.system.keychain import (
    ALLOWED,
    BackendRefused,
    Keychain,
    KeychainAbsent,
    KeychainDenied,
    KeychainError,
    KeychainLocked,
    KeychainTimeout,
    SecretLost,
    SecretTooLong,
)

SECRET = "a-token-of-48-characters"


@pytest.fixture
def backend() -> Iterator[MemoryKeyring]:
    """The back end in use."""
    before = keyring.get_keyring()
    found = MemoryKeyring()
    keyring.set_keyring(found)
    yield found
    found.gate.set()
    keyring.set_keyring(before)


@pytest.fixture
def chain(backend: MemoryKeyring) -> Iterator[Keychain]:
    found = Keychain(allowed=TRUSTED)
    yield found
    found.close()


class WindowsError(Exception):
    """As the Windows back end raises them."""

    winerror = 1783


async def test_that_a_secret_is_kept_read_replaced_and_forgotten(
    chain: Keychain, backend: MemoryKeyring
) -> None:
    assert await chain.get("store/1") is None
    await chain.set("store/1", SECRET)
    await chain.set("store/2", "another")
    assert backend.secrets["BeatPass Desktop", "store/1"] == SECRET
    await chain.set("store/1", "newer")
    assert (await chain.get("store/1"), await chain.get("store/2")) == ("newer", "another")
    await chain.delete("store/1")
    await chain.delete("store/1")
    assert (await chain.get("store/1"), await chain.get("store/2")) == (None, "another")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (KeyringLocked("Failed to unlock the collection!"), KeychainLocked),
        (NoKeyringError("No recommended backend"), KeychainAbsent),
        (InitError("Failed to create the collection: Prompt dismissed."), KeychainDenied),
        (PasswordSetError("denied"), KeychainDenied),
        (WindowsError("The stub received bad data"), SecretTooLong),
        (RuntimeError("something else"), KeychainError),
    ],
)
@pytest.mark.parametrize("call", ["get", "set", "delete"])
async def test_that_every_failure_has_its_own_sentence_and_quotes_no_secret(
    chain: Keychain, backend: MemoryKeyring, error: Exception, kind: type[KeychainError], call: str
) -> None:
    backend.error = type(error)(f"{error} {SECRET}")
    work = {
        "get": lambda: chain.get("name"),
        "set": lambda: chain.set("name", SECRET),
        "delete": lambda: chain.delete("name"),
    }[call]
    with pytest.raises(kind) as raised:
        await work()
    assert type(raised.value) is kind
    assert raised.value.sentence.endswith(".")
    assert SECRET not in f"{raised.value} {raised.value.details}"


async def test_that_a_secret_that_was_silently_dropped_is_noticed(
    chain: Keychain, backend: MemoryKeyring
) -> None:
    backend.drops = True
    with pytest.raises(SecretLost):
        await chain.set("name", SECRET)


async def test_that_a_hanging_back_end_is_given_up_and_takes_nothing_afterwards(
    backend: MemoryKeyring,
) -> None:
    chain = Keychain(allowed=TRUSTED, timeout=0.05)
    backend.gate.clear()
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    for _ in range(2):  # the second waits behind the first, on the same thread
        with pytest.raises(KeychainTimeout):
            await chain.set("name", SECRET)
    counting.cancel()
    assert turns > 10  # the event loop went on
    workers = [thread for thread in threading.enumerate() if thread.name == "keychain"]
    assert [worker.daemon for worker in workers] == [True]
    backend.gate.set()
    chain.close()
    workers[0].join(10)
    assert backend.secrets == {}


async def test_that_a_back_end_that_hangs_on_reading_back_keeps_nothing_afterwards(
    backend: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, gate = backend.get_password, threading.Event()

    def read_late(service: str, username: str) -> str | None:
        gate.wait(20)
        return read(service, username)

    monkeypatch.setattr(backend, "get_password", read_late)
    chain = Keychain(allowed=TRUSTED, timeout=0.05)
    with pytest.raises(KeychainTimeout):
        await chain.set("name", SECRET)
    workers = [thread for thread in threading.enumerate() if thread.name == "keychain"]
    gate.set()
    chain.close()
    workers[-1].join(10)
    assert backend.secrets == {}


async def test_that_the_back_end_must_be_on_the_list(backend: MemoryKeyring) -> None:
    chain = Keychain()
    for refused in (backend, PlainTextKeyring(), keyring.backends.null.Keyring()):
        keyring.set_keyring(refused)
        with pytest.raises(BackendRefused):
            await chain.set("name", SECRET)
        with pytest.raises(BackendRefused):
            await chain.get("name")
    assert backend.secrets == {}
    chain.close()


async def test_that_a_subclass_of_an_allowed_back_end_is_refused(backend: MemoryKeyring) -> None:
    chain = Keychain(allowed=TRUSTED)
    keyring.set_keyring(PlainTextKeyring())
    with pytest.raises(BackendRefused) as raised:
        await chain.get("name")
    assert "PlainTextKeyring" in raised.value.details
    chain.close()


async def test_that_without_any_back_end_the_keychain_is_absent(backend: MemoryKeyring) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    chain = Keychain()
    with pytest.raises(KeychainAbsent):
        await chain.backend()
    chain.close()


@pytest.mark.parametrize(
    ("members", "is_allowed"),
    [((MemoryKeyring,), True), ((MemoryKeyring, PlainTextKeyring), False), ((), False)],
)
async def test_that_a_chain_is_allowed_only_when_all_its_members_are(
    backend: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    members: tuple[type[MemoryKeyring], ...],
    is_allowed: bool,
) -> None:
    chainer = keyring.backends.chainer.ChainerBackend
    found = [member() for member in members]
    monkeypatch.setattr(chainer, "backends", found)
    keyring.set_keyring(chainer())
    chain = Keychain(allowed=TRUSTED)
    if is_allowed:
        await chain.set("name", SECRET)
        assert await chain.get("name") == SECRET
    else:
        with pytest.raises(BackendRefused):
            await chain.set("name", SECRET)
        assert [member.secrets for member in found] == [{}] * len(found)
    chain.close()


async def test_that_the_back_end_is_named_for_a_report(
    chain: Keychain, backend: MemoryKeyring
) -> None:
    assert "MemoryKeyring" in await chain.backend()


def test_that_no_tested_name_is_allowed_in_earnest() -> None:
    assert NAME not in ALLOWED
    assert all(name.startswith("keyring.backends.") for name in ALLOWED)
    assert not any(word in name for name in ALLOWED for word in ("null", "fail", "chainer"))


def test_that_an_unanswered_call_does_not_hold_up_the_end_of_the_program(
    backend: MemoryKeyring,
) -> None:
    backend.gate.clear()
    chain = Keychain(allowed=TRUSTED, timeout=0.05)
    began = time.monotonic()
    with pytest.raises(KeychainTimeout):
        asyncio.run(chain.get("name"))
    chain.close()
    assert time.monotonic() - began < 5
    assert keychain.TIMEOUT == 10
