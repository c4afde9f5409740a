"""From the start of the process to Home painted with stored values, without a network."""

from __future__ import annotations

import json

import children
from figures import Figure, median
from settings import Settings


def measure(settings: Settings) -> list[Figure]:
    """Alternate the program and the empty window."""
    data = children.established(settings.folder)
    ours = (
        *children.PROGRAM,
        *("--sandbox", children.ESTABLISHED, "--data-dir", str(data)),
        *("--page", "home", "--offline", "--quit-after-first-paint"),
    )
    floor = children.script("empty_window.py")
    values = json.loads(children.timed(ours).output)["values"]
    floor_with_enum = children.script("empty_window.py", "--enum")
    children.timed(floor)
    runs = [
        (children.timed(ours), children.timed(floor), children.timed(floor_with_enum))
        for _ in range(settings.starts)
    ]
    pairs = [(app, empty) for app, empty, _ in runs]
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
            median([app.spoken / empty.spoken for app, _, empty in runs]),
            "×",
            remarks=f"against {median([empty.spoken for _, _, empty in runs]):.0f} ms",
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
