"""Signing in with e-mail and password, and how long the token holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from sandbox_process import NOW, RunningSandbox

from beatpass_sandbox.auth import Gate, issue_token
from beatpass_sandbox.database import create_schema, open_database
from beatpass_sandbox.replies import ApiError

pytestmark = pytest.mark.end_to_end

FORM = {"email": "sandbox@beatpass.example", "password": "sandbox", "token_name": "desk"}


@pytest.fixture
def sandbox(newcomer: RunningSandbox) -> RunningSandbox:
    return newcomer


def sign_in(sandbox: RunningSandbox, **changes: Any) -> httpx.Response:
    """Post the form without any token; a change to None leaves the field out."""
    form = {field: value for field, value in {**FORM, **changes}.items() if value is not None}
    return httpx.post(f"{sandbox.base_url}/auth/login", json=form, trust_env=False)


def status_with(sandbox: RunningSandbox, token: str) -> int:
    """What the API answers to a token."""
    reply = sandbox.anonymous("/users/me", Authorization=f"Bearer {token}")
    return reply.status_code


def test_that_signing_in_gives_the_user_and_a_working_token(sandbox: RunningSandbox) -> None:
    reply = sign_in(sandbox)
    user = reply.json()["user"]
    assert reply.status_code == 200
    assert reply.json()["status"] == "success"
    assert user.pop("access_token") not in ("", sandbox.token)
    assert user == sandbox.get("/users/me")["user"]


def test_that_each_signing_in_gives_another_token_and_all_of_them_work(
    sandbox: RunningSandbox,
) -> None:
    tokens = {sign_in(sandbox).json()["user"]["access_token"] for _ in range(3)}
    assert len(tokens) == 3
    assert {status_with(sandbox, token) for token in tokens} == {200}


def test_that_the_address_may_be_written_in_capitals(sandbox: RunningSandbox) -> None:
    assert sign_in(sandbox, email=" Sandbox@BeatPass.example").status_code == 200


def test_that_an_account_without_token_signs_in_without_one(sandbox: RunningSandbox) -> None:
    reply = sign_in(sandbox, email="no-token@beatpass.example")
    assert reply.status_code == 200
    assert reply.json()["user"]["display_name"]
    assert "access_token" not in reply.json()["user"]


@pytest.mark.parametrize(("name", "reason"), [("suspended", "suspended"), ("unverified", "email")])
def test_that_a_refused_account_learns_why(sandbox: RunningSandbox, name: str, reason: str) -> None:
    reply = sign_in(sandbox, email=f"{name}@beatpass.example")
    assert reply.status_code == 403
    assert reason in reply.json()["message"]


@pytest.mark.parametrize("changes", [{"password": "Sandbox"}, {"email": "nobody@beatpass.example"}])
def test_that_wrong_credentials_are_refused_without_saying_which(
    sandbox: RunningSandbox, changes: dict[str, str]
) -> None:
    reply = sign_in(sandbox, **changes)
    assert reply.status_code == 401
    assert reply.json() == {
        "status": "error",
        "message": "These credentials do not match our records.",
    }


@pytest.mark.parametrize("field", ["email", "password", "token_name"])
@pytest.mark.parametrize("value", [None, "", 7, "x" * 256])
def test_that_a_field_that_cannot_be_right_is_named(
    sandbox: RunningSandbox, field: str, value: object
) -> None:
    reply = sign_in(sandbox, **{field: value})
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == [field]


def test_that_text_without_an_at_sign_is_no_address(sandbox: RunningSandbox) -> None:
    reply = sign_in(sandbox, email="sandbox")
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == ["email"]


def test_that_guessing_passwords_is_stopped_for_that_address_only(
    sandbox: RunningSandbox,
) -> None:
    email = "guessed@beatpass.example"
    tries = [sign_in(sandbox, email=email, password=str(number)) for number in range(6)]
    assert [reply.status_code for reply in tries] == [401] * 5 + [429]
    assert 1 <= int(tries[-1].headers["Retry-After"]) <= 60
    assert tries[-1].json()["retry_after"] == int(tries[-1].headers["Retry-After"])
    assert sign_in(sandbox).status_code == 200


def test_that_a_made_up_token_is_refused(sandbox: RunningSandbox) -> None:
    token = sign_in(sandbox).json()["user"]["access_token"]
    assert status_with(sandbox, token[:-1] + ("0" if token[-1] != "0" else "1")) == 401


def test_that_neither_password_nor_token_gets_into_the_request_log(
    sandbox: RunningSandbox,
) -> None:
    secret = "correct-horse"
    token = sign_in(sandbox).json()["user"]["access_token"]
    sign_in(sandbox, email="secretive@beatpass.example", password=secret)
    log = httpx.get(f"{sandbox.origin}/_sandbox/log", trust_env=False).text
    assert "/auth/login" in log
    assert token not in log
    assert secret not in log


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    """A database of a sandbox on which nobody is."""
    connection = open_database("")
    create_schema(connection)
    connection.execute("INSERT INTO origin (profile, seed, tracks, as_of) VALUES ('x', 1, 0, 0)")
    yield connection
    connection.close()


def test_that_a_token_expires_after_90_days_and_the_sandbox_s_own_never(
    database: sqlite3.Connection,
) -> None:
    def holder(token: str, days: float) -> int | None:
        moment = signed_in_at + timedelta(days=days)
        session = gate.identify(f"Bearer {token}", "/users/me", moment)
        return None if session is None else session.user_id

    signed_in_at = datetime.fromisoformat(NOW)
    gate = Gate(database, 7, "own")
    token = issue_token(database, 8, "desk", signed_in_at)
    assert holder(token, 0) == holder(token, 89.99) == 8
    with pytest.raises(ApiError) as refusal:
        holder(token, 90)
    assert refusal.value.status == 401
    assert holder("own", 36_500) == 7


def test_that_only_a_hash_of_the_token_is_stored(database: sqlite3.Connection) -> None:
    token = issue_token(database, 8, "desk", datetime.fromisoformat(NOW))
    stored = "\n".join(database.iterdump())
    assert "desk" in stored
    assert token.partition("|")[2] not in stored
