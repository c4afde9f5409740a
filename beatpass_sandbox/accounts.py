"""The accounts that can sign in. They are fixed, so that anybody may write down how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from beatpass_sandbox.simulation.platform import OWN_USER_ID

PASSWORD = "sandbox"


class Standing(StrEnum):
    """Whether an account may sign in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Account:
    """An e-mail address that signs in as a user; ``purpose`` tells people what it is for.

    Without ``gives_token`` the reply names the user but carries no access token, as for an
    account that must create one by itself.
    """

    email: str
    purpose: str
    user_id: int = OWN_USER_ID
    standing: Standing = Standing.ACTIVE
    gives_token: bool = True


ACCOUNTS = {
    account.email: account
    for account in (
        Account("sandbox@beatpass.example", "signs in"),
        Account("no-token@beatpass.example", "signs in without a token", gives_token=False),
        Account("suspended@beatpass.example", "is suspended (403)", standing=Standing.SUSPENDED),
        Account(
            "unverified@beatpass.example",
            "has not verified its address (403)",
            standing=Standing.UNVERIFIED,
        ),
    )
}


def sign_in_help() -> str:
    """How to sign in, for people."""
    lines = [f"  {account.email:<28} {account.purpose}" for account in ACCOUNTS.values()]
    return "\n".join([f"accounts for /auth/login (password: {PASSWORD}):", *lines])
