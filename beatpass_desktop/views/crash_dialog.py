"""The dialogue for what nobody foresaw."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog

_LINES = 12


class CrashDialog(Dialog):
    """Says that the app made a mistake and shows its report, which can be copied.

    Attributes:
        report: the field with the report, read-only.
        copy_report: the button that puts it on the clipboard.
    """

    def __init__(self, theme: Theme, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            QCoreApplication.translate("CrashDialog", "BeatPass Desktop made a mistake"),
            QCoreApplication.translate(
                "CrashDialog",
                "What is stored is safe. You can go on; if something looks odd, start the program "
                "again. The report holds no token and no figures of yours.",
            ),
            hue=Hue.BAD,
            width=680,
            parent=parent,
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setMinimumHeight(_LINES * self.report.fontMetrics().lineSpacing())
        self.add(self.report)
        self.copy_report = self.add_button(
            self.tr("Copy report"), ButtonKind.SECONDARY, self._on_copy_clicked
        )
        self.add_button(self.tr("Close"), ButtonKind.PRIMARY)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_report.set_text(self.tr("Copied"))
