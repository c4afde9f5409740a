"""Versions of the program, by the rules of Semantic Versioning (https://semver.org, item 11)."""

from __future__ import annotations

import re
from typing import NamedTuple

_VERSION = re.compile(
    r"([0-9]{1,6})\.([0-9]{1,6})(?:\.([0-9]{1,6}))?"
    r"(?:-?([a-z][0-9a-z.-]{0,30}|(?<=-)[0-9][0-9a-z.-]{0,30}))?"
    r"(?:\+[0-9A-Za-z.-]{1,40})?"
)
_PARTS = re.compile(r"[0-9]+|[a-z]+")


class Version(NamedTuple):
    """One version; a later one is greater. `1.2` is `1.2.0`; `1.2.0rc1`, as Python's packages have
    it, is `1.2.0-rc.1`; what follows a plus sign does not count.

    `stage` is empty for a release and comes before it otherwise.
    """

    numbers: tuple[int, int, int]
    is_release: bool = True
    stage: tuple[tuple[bool, int, str], ...] = ()
    """each part of a pre-release: whether it is a word, the number, the word"""

    @classmethod
    def of(cls, text: str) -> Version:
        """The version that `text` names. Raises ValueError."""
        found = _VERSION.fullmatch(text)
        if found is None:
            raise ValueError("not a version such as 1.2.0")
        numbers = int(found[1]), int(found[2]), int(found[3] or 0)
        parts = _PARTS.findall(found[4] or "")
        stage = tuple(
            (False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts
        )
        return cls(numbers, not stage, stage)
