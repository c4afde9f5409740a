"""Waiting for the store's writer from the event loop."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from beatpass_desktop.store.store import Store
from beatpass_desktop.store.threads import Job

T = TypeVar("T")


async def commit(store: Store, job: Job[T]) -> T:
    """Run `job` in one transaction and return its result once it is on the disk.

    Raises StoreError. A caller that is cancelled does not undo a job that already runs.
    """
    return await asyncio.wrap_future(store.write(job))
