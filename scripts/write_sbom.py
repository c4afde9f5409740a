"""Writes a CycloneDX 1.6 document of what the program is made of.

    write_sbom.py FILE

The components are the locked packages of requirements/run.txt for this platform, with the licences
that their installed metadata name, and the files that are bundled. The same input gives the same
file; SOURCE_DATE_EPOCH dates it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from beatpass_desktop.version import VERSION  # noqa: E402

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_BUNDLED = (
    ("Inter", "OFL-1.1", "https://rsms.me/inter/"),
    ("Lucide", "ISC", "https://lucide.dev/"),
)


def main() -> int:
    """Write the document."""
    if len(sys.argv) != 2:
        print("usage: write_sbom.py FILE", file=sys.stderr)
        return 2
    pins = _PIN.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    packages = [_package(name, version) for name, version in sorted(pins)]
    document = _document([package for package in packages if package is not None])
    Path(sys.argv[1]).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(f"{len(document['components'])} components in {sys.argv[1]}")
    return 0


def _document(packages: list[dict[str, Any]]) -> dict[str, Any]:
    bundled = [
        {
            "type": "library",
            "bom-ref": f"bundled:{name}",
            "name": name,
            "licenses": [{"license": {"id": licence}}],
            "externalReferences": [{"type": "website", "url": address}],
        }
        for name, licence, address in _BUNDLED
    ]
    components = packages + bundled
    own = f"pkg:pypi/beatpass-desktop@{VERSION}"
    seed = json.dumps(components, sort_keys=True)
    at = int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or None
    made = datetime.fromtimestamp(at, UTC) if at else datetime.now(UTC)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + seed)}",
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "beatpass-desktop",
                "version": VERSION,
                "purl": own,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in components]}],
    }


def _package(name: str, version: str) -> dict[str, Any] | None:
    """A component; None for a package of another platform."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    component = {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
    }  # fmt: skip
    if licence := _licence(found):
        component["licenses"] = [licence]  # type: ignore[assignment]
    return component


def _licence(found: metadata.Distribution) -> dict[str, Any] | None:
    expression = found.metadata.get("License-Expression")
    if expression:
        return {"expression": expression}
    named = found.metadata.get("License") or ""
    if not named or "\n" in named or len(named) > 80:
        classified = found.metadata.get_all("Classifier") or []
        named = next((c.rpartition(" :: ")[2] for c in classified if c.startswith("License")), "")
    return {"license": {"name": named}} if named and named != "OSI Approved" else None


if __name__ == "__main__":
    sys.exit(main())
