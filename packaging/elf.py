"""Programs and libraries of Linux: found, stripped, and asked what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from project import output, run

_NEEDED = re.compile(r"^ +NEEDED +(\S+)$", re.MULTILINE)
_VERSIONS = re.compile(r"^ +required from (\S+):\n((?:^ +0x.*\n)+)", re.MULTILINE)
_VERSION = re.compile(r"\b(GLIBC|GLIBCXX)_(\d+(?:\.\d+)+)$", re.MULTILINE)


def elf_files(folder: Path) -> list[Path]:
    """All programs and libraries below a folder, sorted."""
    return [path for path in sorted(folder.rglob("*")) if not path.is_symlink() and _is_elf(path)]


def _is_elf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def slim(folder: Path) -> None:
    """Take out symbols that only debuggers read, and search paths of the machine it was built on.

    numpy's own libraries cannot be loaded when they are stripped, and a program of PyInstaller
    carries its modules where `strip` would cut them off.
    """
    for path in elf_files(folder):
        parts = path.relative_to(folder).parts
        if len(parts) == 1:
            continue
        if not any(part.startswith("numpy") for part in parts):
            run("strip", "--strip-unneeded", path)
        search_path = output("objdump", "-p", path)
        if re.search(r"^ +(?:RPATH|RUNPATH) +/", search_path, re.MULTILINE):
            run("chrpath", "-d", path)
        path.chmod(0o644)


def requirements(folder: Path) -> list[str]:
    """What RPM calls the libraries that the files of a folder need from the system.

    A bundle for 64-bit systems is taken for granted, since Qt's wheels are for these alone.
    """
    files = elf_files(folder)
    own = {path.name for path in files}
    found: set[str] = set()
    newest: dict[tuple[str, str], tuple[int, ...]] = {}
    for path in files:
        said = output("objdump", "-p", path)
        found |= {name for name in _NEEDED.findall(said) if name not in own}
        for library, name, version in _versions(said):
            if library not in own:
                newest[library, name] = max(newest.get((library, name), ()), version)
    wanted = {f"{library}()(64bit)" for library in found if not library.startswith("ld-linux")}
    for (library, name), version in newest.items():
        wanted.add(f"{library}({name}_{'.'.join(map(str, version))})(64bit)")
    return sorted(wanted)


def _versions(said: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for library, lines in _VERSIONS.findall(said):
        if library.startswith("ld-linux"):
            continue
        for name, version in _VERSION.findall(lines):
            yield library, name, tuple(int(part) for part in version.split("."))
