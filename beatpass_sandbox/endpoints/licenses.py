"""Verifying licence certificates: public. The fields of the details are assumed."""

from __future__ import annotations

from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.replies import Json, not_found
from beatpass_sandbox.schemas import (
    IDENTIFIER,
    INSTANT,
    TEXT,
    array,
    nullable,
    record,
    succeeded,
)


def verify_license(context: Context) -> Json:
    """``GET /verify-license/{uuid}``; the letters of the UUID may be of either case."""
    uuid = context.parameters["uuid"].lower()
    row = context.row(
        "SELECT d.*, t.name AS track_name, u.display_name FROM downloads d"
        " JOIN tracks t ON t.id = d.track_id JOIN users u ON u.id = d.user_id"
        " WHERE d.license_uuid = ?",
        uuid,
    )
    if row is None:
        raise not_found("No licence with this number could be found.")
    producers = context.rows(
        "SELECT a.id, a.name FROM credits c JOIN artists a ON a.id = c.artist_id"
        " WHERE c.track_id = ? ORDER BY c.position",
        row["track_id"],
    )
    return {
        "status": "success",
        "valid": True,
        "license_details": {
            "uuid": uuid,
            "license_type": "non-exclusive",
            "issued_at": iso_instant(row["downloaded_at"]),
            "licensee": row["display_name"],
            "track": {"id": row["track_id"], "name": row["track_name"]},
            "artists": [dict(producer) for producer in producers],
        },
    }


_NAMED = record({"id": IDENTIFIER, "name": nullable(TEXT)})

OPERATIONS = (
    Operation(
        "GET",
        "/verify-license/{uuid}",
        verify_license,
        "Verify a licence certificate",
        Source.DOCUMENTED,
        succeeded(
            valid={"type": "boolean"},
            license_details=record(
                {
                    "uuid": TEXT,
                    "license_type": TEXT,
                    "issued_at": INSTANT,
                    "licensee": TEXT,
                    "track": _NAMED,
                    "artists": array(_NAMED),
                }
            ),
        ),
        public=True,
        refusals=(404,),
        path_parameters={"uuid": TEXT},
    ),
)
