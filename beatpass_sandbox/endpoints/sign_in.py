"""Signing in with e-mail and password. That the token comes with the user is assumed."""

from __future__ import annotations

from beatpass_sandbox.accounts import ACCOUNTS, PASSWORD, Account, Standing
from beatpass_sandbox.attempts import Attempts
from beatpass_sandbox.auth import issue_token
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.endpoints import shapes
from beatpass_sandbox.endpoints.resources import user_card
from beatpass_sandbox.replies import ApiError, Json, forbidden
from beatpass_sandbox.schemas import TEXT, record, succeeded

_WRONG_PASSWORDS = Attempts("sign-in", limit=5)
_REFUSED = {
    Standing.SUSPENDED: "Your account has been suspended.",
    Standing.UNVERIFIED: "Your email address is not verified.",
}


def sign_in(context: Context) -> Json:
    """``POST /auth/login`` with ``email``, ``password`` and ``token_name``.

    Five wrong passwords a minute for one address, then it answers 429.
    """
    email = context.body["email"].strip().lower()
    _WRONG_PASSWORDS.admit(context.database, email)
    account = ACCOUNTS.get(email)
    if account is None or context.body["password"] != PASSWORD:
        _WRONG_PASSWORDS.count(context.database, email)
        raise ApiError(
            401, {"status": "error", "message": "These credentials do not match our records."}
        )
    _WRONG_PASSWORDS.forget(context.database, email)
    if account.standing is not Standing.ACTIVE:
        raise forbidden(_REFUSED[account.standing])
    return {"status": "success", "user": _signed_in(context, account)}


def _signed_in(context: Context, account: Account) -> Json:
    row = context.row("SELECT * FROM users WHERE id = ?", account.user_id)
    assert row is not None
    card = user_card(row)
    if account.gives_token:
        card["access_token"] = issue_token(
            context.database, account.user_id, context.body["token_name"], context.now
        )
    return card


_FORM_FIELD: Json = {"type": "string", "minLength": 1, "maxLength": 255}
_FORM = record(
    {
        "email": {**_FORM_FIELD, "format": "email", "pattern": "^[^@]+@[^@]+$"},
        "password": _FORM_FIELD,
        "token_name": _FORM_FIELD,
    }
)

OPERATIONS = (
    Operation(
        "POST",
        "/auth/login",
        sign_in,
        "Sign in",
        Source.DOCUMENTED,
        succeeded(user=record(shapes.USER_FIELDS, {"access_token": TEXT})),
        body=_FORM,
        public=True,
        refusals=(403,),
    ),
)
