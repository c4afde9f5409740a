"""Makes the installers that this system can make.

    python packaging/build.py [bundle] [deb] [rpm] [tarball]
    python packaging/build.py sums

Without names all of them; with names the bundle is frozen only when it is named or missing. They
come to dist/, with SHA256SUMS and the list of what they are made of. `make package` calls this with
a Python that has the locked packages. `sums` writes the checksums anew, of whatever is there.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import bundle
import deb
import rpm
import tarball
from project import BUNDLE, NAME, ROOT, VERSION, PackagingError, run, say

DIST = ROOT / "dist"
SBOM = DIST / f"{NAME}.cdx.json"
_KINDS = {"deb": deb, "rpm": rpm, "tarball": tarball}


def main(names: list[str]) -> int:
    """Make them; 1 after a message when one could not be made, 2 for a wrong name."""
    if not set(names) <= {"bundle", "sums", *_KINDS}:
        say("usage: build.py [bundle] [deb] [rpm] [tarball] | sums")
        return 2
    try:
        _make(names or ["bundle", *_KINDS])
    except PackagingError as error:
        say(str(error))
        return 1
    return 0


def _make(names: list[str]) -> None:
    DIST.mkdir(exist_ok=True)
    if "sums" in names:
        _write_sums()
        return
    if "bundle" in names or not BUNDLE.is_dir():
        say(f"freezing {NAME} {VERSION}")
        bundle.freeze()
    run(sys.executable, ROOT / "scripts" / "write_sbom.py", SBOM)
    kinds = [name for name in names if name in _KINDS]
    if not sys.platform.startswith("linux"):
        say(f"the bundle is in {BUNDLE}; packaging/README.md says how its installer is made")
        kinds = []
    for name in kinds:
        kind = _KINDS[name]
        missing = [program for program in kind.TOOLS if shutil.which(program) is None]
        if missing:
            say(f"no {name} can be made here: {', '.join(missing)} not found")
            continue
        say(f"making the {name}")
        package = kind.build(DIST, SBOM)
        say(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.1f} MB")
    _write_sums()


def _write_sums() -> None:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(DIST.iterdir())
        if path.name.startswith(NAME) and (VERSION in path.name or path == SBOM)
    ]
    Path(DIST, "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
