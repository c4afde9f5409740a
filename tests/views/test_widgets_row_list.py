"""Rows that come and go."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.widgets.row_list import RowList


class Row(QWidget):
    became_window = False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self.isWindow():
            type(self).became_window = True
        return super().event(event)


def test_that_a_row_dropped_at_once_never_becomes_a_window(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    rows = RowList()
    page.setLayout(rows)
    page.show()
    row = Row()
    rows.addWidget(row)
    rows.drop(row)
    assert row not in page.findChildren(QWidget)
    QTest.qWait(0)
    assert not Row.became_window
