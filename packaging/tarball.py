"""Makes the .tar.xz, to be unpacked into any prefix, such as ~/.local or /opt/beatpass-desktop."""

from __future__ import annotations

import os
import platform
import shutil
import tarfile
from pathlib import Path

import tree
from project import BUILD, NAME, VERSION, run

TOOLS = {"xz": "xz-utils"}


def build(out: Path, sbom: Path) -> Path:
    """Write the archive into `out`. Raises PackagingError."""
    work = BUILD / "tarball"
    shutil.rmtree(work, ignore_errors=True)
    top = f"{NAME}-{VERSION}"
    tree.lay_out(work / top, sbom)
    plain = out / f"{top}-linux-{platform.machine()}.tar"
    with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as archive:
        for folder, folders, names in os.walk(work):
            folders.sort()
            here = Path(folder)
            links = [name for name in folders if (here / name).is_symlink()]
            for name in sorted([*names, *links]):
                path = here / name
                archive.add(path, path.relative_to(work), recursive=False, filter=_by_root)
    run("xz", "--threads=1", "--force", plain)
    return plain.with_name(f"{plain.name}.xz")


def _by_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
