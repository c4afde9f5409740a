"""Short ways to write the JSON schemas of the contract."""

from __future__ import annotations

from beatpass_sandbox.replies import Json

INTEGER: Json = {"type": "integer"}
COUNT: Json = {"type": "integer", "minimum": 0}
IDENTIFIER: Json = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
NUMBER: Json = {"type": "number"}
TEXT: Json = {"type": "string"}
FLAG: Json = {"type": "boolean"}
INSTANT: Json = {"type": "string", "format": "date-time"}
PLAIN_INSTANT: Json = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}$"}
DATE: Json = {"type": "string", "format": "date"}
CURRENCY: Json = {"type": "string", "pattern": "^[A-Z]{3}$"}
PAGE_NUMBER: Json = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}


def choice(*values: str) -> Json:
    """One of the texts ``values``."""
    return {"type": "string", "enum": list(values)}


def array(items: Json) -> Json:
    """A list of ``items``."""
    return {"type": "array", "items": items}


def nullable(schema: Json) -> Json:
    """``schema`` or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def record(required: Json, optional: Json | None = None) -> Json:
    """An object with these fields; ``optional`` ones may be absent."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
    }


def enveloped(data: Json) -> Json:
    """``{"success": true, "data": …}``."""
    return record({"success": {"const": True}, "data": data})


def succeeded(**fields: Json) -> Json:
    """``{"status": "success", …}``."""
    return record({"status": {"const": "success"}, **fields})


def page_of(row: Json) -> Json:
    """One page of a list of ``row``."""
    return record(
        {
            "current_page": COUNT,
            "from": nullable(COUNT),
            "to": nullable(COUNT),
            "per_page": COUNT,
            "last_page": COUNT,
            "total": COUNT,
            "data": array(row),
        }
    )


def paginated(row: Json) -> Json:
    """``{"status": "success", "pagination": {…, "data": [row]}}``."""
    return succeeded(pagination=page_of(row))
