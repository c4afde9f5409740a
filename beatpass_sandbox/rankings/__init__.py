"""How the platform's producers compare with each other."""

from __future__ import annotations
