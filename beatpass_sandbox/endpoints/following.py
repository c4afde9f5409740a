"""Following artists. That the reply to following is a bare success is assumed."""

from __future__ import annotations

from beatpass_sandbox.attempts import Attempts
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Source
from beatpass_sandbox.replies import ApiError, Json, not_found
from beatpass_sandbox.schemas import FLAG, record, succeeded

_MOST_FOLLOWED = 5_000
_CHANGES = Attempts("following", limit=30)
_IS_FOLLOWED = "SELECT 1 FROM follows WHERE user_id = ? AND artist_id = ?"


def follow(context: Context) -> Json:
    """``POST /artists/{id}/follow``: 409 when followed already, 422 for one's own artist.

    A user follows at most 5,000 artists (422), and follows or unfollows 30 times a minute (429).
    """
    user_id, artist_id = _change(context)
    if artist_id in context.signed_in().artist_ids:
        raise _refused(422, "You cannot follow your own artist.")
    if context.row(_IS_FOLLOWED, user_id, artist_id) is not None:
        raise _refused(409, "You are already following this artist.")
    followed = context.row("SELECT COUNT(*) AS total FROM follows WHERE user_id = ?", user_id)
    assert followed is not None
    if followed["total"] >= _MOST_FOLLOWED:
        raise _refused(422, f"You can follow at most {_MOST_FOLLOWED:,} artists.")
    context.database.execute(
        "INSERT INTO follows (artist_id, followed_at, user_id) VALUES (?,?,?)",
        (artist_id, int(context.now.timestamp()), user_id),
    )
    return {"status": "success"}


def unfollow(context: Context) -> Json:
    """``POST /artists/{id}/unfollow``: 404 when not followed."""
    user_id, artist_id = _change(context)
    if context.row(_IS_FOLLOWED, user_id, artist_id) is None:
        raise not_found("You are not following this artist.")
    context.database.execute(
        "DELETE FROM follows WHERE user_id = ? AND artist_id = ?", (user_id, artist_id)
    )
    return {"status": "success"}


def follow_status(context: Context) -> Json:
    """``GET /artists/{id}/follow-status``."""
    user_id = context.signed_in().user_id
    found = context.row(_IS_FOLLOWED, user_id, context.artist()["id"])
    return {"following": found is not None}


def _change(context: Context) -> tuple[int, int]:
    """User and artist of a change, which counts against the limit whatever comes of it."""
    user_id = context.signed_in().user_id
    artist_id: int = context.artist()["id"]
    _CHANGES.admit(context.database, str(user_id))
    _CHANGES.count(context.database, str(user_id))
    return user_id, artist_id


def _refused(status: int, message: str) -> ApiError:
    body: Json = {"status": "error", "message": message}
    if status == 422:
        body["errors"] = {"id": [message]}
    return ApiError(status, body)


OPERATIONS = (
    Operation(
        "POST",
        "/artists/{id}/follow",
        follow,
        "Follow an artist",
        Source.DOCUMENTED,
        succeeded(),
        group=Group.SOCIAL,
        refusals=(404, 409),
    ),
    Operation(
        "POST",
        "/artists/{id}/unfollow",
        unfollow,
        "Stop following an artist",
        Source.DOCUMENTED,
        succeeded(),
        group=Group.SOCIAL,
        refusals=(404,),
    ),
    Operation(
        "GET",
        "/artists/{id}/follow-status",
        follow_status,
        "Whether the signed-in user follows an artist",
        Source.DOCUMENTED,
        record({"following": FLAG}),
        group=Group.SOCIAL,
        refusals=(404,),
    ),
)
