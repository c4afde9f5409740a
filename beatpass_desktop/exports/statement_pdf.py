"""A statement as PDF, painted page by page by whoever can paint."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from beatpass_desktop.domain.printing import Sheet
from beatpass_desktop.exports.writing import (
    Cancelled,
    ExportCancelled,
    replacing,
)


class Press(Protocol):
    """Paints pages, each when it is handed over, and has the whole PDF in the end."""

    def paint(self, sheet: Sheet) -> None: ...

    def finish(self) -> bytes: ...


def write_pdf(sheets: Iterable[Sheet], path: Path, press: Press, cancelled: Cancelled) -> None:
    """Write these pages. Raises ExportCancelled, ExportFailed."""
    # Opened before the work, so that a place that cannot be written is told at once.
    with replacing(path) as fresh, fresh.open("xb") as file:
        for sheet in sheets:
            if cancelled():
                raise ExportCancelled
            press.paint(sheet)
        file.write(press.finish())
