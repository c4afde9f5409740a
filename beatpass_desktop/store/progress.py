"""Level, experience points and achievements as they were last sent.

Achievements stay in the document: a few dozen, always read together; how many are unlocked has its
daily history among the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import documents

_PLAIN = frozenset(field.name for field in fields(Progress)) - {
    "xp_sources",
    "achievements",
    "updated_at",
}


def read(connection: apsw.Connection, key: ResourceKey) -> Progress | None:
    """The stored progress; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    sources, achievements = body.get("xp_sources"), body.get("achievements")
    return Progress(
        xp_sources=None if sources is None else tuple(XpSource(**one) for one in sources),
        achievements=None if achievements is None else tuple(map(_achievement, achievements)),
        updated_at=_time(body.get("updated_at")),
        **{name: value for name, value in body.items() if name in _PLAIN},
    )


def unlocked_since(
    connection: apsw.Connection, key: ResourceKey, moment: datetime
) -> list[Achievement]:
    """The achievements that BeatPass says were unlocked after `moment` (UTC), latest first."""
    progress = read(connection, key)
    found = [
        (one.unlocked_at, one)
        for one in (progress.achievements if progress else None) or ()
        if one.unlocked and one.unlocked_at is not None and one.unlocked_at > moment
    ]
    return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _achievement(stored: Mapping[str, Any]) -> Achievement:
    return Achievement(**{**stored, "unlocked_at": _time(stored.get("unlocked_at"))})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
