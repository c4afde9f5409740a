"""Insights and charts: a document for each subject and period, the latest of them kept."""

from __future__ import annotations

import apsw

from beatpass_desktop.domain.insights import Insights
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents

RESOURCES = frozenset({Resource.INSIGHTS, Resource.CHART})
KEPT = 2_000
"""documents of an account"""


def insights(connection: apsw.Connection, key: ResourceKey) -> Insights | None:
    """The stored insights; None before the first reply."""
    body = documents.body(connection, key)
    return None if body is None else Insights(**body)


def points(connection: apsw.Connection, key: ResourceKey) -> list[tuple[str, int]]:
    """The stored plays by day (`YYYY-MM-DD`)."""
    body = documents.body(connection, key)
    return [(day, plays) for day, plays in (body or {}).get("points") or ()]


def forget_oldest(connection: apsw.Connection, account: int, keep: int = KEPT) -> None:
    """Keep only the `keep` documents of an account that were tried last."""
    connection.execute(
        """DELETE FROM documents WHERE rowid IN (
               SELECT rowid FROM documents WHERE account = ? AND resource IN (?, ?)
               ORDER BY attempted_at DESC, rowid DESC LIMIT -1 OFFSET ?)""",
        (account, Resource.INSIGHTS.value, Resource.CHART.value, keep),
    )
