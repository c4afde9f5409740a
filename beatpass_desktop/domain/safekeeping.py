"""What can become of fetched data on a computer without a keychain."""

from __future__ import annotations

from enum import StrEnum


class WithoutKeychain(StrEnum):
    """Somebody's choice."""

    PLAIN = "plain"
    """kept in a private file that is not encrypted"""
    SESSION = "session"
    """gone when the program ends"""

    @classmethod
    def of(cls, text: str) -> WithoutKeychain | None:
        """The choice that was remembered as `text`; None for any other text."""
        return cls(text) if text in set(cls) else None
