"""Names of which nothing can be seen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from stage import Stage

from beatpass_desktop.domain.album_table import AlbumRow
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.text import is_visible
from beatpass_desktop.models import formatting
from beatpass_desktop.models.album_table import album_name
from beatpass_desktop.models.track_table import TrackTableModel

UNSEEN = (
    "",
    "   ",
    "\n\t\x00\x7f",
    "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}",
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{POP DIRECTIONAL FORMATTING}\N{LEFT-TO-RIGHT ISOLATE}",
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}",
    "\N{HANGUL FILLER}\N{BRAILLE PATTERN BLANK}\N{VARIATION SELECTOR-16}",
)
SEEN = (
    "a",
    " .",
    "\N{RIGHT-TO-LEFT OVERRIDE}trab",
    "\N{ARABIC LETTER ALEF}",
    "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}",
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{MICROPHONE}",
    "\uf8ff",
)


@pytest.mark.parametrize("name", UNSEEN)
def test_that_a_name_without_anything_to_see_is_none(name: str) -> None:
    assert not is_visible(name)
    assert formatting.one_line(name) == ""


@pytest.mark.parametrize("name", SEEN)
def test_that_a_name_with_anything_to_see_is_kept(name: str) -> None:
    assert is_visible(name)
    assert formatting.one_line(name).strip() == name.strip()


def cell(table: QAbstractItemModel, row: int, role: Qt.ItemDataRole) -> str:
    return table.data(table.index(row, 0), role)


@pytest.mark.parametrize("name", [None, *UNSEEN[1:]])
def test_that_a_track_without_a_name_is_a_dash_that_is_read_out(
    stage: Stage, name: str | None
) -> None:
    stage.sign_in()
    stage.list([Track(1, name, created_at=datetime(2024, 1, 1, tzinfo=UTC))])
    table = TrackTableModel(stage.store)
    table.show(1, 1)
    assert cell(table, 0, Qt.ItemDataRole.DisplayRole) == "—"
    assert cell(table, 0, Qt.ItemDataRole.AccessibleTextRole) == "Untitled"


@pytest.mark.parametrize("name", [None, *UNSEEN])
def test_that_an_album_without_a_name_is_a_dash(name: str | None) -> None:
    album = AlbumRow(1, 1, name, name, None, None, None, None, None)
    assert album_name(album) == "—"
