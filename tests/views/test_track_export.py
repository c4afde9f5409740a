"""Exporting the catalogue from the window."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.exports import writing
from beatpass_desktop.models.track_choice import TrackChoice
from beatpass_desktop.views.pages.tracks.catalogue import TrackCatalogue
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.toast import Toast


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 2_000)
    with running(tmp_path) as found:
        found.app.show()
        found.window.show_page(Page.TRACKS)
        qtbot.waitExposed(found.window)
        yield found


def choose_file(catalogue: TrackCatalogue, path: Path) -> None:
    """Answer the file dialogue that is open."""
    dialog = catalogue.exporting.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()


def said(found: StockedApp) -> str:
    return " ".join(toast.text() for toast in found.window.findChildren(Toast))


def test_that_what_is_filtered_is_written_in_the_table_s_order(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    catalogue = shown.tracks_page.catalogue
    catalogue.set_search("wave 19")
    catalogue.exporting.ask(Format.JSON)
    path = tmp_path / "out.json"
    with qtbot.waitSignal(shown.app.exporting.finished, timeout=10_000) as finished:
        choose_file(catalogue, path)
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    model = catalogue.table.model()
    assert [row["id"] for row in rows] == [
        shown.window.current_page.model.table.at(at).id for at in range(model.rowCount())
    ]
    assert finished.args == [str(path), len(rows)]
    assert f"{len(rows)} tracks written" in said(shown)
    assert not catalogue.exporting.isVisible()


def test_that_selected_tracks_alone_can_be_written(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    catalogue = shown.tracks_page.catalogue
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (1, 3):
        index = catalogue.table.model().index(row, 0)
        catalogue.table.selectionModel().select(index, select)
    catalogue._export_selected()
    path = tmp_path / "two.csv"
    with qtbot.waitSignal(shown.app.exporting.finished, timeout=10_000):
        choose_file(catalogue, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [line["Track ID"] for line in csv.DictReader(file)] == ["1999", "1997"]


def test_that_an_export_can_be_cancelled_and_leaves_nothing(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_STEP", 1)
    catalogue = shown.tracks_page.catalogue
    catalogue.exporting.ask(Format.XLSX)
    path = tmp_path / "given-up.xlsx"
    line = catalogue.exporting.findChild(ProgressLine)
    assert isinstance(line, QWidget)
    with qtbot.waitSignal(shown.app.exporting.cancelled, timeout=10_000):
        choose_file(catalogue, path)
        line.cancel_requested.emit()
    assert list(tmp_path.glob("*given-up*")) == []
    assert "nothing was written" in said(shown)


def test_that_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    catalogue = shown.tracks_page.catalogue
    catalogue.set_choice(TrackChoice(together=False))
    catalogue.exporting.ask(Format.CSV)
    with qtbot.waitSignal(shown.app.exporting.failed, timeout=10_000):
        choose_file(catalogue, tmp_path / "missing" / "x.csv")
    assert "x.csv could not be written" in said(shown)


def test_that_closing_the_window_ends_an_export(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    catalogue = shown.tracks_page.catalogue
    qtbot.mouseClick(catalogue.exporting.button, Qt.MouseButton.LeftButton)
    catalogue.exporting.ask(Format.CSV)
    choose_file(catalogue, tmp_path / "late.csv")
    shown.app.exporting.close()
    names = {entry.name for entry in tmp_path.iterdir()}
    assert not any(name.endswith(".part") for name in names)


def test_that_a_stored_file_found_damaged_ends_the_export_with_a_sentence(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    catalogue = shown.tracks_page.catalogue
    catalogue.set_choice(TrackChoice(together=False))
    store = shown.app.store.path
    damaged = tmp_path / "damaged.db"
    whole = store.read_bytes()
    damaged.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    shown.app.exporting._store = SimpleNamespace(path=damaged)
    catalogue.exporting.ask(Format.CSV)
    with qtbot.waitSignal(shown.app.exporting.failed, timeout=10_000):
        choose_file(catalogue, tmp_path / "x.csv")
    assert "damaged" in said(shown)
    assert not (tmp_path / "x.csv").exists()
