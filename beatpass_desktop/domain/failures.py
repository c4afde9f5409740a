"""What can go wrong between the app and BeatPass, in terms every room shares."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class FailureKind(StrEnum):
    """Why a request brought nothing."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    TLS = "tls"
    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    INVALID = "invalid"
    LIMITED = "limited"
    MAINTENANCE = "maintenance"
    SERVER = "server"
    REFUSED = "refused"
    UNDECODABLE = "undecodable"
    INCONSISTENT = "inconsistent"
    STORAGE = "storage"
    BUG = "bug"


class Failure(NamedTuple):
    """One failed attempt.

    `sentence` is for people; `details` is for a bug report and never holds a token. `reached` says
    whether the server answered at all: without it, the attempt counts as offline.
    """

    kind: FailureKind
    sentence: str
    details: str = ""
    reached: bool = False
