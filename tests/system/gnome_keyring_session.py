"""Uses the program's keychain within a session that has a Secret Service; run by a test."""

from __future__ import annotations

import asyncio
import json
import sys

from beatpass_desktop.system.keychain import Keychain


async def _used() -> dict[str, object]:
    chain = Keychain()
    found: dict[str, object] = {"backend": await chain.backend(), "before": await chain.get("a/1")}
    await chain.set("a/1", "first")
    await chain.set("b/1", "other store")
    await chain.set("a/1", "second")
    found["kept"] = [await chain.get("a/1"), await chain.get("b/1")]
    await chain.delete("a/1")
    await chain.delete("a/1")
    found["after"] = [await chain.get("a/1"), await chain.get("b/1")]
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(_used())))
