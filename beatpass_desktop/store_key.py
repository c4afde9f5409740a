"""The key of an encrypted store, asked for while the rest of the start goes on.

On Linux the question is written to the keychain before Qt is imported, by a shorter way than
keyring's (`system/secret_service.py`), and the answer is read when the store is opened: no thread,
which would fight with the imports for the interpreter, and no round trip that anybody waits for but
the last. Elsewhere keyring is asked on a thread. What does not come in time is left to the keychain
proper, after the first paint.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from beatpass_desktop.store import cipher
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.errors import StoreLocked
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Setting

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from beatpass_desktop.options import Options
    from beatpass_desktop.store.store import Store
    from beatpass_desktop.system.folders import Folders
    from beatpass_desktop.system.keychain import Keychain
    from beatpass_desktop.system.secret_service import Question
    from beatpass_desktop.system.settings import Settings

PATIENCE = 0.15
"""s that the first paint may wait for the key when all else is ready"""
_QUICK_TIMEOUT = 2.0
NOT_ENCRYPTED = "What is stored here is not encrypted."


def entry(identity: str) -> str:
    """The name under which the keychain keeps the key with this name."""
    return f"store-key/{identity}"


class KeyFetch:
    """Asks for one key and does not wait for it.

    Attributes:
        is_locked: whether the keychain would have to ask somebody first.
    """

    def __init__(self, identity: str) -> None:
        self._identity = identity
        self._secret = ""
        self.is_locked = False
        self._question: Question | None = None
        self._thread: threading.Thread | None = None
        if sys.platform.startswith("linux"):
            from beatpass_desktop.system.secret_service import Question

            self._question = Question("BeatPass Desktop", entry(identity))
        else:
            import threading

            self._thread = threading.Thread(target=self._ask, name="store-key", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> StoreKey | None:
        """The key, when it comes within that time."""
        if self._question is not None:
            from beatpass_desktop.system.secret_service import Found

            found = self._question.answer(seconds)
            self._secret = found if isinstance(found, str) else ""
            self.is_locked = found is Found.LOCKED
        elif self._thread is not None:
            self._thread.join(seconds)
        return StoreKey(self._identity, self._secret) if self._secret else None

    def _ask(self) -> None:
        from contextlib import suppress

        from beatpass_desktop.system.keychain import Keychain, KeychainError

        with suppress(KeychainError):
            self._secret = Keychain().read(entry(self._identity)) or ""


def begin(options: Options) -> KeyFetch | None:
    """Ask for the key of the store that these options name; None for a plain one or none."""
    if options.sandbox:
        return None
    identity = cipher.identity_of(folders(options.data_dir).store)
    return None if identity is None or cipher.is_at_hand(identity) else KeyFetch(identity)


def system_keychain() -> Keychain:
    """The keychain of the operating system."""
    from beatpass_desktop.system.keychain import Keychain

    return Keychain()


def have_without_asking(
    places: Folders, keychain: Callable[[], Keychain], fetch: KeyFetch | None = None
) -> None:
    """Have the key of an encrypted store at hand for a run that nobody watches.

    Raises StoreLocked when nobody gives it, or somebody would have to unlock it first.
    """
    identity = cipher.identity_of(places.store)
    if identity is None or cipher.is_at_hand(identity):
        return
    fetch = fetch or KeyFetch(identity)
    key = fetch.wait(_QUICK_TIMEOUT)
    if fetch.is_locked:
        raise _locked(identity, "The keychain of this computer is locked.")
    cipher.have(key or _given(identity, keychain))


def _given(identity: str, keychain: Callable[[], Keychain]) -> StoreKey:
    """What the keychain proper has, which the short way does not find. Raises StoreLocked."""
    from beatpass_desktop.system.keychain import KeychainError

    chain = keychain()
    try:
        secret = chain.read(entry(identity))
    except KeychainError as error:
        raise _locked(identity, error.sentence) from error
    finally:
        chain.close()
    if not secret:
        raise _locked(identity, "The keychain of this computer does not have its key.")
    return StoreKey(identity, secret)


def _locked(identity: str, why: str) -> StoreLocked:
    return StoreLocked(f"What is stored here is encrypted. {why}", f"key {identity}")


def says_that_it_is_plain(options: Options, settings: Settings, store: Store) -> bool:
    """Whether a run that nobody watches has to tell that what it uses is not encrypted: nobody has
    chosen that, and it is more than a simulation."""
    is_chosen = bool(settings.text(Setting.WITHOUT_KEYCHAIN))
    return not (options.sandbox or is_chosen or store.is_encrypted) and store.lasts


async def is_prompt_needed() -> bool:
    """Whether keeping a key now would make the keychain ask somebody to unlock it."""
    if not sys.platform.startswith("linux"):
        return False
    from asyncio import to_thread

    from beatpass_desktop.system import secret_service

    found = await to_thread(
        secret_service.read, "BeatPass Desktop", entry("nobody"), _QUICK_TIMEOUT
    )
    return found is secret_service.Found.LOCKED
