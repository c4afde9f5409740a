"""Writing the albums to a file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.models.album_table import AlbumTableModel
from beatpass_desktop.views.pages.export_line import ExportLine, ExportWords
from beatpass_desktop.views.theme.theme import Theme


def album_export(theme: Theme, table: AlbumTableModel) -> ExportLine:
    """Writes the albums shown."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("AlbumExport", text)

    words = ExportWords(
        tr("Export albums"),
        "albums",
        tr("Exporting {}: {} of {} albums"),
        tr("{} albums written to {}"),
    )
    return ExportLine(theme, table, words)
