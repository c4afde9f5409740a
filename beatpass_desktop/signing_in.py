"""Signing in and out, and switching between accounts: ties keychain, store, engine and screen.

What needs the network side is imported when it is needed: offline runs do without.
"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.sign_in import SignInFailed, SignInProblem, SignInWay
from beatpass_desktop.models.sign_in import SignInStep
from beatpass_desktop.store import accounts, ended_tokens
from beatpass_desktop.store.erasing import has_traces
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.writing import commit
from beatpass_desktop.system.file_sizes import clear_images
from beatpass_desktop.system.keychain import (
    BackendRefused,
    Keychain,
    KeychainAbsent,
    KeychainError,
)
from beatpass_desktop.system.sandbox_window import SandboxWindow

if TYPE_CHECKING:
    from beatpass_desktop.api.session import Session
    from beatpass_desktop.app import App
    from beatpass_desktop.online import Connection
    from beatpass_desktop.store.threads import Job

T = TypeVar("T")

_FOR_KEYCHAIN = 0.3
"""s that erasing waits for the keychain to let go of the token"""
_FOR_CHANGES = 1.0
"""s that signing out may go on when the window is closed"""


class _Accepted(NamedTuple):
    """A token that BeatPass has accepted, and whose it is."""

    identity: Identity
    token: str
    created: date

    def __repr__(self) -> str:
        """Without the token."""
        return f"_Accepted({self.identity.user_id})"


class SigningIn:
    """Implements `domain.sign_in.SignInPort` for the accounts of one base URL.

    What only asks (BeatPass, the keychain) is given up for the next wish of its kind; what changes
    who is shown is carried out whole, one after the other. `conceal` keeps a token out of the log.
    """

    def __init__(
        self,
        app: App,
        connection: Connection,
        keychain: Keychain,
        conceal: Callable[[str], None],
    ) -> None:
        self._app = app
        self._connection = connection
        self._keychain = keychain
        self._conceal = conceal
        self._model = app.sign_in
        self._origin = app.options.origin
        self._tasks = Tasks()
        self._asking: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[None] | None = None
        self._used: dict[int, str] = {}
        self._entry = ""
        self._turn = asyncio.Lock()
        self._accepted: _Accepted | None = None
        self._sandbox = SandboxWindow(app.options.data_dir)
        self._changes: set[asyncio.Task[None]] = set()

    def resume(self) -> None:
        """Finish what an earlier run could not when somebody had signed out."""
        store = self._app.store
        if not store.writable:
            return
        if has_traces(store.reading):
            self._change(self._erase_traces, "erase")
        if names := ended_tokens.names(store.reading):
            self._carry_out(self._forget(names), "forget token")

    async def begin(self) -> None:
        """Go on with the account that is shown, when its token can be had."""
        if self._app.who.account:
            self.read_token()
            assert self._reading is not None
            await asyncio.wait({self._reading})

    async def close(self) -> None:
        """Give everything up; what somebody has decided is carried out, if that is quick."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FOR_CHANGES):
                while self._changes:  # one may begin another
                    await asyncio.wait(self._changes)
        await self._tasks.close()
        self._keychain.close()

    def sign_in_with_token(self, token: str, created: date) -> None:
        """See SignInPort."""
        self._ask(self._try_token(token, created), "sign in")

    def sign_in_with_email(self, email: str, password: str) -> None:
        """See SignInPort."""
        self._ask(self._try_password(email, password), "sign in")

    def keep_token(self) -> None:
        """See SignInPort."""
        if self._accepted is not None:
            self._ask(self._keep(self._accepted), "keep token")

    def keep_for_session(self) -> None:
        """See SignInPort."""
        if self._accepted is not None:
            self._change(partial(self._use, self._accepted), "use token")

    def give_up(self) -> None:
        """See SignInPort."""
        self._stop_asking()
        self._accepted = None
        self._model.show(SignInStep.ASKING)

    def read_token(self) -> None:
        """See SignInPort."""
        if self._reading is not None:
            self._reading.cancel()
        # In turn: a token that is read while its owner signs out would sign them in again.
        self._reading = self._tasks.start(self._in_turn(self._read_token), "read token")

    def show_account(self, account: int) -> None:
        """See SignInPort."""
        self._change(partial(self._show_account, account), "show account")

    def sign_out(self, *, erase: bool) -> None:
        """See SignInPort."""
        self._change(partial(self._sign_out, self._app.who.account, erase), "sign out")

    def explore_sandbox(self) -> None:
        """See SignInPort."""
        self._tasks.start(self._explore_sandbox(), "open sandbox")

    def _ask(self, work: Awaitable[None], name: str) -> None:
        self._stop_asking()
        self._asking = self._tasks.start(_awaited(work), name)

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _change(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        self._stop_asking()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._carry_out(self._in_turn(work), name)

    def _carry_out(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = self._tasks.start(work, name)
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)
        return task

    async def _in_turn(self, work: Callable[[], Awaitable[None]]) -> None:
        async with self._turn:
            try:
                await work()
            except StoreError as error:
                self._tell(error.sentence, error.details)

    async def _try_token(self, token: str, created: date) -> None:
        from beatpass_desktop.sync.sign_in import identity_of

        token = token.strip()
        self._conceal(token)
        self._model.show(SignInStep.CHECKING)
        try:
            identity = await self._answer(token, identity_of)
        except SignInFailed as error:
            self._model.show(SignInStep.ASKING, error.problems)
            return
        self._accepted = _Accepted(identity, token, created)
        await self._keep(self._accepted)

    async def _try_password(self, email: str, password: str) -> None:
        from beatpass_desktop.sync.sign_in import new_token

        self._model.show(SignInStep.CHECKING)
        try:
            name = f"BeatPass Desktop on {platform.node() or 'a computer'}"
            token = await self._answer("", lambda s: new_token(s, email, password, name))
        except SignInFailed as error:
            self._model.show(SignInStep.ASKING, error.problems)
            if error.needs_token:
                self._model.ask_for(SignInWay.TOKEN)
            return
        await self._try_token(token, datetime.now(UTC).astimezone().date())

    async def _answer(self, token: str, ask: Callable[[Session], Awaitable[T]]) -> T:
        """What BeatPass answers; nobody is made to wait for its limits. Raises SignInFailed."""
        if self._app.options.offline:
            raise SignInFailed(
                SignInProblem("This run makes no requests: it is offline by choice.")
            )
        limited: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def on_pause(until: datetime | None) -> None:
            if until is not None and not limited.done():
                limited.set_result(None)

        session = self._connection.session(self._app.options.base_url, token, on_pause)
        asked = asyncio.ensure_future(ask(session))
        try:
            if not self._connection.paused_for:
                either: set[asyncio.Future[Any]] = {asked, limited}
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._connection.paused_for:
                seconds = round(self._connection.paused_for) + 1
                raise SignInFailed(
                    SignInProblem(f"Too many tries. Please wait {seconds} s, then try again.")
                )
            return await asked
        finally:
            asked.cancel()
            asked.add_done_callback(lambda task: task.cancelled() or task.exception())
            await self._connection.end(session)

    async def _keep(self, accepted: _Accepted) -> None:
        self._model.show(SignInStep.KEEPING)
        try:
            await self._keychain.set(self._name(accepted.identity.user_id), accepted.token)
        except KeychainError as error:
            name = accepted.identity.display_name or ""
            self._model.show(SignInStep.UNKEPT, [SignInProblem(error.sentence)], name)
            return
        self._change(partial(self._use, accepted), "use token")

    async def _use(self, accepted: _Accepted) -> None:
        from beatpass_desktop.sync.sign_in import remember

        self._remember_token()
        await self._connection.disconnect()
        identity, token, created = accepted
        store = self._app.store
        names = {self._name(identity.user_id)}
        try:
            account = await remember(
                store, self._origin, identity, token, created, lambda: datetime.now(UTC)
            )
            await commit(store, lambda c: ended_tokens.remove(c, names))
        except StoreError as error:
            self._model.show(SignInStep.ASKING, [SignInProblem(error.sentence)])
            return
        self._used.pop(account.account, None)
        self._entry = ""
        self._accepted = None
        self._app.banners.say(None)
        self._app.who.show(account)
        self._app.who.has_token(created)
        self._connection.connect(self._app.options.base_url, token)
        self._model.show(SignInStep.ASKING)
        self._model.done.emit()

    async def _read_token(self) -> None:
        who, store = self._app.who, self._app.store
        account = accounts.get(store.reading, who.account)
        if account is None or self._app.options.offline:
            return
        self._entry = self._name(account.user_id)
        token = self._used.get(account.account)
        is_ended = self._entry in ended_tokens.names(store.reading)
        try:
            token = token or (None if is_ended else await self._keychain.get(self._entry))
        except KeychainError as error:
            lasting = isinstance(error, KeychainAbsent | BackendRefused)
            who.lacks_token(error.sentence, can_retry=not lasting)
            return
        if not token:
            who.lacks_token()
            return
        self._conceal(token)
        await self._connection.disconnect()
        created = account.token_created
        who.has_token(date.fromisoformat(created) if created else None)
        self._connection.connect(self._app.options.base_url, token)

    async def _show_account(self, number: int) -> None:
        account = accounts.get(self._app.store.reading, number)
        if account is None or number == self._app.who.account:
            return
        self._remember_token()
        await self._connection.disconnect()
        await commit(self._app.store, lambda c: accounts.use(c, number, datetime.now(UTC)))
        self._show(account)

    def _remember_token(self) -> None:
        """A token that is not kept serves for as long as the program runs, also after a while
        away."""
        if self._connection.token:
            self._used[self._app.who.account] = self._connection.token

    async def _sign_out(self, number: int, erase: bool) -> None:
        account = accounts.get(self._app.store.reading, number)
        if account is None or number != self._app.who.account:
            return
        await self._connection.disconnect()
        self._used.pop(number, None)
        self._app.who.lacks_token()
        # An entry changed from outside may hold the token of somebody else, who is shown then.
        names = {self._name(account.user_id), self._entry} - {""}
        await self._note(lambda c: ended_tokens.add(c, names))
        # The keychain may take its time, or not let go at all; signing out holds nevertheless.
        forgetting = self._carry_out(self._forget(names), "forget token")
        if erase:
            await self._erase(number, after=forgetting)
        else:
            await commit(self._app.store, lambda c: accounts.set_token_created(c, number, None))

    async def _forget(self, names: set[str]) -> None:
        """Have the keychain forget tokens; what it does not let go of now is tried again at the
        next start."""
        try:
            for name in names:
                await self._keychain.delete(name)
        except (KeychainAbsent, BackendRefused):
            pass  # it never got anything from us
        except KeychainError as error:
            self._tell(
                f"{error.sentence} The access token may still be in it. Removing it is tried again "
                "at the next start; you can also revoke it in your account settings.",
                error.details,
            )
            return
        await self._note(lambda c: ended_tokens.remove(c, names))

    async def _note(self, job: Job[None]) -> None:
        """Change the store where it can be changed; tokens are forgotten in any case."""
        with suppress(StoreError):
            await commit(self._app.store, job)

    async def _erase(self, number: int, after: asyncio.Task[None]) -> None:
        """Delete what is stored of an account and show somebody else, or nobody; the traces go
        `after` the token, unless that takes long."""
        store = self._app.store
        await commit(store, lambda c: accounts.remove(c, number))
        self._show(accounts.last_used(store.reading, self._origin))
        await asyncio.wait({after}, timeout=_FOR_KEYCHAIN)
        await self._erase_traces()

    async def _erase_traces(self) -> None:
        self._app.remembering.forget_searches()
        # Pictures bear no account's name; those of others are fetched again.
        await asyncio.to_thread(clear_images, self._app.folders)
        await asyncio.wrap_future(self._app.store.erase_traces())

    def _show(self, account: accounts.Account | None) -> None:
        self._app.who.show(account)
        if account is not None:
            self._app.window.show_pages()
            self.read_token()
        else:
            self._app.show_sign_in()

    async def _explore_sandbox(self) -> None:
        if not await self._sandbox.open() and not self._model.is_busy:
            sentence = "The sandbox could not be opened. Perhaps its window is open already."
            self._model.show(SignInStep.ASKING, [SignInProblem(sentence)])

    def _name(self, user_id: int) -> str:
        return accounts.keychain_name(self._app.store.reading, self._origin, user_id)

    def _tell(self, sentence: str, details: str) -> None:
        self._app.banners.say(Failure(FailureKind.STORAGE, sentence, details, reached=True))


async def _awaited(work: Awaitable[None]) -> None:
    await work
