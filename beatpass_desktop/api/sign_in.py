"""From e-mail and password to an access token.

Assumed body (marked P in the wire contract): `user.access_token`.
"""

from __future__ import annotations

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Unauthorised
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.session import Session


async def log_in(session: Session, email: str, password: str, token_name: str) -> str | None:
    """`POST /auth/login`: a new access token that its owner sees as `token_name`.

    None when BeatPass accepts the person but gives no token. Raises `ApiError`; `Unauthorised` for
    a wrong e-mail or password.
    """
    body = {"email": email, "password": password, "token_name": token_name}
    try:
        reply = await session.post("auth/login", body, group="authenticated", secret=password)
    except Unauthorised as error:
        raise Unauthorised(
            "BeatPass does not know this e-mail with this password.",
            error.failure.details,
            status=error.status,
        ) from None
    return Fields(object_in(reply.document, "user")).text("access_token") or None
