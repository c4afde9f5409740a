"""What a process holds in memory. Imports nothing, since the empty window measures itself too."""

from __future__ import annotations


def resident_set(pid: int | str = "self") -> float:
    """The resident set of a process, in MB."""
    return _status(pid, "VmRSS:")


def peak_resident_set() -> float:
    """The largest resident set of this process since `forget_peak`, in MB."""
    return _status("self", "VmHWM:")


def forget_peak() -> None:
    """From now on the peak is that of what follows."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as peak:  # noqa: PTH123
        peak.write("5")


def _status(pid: int | str, name: str) -> float:
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        held = next(line for line in status if line.startswith(name))
    return int(held.split()[1]) / 1024
