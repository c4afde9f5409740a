"""The sandbox's tables by topic, as SQL."""

from __future__ import annotations
