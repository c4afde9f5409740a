"""The doctor's round: what is looked at, in which order, and with whose token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from beatpass_desktop.commands.doctor.endpoints import endpoints_section, untried
from beatpass_desktop.commands.doctor.environment import environment
from beatpass_desktop.commands.doctor.keychain import keychain_section
from beatpass_desktop.commands.doctor.report import Finding, Report, Section, Verdict
from beatpass_desktop.commands.doctor.requests import WatchedSession
from beatpass_desktop.commands.doctor.store import store_section
from beatpass_desktop.options import Options
from beatpass_desktop.store import accounts, schema
from beatpass_desktop.store.errors import StoreError, StoreLocked
from beatpass_desktop.store.health import looking_at
from beatpass_desktop.store_key import have_without_asking
from beatpass_desktop.system.folders import Folders, folders
from beatpass_desktop.system.keychain import Keychain, KeychainError
from beatpass_desktop.system.sandbox_server import SandboxFailed, SandboxServer


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What the store knows of the account to ask for."""

    artist: int = 0
    keychain_name: str = ""


class Examination:
    """One run. `token` is the one in use, to be kept out of the report."""

    def __init__(self, options: Options, keychain: Callable[[], Keychain]) -> None:
        self.token = options.token
        self._options = options
        self._make_keychain = keychain
        self._keychain = keychain()

    async def report(self) -> Report:
        """Look at everything."""
        options, now = self._options, datetime.now(UTC)
        places = folders(options.data_dir)
        if options.sandbox:
            places = places.of_sandbox()
        # The store before the sandbox is started, the keychain before its token is asked for.
        sections = [environment(places), await keychain_section(self._keychain)]
        # What hinders that stands in the store's section.
        with suppress(StoreLocked):
            await asyncio.to_thread(have_without_asking, places, self._make_keychain)
        sections.append(store_section(places.store, now))
        sections.append(await self._endpoints(places))
        self._keychain.close()
        return Report(now, sections)

    async def _endpoints(self, places: Folders) -> Section:
        options = self._options
        if options.offline:
            return untried("offline")
        if options.sandbox:
            return await self._sandbox_endpoints()
        remembered = _remembered(places, options, self.token)
        if not self.token and remembered.keychain_name:
            # What hinders the keychain stands in its own section.
            with suppress(KeychainError):
                self.token = await self._keychain.get(remembered.keychain_name) or ""
        if not self.token:
            return untried("signed out")
        return await self._ask(options.base_url, remembered.artist)

    async def _sandbox_endpoints(self) -> Section:
        server = SandboxServer(self._options.sandbox)
        try:
            address = await server.start()
            self.token = address.token
            return await self._ask(address.base_url)
        except SandboxFailed as error:
            failed = Finding(Verdict.WRONG, "Sandbox", str(error))
            return untried("the sandbox did not start", [failed])
        finally:
            server.stop()

    async def _ask(self, base_url: str, artist: int = 0) -> Section:
        session = WatchedSession(base_url, self.token)
        try:
            return await endpoints_section(session, artist)
        finally:
            await session.aclose()


def _remembered(places: Folders, options: Options, token: str) -> _Remembered:
    """What is stored of the account of `token`, or of the one last used."""
    if not places.store.exists():
        return _Remembered()
    try:
        with looking_at(places.store) as connection:
            if schema.version_of(connection) != schema.VERSION:
                return _Remembered()
            account = (
                accounts.of_token(connection, options.origin, token)
                if token
                else accounts.last_used(connection, options.origin)
            )
            if account is None:
                return _Remembered()
            name = accounts.keychain_name(connection, options.origin, account.user_id)
            return _Remembered(account.current_artist, name)
    except StoreError:
        # What is wrong with the store stands in its own section.
        return _Remembered()
