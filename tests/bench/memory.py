"""Resident memory, next to the empty window's."""

from __future__ import annotations

import shutil
import subprocess
import time

import children
from figures import Figure, median
from resident_set import resident_set
from settings import Settings, tree
from stored_catalogue import stored_catalogue

from beatpass_desktop.domain.safekeeping import WithoutKeychain
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.settings import Setting
from beatpass_desktop.system.settings import Settings as ProgramSettings

_REST_SECONDS = 2.0


def measure(settings: Settings) -> list[Figure]:
    """Alternate the empty window with the program in its states."""
    data = children.established(settings.folder)
    catalogue = str(stored_catalogue(settings.folder, settings.rows))
    empty, home, at_rest, live, grown = [], [], [], [], []
    offline = (
        "--sandbox",
        children.ESTABLISHED,
        "--page",
        "home",
        "--offline",
        "--data-dir",
        str(data),
    )
    for _ in range(settings.passes):
        empty.append(float(children.timed(children.script("empty_window.py", "--memory")).output))
        home.append(float(children.timed(children.script("opened.py", str(data))).output))
        at_rest.append(_at_rest(offline))
        live.append(_live(settings))
        before, after = children.timed(
            children.script("opened.py", catalogue, "--scroll")
        ).output.split()
        grown.append(float(after) - float(before))
    floor = median(empty)
    return [
        _share("Home offline after the first paint, × empty window", home, floor, 1.4, 1.2),
        _share("Home offline at rest, event loop running, × empty window", at_rest, floor),
        _share("Home live, × empty window", live, floor, 2, 1.7),
        Figure(
            f"{settings.rows:,} tracks open and scrolled",
            median(grown),
            "MB",
            60,
            40,
            remarks="over Home offline, in the same process",
        ),
    ]


def _share(
    work: str, sizes: list[float], floor: float, must: float | None = None, aim: float | None = None
) -> Figure:
    remarks = f"{median(sizes):.0f} against {floor:.0f} MB"
    return Figure(work, median(sizes) / floor, "×", must, aim, remarks=remarks)


def _live(settings: Settings) -> float:
    data = settings.folder / "live"
    shutil.rmtree(data, ignore_errors=True)
    # Unless this was chosen before, the program asks where to keep what it fetches.
    chosen = ProgramSettings(folders(data).config / "settings.json")
    chosen.put(Setting.WITHOUT_KEYCHAIN, WithoutKeychain.PLAIN)
    with children.running_sandbox() as sandbox:
        command = [*children.PROGRAM, "--base-url", sandbox.base_url, "--data-dir", str(data)]
        with _running(command, sandbox.token) as process:
            sandbox.wait_until_quiet()
            return _end(process)


def _at_rest(options: tuple[str, ...]) -> float:
    with _running([*children.PROGRAM, *options]) as process:
        time.sleep(_REST_SECONDS)
        return _end(process)


def _running(command: list[str], token: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=tree(), env=children.environment(token))


def _end(process: subprocess.Popen[bytes]) -> float:
    """End the program; what it held."""
    held = resident_set(process.pid)
    process.terminate()
    return held
