"""Keeps what is stored encrypted: ties keychain, store and window together after the first paint.

What becomes of the store is settled before anything is fetched into it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.safekeeping import WithoutKeychain
from beatpass_desktop.store import accounts, backups, cipher
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.errors import StoreError, StoreLocked
from beatpass_desktop.store.store import Store
from beatpass_desktop.store_key import NOT_ENCRYPTED, entry, is_prompt_needed
from beatpass_desktop.system.keychain import (
    BackendRefused,
    Keychain,
    KeychainAbsent,
    KeychainError,
    SecretLost,
    SecretTooLong,
)
from beatpass_desktop.system.settings import Setting

if TYPE_CHECKING:
    from beatpass_desktop.app import App

_log = logging.getLogger(__name__)
_PATIENCE = 1.0
"""s before it is said that the keychain is waited for"""
_PATIENCE_OF_ASKER = 0.2
"""the same, where somebody has just wished for it"""


class Safekeeping:
    """Opens an encrypted store whose key came too late for the first paint, encrypts a plain one,
    and asks what to do where no keychain can hold a key.

    `conceal` keeps a key out of the log, `damaged` is told of damage found later.
    """

    def __init__(
        self,
        app: App,
        keychain: Keychain,
        conceal: Callable[[str], None],
        damaged: Callable[[str], None],
    ) -> None:
        self._app = app
        self._keychain = keychain
        self._conceal = conceal
        self._damaged = damaged
        self._again = asyncio.Event()
        self._chosen: asyncio.Future[WithoutKeychain | None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_anew = False
        app.window.store_requested.connect(self._on_store_requested)
        self._on_action: Callable[[], None] = self._again.set

    async def begin(self) -> None:
        """Return when there is a store to fetch into."""
        app = self._app
        if app.is_waiting_for_key:
            await self._open_encrypted()
        elif not app.store.lasts and self._choice() is WithoutKeychain.SESSION:
            await self._leave_session()
        store = app.store
        if not (store.lasts and store.writable):
            return
        if not store.is_encrypted:
            await self._encrypt()
        elif app.options.tour is None:
            self._start(self._encrypt_backups())

    async def close(self) -> None:
        """Give up what is under way; a store that is not encrypted yet stays plain."""
        self._app.window.store_requested.disconnect(self._on_store_requested)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _open_encrypted(self) -> None:
        """Come by the key and show what is stored; without it begin anew, if it is lost."""
        app, path, patience = self._app, self._app.folders.store, _PATIENCE
        while (identity := cipher.identity_of(path)) is not None:
            try:
                with self._waiting(patience):
                    store = await self._anew() if self._is_anew else await self._found(identity)
            except (KeychainAbsent, BackendRefused) as error:
                await self._wait_for_decision(error.sentence)
            except KeychainError as error:
                await self._wait_for_unlocking(error)
            except StoreError as error:
                self._go_on_without(error)
                return
            else:
                app.store.become(store)
                break
            patience = _PATIENCE_OF_ASKER
        app.is_waiting_for_key = False
        app.banners.tell_of_store(app.store.notice)
        app.store.look_after(self._damaged)
        app.show_stored()

    def _go_on_without(self, error: StoreError) -> None:
        """Leave a store alone that cannot be used, such as one of a newer version."""
        app = self._app
        app.is_waiting_for_key = False
        text = _tr("{} What is fetched is kept for this session only.").format(error.sentence)
        app.banners.tell_of_store(text)
        app.show_stored()

    async def _found(self, identity: str) -> Store:
        """The store with its key; a new one where the key is lost, or another has its name. Raises
        KeychainError, StoreError."""
        key = await self._key(identity)
        if key is not None:
            with suppress(StoreLocked):
                return self._opened(key)
        return await self._anew()

    @contextmanager
    def _waiting(self, patience: float) -> Iterator[None]:
        """Say so while the keychain takes longer than `patience`, in s; then nothing of it."""
        is_told = False

        def tell() -> None:
            nonlocal is_told
            is_told = True
            text = _tr("Waiting for the keychain of this computer. Perhaps it is asking you.")
            self._app.banners.tell_of_store(text)

        telling = asyncio.get_running_loop().call_later(patience, tell)
        try:
            yield
        finally:
            telling.cancel()
            if is_told:
                self._app.banners.tell_of_store(self._app.store.notice)

    async def _key(self, identity: str) -> StoreKey | None:
        """The key with this name, None when the keychain does not have it. Raises KeychainError."""
        secret = await self._keychain.get(entry(identity))
        if not secret:
            return None
        self._conceal(secret)
        key = StoreKey(identity, secret)
        return key if key.is_genuine else None

    def _opened(self, key: StoreKey) -> Store:
        cipher.have(key)
        return Store(self._app.folders.store)

    async def _anew(self) -> Store:
        """A new store in the place of one whose key is lost, unless only its head is damaged: then
        its backups still name a key that the keychain has."""
        from beatpass_desktop.store.opening import mark_damaged
        from beatpass_desktop.store.renewing import begin_anew

        path = self._app.folders.store
        for backup in backups.listed(path):
            identity = cipher.identity_of(backup.path)
            if identity is None or self._is_anew:
                continue
            key = await self._key(identity)
            if key is not None:
                cipher.have(key)
                mark_damaged(path)
                return Store(path)
        notice = begin_anew(path)
        store = Store(path)
        store.notice = notice
        return store

    async def _wait_for_unlocking(self, error: KeychainError) -> None:
        """Say what is the matter, and return when somebody wants it tried again."""
        why = _sentence(error)
        text = _tr("{} What is stored is shown as soon as it is open.").format(why)
        self._tell(text, _tr("Try again"), self._again.set)
        await self._again.wait()
        self._again.clear()

    async def _wait_for_decision(self, why: str) -> None:
        """Say that the key cannot be had here, and return when it is to be tried again or the store
        to be begun anew (`_is_anew`)."""
        text = _tr("{} What is stored is encrypted and cannot be shown.").format(why)
        self._tell(text, _tr("What can I do?"), self._ask_to_begin_anew)
        await self._again.wait()
        self._again.clear()

    def _ask_to_begin_anew(self) -> None:
        from beatpass_desktop.views.safekeeping import LockedStoreDialog

        dialog = LockedStoreDialog(self._app.theme, self._app.window)
        dialog.again_requested.connect(self._again.set)
        dialog.anew_requested.connect(self._on_anew_requested)
        dialog.open()

    def _on_anew_requested(self) -> None:
        self._is_anew = True
        self._again.set()

    async def _encrypt(self, patience: float = _PATIENCE) -> None:
        """Give the plain store a key: before anything is fetched into an empty one, beside all else
        for one that is in use already."""
        if self._app.options.tour is not None and await is_prompt_needed():
            self._say_plainly()
            return
        key = cipher.new_key()
        self._conceal(key.secret)
        try:
            with self._waiting(patience):
                await self._keychain.set(entry(key.identity), key.secret)
        except (KeychainAbsent, BackendRefused) as error:
            await self._do_without_keychain(error.sentence)
        except KeychainError as error:
            if self._app.options.tour is not None:
                self._say_plainly()
                return
            why = _sentence(error)
            text = _tr("{} Until it is open, what is stored is not encrypted.")
            self._tell(text.format(why), _tr("Encrypt now"), self._encrypt_later)
        else:
            self._app.settings.put(Setting.WITHOUT_KEYCHAIN, "")
            self._app.banners.tell_of_store(self._app.store.notice)
            if self._has_accounts():
                self._start(self._encrypt_with(key))
            else:
                await self._encrypt_with(key)

    def _encrypt_later(self) -> None:
        self._on_action = _nothing  # one key at a time
        self._start(self._encrypt(_PATIENCE_OF_ASKER))

    async def _encrypt_with(self, key: StoreKey) -> None:
        try:
            await self._app.store.encrypt(key)
        except StoreError as error:
            # It stays as it is until the next start; the key is of no use to anybody.
            _log.warning("not encrypted: %s %s", error.sentence, error.details)
            with suppress(KeychainError):
                await self._keychain.delete(entry(key.identity))
        else:
            await self._encrypt_backups()

    async def _encrypt_backups(self) -> None:
        from beatpass_desktop.store.encrypting import encrypt_backups

        path = self._app.store.path
        identity = cipher.identity_of(path)
        if identity is None:
            return
        try:
            await asyncio.to_thread(encrypt_backups, path, cipher.key_at_hand(identity))
        except StoreError as error:
            _log.warning("%s %s", error.sentence, error.details)

    async def _do_without_keychain(self, why: str) -> None:
        """Keep a plain store, or none beyond the session, as somebody chooses once."""
        if self._choice() is WithoutKeychain.PLAIN:
            return
        if self._app.options.tour is not None:
            self._say_plainly()
            return
        chosen = await self._ask(why)
        if chosen is WithoutKeychain.SESSION:
            self._keep_for_session()
        elif chosen is None and self._has_accounts():
            text = _tr("{} What is stored here is not encrypted.").format(why)
            self._tell(text, _tr("Choose"), self._choose_later)
        elif chosen is None:
            from beatpass_desktop.store.session_store import SessionStore

            self._app.store.become(SessionStore())
            text = _tr("{} What is fetched is kept for this session only.").format(why)
            self._tell(text, _tr("Choose"), self._choose_later)

    async def _ask(self, why: str) -> WithoutKeychain | None:
        """What somebody chooses, which is remembered; None when the question is put away."""
        from beatpass_desktop.views.safekeeping import WithoutKeychainDialog

        chosen: asyncio.Future[WithoutKeychain | None]
        chosen = asyncio.get_running_loop().create_future()

        def take(choice: WithoutKeychain | None) -> None:
            if not chosen.done():
                chosen.set_result(choice)

        dialog = WithoutKeychainDialog(
            self._app.theme, why, has_data=self._has_accounts(), parent=self._app.window
        )
        dialog.chosen.connect(take)
        dialog.finished.connect(lambda result: take(None))
        dialog.open()
        choice = await chosen
        if choice is not None:
            self._app.settings.put(Setting.WITHOUT_KEYCHAIN, choice.value)
        return choice

    def _choose_later(self) -> None:
        self._start(self._ask_again())

    async def _ask_again(self) -> None:
        chosen = await self._ask(KeychainAbsent.sentence)
        if chosen is not None:
            # With the window in use the file under it is changed at the next start.
            text = _tr("Your choice holds from the next start on.")
            self._app.banners.tell_of_store(text)

    def _keep_for_session(self) -> None:
        """Go on with a store that goes with the session, and erase the one that would stay."""
        from beatpass_desktop.store.erasing import erase_files
        from beatpass_desktop.store.session_store import SessionStore

        app, path = self._app, self._app.store.path
        app.store.become(SessionStore())
        try:
            erase_files(path)
        except OSError as error:
            _log.warning("what was stored could not be erased: %s", error)
        app.banners.tell_of_store(_session_notice())
        app.show_stored()

    async def _leave_session(self) -> None:
        """Go back to a store that lasts when there is a keychain by now."""
        app = self._app
        try:
            await self._keychain.backend()
        except KeychainError:
            self._tell(_session_notice(), _tr("Choose again"), self._choose_later)
            return
        try:
            store = Store(app.folders.store)
        except StoreError as error:
            self._go_on_without(error)
            return
        app.settings.put(Setting.WITHOUT_KEYCHAIN, "")
        app.store.become(store)
        app.store.look_after(self._damaged)

    def _choice(self) -> WithoutKeychain | None:
        return WithoutKeychain.of(self._app.settings.text(Setting.WITHOUT_KEYCHAIN))

    def _has_accounts(self) -> bool:
        app = self._app
        return accounts.last_used(app.store.reading, app.options.origin) is not None

    def _say_plainly(self) -> None:
        sys.stderr.write(f"beatpass-desktop: {NOT_ENCRYPTED}\n")

    def _tell(self, text: str, action: str, on_action: Callable[[], None]) -> None:
        self._on_action = on_action
        self._app.banners.tell_of_store(text, action)

    def _on_store_requested(self) -> None:
        self._on_action()

    def _start(self, work: Coroutine[object, object, None]) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.ensure_future(work)


def _nothing() -> None:
    """Done already."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("safekeeping", text)


def _session_notice() -> str:
    return _tr("What is fetched is kept for this session only, as you chose.")


def _sentence(error: KeychainError) -> str:
    """What to say of the keychain; two of its sentences speak of the access token."""
    is_about_token = isinstance(error, SecretLost | SecretTooLong)
    return KeychainError.sentence if is_about_token else error.sentence
