"""What the sandbox promises: one `Operation` for each path and method it answers.

The server routes by these, checks queries against them, and publishes them as its OpenAPI
document, so that none of the three can differ from the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from beatpass_sandbox.context import Endpoint
from beatpass_sandbox.replies import Json

Method = Literal["GET", "POST"]


class Source(StrEnum):
    """Where an operation is known from."""

    DOCUMENTED = "documented"
    """Path and body stand in the published OpenAPI file."""
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
    """A query parameter; a value that its JSON schema does not allow is answered by 422."""

    name: str
    schema: Json
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path below the API prefix.

    ``reply`` is the JSON schema of the 200 body for a signed-in caller, ``body`` that of the
    request. A ``public`` operation answers without a token too, with less. ``refusals`` are
    the statuses of errors beyond 401, 422 and 429 that it gives.
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
