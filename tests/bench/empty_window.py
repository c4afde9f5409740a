"""The floor: the same Python showing an empty window with a table, then gone.

Prints "painted" as soon as it is, or with `--memory` the MB that it then holds. With `--enum` it
names one value of the Qt namespace, for which PySide makes all enums there: no program with a text
in it does without.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class _Table(QTableView):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.instance(), lambda: QApplication.exit(0))


qt = QApplication(sys.argv)
window = QMainWindow()
window.resize(1280, 832)
if "--enum" in sys.argv:
    from PySide6.QtCore import Qt

    window.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
window.setCentralWidget(_Table())
window.show()
qt.exec()
if "--memory" in sys.argv:
    import gc

    from resident_set import resident_set

    gc.collect()
    print(resident_set())
else:
    print("painted")
