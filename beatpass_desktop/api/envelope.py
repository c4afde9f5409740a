"""The forms in which the API wraps what it sends (see *Conventions* of the wire contract)."""

from __future__ import annotations

from dataclasses import dataclass, field

from beatpass_desktop.api.errors import Undecodable
from beatpass_desktop.api.fields import Fields, as_count, kind_of
from beatpass_desktop.domain.replies import Note


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page of raw rows. The numbers are the server's; None when they did not come."""

    rows: list[object]
    page: int | None = None
    per_page: int | None = None
    last_page: int | None = None
    total: int | None = None
    notes: list[Note] = field(default_factory=list)


def unwrap(document: object, resource: str | None = None) -> object:
    """What is inside the envelope: `data`, `resource`, `pagination`, or the document itself."""
    if not isinstance(document, dict):
        return document
    succeeded = document.get("success") is True or document.get("status") == "success"
    if resource is not None and (succeeded or isinstance(document.get(resource), dict)):
        if resource in document:
            return document[resource]
        data = document.get("data")
        if isinstance(data, dict) and isinstance(data.get(resource), dict):
            return data[resource]
    if succeeded:
        for wrapper in ("pagination", "data"):
            if wrapper in document:
                return document[wrapper]
    return document


def object_in(document: object, resource: str | None = None) -> dict[str, object]:
    """The object inside the envelope. Raises `Undecodable` when there is none."""
    inner = unwrap(document, resource)
    if not isinstance(inner, dict):
        raise Undecodable(
            "BeatPass sent something the app does not understand.",
            f"expected an object, got {kind_of(inner)}",
        )
    return inner


def page_in(document: object) -> RawPage:
    """The page inside the envelope; a bare array is a page without numbers.

    Raises `Undecodable` when there is none.
    """
    numbered = isinstance(document, dict) and "current_page" in document
    inner = document if numbered else unwrap(document)
    if isinstance(inner, dict) and isinstance(inner.get("pagination"), dict):
        inner = inner["pagination"]
    if isinstance(inner, list):
        return RawPage(inner)
    rows = inner.get("data") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(rows, list):
        raise Undecodable(
            "BeatPass sent something the app does not understand.",
            f"expected a page, got {kind_of(inner)} with {kind_of(rows)} as data",
        )
    numbers = Fields(inner, "pagination")
    return RawPage(
        rows,
        page=numbers.id("current_page"),
        per_page=numbers.id("per_page"),
        last_page=numbers.id("last_page"),
        total=numbers.read("total", as_count, "count"),
        notes=numbers.notes,
    )


def object_with(document: object, name: str) -> dict[str, object]:
    """The object inside the envelope, whose list `name` may also come bare or as a page.

    Raises `Undecodable` when there is neither.
    """
    inner = unwrap(document)
    if isinstance(inner, dict) and name not in inner and isinstance(inner.get("data"), list):
        inner = inner["data"]
    if isinstance(inner, list):
        return {name: inner}
    return object_in(document)
