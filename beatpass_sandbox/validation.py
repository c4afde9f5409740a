"""Checks values against the few words of JSON schema that the contract uses.

The words are those of `_CHECKS` and `violations`; a schema may hold others for readers, as
``format``, which are not checked. A ``pattern`` describes the whole text. Messages name the
field as the API does: ``track_ids.0``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from beatpass_sandbox.contract import Query
from beatpass_sandbox.replies import Json

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,30}", re.ASCII)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "null": (type(None),),
    "number": (int, float),
    "object": (dict,),
    "string": (str,),
}
_CHECKS: dict[str, tuple[tuple[type, ...], Callable[[Any, Any], bool], str]] = {
    "minimum": ((int, float), lambda value, limit: value >= limit, "must be at least {}"),
    "maximum": ((int, float), lambda value, limit: value <= limit, "must be at most {}"),
    "exclusiveMinimum": ((int, float), lambda value, limit: value > limit, "must be above {}"),
    "minLength": ((str,), lambda value, limit: len(value) >= limit, "must have {} characters"),
    "maxLength": ((str,), lambda value, limit: len(value) <= limit, "may have {} characters"),
    "pattern": (
        (str,),
        lambda value, form: re.fullmatch(form, value) is not None,
        "has a wrong form",
    ),
    "minItems": ((list,), lambda value, limit: len(value) >= limit, "must have {} items"),
    "maxItems": ((list,), lambda value, limit: len(value) <= limit, "may have {} items"),
}


def query_violations(query: Mapping[str, str], parameters: tuple[Query, ...]) -> dict[str, str]:
    """What is wrong with a query: a message for each parameter; unknown names are passed over."""
    found: dict[str, str] = {}
    for parameter in parameters:
        text = query.get(parameter.name)
        if text is not None:
            value = _read(text, parameter.schema)
            found.update(violations(value, parameter.schema, parameter.name))
        elif parameter.required:
            found[parameter.name] = f"The {parameter.name} field is required."
    return found


def violations(value: object, schema: Json, name: str) -> dict[str, str]:
    """What in a JSON value its schema does not allow: the first message for each field."""
    if "anyOf" in schema:
        attempts = [violations(value, alternative, name) for alternative in schema["anyOf"]]
        return {} if {} in attempts else attempts[0]
    kind = schema.get("type")
    if kind is not None and not _is_a(value, kind):
        article = "an" if kind[0] in "aio" else "a"
        return {name: f"The {name} must be {article} {kind}."}
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        return {name: f"The selected {name} is invalid."}
    for word, (types, holds, message) in _CHECKS.items():
        if word in schema and isinstance(value, types) and not holds(value, schema[word]):
            return {name: f"The {name} {message.format(schema[word])}."}
    found: dict[str, str] = {}
    if isinstance(value, list) and "items" in schema:
        for position, item in enumerate(value):
            found |= violations(item, schema["items"], f"{name}.{position}")
    if isinstance(value, dict):
        found |= _field_violations(value, schema, f"{name}." if name else "")
    return found


def _field_violations(value: dict[str, object], schema: Json, prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    fields = schema.get("properties", {})
    for field in schema.get("required", []):
        if field not in value:
            found[prefix + field] = f"The {prefix}{field} field is required."
    for field, content in value.items():
        if field in fields:
            found |= violations(content, fields[field], prefix + field)
        elif schema.get("additionalProperties") is False:
            found[prefix + field] = f"The {prefix}{field} field is unknown."
    return found


def _is_a(value: object, kind: str) -> bool:
    """Whether a value has a schema's type; Python's booleans are no numbers here."""
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _read(text: str, schema: Json) -> object:
    """The value that a query's text stands for; the text itself when it is not of that type."""
    kind = schema.get("type")
    if kind == "integer" and _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if kind == "boolean":
        return _FLAGS.get(text, text)
    return text
