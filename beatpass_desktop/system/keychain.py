"""The operating system's keychain, the only place where tokens and the store's key are kept.

What the back ends raise was read from keyring 25; only the Secret Service is tried for real.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "BeatPass Desktop"
TIMEOUT = 10.0
"""s; a keychain may wait for somebody to unlock it"""
ALLOWED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""The back ends that encrypt what they keep. All others are refused: among them are plain files."""

_CHAIN = "keyring.backends.chainer.ChainerBackend"
_NONE = "keyring.backends.fail.Keyring"
_TOO_LONG_ON_WINDOWS = 1783


class KeychainError(Exception):
    """The keychain did not do what was asked. `sentence` is for people, `details` for a report."""

    sentence = "The keychain of this computer reported a problem."

    def __init__(self, details: str = "") -> None:
        super().__init__(self.sentence)
        self.details = details


class KeychainAbsent(KeychainError):
    """There is none."""

    sentence = "This computer has no keychain to keep an access token in."


class BackendRefused(KeychainError):
    """What is set up as keychain is not known to encrypt what it keeps."""

    sentence = "What this computer uses as its keychain is not known to keep secrets safely."


class KeychainLocked(KeychainError):
    """It is locked, or unlocking it was cancelled."""

    sentence = "The keychain of this computer is locked."


class KeychainDenied(KeychainError):
    """It did not let the app in."""

    sentence = "The keychain of this computer did not let the app in."


class KeychainTimeout(KeychainError):
    """It did not answer in time."""

    sentence = "The keychain of this computer does not answer. Perhaps it is waiting for you."


class SecretLost(KeychainError):
    """What was written is not what can be read."""

    sentence = "The keychain of this computer did not keep the access token."


class SecretTooLong(KeychainError):
    """Windows keeps at most 2,560 bytes."""

    sentence = "This access token is too long for the keychain of this computer."


class Keychain:
    """Secrets by name. `allowed` are the class names of the back ends that may be used.

    The calls to the back end run one after the other on a thread of their own: when one hangs, the
    later ones time out too, and the program can still end. `timeout` is in s.
    """

    def __init__(self, *, allowed: frozenset[str] = ALLOWED, timeout: float = TIMEOUT) -> None:
        self._allowed = allowed
        self._timeout = timeout
        self._worker: _Worker | None = None

    async def backend(self) -> str:
        """The name of what keeps the secrets. Raises `KeychainError`."""
        return await self._run(lambda job: str(self._backend().name))

    async def get(self, name: str) -> str | None:
        """The secret of `name`, None when there is none. Raises `KeychainError`."""
        return await self._run(lambda job: self._backend().get_password(SERVICE, name))

    def read(self, name: str) -> str | None:
        """As `get`, for whoever has no event loop: waits. Raises `KeychainError`."""
        job = self._submit(lambda job: self._backend().get_password(SERVICE, name))
        try:
            return job.future.result(self._timeout)
        except FutureTimeoutError:
            raise KeychainTimeout from None
        finally:
            job.is_given_up = True

    async def set(self, name: str, secret: str) -> None:
        """Keep `secret` under `name` and make sure that it is kept. Raises `KeychainError`."""

        def keep(job: _Job[None]) -> None:
            backend = self._backend()
            backend.set_password(SERVICE, name, secret)
            if not job.is_given_up and backend.get_password(SERVICE, name) != secret:
                raise SecretLost
            if job.is_given_up:
                # Nobody waits any more, and whoever asked was told that it is not kept.
                backend.delete_password(SERVICE, name)

        await self._run(keep)

    async def delete(self, name: str) -> None:
        """Forget the secret of `name`; there may be none. Raises `KeychainError`."""

        def forget(job: _Job[None]) -> None:
            backend = self._backend()
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        await self._run(forget)

    def close(self) -> None:
        """End the thread as soon as the back end lets go of it."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _backend(self) -> KeyringBackend:
        """The back end in use. Raises `KeychainAbsent` and `BackendRefused`."""
        import keyring

        backend = keyring.get_keyring()
        name = _class_name(backend)
        if name == _NONE:
            raise KeychainAbsent
        # A chain writes to its first member but reads from all of them.
        members = getattr(backend, "backends", []) if name == _CHAIN else [backend]
        refused = [n for n in map(_class_name, members) if n not in self._allowed]
        if refused or not members:
            raise BackendRefused(", ".join(refused))
        return backend

    async def _run(self, work: Callable[[_Job[T]], T]) -> T:
        job = self._submit(work)
        try:
            async with asyncio.timeout(self._timeout):
                return await asyncio.wrap_future(job.future)
        except TimeoutError:
            raise KeychainTimeout from None
        finally:
            job.is_given_up = True

    def _submit(self, work: Callable[[_Job[T]], T]) -> _Job[T]:
        if self._worker is None:
            self._worker = _Worker()
        job = _Job(work)
        self._worker.submit(job)
        return job


class _Job(Generic[T]):
    """One call to the back end. `is_given_up` is set when nobody waits for it any more."""

    def __init__(self, work: Callable[[_Job[T]], T]) -> None:
        self.future: Future[T] = Future()
        self.is_given_up = False
        self._work = work

    def do(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self._work(self)
        except Exception as error:
            self.future.set_exception(_translated(error))
        else:
            self.future.set_result(result)


class _Worker:
    """A thread that does not hold up the end of the program."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job[object] | None] = SimpleQueue()
        threading.Thread(target=self._work, name="keychain", daemon=True).start()

    def submit(self, job: _Job[T]) -> None:
        self._jobs.put(job)  # type: ignore[arg-type]

    def end(self) -> None:
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.do()
            del job


def _class_name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _translated(error: Exception) -> KeychainError:
    """Our error for a back end's; its text, which could quote a secret, is not taken over."""
    from keyring import errors

    if isinstance(error, KeychainError):
        return error
    details = type(error).__name__
    if isinstance(error, errors.NoKeyringError):
        return KeychainAbsent(details)
    if isinstance(error, errors.KeyringLocked):
        return KeychainLocked(details)
    if getattr(error, "winerror", None) == _TOO_LONG_ON_WINDOWS:
        return SecretTooLong(details)
    if isinstance(error, errors.KeyringError):
        return KeychainDenied(details)
    return KeychainError(details)
