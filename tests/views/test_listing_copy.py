"""Copying rows of a listing: what is said when a copy has not taken all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock
from tracks_page import opened

from beatpass_desktop.views.widgets import data_table
from beatpass_desktop.views.widgets.toast import Toast

ROWS = 30


@pytest.fixture
def stocked(tmp_path: Path, qapp: QApplication) -> Iterator[StockedApp]:
    stock(tmp_path, ROWS)
    with running(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("limit", "said"), [(20, ["Copied the first 20 of 30 rows; an export takes all."]), (ROWS, [])]
)
def test_that_a_copy_that_has_not_taken_all_says_so(
    qtbot: QtBot, stocked: StockedApp, monkeypatch: pytest.MonkeyPatch, limit: int, said: list[str]
) -> None:
    monkeypatch.setattr(data_table, "COPY_LIMIT", limit)
    table = opened(qtbot, stocked).table
    table.selectAll()
    with qtbot.waitSignal(table.rows_copied):
        table.copy_selection()
    assert QGuiApplication.clipboard().text().count("\n") == limit
    toasts = stocked.window.findChildren(Toast)
    assert [toast.text() for toast in toasts if toast.isVisible()] == said
