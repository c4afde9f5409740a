"""Release feeds, signed with keys made for the tests."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NOTES = "https://open.beatpass.ca/desktop/releases"


class Signer:
    """One key pair.

    Attributes:
        key: the public key, as the program is told it.
    """

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        self.key = base64.b64encode(self._private.public_key().public_bytes_raw()).decode()

    def envelope(self, told: str) -> dict[str, Any]:
        """A feed that holds this text, signed."""
        signature = base64.b64encode(self._private.sign(told.encode())).decode()
        return {"format": 1, "release": told, "signature": signature}

    def feed(self, **changes: Any) -> dict[str, Any]:
        """A feed about a release, signed."""
        return self.envelope(json.dumps(release(**changes)))


def release(**changes: Any) -> dict[str, Any]:
    """What a feed tells."""
    told: dict[str, Any] = {
        "version": "9.10.0",
        "date": "2026-11-30",
        "notes": NOTES,
        "files": [file(system) for system in ("linux", "windows", "macos")],
    }
    return told | changes


def file(system: str = "linux", **changes: Any) -> dict[str, Any]:
    """What a feed tells of an installer."""
    return {
        "system": system,
        "url": f"https://open.beatpass.ca/desktop/9.10.0/{system}",
        "size": 50_000_000,
        "sha256": "0f" * 32,
    } | changes
