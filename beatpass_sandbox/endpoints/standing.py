"""Level, XP and achievements one by one: the parts of `progress`, as older clients ask for them.

The paths of all but ``producer-level`` are documented, of the bodies only that of the dashboard.
"""

from __future__ import annotations

from beatpass_sandbox import schemas
from beatpass_sandbox.context import Context, Endpoint
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


def _part(name: str) -> Endpoint:
    def part(context: Context) -> Json:
        return {"status": "success", "data": progress_data(context)["data"][name]}

    return part


def _operation(
    path: str, endpoint: Endpoint, summary: str, reply: Json, source: Source = Source.DOCUMENTED
) -> Operation:
    return Operation(
        "GET",
        f"/producer-intelligence/{path}",
        endpoint,
        summary,
        source,
        reply,
        group=Group.INTELLIGENCE,
        refusals=(404,),
    )


def _part_operation(
    path: str, name: str, summary: str, source: Source = Source.DOCUMENTED
) -> Operation:
    reply = schemas.succeeded(data=PROGRESS["properties"][name])
    return _operation(path, _part(name), summary, reply, source)


_DASHBOARD = schemas.record(
    {
        "xp": schemas.COUNT,
        "level": LEVEL["properties"]["number"],
        "achievements": schemas.array(ACHIEVEMENT),
        "stats": STATS,
    }
)

OPERATIONS = (
    _operation("dashboard", dashboard, "XP, level, achievements and headline figures", _DASHBOARD),
    _part_operation("achievements", "achievements", "Achievements"),
    _part_operation("xp-sources", "xp_sources", "XP by source"),
    _part_operation("producer-level", "level", "Level", Source.ASSUMED),
)
