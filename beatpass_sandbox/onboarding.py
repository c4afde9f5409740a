"""The sandbox's stand-in for Stripe's onboarding form."""

from __future__ import annotations

import html
import sqlite3

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from beatpass_sandbox.clock import Clock
from beatpass_sandbox.stripe import (
    COUNTRIES,
    ONBOARDING_PATH,
    complete_onboarding,
    onboarding_account,
)

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stripe onboarding (sandbox)</title>
<style>body {{ font: 16px/1.5 sans-serif; max-width: 32em; margin: 4em auto }}</style>
</head>
<body><h1>Stripe onboarding (sandbox)</h1>{content}</body>
</html>
"""
_FORM = """<p>A Stripe account for <strong>{name}</strong> in {country}.
The sandbox asks for no details.</p>
<form method="post"><button>Submit all details</button></form>"""
_DONE = """<p>The Stripe account for <strong>{name}</strong> is set up.
You can close this page and go back to BeatPass.</p>"""
_UNKNOWN = "<p>This onboarding link is not known. Ask for a new one.</p>"


def onboarding_routes(database: sqlite3.Connection, clock: Clock) -> list[Route]:
    """The form that an onboarding link leads to: GET shows it, POST submits it."""

    async def form(request: Request) -> Response:
        account = onboarding_account(database, request.path_params["token"])
        if account is None:
            return HTMLResponse(_PAGE.format(content=_UNKNOWN), 404)
        template = _FORM if account["enabled_at"] is None else _DONE
        return HTMLResponse(_page(template, account))

    async def submit(request: Request) -> Response:
        account = onboarding_account(database, request.path_params["token"])
        if account is None:
            return HTMLResponse(_PAGE.format(content=_UNKNOWN), 404)
        complete_onboarding(database, account["artist_id"], int(clock.now().timestamp()))
        return HTMLResponse(_page(_DONE, account))

    path = ONBOARDING_PATH + "{token}"
    return [Route(path, form, methods=["GET"]), Route(path, submit, methods=["POST"])]


def _page(template: str, account: sqlite3.Row) -> str:
    country, _ = COUNTRIES[account["country"]]
    content = template.format(name=html.escape(account["name"]), country=html.escape(country))
    return _PAGE.format(content=content)
