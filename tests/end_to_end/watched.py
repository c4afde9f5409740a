"""The other end of `watched_program.py`: tells the program what to do, waits for what it shows."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from accounts_server import AccountsServer
from processes import Run, Surroundings, wait_until

from beatpass_desktop.store import cipher

State = dict[str, Any]
_HERE = Path(__file__).parent


class Watched:
    """One run of the program."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @property
    def state(self) -> State:
        """What was last on the screen."""
        return next((line for line in reversed(self._lines()) if "painted" in line), {})

    @property
    def first_painted(self) -> float:
        """s from the start of the program's own code to the first paint."""
        return float(self.until(lambda state: state["painted"], "the first paint")["painted"])

    def tell(self, **wish: object) -> None:
        """Have something done."""
        assert self.run.process.stdin is not None
        self.run.process.stdin.write(json.dumps(wish).encode() + b"\n")
        self.run.process.stdin.flush()

    def until(self, condition: Callable[[State], object], what: str) -> State:
        """Wait until what is on the screen is so."""

        def is_so() -> bool:
            assert self.run.process.poll() is None, "the program has ended"
            return bool(self.state and condition(self.state))

        wait_until(is_so, what)
        return self.state

    def says(self, text: str) -> State:
        """Wait until a banner says so."""
        return self.until(lambda s: any(text in banner for banner in s["banners"]), text)

    def press(self, text: str) -> None:
        """Press the button with this text as soon as there is one."""
        self.tell(press=text)

    def longest_stall(self) -> float:
        """s for which the event loop stood still at most, since the last question or the start."""
        before = len(self._stalls())
        self.tell(longest=True)
        wait_until(lambda: len(self._stalls()) > before, "how long it stood still")
        return self._stalls()[-1]

    def close(self) -> float:
        """Close the window; how many s it took the program to end."""
        begun = time.monotonic()
        self.tell(close=True)
        assert self.run.wait(30) == 0, self.run.stderr
        assert self.run.process.stdin is not None
        self.run.process.stdin.close()
        return time.monotonic() - begun

    def _stalls(self) -> list[float]:
        return [line["longest"] for line in self._lines() if "longest" in line]

    def _lines(self) -> list[State]:
        whole = self.run.stdout.rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]


class Computer:
    """Surroundings in which the program is started now and then, with some keychain."""

    def __init__(
        self, place: Surroundings, server: AccountsServer, environment: dict[str, str]
    ) -> None:
        self.place = place
        self.environment = environment
        self._server = server

    def start(self) -> Watched:
        """Start the program."""
        return watched(self.place, self._server, self.environment)

    def sign_in(self, token: str) -> None:
        """A run in which somebody signs in with a keychain that works."""
        run = self.start()
        run.until(asks, "the form")
        run.tell(token=token)
        run.until(shows_figures, "the figures")
        assert run.state["is_encrypted"]
        run.close()

    @property
    def is_encrypted(self) -> bool:
        """Whether what is stored is."""
        return cipher.identity_of(self.place.store) is not None


def asks(state: State) -> bool:
    """Whether the form to sign in with can be filled in."""
    return bool(state["step"] == "asking")


def shows_figures(state: State) -> bool:
    """Whether Ada's figures are on the screen."""
    return bool(state["name"] == "Ada" and state["plays"] == "107")


def watched(
    surroundings: Surroundings, server: AccountsServer, environment: Mapping[str, str]
) -> Watched:
    """Start the program."""
    run = surroundings.start(
        "--base-url",
        server.base_url,
        program=[str(_HERE / "watched_program.py")],
        environment=environment,
        stdin=subprocess.PIPE,
    )
    return Watched(run)
