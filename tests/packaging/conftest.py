"""The packages under test. They are built, and these tests run, by `make package-test`."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from debian_root import DebianRoot, make_pristine
from transcript import Transcript

from beatpass_desktop.version import VERSION

ROOT = Path(__file__).parents[2]
SUITES = os.environ.get("PACKAGE_TEST_SUITES", "bookworm trixie").split()


@pytest.fixture(scope="session")
def dist() -> Path:
    """The folder of the packages."""
    given = os.environ.get("PACKAGE_TEST_DIST")
    if not given:
        pytest.skip("needs built packages: make package-test")
    return Path(given)


@pytest.fixture(scope="session")
def transcript(dist: Path) -> Transcript:
    return Transcript(dist / "package-test.txt")


def _one(dist: Path, pattern: str) -> Path:
    found = sorted(dist.glob(pattern))
    assert len(found) == 1, f"{pattern}: {found}"
    return found[0]


@pytest.fixture(scope="session")
def deb(dist: Path) -> Path:
    return _one(dist, f"*_{VERSION}_*.deb")


@pytest.fixture(scope="session")
def rpm(dist: Path) -> Path:
    return _one(dist, f"*-{VERSION}-*.rpm")


@pytest.fixture(scope="session")
def tarball(dist: Path) -> Path:
    return _one(dist, f"*-{VERSION}-linux-*.tar.xz")


@pytest.fixture(scope="session")
def older_deb(dist: Path) -> Path:
    """The same program under an earlier version."""
    return _one(Path(os.environ["PACKAGE_TEST_OLDER"]), "*.deb")


@pytest.fixture(scope="session")
def rpm_tree(rpm: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the .rpm would install."""
    folder = tmp_path_factory.mktemp("rpm")
    unpack = 'rpm2cpio "$0" | cpio --quiet --extract --make-directories'
    subprocess.run(["sh", "-c", unpack, rpm], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="session")
def deb_tree(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the .deb would install."""
    folder = tmp_path_factory.mktemp("deb")
    subprocess.run(["dpkg-deb", "--extract", deb, folder], check=True)
    return folder


@pytest.fixture(scope="session")
def display(dist: Path) -> Iterator[str]:
    """An X server, reached through its abstract socket also from within a root."""
    if shutil.which("Xvfb") is None:
        pytest.skip("not installed: Xvfb")
    read, write = os.pipe()
    screen = ["-screen", "0", "1400x2500x24", "-nolisten", "tcp", "-ac"]
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *screen],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as number:
            yield f":{number.readline().strip()}"
        server.terminate()


@pytest.fixture(scope="session", params=SUITES)
def pristine(request: pytest.FixtureRequest, dist: Path) -> Path:
    """A minimal Debian that nothing was installed in."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        pytest.skip("needs debootstrap, and root to use it")
    return make_pristine(request.param, ROOT / "build" / "roots")


@pytest.fixture
def debian(
    pristine: Path, transcript: Transcript, display: str, tmp_path: Path
) -> Iterator[DebianRoot]:
    """A fresh copy of it."""
    root = DebianRoot(pristine, tmp_path / "root", transcript, display)
    yield root
    shutil.rmtree(root.path)
