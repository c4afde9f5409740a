"""What the app's files take up."""

from __future__ import annotations

from typing import NamedTuple


class StorageUse(NamedTuple):
    """Bytes of stored data, of images and of logs."""

    data: int
    images: int
    logs: int
