"""How Qt's binding is loaded: quickly, and without a trace in what is imported afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.end_to_end

_ROOT = Path(__file__).parents[2]
_LATER = """
import builtins, sys
from beatpass_desktop import binding
binding.load()
assert builtins.__import__ is not builtins.__feature_import__
sys.path.insert(0, sys.argv[1])
import names_pyside
from PySide6.support import feature
assert "names_pyside" not in feature.pyside_feature_dict
"""


def said_by(code: str, *arguments: str) -> str:
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments]
    run = subprocess.run(command, env=given, cwd=_ROOT, check=True, stdout=subprocess.PIPE)
    return run.stdout.decode()


def test_that_no_source_is_read_for_a_feature_that_nobody_uses(tmp_path: Path) -> None:
    (tmp_path / "names_pyside.py").write_text("from PySide6.QtCore import QObject\n")
    said_by(_LATER, str(tmp_path))


def test_that_set_up_has_unpacked_what_pyside_would_compile_with_every_start() -> None:
    code = "import PySide6.QtCore, shibokensupport.signature.parser as p; print(p.__cached__)"
    assert Path(said_by(code).strip()).is_file()
