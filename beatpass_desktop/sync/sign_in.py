"""Signing in: trying a token, and having BeatPass make one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from beatpass_desktop.api.errors import ApiError, Forbidden, Invalid, Limited, Unauthorised
from beatpass_desktop.api.identity import fetch_identity
from beatpass_desktop.api.session import Session
from beatpass_desktop.api.sign_in import log_in
from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.sign_in import SignInFailed, SignInField, SignInProblem
from beatpass_desktop.store import accounts
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.writing import commit


async def identity_of(session: Session) -> Identity:
    """Whose token the session carries. Raises SignInFailed."""
    try:
        fetched = await fetch_identity(session)
    except Unauthorised:
        raise SignInFailed(
            SignInProblem(
                "BeatPass does not accept this access token. Copy it once more, or make a new one "
                "in your account settings.",
                SignInField.TOKEN,
            )
        ) from None
    except ApiError as error:
        raise SignInFailed(SignInProblem(_sentence(error))) from error
    assert fetched.decoded is not None
    return fetched.decoded.value


async def new_token(session: Session, email: str, password: str, name: str) -> str:
    """A token for this computer, shown as `name` in the account settings. Raises SignInFailed."""
    try:
        token = await log_in(session, email, password, name)
    except Unauthorised as error:
        problem = SignInProblem(error.failure.sentence, SignInField.PASSWORD)
        raise SignInFailed(problem) from None
    except Invalid as error:
        raise SignInFailed(*_field_problems(error)) from None
    except ApiError as error:
        raise SignInFailed(SignInProblem(_sentence(error))) from None
    if token is None:
        raise SignInFailed(
            SignInProblem(
                "BeatPass knows you, but gave no token for this computer: this account needs an "
                "access token. Make one in your account settings."
            ),
            needs_token=True,
        )
    return token


async def remember(
    store: Store,
    origin: str,
    identity: Identity,
    token: str,
    created: date,
    now: Callable[[], datetime],
) -> accounts.Account:
    """Store who signed in; what was stored of them stays. Raises StoreError."""
    known = await commit(store, lambda c: accounts.remember(c, origin, identity, token, now()))
    day = created.isoformat()
    await commit(store, lambda c: accounts.set_token_created(c, known.account, day))
    return known._replace(token_created=day)


def _sentence(error: ApiError) -> str:
    sentence = error.failure.sentence
    if isinstance(error, Forbidden):
        return (
            f"{sentence} An account that is suspended, or whose e-mail address is not confirmed, "
            "cannot sign in."
        )
    if isinstance(error, Limited):
        return "Too many tries. Please wait a minute before the next one."
    return sentence


def _field_problems(error: Invalid) -> list[SignInProblem]:
    """What was wrong with each field; what has no field here is said of the whole."""
    problems = [
        SignInProblem(text, SignInField(field) if field in set(SignInField) else None)
        for field, texts in error.fields.items()
        for text in texts
    ]
    return problems or [SignInProblem(error.failure.sentence)]
