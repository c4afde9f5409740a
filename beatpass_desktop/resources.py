"""Where the fonts, icons and translations that come with the program are."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [package / "_resources", package.parent / "resources"]
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
        candidates.insert(0, Path(bundle) / "beatpass_desktop" / "_resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the program's resources are missing; install it again")


def resource_path(*parts: str) -> Path:
    """The path of a bundled file, such as `resource_path("icons", "lucide.ttf")`.

    Looks inside a frozen bundle, then in the installed package, then beside a checkout's package.
    Raises FileNotFoundError when there are no resources at all; the file itself is not checked.
    """
    return _root().joinpath(*parts)
