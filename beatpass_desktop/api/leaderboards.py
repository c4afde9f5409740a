"""Producers ranked against each other.

The path is documented; query and body are assumed (marked P in the wire contract). The published
document shows three lists instead, one a period, whose rows it leaves open: they are read as those
of the assumed body.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Undecodable
from beatpass_desktop.api.fields import Fields, Unfit, as_count, as_number, as_text
from beatpass_desktop.api.replies import fetched, require_known, require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.leaderboards import (
    ALL_TIME,
    MONTH,
    WEEK,
    Entry,
    Leaderboard,
    Ranking,
    Standing,
)
from beatpass_desktop.domain.replies import Decoded, Fetched

_LISTS = {ALL_TIME: "allTime", MONTH: "monthly", WEEK: "weekly"}
_MOST_FIGURES = 20
"""a row has room for far fewer"""


async def fetch_leaderboard(
    session: Session,
    ranking: Ranking,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Leaderboard]:
    """`GET /producer-intelligence/leaderboard?category=&period=`.

    The place of `artist`, whose token it is, is read from its row when it is not named apart.
    Raises `ApiError`.
    """
    reply = await session.get(
        "producer-intelligence/leaderboard",
        {"category": ranking.category.value, "period": ranking.period},
        etag=etag,
        urgent=urgent,
        group="leaderboard",
    )
    return fetched(reply, lambda document: _leaderboard(document, ranking, artist))


def _leaderboard(document: object, ranking: Ranking, artist: int) -> Decoded[Leaderboard]:
    fields = Fields(object_in(document, "leaderboard"))
    if "entries" not in fields and any(name in fields for name in _LISTS.values()):
        board = _of_lists(fields, ranking)
    else:
        board = _of_entries(fields, ranking)
    decoded = require_known(fields.decoded(board))
    carried = decoded.carried | {"category", "period"}
    if "entries" in carried and "me" not in fields:
        # An earlier place does not go with this list.
        row = board.row_of(artist)
        board = replace(board, me=None if row is None else Standing(row.rank, row.score))
        carried |= {"me"}
    return Decoded(board, carried, decoded.notes)


def _of_entries(fields: Fields, ranking: Ranking) -> Leaderboard:
    for name, asked in (("category", ranking.category.value), ("period", ranking.period)):
        named = fields.text(name)
        if named is not None and named != asked:
            raise Undecodable(
                "BeatPass sent another ranking than the one asked for.",
                f"{name}: asked for {asked!r}, got {named[:40]!r}",
            )
    fields.carried.clear()
    return Leaderboard(
        *ranking,
        total_producers=fields.read("total_producers", as_count, "count"),
        updated_at=fields.time("updated_at"),
        entries=_entries(fields, "entries") if "entries" in fields else None,
        me=fields.one("me", _standing),
    )


def _of_lists(fields: Fields, ranking: Ranking) -> Leaderboard:
    """The published form, which says neither how many are ranked nor when."""
    wire = _LISTS.get(ranking.period)
    if wire is None or wire not in fields:
        raise Undecodable(
            "BeatPass does not rank this period.", f"no list for the period {ranking.period!r}"
        )
    board = Leaderboard(*ranking, entries=_entries(fields, wire))
    if board.entries is not None:
        fields.carried |= {"total_producers", "updated_at"}
    return board


def _entries(fields: Fields, wire: str) -> tuple[Entry, ...] | None:
    """The rows of the list `wire`, best first, those without a rank last; None for null."""
    rows = require_rows(fields, wire, fields.many(wire, _entry))
    fields.carried.discard(wire)
    if rows is None:
        return None
    fields.carried.add("entries")
    return tuple(sorted(rows, key=lambda row: (row.rank is None, row.rank or 0)))


def _entry(fields: Fields) -> Entry | None:
    artist = fields.nested("artist") or fields.inner("artist", {})
    entry = Entry(
        rank=fields.id("rank"),
        artist=artist.id(),
        name=artist.text("name"),
        image=artist.text("image_small"),
        verified=artist.boolean("verified"),
        score=fields.number("score"),
        score_label=fields.text("score_label"),
        tier=fields.text("tier"),
        metadata=_metadata(fields),
    )
    if entry.rank is None and entry.artist is None and entry.name is None:
        fields.note("rank", "somebody in a place", "nothing")
        return None
    return entry


def _metadata(fields: Fields) -> tuple[tuple[str, float | str], ...]:
    """Figures and texts by the names they came with; null says that there is no figure."""
    raw = fields.raw("metadata")
    # PHP writes an empty object as an empty list.
    nested = None if raw == [] else fields.nested("metadata")
    found: list[tuple[str, float | str]] = []
    if nested is None or not isinstance(raw, dict):
        return ()
    for name in list(raw)[:_MOST_FIGURES]:
        value = nested.read(name, _figure, "number or text")
        if value is not None:
            found.append((as_text(name), value))
    return tuple(found)


def _figure(raw: object) -> float | str:
    if isinstance(raw, str):
        return as_text(raw)
    if isinstance(raw, bool):
        raise Unfit("boolean")
    return as_number(raw)


def _standing(fields: Fields) -> Standing | None:
    standing = Standing(fields.id("rank"), fields.number("score"))
    return standing if fields.carried else None
