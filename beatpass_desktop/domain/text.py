"""How names are compared: for searching and for sorting."""

from __future__ import annotations

import re

_UNSTORED = re.compile("[\0\ud800-\udfff]")


def folded(text: str) -> str:
    """`text` without case and accents, so that "Reves" finds "Rêves"."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not combining(letter))


def words(text: str) -> list[str]:
    """What to look for: the folded words of a search text.

    SQLite ends a pattern at a NUL, and half a surrogate pair cannot be in a stored text.
    """
    return folded(_UNSTORED.sub(" ", text)).split()
