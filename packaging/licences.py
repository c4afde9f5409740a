"""The licences of everything that the bundle holds, collected from where it was installed."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from project import AUTHOR, HOMEPAGE, ROOT, TITLE

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_LICENCE_FILE = re.compile(r"(?:^|/)(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*$", re.IGNORECASE)
_RULE = "=" * 78


def text(bundle: Path) -> str:
    """One text: our own licence, then each part of the bundle with its own."""
    parts = [
        f"{TITLE}\n{HOMEPAGE}\nCopyright: {AUTHOR}\n\n{_read(ROOT / 'LICENSE')}",
        *_resources(),
        *_python(),
        *_packages(),
        *_system_libraries(bundle),
    ]
    return f"\n\n{_RULE}\n".join(part.strip() for part in parts) + "\n"


def _resources() -> Iterator[str]:
    yield f"Inter (fonts)\n\n{_read(ROOT / 'resources' / 'fonts' / 'LICENSE-inter.txt')}"
    yield f"Lucide (icons)\n\n{_read(ROOT / 'resources' / 'icons' / 'LICENSE-lucide.txt')}"


def _python() -> Iterator[str]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix, "LICENSE")]
    places += [Path(sys.base_prefix, "LICENSE.txt"), *Path("/usr/share/doc").glob("python3*/copy*")]
    found = next((place for place in places if place.is_file()), None)
    words = _read(found) if found else "PSF-2.0, https://docs.python.org/3/license.html"
    yield f"Python {version}\n\n{words}"
    yield (
        "PyInstaller's bootloader\n\nGPL-2.0-or-later with the exception that it may be part of "
        "programs under any licence.\n\n" + _of_package("pyinstaller")
    )


def _packages() -> Iterator[str]:
    pins = _PIN.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    for name in sorted(pins):
        words = _of_package(name)
        if words:
            yield words


def _of_package(name: str) -> str:
    """Name, version and licence texts of an installed package; empty for one that is not."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ""
    about = found.metadata
    named = about.get("License-Expression") or about.get("License") or ""
    if not named or "\n" in named or named == "OSI Approved":
        classes = [text for text in about.get_all("Classifier") or [] if text.startswith("License")]
        named = ", ".join(text.rpartition(" :: ")[2] for text in classes)
    # Packages bring the licences of what they contain in files of that name.
    files = sorted((file for file in found.files or () if _LICENCE_FILE.search(str(file))), key=str)
    texts = dict.fromkeys(_read(Path(str(found.locate_file(file)))).strip() for file in files)
    parts = [f"{about['Name']} {about['Version']}", f"Licence: {named or 'see below'}"]
    return "\n\n".join(["\n".join(parts), *(text for text in texts if text)])


def _system_libraries(bundle: Path) -> Iterator[str]:
    """Libraries of the building system, with what its package says of them (Debian, Ubuntu)."""
    if not sys.platform.startswith("linux"):
        return
    packages = bundled_packages(bundle)
    for package in sorted(set(packages.values())):
        document = Path("/usr/share/doc", package, "copyright")
        names = ", ".join(library for library, of in packages.items() if of == package)
        if document.is_file():
            yield f"{names}\n\n{_read(document)}"


def bundled_packages(bundle: Path) -> dict[str, str]:
    """The libraries of the building system in the bundle, with Debian's package for each."""
    found: dict[str, str] = {}
    for library in sorted((bundle / "_internal").glob("lib*.so*")):
        asked = subprocess.run(["dpkg", "-S", f"*/{library.name}"], capture_output=True, text=True)
        if asked.returncode == 0:
            found[library.name] = asked.stdout.partition(":")[0]
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
