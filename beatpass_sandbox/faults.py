"""Scripted faults: which requests fail, how, and how often.

`fault_layer` carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from random import Random
from typing import Any

from beatpass_sandbox.replies import Json, invalid
from beatpass_sandbox.schemas import array, choice, nullable, record
from beatpass_sandbox.validation import violations

HTTP_DATE = "http-date"
"""The ``retry_after`` that is sent as a date one minute ahead."""
_MOST_RULES = 1_000
_REDIRECTIONS = (301, 302, 303, 307, 308)


class Mode(StrEnum):
    """What is done to a reply."""

    RESET = "reset"
    """The connection is reset after ``at`` bytes of the body."""
    TRUNCATE = "truncate"
    """The connection is closed after ``at`` bytes of the body."""
    SLOW = "slow"
    """The body drips at ``bytes_per_second``."""
    WRONG_TYPES = "wrong_types"
    """Every number, text, flag and null in the body becomes one of another type."""
    HTML = "html"
    """A web page instead of JSON, with ``status`` or 200."""
    REDIRECT = "redirect"
    """A redirection to ``location``, with ``status`` or 302."""
    RATE_LIMITED = "rate_limited"
    """429 with ``retry_after`` or 60 seconds."""
    GZIP_BOMB = "gzip_bomb"
    """A small compressed body that unpacks to ``decoded_bytes``."""


class Framing(StrEnum):
    """How a truncated reply says where its body ends."""

    LENGTH = "length"
    """By ``Content-Length``, so that the cut can be seen."""
    CHUNKED = "chunked"
    """By a last chunk, which does not come."""
    CLOSE = "close"
    """By the end of the connection, so that only the JSON shows the cut."""


_WHEN: dict[str, tuple[Mode, ...]] = {
    "at": (Mode.RESET, Mode.TRUNCATE),
    "framing": (Mode.TRUNCATE,),
    "bytes_per_second": (Mode.SLOW,),
    "decoded_bytes": (Mode.GZIP_BOMB,),
    "location": (Mode.REDIRECT,),
}
_HEADER_TEXT: Json = {
    "type": "string",
    "pattern": r"[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?",
}
_RULE: Json = {
    **record(
        {"path": {"type": "string", "minLength": 1}},
        {
            "method": choice("GET", "POST", "PUT", "DELETE"),
            "status": {"type": "integer", "minimum": 200, "maximum": 599},
            "latency_ms": {"type": "integer", "minimum": 0, "maximum": 600_000},
            "mode": choice(*Mode),
            "at": {"type": "integer", "minimum": 0},
            "framing": choice(*Framing),
            "bytes_per_second": {"type": "integer", "minimum": 1},
            "decoded_bytes": {"type": "integer", "minimum": 1, "maximum": 1 << 32},
            "location": {"type": "string", "pattern": "[!-~]+"},
            "retry_after": nullable({"anyOf": [{"type": "integer"}, _HEADER_TEXT]}),
            "times": {"type": "integer", "minimum": 1},
            "rate": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        },
    ),
    "additionalProperties": False,
}
RULES_SCHEMA: Json = {**array(_RULE), "maxItems": _MOST_RULES}
"""The JSON schema of what is scripted: a list of rules."""


@dataclass(slots=True)
class Rule:
    """One scripted fault.

    ``path`` is a glob over the whole path or over the part below the API prefix. ``fields``
    are those it was written with; ``remaining`` is None when it is not counted.
    """

    fields: Json
    chance: Random
    remaining: int | None

    @property
    def mode(self) -> Mode | None:
        """What is done besides delaying and replying with a status."""
        return Mode(self.fields["mode"]) if "mode" in self.fields else None

    def get(self, field: str, default: Any = None) -> Any:
        """A field as written, or ``default``."""
        return self.fields.get(field, default)

    def matches(self, method: str, paths: tuple[str, ...]) -> bool:
        """Whether the rule is about a request, however often it still applies."""
        if self.fields.get("method", method) != method or self.remaining == 0:
            return False
        return any(fnmatchcase(path, self.fields["path"]) for path in paths)

    def strikes(self) -> bool:
        """Decide by ``rate`` whether it applies this time, and count it if so."""
        if self.chance.random() >= self.fields.get("rate", 1):
            return False
        if self.remaining is not None:
            self.remaining -= 1
        return True


class Faults:
    """The rules in force; the first one that applies to a request decides.

    Rules with a ``rate`` strike the same requests each time the same seed serves them.
    """

    def __init__(self, seed: int, prefix: str) -> None:
        self._seed = seed
        self._prefix = prefix
        self._rules: list[Rule] = []

    def replace(self, rules: object) -> None:
        """Put other rules in force; raises `ApiError` (422), changing nothing, for wrong ones."""
        errors = violations(rules, RULES_SCHEMA, "rules")
        if isinstance(rules, list) and not errors:
            for position, fields in enumerate(rules):
                errors |= _contradictions(fields, f"rules.{position}")
        if errors or not isinstance(rules, list):
            raise invalid(errors)
        self._rules = [
            Rule(fields, Random(f"{self._seed}/faults/{position}"), fields.get("times"))
            for position, fields in enumerate(rules)
        ]

    def clear(self) -> None:
        """Take all rules back."""
        self._rules = []

    def rows(self) -> list[Json]:
        """The rules as they were written, each with how often it still applies."""
        return [{**rule.fields, "remaining": rule.remaining} for rule in self._rules]

    def strike(self, method: str, path: str) -> Rule | None:
        """The rule that applies to a request, which thereby counts; None for no fault."""
        paths = (path, path.removeprefix(self._prefix))
        for rule in self._rules:
            if rule.matches(method, paths) and rule.strikes():
                return rule
        return None


def _contradictions(fields: Json, name: str) -> dict[str, str]:
    """What in a rule does not fit together."""
    mode, status = fields.get("mode"), fields.get("status")
    if mode is None and status is None and "latency_ms" not in fields:
        return {name: f"The {name} needs a status, a latency_ms or a mode."}
    found: dict[str, str] = {}
    for field, modes in _WHEN.items():
        if field in fields and mode not in modes:
            found[f"{name}.{field}"] = f"The {field} goes with the mode {' or '.join(modes)}."
    if mode == Mode.REDIRECT and "location" not in fields:
        found[f"{name}.location"] = "A redirect needs a location."
    if status is not None and mode not in (None, Mode.HTML, Mode.REDIRECT):
        found[f"{name}.status"] = f"The mode {mode} has a status of its own."
    elif mode == Mode.REDIRECT and status not in (None, *_REDIRECTIONS):
        found[f"{name}.status"] = f"A redirect has one of the statuses {_REDIRECTIONS}."
    elif mode is None and status is not None and status < 400:
        found[f"{name}.status"] = "A status alone must be an error (400 to 599)."
    if "retry_after" in fields and mode != Mode.RATE_LIMITED and status not in (429, 503):
        found[f"{name}.retry_after"] = "The retry_after goes with 429 and 503."
    return found
