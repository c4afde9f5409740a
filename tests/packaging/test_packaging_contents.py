"""What is in the packages, and what Debian's, freedesktop's and RPM's own checkers say of it."""

from __future__ import annotations

import hashlib
import shutil
import tarfile
from pathlib import Path

import pytest
from transcript import Transcript

NAME = "beatpass-desktop"
ONLY_DEB = {"usr/share/lintian", "usr/share/zsh/vendor-completions"}
ONLY_RPM = {"usr/share/zsh/site-functions"}


def needs(*programs: str) -> None:
    """Skip where one of the programs is not installed."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


def contents(tree: Path, without: set[str]) -> dict[str, str]:
    """The files of a tree with their checksums, or where they point to."""
    found = {}
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        if name.startswith(tuple(without)):
            continue
        if path.is_symlink():
            found[name] = str(path.readlink())
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def test_that_lintian_finds_nothing(deb: Path, transcript: Transcript) -> None:
    needs("lintian")
    said = transcript.run("lintian", "--allow-root", "--fail-on=error,warning", deb)
    assert [line for line in said.splitlines() if line[:2] in ("E:", "W:")] == []


def test_that_the_menu_entry_and_the_description_are_valid(
    deb_tree: Path, transcript: Transcript
) -> None:
    needs("appstreamcli", "desktop-file-validate")
    entry = deb_tree / "usr" / "share" / "applications" / f"{NAME}.desktop"
    assert transcript.run("desktop-file-validate", entry) == ""
    assert "Exec=beatpass-desktop %u" in entry.read_text(encoding="utf-8").splitlines()
    (description,) = (deb_tree / "usr" / "share" / "metainfo").iterdir()
    said = transcript.run("appstreamcli", "validate", "--pedantic", "--no-net", description)
    assert "Validation was successful" in said


def test_that_the_rpm_holds_what_the_deb_holds(
    rpm: Path, rpm_tree: Path, deb_tree: Path, transcript: Transcript
) -> None:
    for question in ("--list", "--scripts", "--requires", "--info"):
        said = transcript.run("rpm", "--query", "--package", question, rpm)
        if question == "--scripts":
            assert said == ""
    assert contents(rpm_tree, ONLY_RPM) == contents(deb_tree, ONLY_DEB)


def test_that_the_rpm_names_every_library_that_the_deb_names(
    rpm: Path, deb: Path, transcript: Transcript
) -> None:
    libraries = transcript.run("rpm", "--query", "--package", "--requires", rpm)
    packages = transcript.run("dpkg-deb", "--field", deb, "Depends")
    for library, package in (("libxcb-cursor.so.0", "libxcb-cursor0"), ("libEGL.so.1", "libegl1")):
        assert library in libraries
        assert package in packages
    # What the bundle brings along is not asked for.
    assert "libssl" not in libraries + packages
    assert "libQt6" not in libraries + packages


def test_that_the_program_from_the_rpm_starts(rpm_tree: Path, transcript: Transcript) -> None:
    said = transcript.run(rpm_tree / "usr" / "bin" / NAME, "--version")
    assert said.startswith("beatpass-desktop ")


def test_that_the_program_from_the_tarball_starts(
    tarball: Path, tmp_path: Path, transcript: Transcript
) -> None:
    with tarfile.open(tarball) as archive:
        archive.extractall(tmp_path, filter="tar")
    (top,) = tmp_path.iterdir()
    assert transcript.run(top / "bin" / NAME, "--version").startswith("beatpass-desktop ")


def test_that_everything_bundled_has_its_licence(deb_tree: Path) -> None:
    document = deb_tree / "usr" / "share" / "doc" / NAME / "copyright"
    words = document.read_text(encoding="utf-8")
    for part in ("PySide6", "numpy", "keyring", "apsw", "httpx", "Python 3.", "PyInstaller"):
        assert part in words, part
    for licence in ("GNU LESSER GENERAL PUBLIC LICENSE", "SIL Open Font License", "MIT License"):
        assert licence.lower() in words.lower(), licence


def test_that_the_checksums_are_those_of_the_files(dist: Path, transcript: Transcript) -> None:
    said = transcript.run("sha256sum", "--check", "SHA256SUMS", cwd=dist)
    assert {".deb", ".rpm", ".xz", ".json"} <= {
        Path(line.partition(":")[0]).suffix for line in said.splitlines()
    }


def test_that_the_sizes_are_within_their_limits(
    deb: Path, deb_tree: Path, transcript: Transcript
) -> None:
    files = (path for path in deb_tree.rglob("*") if path.is_file() and not path.is_symlink())
    installed = sum(path.stat().st_size for path in files) / 1e6
    download = deb.stat().st_size / 1e6
    transcript.note(f"installed {installed:.1f} MB, download {download:.1f} MB")
    assert installed <= 260
    assert download <= 80
