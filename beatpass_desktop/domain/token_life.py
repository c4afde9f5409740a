"""How long an access token lives."""

from __future__ import annotations

from datetime import date

TOKEN_DAYS = 90
"""days after its creation that an access token ends (Account Settings → Developers)"""
TOKEN_WARNINGS = (14, 3, 1)
"""days before the end from which on a warning is due"""


def days_left(created: date, today: date) -> int:
    """Days until a token made on `created` is estimated to end; 0 and less: it has ended."""
    return TOKEN_DAYS - (today - created).days
