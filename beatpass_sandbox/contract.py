"""What the sandbox promises: one `Operation` for each path and method it answers.

The server routes by these, checks queries against them, and publishes them as its OpenAPI
document, so that none of the three can differ from the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from beatpass_sandbox.context import Endpoint
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import PAGE_NUMBER

Method = Literal["GET", "POST"]


class Source(StrEnum):
    """Where an operation is known from."""

    DOCUMENTED = "documented"
    """The path stands in the published OpenAPI file; the body too, unless that leaves it open."""
    GUIDE = "guide"
    """Path and body stand in the published developer guide."""
    ASSUMED = "assumed"
    """The path is published, the body is our assumption."""


class Group(StrEnum):
    """A rate-limit group; each has its own limit besides the overall one."""

    GENERAL = "general"
    LEADERBOARDS = "leaderboards"
    GROWTH = "growth"
    INTELLIGENCE = "intelligence"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Query:
    """A query parameter; a value that its JSON schema does not allow is answered by 422.

    The schema names one ``type``. Of a parameter given more than once the last value counts.
    """

    name: str
    schema: Json
    required: bool = False


PAGING = (Query("page", PAGE_NUMBER), Query("perPage", PAGE_NUMBER))
"""The queries of paginated lists; larger pages than 100 rows are cut to 100."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path below the API prefix.

    ``reply`` is the JSON schema of the 200 body for a signed-in caller, ``body`` that of the
    request. A ``public`` operation answers without a token too, perhaps with less: then
    ``anonymous_reply`` is the schema of that. ``path_parameters`` holds the schemas of those
    parameters in the path that their names do not tell. ``refusals`` are the statuses of
    errors beyond 401, 422 and 429 that it gives.
    """

    method: Method
    path: str
    endpoint: Endpoint
    summary: str
    source: Source
    reply: Json
    query: tuple[Query, ...] = ()
    body: Json | None = None
    public: bool = False
    group: Group = Group.GENERAL
    refusals: tuple[int, ...] = ()
    anonymous_reply: Json | None = None
    path_parameters: Json = field(default_factory=dict)
