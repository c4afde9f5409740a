"""The token and the store's key are looked for everywhere after a tour, a crash and a kill."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from tempfile import TemporaryDirectory

from effort import ROOT, TESTS, Effort
from figures import Figure
from gateway import running_gateway, status
from processes import Surroundings, command_lines, running_sandbox

from beatpass_desktop.store import cipher

_CODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def measure(effort: Effort) -> list[Figure]:
    """Tour, crash, kill; then read every byte that was left."""
    with TemporaryDirectory() as folder:
        looked, found = _leave_traces(Path(folder))
    return [
        Figure(
            "places where the token or the store's key was found after a tour, a crash and a kill",
            len(found),
            f"of {looked:,}",
            must=0,
            aim=0,
            remarks="files, names, outputs, arguments and environments" + "; ".join(found),
        )
    ]


def _leave_traces(folder: Path) -> tuple[int, list[str]]:
    surroundings, keyring = Surroundings(folder / "surroundings"), folder / "keyring.json"
    run = {
        "program": [str(TESTS / "end_to_end" / "program_with_file_keyring.py")],
        "environment": {
            "PYTHON_KEYRING_BACKEND": "file_keyring.FileKeyring",
            "PYTHONPATH": f"{ROOT}:{TESTS / 'end_to_end'}",
            "TEST_KEYRING_FILE": str(keyring),
        },
    }
    found: list[str] = []
    with running_sandbox("--rate-limit", "100000") as sandbox:
        token = sandbox.token
        with running_gateway(sandbox.base_url) as gateway:
            gateway.set_fault(status(500, f'{{"message": "Bad {token}"}}'.encode()), "followers")
            surroundings.tour(*gateway.arguments, token=token, **run)
            (key,) = json.loads(keyring.read_text()).values()
            gateway.heal()
            gateway.hold("followers")
            crashed = surroundings.start(*gateway.arguments, token=token, **run)
            gateway.held.wait(20)
            crashed.end(signal.SIGABRT)
            killed = surroundings.start(*gateway.arguments, token=token, **run)
            gateway.held.wait(20)
            found += [line for line in command_lines().values() if token in line or key in line]
            variables = Path(f"/proc/{killed.process.pid}/environ").read_bytes()
            found += ["environment"] * (key.encode() in variables)
            killed.end(signal.SIGKILL)
    secrets = [text.encode(coding) for text in (token, key) for coding in _CODINGS]
    secrets.append(bytes.fromhex(key))
    files = [file for file in surroundings.folder.rglob("*") if file.is_file()]
    for file in files:
        data = file.read_bytes()
        if {token, key} & {file.name} or any(secret in data for secret in secrets):
            found.append(str(file.relative_to(surroundings.folder)))
    if cipher.identity_of(surroundings.store) is None:
        found.append("the store was not encrypted")
    return len(files), found
