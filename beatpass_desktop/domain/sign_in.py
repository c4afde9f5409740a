"""What signing in is about: its two ways, what may go wrong, and what may be wished for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol


class SignInWay(StrEnum):
    """How to sign in."""

    TOKEN = "token"
    EMAIL = "email"


class SignInField(StrEnum):
    """What a form of the sign-in page asks for."""

    TOKEN = "token"
    EMAIL = "email"
    PASSWORD = "password"


class SignInProblem(NamedTuple):
    """Why signing in did not work: a sentence about the whole, or under one of the fields."""

    sentence: str
    field: SignInField | None = None


class SignInFailed(Exception):
    """Signing in did not work. `needs_token`: this account can only sign in with a token."""

    def __init__(self, *problems: SignInProblem, needs_token: bool = False) -> None:
        super().__init__(*(problem.sentence for problem in problems))
        self.problems = problems
        self.needs_token = needs_token


class SignInPort(Protocol):
    """What the sign-in page and the account menu may ask for. Every call returns at once."""

    def sign_in_with_token(self, token: str, created: date) -> None:
        """Sign in with an access token made on the local day `created`."""

    def sign_in_with_email(self, email: str, password: str) -> None:
        """Have BeatPass make an access token for e-mail and password."""

    def keep_token(self) -> None:
        """Try once more to put the accepted token into the keychain."""

    def keep_for_session(self) -> None:
        """Use the accepted token without keeping it."""

    def give_up(self) -> None:
        """Leave signing in as if it had not begun."""

    def read_token(self) -> None:
        """Ask the keychain once more for the token of the account that is shown."""

    def show_account(self, account: int) -> None:
        """Show another account of this base URL."""

    def sign_out(self, *, erase: bool) -> None:
        """Forget the token of the account that is shown; `erase` deletes what is stored of it."""

    def explore_sandbox(self) -> None:
        """Open the sandbox in a window of its own."""
