"""Makes the .deb."""

from __future__ import annotations

import hashlib
import shutil
import textwrap
from pathlib import Path

import elf
import tree
from licences import bundled_packages
from project import (
    BUILD,
    DESCRIPTION,
    HOMEPAGE,
    MAINTAINER,
    NAME,
    SUMMARY,
    VERSION,
    output,
    run,
    settle,
)

TOOLS = {"dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev"}
RECOMMENDED = (
    "default-dbus-session-bus | dbus-session-bus, gnome-keyring | kwalletmanager, xdg-utils"
)
"""a keychain for the access token, and a way to open links"""


def build(out: Path, sbom: Path) -> Path:
    """Write the package into `out`. Raises PackagingError."""
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    tree.lay_out(root / "usr", sbom, zsh="vendor-completions")
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    overrides.write_bytes((tree.LINUX / f"{NAME}.lintian-overrides").read_bytes())
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    architecture = output("dpkg", "--print-architecture").strip()
    control = root / "DEBIAN"
    control.mkdir()
    sums = "".join(
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )
    (control / "md5sums").write_text(sums)
    depends = _depends(root / "usr" / "lib" / NAME)
    (control / "control").write_text(_control(architecture, kilobytes, depends))
    settle(root)
    package = out / f"{NAME}_{VERSION}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, package)
    return package


def _control(architecture: str, kilobytes: int, depends: str) -> str:
    paragraphs = (
        textwrap.fill(words, 78, initial_indent=" ", subsequent_indent=" ") for words in DESCRIPTION
    )
    description = "\n .\n".join(paragraphs)
    return (
        f"Package: {NAME}\nVersion: {VERSION}\nArchitecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\nInstalled-Size: {kilobytes}\nDepends: {depends}\n"
        f"Recommends: {RECOMMENDED}\nSection: sound\nPriority: optional\nHomepage: {HOMEPAGE}\n"
        f"Description: {SUMMARY}\n{description}\n"
    )


def _depends(bundle: Path) -> str:
    """What Debian's packages are called that have the libraries the bundle needs."""
    # It wants to run where a source package lies.
    place = BUILD / "deb-depends"
    (place / "debian").mkdir(parents=True, exist_ok=True)
    (place / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"
    )
    files = elf.elf_files(bundle)
    asking = ["dpkg-shlibdeps", "--ignore-missing-info", "-O"]
    asking += [f"-l{folder}" for folder in sorted({path.parent for path in files})]
    # It knows which package has a library, not that the bundle has it too.
    asking += [f"-x{package}" for package in sorted(set(bundled_packages(bundle).values()))]
    said = output(*asking, *(f"-e{path}" for path in files), cwd=place)
    return said.partition("shlibs:Depends=")[2].strip()
