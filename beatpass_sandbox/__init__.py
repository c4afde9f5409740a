"""A local BeatPass-compatible server over a simulated platform."""

from __future__ import annotations
