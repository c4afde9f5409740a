"""The plotting library is loaded beside the event loop, safely."""

from __future__ import annotations

import json
import subprocess
import sys

_PROGRAM = """
import json, sys, threading
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QApplication

found = {}

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "pyqtgraph":
            found["beside"] = threading.current_thread() is not threading.main_thread()
            found["missing"] = [
                type_name
                for module in (QtCore, QtGui, QtWidgets)
                for type_name in dir(module)
                if type_name not in vars(module)
            ]

qt = QApplication([])
sys.meta_path.insert(0, Watch())
from beatpass_desktop.views.charts.loading import PlotLibrary
library = PlotLibrary()
library.loaded.connect(qt.quit, QtCore.Qt.ConnectionType.QueuedConnection)
found["before"] = "QWizard" in vars(QtWidgets)
library.load()
qt.exec()
print(json.dumps(found))
"""


def test_that_every_qt_type_is_made_before_the_thread_asks_for_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    found = json.loads(done.stdout)
    assert found == {"beside": True, "missing": [], "before": False}
