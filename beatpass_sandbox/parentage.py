"""Ends this process when the one that started it is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_POLL_SECONDS = 0.5


def exit_with_parent(parent_pid: int) -> None:
    """Watch process ``parent_pid`` from a thread; when it is gone, end as SIGTERM would."""
    alive = _liveness(parent_pid)

    def watch() -> None:
        while alive():
            time.sleep(_POLL_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


if sys.platform == "win32":
    import ctypes

    def _liveness(pid: int) -> Callable[[], bool]:
        """A process handle stays valid when the id is used again, so it is opened once."""
        synchronize, timed_out = 0x00100000, 0x102
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(synchronize, False, pid)
        return lambda: bool(handle) and kernel.WaitForSingleObject(handle, 0) == timed_out

else:

    def _liveness(pid: int) -> Callable[[], bool]:
        """The direct parent is gone once this process has been given another one.

        An indirect one (a wrapper script in between) is probed by signal 0.
        """
        if os.getppid() == pid:
            return lambda: os.getppid() == pid

        def exists() -> bool:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return False
            except PermissionError:
                return True
            return True

        return exists
