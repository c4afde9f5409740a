"""The sign-in port as the views hold it, before there is somebody to sign in with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from beatpass_desktop.domain.sign_in import SignInPort


class SignInRequests:
    """Passes wishes on; until somebody takes them the last one waits. In the sandbox nobody does.

    Implements `domain.sign_in.SignInPort`.
    """

    def __init__(self) -> None:
        self._port: SignInPort | None = None
        self._waiting: Callable[[SignInPort], None] | None = None

    def connect(self, port: SignInPort) -> None:
        """From now on wishes go to `port`, first of all the one that waits."""
        self._port = port
        if self._waiting is not None:
            self._waiting(port)
            self._waiting = None

    def sign_in_with_token(self, token: str, created: date) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.sign_in_with_token(token, created))

    def sign_in_with_email(self, email: str, password: str) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.sign_in_with_email(email, password))

    def keep_token(self) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.keep_token())

    def keep_for_session(self) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.keep_for_session())

    def give_up(self) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.give_up())

    def read_token(self) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.read_token())

    def show_account(self, account: int) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.show_account(account))

    def sign_out(self, *, erase: bool) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.sign_out(erase=erase))

    def explore_sandbox(self) -> None:
        """See SignInPort."""
        self._pass(lambda port: port.explore_sandbox())

    def _pass(self, wish: Callable[[SignInPort], None]) -> None:
        if self._port is None:
            self._waiting = wish
        else:
            wish(self._port)
