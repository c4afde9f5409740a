"""Stripe accounts of artists: where they can be had, what is still due, and onboarding."""

from __future__ import annotations

import hashlib
import sqlite3

COUNTRIES = {
    "CA": ("Canada", "CAD"),
    "MX": ("Mexico", "MXN"),
    "US": ("United States", "USD"),
    "AT": ("Austria", "EUR"),
    "BE": ("Belgium", "EUR"),
    "BG": ("Bulgaria", "BGN"),
    "HR": ("Croatia", "EUR"),
    "CY": ("Cyprus", "EUR"),
    "CZ": ("Czech Republic", "CZK"),
    "DK": ("Denmark", "DKK"),
    "EE": ("Estonia", "EUR"),
    "FI": ("Finland", "EUR"),
    "FR": ("France", "EUR"),
    "DE": ("Germany", "EUR"),
    "GI": ("Gibraltar", "GIP"),
    "GR": ("Greece", "EUR"),
    "HU": ("Hungary", "HUF"),
    "IE": ("Ireland", "EUR"),
    "IT": ("Italy", "EUR"),
    "LV": ("Latvia", "EUR"),
    "LI": ("Liechtenstein", "CHF"),
    "LT": ("Lithuania", "EUR"),
    "LU": ("Luxembourg", "EUR"),
    "MT": ("Malta", "EUR"),
    "NL": ("Netherlands", "EUR"),
    "NO": ("Norway", "NOK"),
    "PL": ("Poland", "PLN"),
    "PT": ("Portugal", "EUR"),
    "RO": ("Romania", "RON"),
    "SK": ("Slovakia", "EUR"),
    "SI": ("Slovenia", "EUR"),
    "ES": ("Spain", "EUR"),
    "SE": ("Sweden", "SEK"),
    "CH": ("Switzerland", "CHF"),
    "GB": ("United Kingdom", "GBP"),
    "AU": ("Australia", "AUD"),
    "HK": ("Hong Kong", "HKD"),
    "JP": ("Japan", "JPY"),
    "MY": ("Malaysia", "MYR"),
    "NZ": ("New Zealand", "NZD"),
    "SG": ("Singapore", "SGD"),
    "TH": ("Thailand", "THB"),
    "AE": ("United Arab Emirates", "AED"),
}
"""Name and currency of each country where accounts can be had, by ISO 3166 code."""

REQUIREMENTS = ("external_account", "individual.verification.document", "tos_acceptance.date")
"""What Stripe asks of an account whose onboarding has begun."""

ONBOARDING_PATH = "/_sandbox/stripe/onboarding/"
_DEFAULT_COUNTRY = "US"


def country_code(name: str | None, currency: str | None = None) -> str:
    """The country called ``name`` when accounts in ``currency`` can be had there, else one
    where they can."""
    for code, (country, own_currency) in COUNTRIES.items():
        if country == name and currency in (None, own_currency):
            return code
    for code, (_, own_currency) in COUNTRIES.items():
        if own_currency == currency:
            return code
    return _DEFAULT_COUNTRY


def create_onboarding_link(
    connection: sqlite3.Connection, artist_id: int, country: str, now: int
) -> str:
    """Begin or go on with an artist's onboarding; returns the token of the link.

    The account is connected from now on; its country stays.
    """
    number = connection.execute("SELECT COUNT(*) FROM onboarding_links").fetchone()[0] + 1
    token = hashlib.sha256(f"{artist_id}/{country}/{number}/{now}".encode()).hexdigest()[:32]
    connection.execute(
        "INSERT INTO onboarding_links VALUES (?,?,?,?)", (token, artist_id, country, now)
    )
    connection.execute(
        "UPDATE stripe_accounts SET connected = 1, country = ?, requirements_due = ?"
        " WHERE artist_id = ?",
        (country, "\n".join(REQUIREMENTS), artist_id),
    )
    return token


def onboarding_account(connection: sqlite3.Connection, token: str) -> sqlite3.Row | None:
    """The account that a link is for, with the artist's name; None for an unknown link."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT s.*, a.name FROM onboarding_links l"
        " JOIN stripe_accounts s ON s.artist_id = l.artist_id"
        " JOIN artists a ON a.id = l.artist_id WHERE l.token = ?",
        (token,),
    ).fetchone()
    return row


def complete_onboarding(connection: sqlite3.Connection, artist_id: int, now: int) -> None:
    """Submit all details: charges and payouts are enabled from now on."""
    connection.execute(
        "UPDATE stripe_accounts SET details_submitted = 1, requirements_due = '',"
        " enabled_at = COALESCE(enabled_at, ?) WHERE artist_id = ?",
        (now, artist_id),
    )
