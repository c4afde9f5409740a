"""How names are compared: for searching and for sorting."""

from __future__ import annotations


def folded(text: str) -> str:
    """`text` without case and accents, so that "Reves" finds "Rêves"."""
    if text.isascii():
        return text.lower()
    from unicodedata import combining, normalize

    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(letter for letter in decomposed if not combining(letter))
