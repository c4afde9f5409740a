"""Writes the signed feed that tells the program of a release (docs/release-feed.md).

    python packaging/release_feed.py DIST --files URL --notes URL [--date DAY] [--output FILE]
    python packaging/release_feed.py --new-key

DIST holds the installers, which will be found below the URL of --files. RELEASE_SIGNING_KEY is the
private Ed25519 key, 32 bytes as base64. --new-key prints a new private key and its public one,
which belongs to beatpass_desktop/domain/links.py.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from project import VERSION, PackagingError, say

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.release_feed import release_in

_SYSTEMS = {".deb": "linux", ".rpm": "linux", ".gz": "linux", ".xz": "linux", ".exe": "windows",
            ".dmg": "macos"}  # fmt: skip


def main() -> int:
    """Write it; 1 after a message when that is not possible."""
    parser = argparse.ArgumentParser(description="Write the signed release feed.")
    parser.add_argument("dist", type=Path, nargs="?", default=Path("dist"))
    parser.add_argument("--files", default="", metavar="URL", help="where the installers will be")
    parser.add_argument("--notes", default="", metavar="URL", help="the page about the release")
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", metavar="DAY")
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: DIST/releases.json")
    parser.add_argument("--new-key", action="store_true", help="print a new pair of keys")
    found = parser.parse_args()
    if found.new_key:
        key = Ed25519PrivateKey.generate()
        private = base64.b64encode(key.private_bytes_raw()).decode()
        sys.stdout.write(f"private: {private}\npublic:  {_public(key)}\n")
        return 0
    try:
        text = feed(found.dist, found.files, found.notes, found.date)
    except PackagingError as error:
        say(str(error))
        return 1
    (found.output or found.dist / "releases.json").write_text(text, encoding="utf-8")
    return 0


def feed(dist: Path, files: str, notes: str, day: str) -> str:
    """The feed, read once as the program will read it. Raises PackagingError."""
    key = _key()
    release = {
        "version": VERSION,
        "date": day,
        "notes": notes,
        "files": [
            _file(path, files.rstrip("/"))
            for path in sorted(dist.iterdir())
            if path.suffix in _SYSTEMS and VERSION in path.name
        ],
    }
    told = json.dumps(release, indent=1)
    signature = base64.b64encode(key.sign(told.encode())).decode()
    text = json.dumps({"format": 1, "release": told, "signature": signature}, indent=1) + "\n"
    try:
        release_in(text, _public(key))
    except ApiError as error:
        raise PackagingError(f"the program would not take this feed: {error}") from error
    return text


def _file(path: Path, place: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "system": _SYSTEMS[path.suffix],
        "url": f"{place}/{path.name}",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _key() -> Ed25519PrivateKey:
    try:
        raw = base64.b64decode(os.environ.get("RELEASE_SIGNING_KEY", ""), validate=True)
        return Ed25519PrivateKey.from_private_bytes(raw)
    except ValueError as error:
        raise PackagingError("RELEASE_SIGNING_KEY is not a private Ed25519 key") from error


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


if __name__ == "__main__":
    sys.exit(main())
