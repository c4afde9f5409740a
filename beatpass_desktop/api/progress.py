"""Level, experience points and achievements.

Assumed bodies (marked P in the wire contract): all of `progress-data`, and what `achievements`,
`xp-sources` and `producer-level` hold. The documented `dashboard` has `level` as a number beside
`xp`, and `achievements` as a list; one decoder reads all of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from beatpass_desktop.api.envelope import object_in, object_with, unwrap
from beatpass_desktop.api.errors import ApiError, Incomplete, NotFound, Undecodable
from beatpass_desktop.api.fields import Fields, Unfit, as_id, as_text
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.replies import Decoded, Fetched, Note

_LEVEL = ("level", "level_title", "xp", "xp_to_next", "level_progress")


async def fetch_progress(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Progress]:
    """`GET /producer-intelligence/progress-data`, or what can be had of its parts where that is
    missing (404).

    Raises `ApiError`.
    """
    try:
        reply = await session.get(
            "producer-intelligence/progress-data", etag=etag, urgent=urgent, group="authenticated"
        )
    except NotFound:
        return await _fetch_parts(session, urgent)
    return fetched(reply, _progress)


async def _fetch_parts(session: Session, urgent: Callable[[], bool]) -> Fetched[Progress]:
    """The documented endpoints one after the other; a later one knows its part better.

    Parts that are missing or unreadable are left out with a note; an error that says nothing of
    the part itself ends it all.
    """
    values: dict[str, Any] = {}
    notes: list[Note] = []
    server_time = None
    refusal: ApiError | None = None
    for name, decode in _PARTS.items():
        try:
            reply = await session.get(
                f"producer-intelligence/{name}", urgent=urgent, group="authenticated"
            )
            part = decode(reply.document)
        except Incomplete:
            raise
        except (NotFound, Undecodable) as error:
            notes.append(Note(name, "a part of the progress", error.failure.details))
            refusal = refusal or error
            continue
        server_time = reply.server_time
        notes += (Note(f"{name}: {note.where}", note.expected, note.got) for note in part.notes)
        values |= {field: getattr(part.value, field) for field in part.carried}
    if not values and refusal is not None:
        raise refusal
    progress = replace(Progress(), **values)
    return Fetched(Decoded(progress, frozenset(values), tuple(notes)), None, server_time)


def _progress(document: object) -> Decoded[Progress]:
    return _read(Fields(object_in(document, "progress")))


def _level_part(document: object) -> Decoded[Progress]:
    inner = object_in(document, "level")
    return _read(Fields(inner if "level" in inner else {"level": inner}))


def _sources_part(document: object) -> Decoded[Progress]:
    return _read(Fields(object_with(document, "xp_sources")))


def _achievements_part(document: object) -> Decoded[Progress]:
    inner = unwrap(document, "achievements")
    wrapped = isinstance(inner, dict) and "achievements" in inner
    return _read(Fields(object_in(document) if wrapped else {"achievements": inner}))


_PARTS = {
    "dashboard": _progress,
    "producer-level": _level_part,
    "xp-sources": _sources_part,
    "achievements": _achievements_part,
}


def _read(fields: Fields) -> Decoded[Progress]:
    level, title, xp, xp_to_next, way = _level(fields)
    sources = _some(fields, "xp_sources", fields.many("xp_sources", _xp_source))
    unlocked = total = earned = None
    items: tuple[Achievement, ...] | None = None
    if isinstance(fields.raw("achievements"), list):
        items = _some(fields, "achievements", fields.many("achievements", _achievement))
    else:
        nested = fields.nested("achievements")
        if nested is not None:
            unlocked = nested.integer("unlocked", "achievements_unlocked")
            total = nested.integer("total", "achievements_total")
            earned = nested.integer("xp_earned", "achievements_xp")
            items = nested.many("items", _achievement, "achievements")
            items = _some(nested, "items", items, "achievements")
            fields.carried |= nested.carried
        elif "achievements" in fields.carried:
            fields.carried |= {"achievements_unlocked", "achievements_total", "achievements_xp"}
    progress = Progress(
        level=level,
        level_title=title,
        xp=xp,
        xp_to_next=xp_to_next,
        level_progress=way,
        xp_sources=sources,
        achievements_unlocked=unlocked,
        achievements_total=total,
        achievements_xp=earned,
        achievements=items,
        updated_at=fields.time("updated_at"),
    )
    return require_known(fields.decoded(progress))


def _level(
    fields: Fields,
) -> tuple[int | None, str | None, int | None, int | None, float | None]:
    """Number, title, points, points to the next level and the way there in percent."""
    if not isinstance(fields.raw("level"), dict | None):
        return fields.integer("level"), None, fields.integer("xp"), None, None
    nested = fields.nested("level")
    if nested is None:
        if "level" in fields.carried:
            fields.carried |= set(_LEVEL)
        return None, None, fields.integer("xp"), None, None
    level = (
        nested.integer("number", "level"),
        nested.text("title", "level_title"),
        nested.integer("xp"),
        nested.integer("xp_to_next"),
        nested.number("progress_percentage", "level_progress"),
    )
    fields.carried |= nested.carried
    return level


def _some(
    fields: Fields, wire: str, rows: tuple[Any, ...] | None, name: str | None = None
) -> tuple[Any, ...] | None:
    """`rows`; a list with not one usable row in it was not carried."""
    if fields.raw(wire) and not rows:
        fields.carried.discard(name or wire)
        return None
    return rows


def _xp_source(fields: Fields) -> XpSource | None:
    source = fields.text("source")
    if source is None:
        return None
    return XpSource(source, fields.integer("xp"), fields.integer("count"))


def _achievement(fields: Fields) -> Achievement | None:
    key = fields.read("id", _achievement_id, "id")
    if fields.raw("id") is None:
        fields.note("id", "id", "null" if "id" in fields else "nothing")
    achievement = Achievement(
        id=key or "",
        name=fields.text("name"),
        description=fields.text("description"),
        category=fields.text("category"),
        rarity=fields.text("rarity"),
        xp_reward=fields.integer("xp_reward"),
        unlocked=fields.boolean("unlocked"),
        unlocked_at=fields.time("unlocked_at"),
        progress=fields.number("progress"),
    )
    # An id with nothing right beside it says nothing.
    return achievement if key and fields.carried - {"id"} else None


def _achievement_id(raw: object) -> str:
    """An id that is a number or a word."""
    text = as_text(raw) if isinstance(raw, str) else str(as_id(raw))
    if not text:
        raise Unfit("empty text")
    return text
