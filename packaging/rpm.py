"""Makes the .rpm, from the same folders as the .deb."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

import elf
import tree
from project import BUILD, DESCRIPTION, HOMEPAGE, NAME, SUMMARY, VERSION, run

TOOLS = {"rpmbuild": "rpm"}
_SPEC = """\
Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: MIT
URL: {homepage}
Group: Productivity/Multimedia/Sound/Utilities
AutoReqProv: no
{requires}
Recommends: xdg-utils
Recommends: (gnome-keyring or kwalletmanager5)

%description
{description}

%install
mkdir -p %{{buildroot}}
cp -a {root}/usr %{{buildroot}}/usr

%files
{files}
"""
_SETTINGS = {
    # The bundle is stripped already, and some of it must not be.
    "__os_install_post": "%{nil}",
    "_build_id_links": "none",
    "_binary_payload": "w6.xzdio",
    "_buildhost": "reproducible",
    "use_source_date_epoch_as_buildtime": "1",
    "clamp_mtime_to_source_date_epoch": "1",
    "debug_package": "%{nil}",
}
_OWN = (f"/usr/lib/{NAME}", f"/usr/share/doc/{NAME}")


def build(out: Path, sbom: Path) -> Path:
    """Write the package into `out`. Raises PackagingError."""
    work = BUILD / "rpm"
    shutil.rmtree(work, ignore_errors=True)
    root = work / "tree"
    tree.lay_out(root / "usr", sbom)
    wanted = elf.requirements(root / "usr" / "lib" / NAME)
    recipe = work / f"{NAME}.spec"
    recipe.write_text(
        _SPEC.format(
            name=NAME,
            version=VERSION,
            summary=SUMMARY,
            homepage=HOMEPAGE,
            requires="\n".join(f"Requires: {name}" for name in wanted),
            description="\n\n".join(DESCRIPTION),
            root=root,
            files="\n".join(_files(root)),
        )
    )
    settings = {"_topdir": str(work / "rpmbuild"), "_rpmdir": str(work / "made"), **_SETTINGS}
    words = [word for key, value in settings.items() for word in ("--define", f"{key} {value}")]
    run("rpmbuild", "-bb", "--quiet", *words, recipe)
    made = next((work / "made").rglob("*.rpm"))
    package = out / f"{NAME}-{VERSION}-1.{platform.machine()}.rpm"
    shutil.move(made, package)
    return package


def _files(root: Path) -> list[str]:
    """What the package owns: its own folders whole, and single files in folders of the system."""
    owned = list(_OWN)
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            path = f"/{(Path(folder) / name).relative_to(root)}"
            if not path.startswith(tuple(f"{own}/" for own in _OWN)):
                owned.append(path)
    # Manuals are documentation to rpm wherever they lie; licences are to be named.
    return ["%defattr(-,root,root,-)", *owned, f"%license /usr/share/doc/{NAME}/copyright"]
