"""How names are compared, for searching and for sorting, and whether they can be seen."""

from __future__ import annotations

import re

_UNSEEN = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]"
"""fillers, variation selectors and the blank of Braille: assigned, yet without a shape"""
_SHAPELESS = ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")

_UNSTORED = "[\0\ud800-\udfff]"


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
    return folded(re.sub(_UNSTORED, " ", text)).split()


def is_visible(text: str) -> bool:
    """Whether anything of `text` shows: it is more than spaces, controls, and the characters that
    join, direct or fill without a shape of their own."""
    if text.isascii() and text.isprintable():
        return text != "" and not text.isspace()
    from unicodedata import category

    return any(category(letter) not in _SHAPELESS for letter in re.sub(_UNSEEN, "", text))
