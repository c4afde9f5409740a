"""The schema of `tour.json`, checked strictly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

STATES = {"ready", "empty", "setup", "error", "no-artist", "signed-out", "unsettled"}
FRESHNESS = {"live", "stale", "offline", "never"}
_PAGE = {
    "name", "state", "freshness", "updated_at", "banners", "cards", "tables", "texts", "screenshot"
}  # fmt: skip


def check_page(page: dict[str, Any]) -> None:
    """Assert that one page has exactly the keys and types of the schema."""
    assert set(page) == _PAGE
    assert page["state"] in STATES
    assert page["freshness"] in FRESHNESS
    assert (page["updated_at"] is None) == (page["freshness"] == "never")
    if page["updated_at"] is not None:
        assert datetime.fromisoformat(page["updated_at"]).utcoffset() is not None
    for name in ("banners", "texts"):
        assert all(type(text) is str and text.strip() for text in page[name])
    for card in page["cards"]:
        assert set(card) == {"title", "value", "detail"}
        assert all(type(card[key]) is str and card[key] for key in ("title", "value"))
        assert card["detail"] is None or (type(card["detail"]) is str and card["detail"])
    for table in page["tables"]:
        assert set(table) == {"name", "columns", "row_count", "rows"}
        assert type(table["name"]) is str
        assert table["name"]
        assert type(table["row_count"]) is int
        assert all(type(column) is str and column for column in table["columns"])
        assert len(table["rows"]) == min(20, table["row_count"])
        for row in table["rows"]:
            assert len(row) == len(table["columns"])
            assert all(type(cell) is str for cell in row)


def values(page: dict[str, Any]) -> dict[str, str]:
    """The figures of a page by their titles."""
    return {card["title"]: card["value"] for card in page["cards"]}


def png_size(file: Path) -> tuple[int, int]:
    """Width and height in the header of a PNG file."""
    head = file.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
