"""PySide's own Python files, which it otherwise compiles with every start of the program."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

import shiboken6

_PLACE = "shiboken6/files.dir"


def datas() -> list[tuple[str, str]]:
    """Have PySide unpack them, by its own switch, compile them, and say where each belongs in a
    bundle. Raises CalledProcessError."""
    given = {**os.environ, "SBK_EMBED": "0"}
    subprocess.run([sys.executable, "-c", "import PySide6.QtCore"], env=given, check=True)
    folder = Path(shiboken6.__file__).parent / "files.dir"
    # Installers give every file the same time, so that times must not matter.
    compileall.compile_dir(
        folder,
        quiet=1,
        force=True,
        stripdir=str(folder),
        prependdir=_PLACE,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [(str(path), str(Path(_PLACE) / path.relative_to(folder).parent)) for path in files]
