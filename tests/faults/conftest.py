"""The parts of other rooms' tests that this room tries faults with are found through `effort`."""

from __future__ import annotations

import effort  # noqa: F401
