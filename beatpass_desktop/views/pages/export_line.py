"""Writing a table to a file: which kind, where, how far."""

from __future__ import annotations

from array import array
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.exporting import Export, Format
from beatpass_desktop.models import formatting
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from beatpass_desktop.views.widgets.toast import Toast

_SAID_MS = 6_000


class ExportWords(NamedTuple):
    """What an export is called. `file` begins the name of the file; `progress` has places for its
    name, the rows written and all rows, `finished` for the rows and the path."""

    title: str
    file: str
    progress: str
    finished: str


class ExportSource(Protocol):
    """A table that can be written to a file."""

    @property
    def matching(self) -> int | None:
        """How many rows are shown; None while they are being counted."""

    def export_to(self, path: Path, kind: Format, rows: array[int] | None = None) -> Export:
        """The wish to write what is shown, or only these store row numbers."""


class ExportLine(QWidget):
    """A button to put into a toolbar, and the line that counts while a file is written.

    Signals:
        requested: a `domain.exporting.Export` is to be written.
        cancel_requested: the one being written is to be given up.

    Attributes:
        button: opens the menu of formats.
    """

    requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, theme: Theme, table: ExportSource, words: ExportWords) -> None:
        super().__init__()
        self._theme = theme
        self._table = table
        self._words = words
        self._name = ""
        self.button = IconButton(theme, "download", self.tr("Export"))
        self.button.clicked.connect(self._on_menu_requested)
        self._progress = ProgressLine(theme)
        self._progress.set_cancellable(True)
        self._progress.cancel_requested.connect(self.cancel_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._progress)
        self._toast: Toast | None = None
        self.hide()

    def ask(self, kind: Format, rows: array[int] | None = None) -> None:
        """Ask where to, then have all filtered rows written, or these rows of the store."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, self._words.title, self._folder())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.value)
        dialog.setNameFilter(_pattern(kind))
        dialog.selectFile(f"beatpass-{self._words.file}-{date.today().isoformat()}.{kind.value}")
        dialog.fileSelected.connect(partial(self._on_file_chosen, kind, rows))
        dialog.open()

    def show_progress(self, done: int, total: int) -> None:
        """So many rows are written."""
        text = self._words.progress.format(
            formatting.isolated(self._name), formatting.number(done), formatting.number(total)
        )
        self._progress.set_progress(done, total, text)

    def show_finished(self, path: str, rows: int) -> None:
        """The file is complete."""
        from PySide6.QtCore import QDir

        text = self._words.finished.format(
            formatting.number(rows), formatting.isolated(QDir.toNativeSeparators(path))
        )
        self._end(text, "circle-check")

    def show_failed(self, sentence: str) -> None:
        """The file could not be written."""
        self._end(sentence, "circle-alert")

    def show_cancelled(self) -> None:
        """The file was given up."""
        self._end(self.tr("Export cancelled; nothing was written."), "info")

    def _end(self, text: str, icon: str) -> None:
        self.hide()
        from beatpass_desktop.views.widgets.toast import Toast

        if self._toast is None:
            self._toast = Toast(self._theme, self.window())
        self._toast.show_text(text, icon, _SAID_MS)

    def _on_menu_requested(self) -> None:
        from beatpass_desktop.views.widgets.menu import Menu

        menu = Menu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text in (
            (Format.CSV, self.tr("Export as CSV…")),
            (Format.XLSX, self.tr("Export as Excel file…")),
            (Format.JSON, self.tr("Export as JSON…")),
        ):
            menu.add_entry(text, partial(self.ask, kind), "download")
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _on_file_chosen(self, kind: Format, rows: array[int] | None, path: str) -> None:
        wish = self._table.export_to(Path(path), kind, rows)
        self._name = wish.path.name
        self.show_progress(0, len(rows) if rows is not None else self._table.matching or 0)
        self.show()
        self.requested.emit(wish)

    @staticmethod
    def _folder() -> str:
        from PySide6.QtCore import QDir, QStandardPaths

        places = QStandardPaths.StandardLocation
        return QStandardPaths.writableLocation(places.DocumentsLocation) or QDir.homePath()


def _pattern(kind: Format) -> str:
    return {
        Format.CSV: "CSV (*.csv)",
        Format.XLSX: "Excel (*.xlsx)",
        Format.JSON: "JSON (*.json)",
    }[kind]
