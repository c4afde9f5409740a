"""Writing the catalogue to a file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.models.track_table import TrackTableModel
from beatpass_desktop.views.pages.export_line import ExportLine, ExportWords
from beatpass_desktop.views.theme.theme import Theme


def track_export(theme: Theme, table: TrackTableModel) -> ExportLine:
    """Writes the tracks shown."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("TrackExportLine", text)

    words = ExportWords(
        tr("Export tracks"),
        "tracks",
        tr("Exporting {}: {} of {} tracks"),
        tr("{} tracks written to {}"),
    )
    return ExportLine(theme, table, words)
