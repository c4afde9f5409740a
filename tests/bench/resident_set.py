"""What a process holds in memory. Imports nothing, since the empty window measures itself too."""

from __future__ import annotations


def resident_set(pid: int | str = "self") -> float:
    """The resident set of a process, in MB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:  # noqa: PTH123
        held = next(line for line in status if line.startswith("VmRSS:"))
    return int(held.split()[1]) / 1024
