"""The Qt binding that is pinned keeps its reference counts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(300_000):
    label.setText("x")
print(label.text())
"""


@pytest.mark.end_to_end
def test_that_three_hundred_thousand_calls_do_not_end_the_interpreter() -> None:
    """PySide6 6.12.0 lost a reference to None per call on Python 3.11 and aborted."""
    ended = subprocess.run(
        [sys.executable, "-c", _CALLS],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "x\n"), ended.stderr
