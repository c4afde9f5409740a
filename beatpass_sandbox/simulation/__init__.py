"""The simulated platform: producers, catalogues, listeners and what they do."""

from __future__ import annotations
