"""Level, experience points and achievements.

Assumed body (marked P in the wire contract): all of `progress-data`. Its documented alternative,
`dashboard`, has `level` as a number beside `xp`, and `achievements` as a list; one decoder reads
both.
"""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import NotFound
from beatpass_desktop.api.fields import Fields, Unfit, as_id, as_text
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.progress import Achievement, Level, Progress, XpSource
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_progress(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Progress]:
    """`GET /producer-intelligence/progress-data`, or `…/dashboard` where that is missing (404).

    Raises `ApiError`.
    """
    try:
        reply = await session.get(
            "producer-intelligence/progress-data", etag=etag, urgent=urgent, group="authenticated"
        )
    except NotFound:
        reply = await session.get(
            "producer-intelligence/dashboard", etag=etag, urgent=urgent, group="authenticated"
        )
    return fetched(reply, _progress)


def _progress(document: object) -> Decoded[Progress]:
    fields = Fields(object_in(document, "progress"))
    level = _level(fields)
    sources = fields.many("xp_sources", _xp_source)
    unlocked = total = xp_earned = None
    items: tuple[Achievement, ...] | None = None
    if isinstance(fields.raw("achievements"), list):
        items = fields.many("achievements", _achievement)
    else:
        nested = fields.nested("achievements")
        if nested is not None:
            unlocked = nested.integer("unlocked", "achievements_unlocked")
            total = nested.integer("total", "achievements_total")
            xp_earned = nested.integer("xp_earned", "achievements_xp")
            items = nested.many("items", _achievement, "achievements")
            fields.carried |= nested.carried
    progress = Progress(level, sources, unlocked, total, xp_earned, items)
    return require_known(fields.decoded(progress))


def _level(fields: Fields) -> Level | None:
    if not isinstance(fields.raw("level"), dict | None):
        number = fields.integer("level")
        # Here xp stands beside the level; it is a field of it nevertheless.
        xp = fields.integer("xp", "level")
        return Level(number=number, xp=xp) if "level" in fields.carried else None
    return fields.one("level", _level_object)


def _level_object(fields: Fields) -> Level | None:
    level = Level(
        number=fields.integer("number"),
        title=fields.text("title"),
        xp=fields.integer("xp"),
        xp_to_next=fields.integer("xp_to_next"),
        progress_percentage=fields.number("progress_percentage"),
    )
    return level if fields.carried else None


def _xp_source(fields: Fields) -> XpSource | None:
    source = fields.text("source")
    if source is None:
        return None
    return XpSource(source, fields.integer("xp"), fields.integer("count"))


def _achievement(fields: Fields) -> Achievement | None:
    key = fields.read("id", _achievement_id, "id")
    if key is None:
        return None
    return Achievement(
        id=key,
        name=fields.text("name"),
        description=fields.text("description"),
        category=fields.text("category"),
        rarity=fields.text("rarity"),
        xp_reward=fields.integer("xp_reward"),
        unlocked=fields.boolean("unlocked"),
        unlocked_at=fields.time("unlocked_at"),
    )


def _achievement_id(raw: object) -> str:
    """An id that is a number or a word."""
    text = as_text(raw) if isinstance(raw, str) else str(as_id(raw))
    if not text:
        raise Unfit("empty text")
    return text
