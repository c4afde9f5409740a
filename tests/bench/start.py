"""From the start of the process to Home painted with stored values, without a network."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import children
import shiboken6
from figures import Figure, median
from settings import Settings

_INSTALLED = (sys.executable, str(Path(sys.executable).with_name("beatpass-desktop")))


def measure(settings: Settings) -> list[Figure]:
    """Alternate the program and the empty window, of PySide as it is published and as set-up
    leaves it."""
    data = children.established(settings.folder)
    ours = (
        *_INSTALLED,
        *("--sandbox", children.ESTABLISHED, "--data-dir", str(data)),
        *("--page", "home", "--offline", "--quit-after-first-paint"),
    )
    floor = children.script("empty_window.py")
    floor_with_enum = children.script("empty_window.py", "--enum")
    published = _published_binding(settings.folder)
    values = json.loads(children.timed(ours).output)["values"]
    children.timed(floor)
    runs = [
        (
            children.timed(ours),
            children.timed(floor, published),
            children.timed(floor_with_enum, published),
            children.timed(floor),
        )
        for _ in range(settings.starts)
    ]
    pairs = [(app, empty) for app, empty, *_ in runs]
    return [
        Figure(
            "start → Home painted, × empty window",
            median([app.spoken / empty.spoken for app, empty in pairs]),
            "×",
            must=1.5,
            aim=1.15,
            remarks=f"{median([app.spoken for app, _ in pairs]):.0f} against "
            f"{median([empty.spoken for _, empty in pairs]):.0f} ms; {values} values shown",
        ),
        Figure(
            "start → Home painted, × empty window that names one Qt enum",
            median([app.spoken / empty.spoken for app, _, empty, _ in runs]),
            "×",
            remarks=f"against {median([empty.spoken for _, _, empty, _ in runs]):.0f} ms",
        ),
        Figure(
            "start → Home painted, × empty window with PySide's own files unpacked as well",
            median([app.spoken / empty.spoken for app, _, _, empty in runs]),
            "×",
            remarks=f"against {median([empty.spoken for _, _, _, empty in runs]):.0f} ms",
        ),
        Figure(
            "start → process gone again, × empty window",
            median([app.ended / empty.ended for app, empty in pairs]),
            "×",
            remarks=f"{median([app.ended for app, _ in pairs]):.0f} against "
            f"{median([empty.ended for _, empty in pairs]):.0f} ms",
        ),
        Figure(
            "CPU time of that process, × empty window",
            median([app.cpu / empty.cpu for app, empty in pairs]),
            "×",
            remarks=f"{median([app.cpu for app, _ in pairs]):.0f} against "
            f"{median([empty.cpu for _, empty in pairs]):.0f} ms",
        ),
    ]


def _published_binding(folder: Path) -> Path:
    """A folder that, first on the path, has PySide run as it is published: set-up unpacks what it
    otherwise compiles with every start."""
    place = folder / "published"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(
        Path(shiboken6.__file__).parent,
        place / "shiboken6",
        ignore=shutil.ignore_patterns("files.dir"),
    )
    return place
