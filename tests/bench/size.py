"""The size of the packages, when they have been built."""

from __future__ import annotations

from pathlib import Path

from figures import Figure
from settings import ROOT, Settings

_MB = 1e6
_NAME = "beatpass-desktop"


def measure(_: Settings) -> list[Figure]:
    """What `make package` left in build/ and dist/."""
    bundle = ROOT / "build" / "bundle" / _NAME
    packages = sorted((ROOT / "dist").glob(f"{_NAME}*.deb"), key=lambda path: path.stat().st_mtime)
    return [
        _figure("installed size", _held(bundle), 260, 180, "the bundle"),
        _figure(
            "download, .deb",
            packages[-1].stat().st_size if packages else 0,
            80,
            55,
            packages[-1].name if packages else "",
        ),
    ]


def _held(folder: Path) -> int:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def _figure(work: str, size: int, must: float, aim: float, remarks: str) -> Figure:
    if not size:
        return Figure(work, None, "MB", must, aim, remarks="not built here: `make package` does it")
    return Figure(work, size / _MB, "MB", must, aim, remarks=remarks)
