"""A token that is easy to find is looked for everywhere after a tour, a crash and a kill."""

from __future__ import annotations

import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from effort import Effort
from figures import Figure
from gateway import running_gateway, status
from processes import Surroundings, command_lines, running_sandbox

_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def measure(effort: Effort) -> list[Figure]:
    """Tour, crash, kill; then read every byte that was left."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "surroundings"
        looked, found = _leave_traces(Surroundings(place))
    return [
        Figure(
            "places where the token was found after a tour, a crash and a kill",
            len(found),
            f"of {looked:,}",
            must=0,
            aim=0,
            remarks="files, names, outputs, and arguments of processes" + "; ".join(found),
        )
    ]


def _leave_traces(surroundings: Surroundings) -> tuple[int, list[str]]:
    found: list[str] = []
    with running_sandbox("--rate-limit", "100000") as sandbox:
        token = sandbox.token
        with running_gateway(sandbox.base_url) as gateway:
            gateway.set_fault(status(500, f'{{"message": "Bad {token}"}}'.encode()), "followers")
            surroundings.tour(*gateway.arguments, token=token)
            gateway.heal()
            gateway.hold("followers")
            crashed = surroundings.start(*gateway.arguments, token=token)
            gateway.held.wait(20)
            crashed.end(signal.SIGABRT)
            killed = surroundings.start(*gateway.arguments, token=token)
            gateway.held.wait(20)
            found += [line for line in command_lines().values() if token in line]
            killed.end(signal.SIGKILL)
    files = [file for file in surroundings.folder.rglob("*") if file.is_file()]
    for file in files:
        data = file.read_bytes()
        if token in file.name or any(token.encode(coding) in data for coding in _CODINGS):
            found.append(str(file.relative_to(surroundings.folder)))
    return len(files), found
