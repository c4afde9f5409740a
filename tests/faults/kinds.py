"""The kinds of store that faults are tried on: encrypted, as people have it, and plain."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from effort import Effort

from beatpass_desktop.store import cipher
from beatpass_desktop.store.cipher import StoreKey, new_key

_SHARE_OF_PLAIN = 4
"""one round in so many is for the plain store, which few people have"""


class Kind(NamedTuple):
    """What a store is called in the figures, and its key."""

    name: str
    key: StoreKey | None = None

    def with_effort(self, effort: Effort) -> Effort:
        """The part of all effort that this kind is worth."""
        share = 1 / _SHARE_OF_PLAIN if self.key is None else 1 - 1 / _SHARE_OF_PLAIN
        seconds = None if effort.seconds is None else effort.seconds * share
        return replace(effort, count=max(1, round(effort.count * share)), seconds=seconds)


def both() -> tuple[Kind, Kind]:
    """One of each; the key is at hand from now on, also in processes that are forked."""
    key = new_key()
    cipher.have(key)
    return Kind("encrypted", key), Kind("plain")
