"""What the global search finds."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class HitKind(StrEnum):
    """What a hit is, in the order in which kinds are listed."""

    PAGE = "page"
    ACTION = "action"
    TRACK = "track"
    ALBUM = "album"
    COLLABORATOR = "collaborator"
    TRANSACTION = "transaction"
    ACHIEVEMENT = "achievement"


class Hit(NamedTuple):
    """One thing found.

    `target` says what to open: a Page, an action's key, or the id of a track, album, artist,
    transaction or achievement. `detail` stands beside the title.
    """

    kind: HitKind
    title: str
    detail: str
    target: object
