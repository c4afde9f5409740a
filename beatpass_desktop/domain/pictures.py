"""Covers and avatars: named by the address that BeatPass gives, kept as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class PictureShelf(Protocol):
    """The pictures on this computer. Thread-safe."""

    def find(self, address: str) -> Path | None:
        """The file of a picture; None when it is not here."""

    def keep(self, address: str, data: bytes) -> bool:
        """Put a picture there; the least used ones make room. False when the disk is full, or the
        picture could not be put there for another reason."""

    def discard(self, address: str) -> None:
        """Remove a picture whose file turned out to be none."""


class PicturePort(Protocol):
    """Through which pictures are wished for."""

    @property
    def is_busy(self) -> bool:
        """Whether some are still being fetched."""

    def want(self, addresses: Sequence[str]) -> None:
        """Fetch these, the first of them first, before all that was wished for earlier."""
