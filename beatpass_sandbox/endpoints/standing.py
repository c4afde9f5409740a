"""Level, XP and achievements one by one: the parts of `progress`, as older clients ask for them.

The paths of all but ``producer-level`` are documented, of the bodies only that of the dashboard.
"""

from __future__ import annotations

from beatpass_sandbox import schemas
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Source
from beatpass_sandbox.endpoints.headline import STATS, dashboard_stats
from beatpass_sandbox.endpoints.progress import ACHIEVEMENT, LEVEL, PROGRESS, progress_data
from beatpass_sandbox.replies import Json


def dashboard(context: Context) -> Json:
    """``GET /producer-intelligence/dashboard``: a bare object, as documented."""
    progress = progress_data(context)["data"]
    return {
        "xp": progress["level"]["xp"],
        "level": progress["level"]["number"],
        "achievements": progress["achievements"]["items"],
        "stats": dashboard_stats(context)["data"],
    }


def achievements(context: Context) -> Json:
    """``GET /producer-intelligence/achievements``."""
    return _part(context, "achievements")


def xp_sources(context: Context) -> Json:
    """``GET /producer-intelligence/xp-sources``."""
    return _part(context, "xp_sources")


def producer_level(context: Context) -> Json:
    """``GET /producer-intelligence/producer-level``."""
    return _part(context, "level")


def _part(context: Context, name: str) -> Json:
    return {"status": "success", "data": progress_data(context)["data"][name]}


_PARTS = PROGRESS["properties"]
_PREFIX = "/producer-intelligence/"

OPERATIONS = (
    Operation(
        "GET",
        _PREFIX + "dashboard",
        dashboard,
        "XP, level, achievements and headline figures",
        Source.DOCUMENTED,
        schemas.record(
            {
                "xp": schemas.COUNT,
                "level": LEVEL["properties"]["number"],
                "achievements": schemas.array(ACHIEVEMENT),
                "stats": STATS,
            }
        ),
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
    Operation(
        "GET",
        _PREFIX + "achievements",
        achievements,
        "Achievements",
        Source.DOCUMENTED,
        schemas.succeeded(data=_PARTS["achievements"]),
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
    Operation(
        "GET",
        _PREFIX + "xp-sources",
        xp_sources,
        "XP by source",
        Source.DOCUMENTED,
        schemas.succeeded(data=_PARTS["xp_sources"]),
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
    Operation(
        "GET",
        _PREFIX + "producer-level",
        producer_level,
        "Level",
        Source.ASSUMED,
        schemas.succeeded(data=_PARTS["level"]),
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
)
