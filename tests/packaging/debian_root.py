"""A minimal Debian made by debootstrap, in which a package is installed and used."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from transcript import Transcript

MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
USER = "artist"
HOME = f"/home/{USER}"
_SYSTEM = {"dev", "proc", "sys"}


def make_pristine(suite: str, folder: Path) -> Path:
    """The root of a minimal system with one user, kept in `folder` for the next time."""
    root = folder / suite
    if not (root / HOME[1:]).is_dir():
        shutil.rmtree(root, ignore_errors=True)
        shell = Transcript(folder / f"{suite}.log")
        shell.run("debootstrap", "--variant=minbase", suite, root, MIRROR)
        shell.run("chroot", root, "useradd", "--create-home", "--uid=1000", USER)
    return root


class DebianRoot:
    """A copy of a pristine root."""

    def __init__(self, pristine: Path, path: Path, transcript: Transcript, display: str) -> None:
        self.path = path
        self._transcript = transcript
        self._display = display
        transcript.run(
            "cp",
            "--archive",
            pristine,
            path,
            shown=f"# debootstrap --variant=minbase {pristine.name}",
        )
        for name in ("hosts", "resolv.conf"):
            shutil.copyfile(Path("/etc") / name, path / "etc" / name)

    def run(self, *words: str, code: int | None = 0) -> str:
        """Run a command as root, without a display."""
        return self._run(words, "0:0", "/root", "# ", code)

    def use(self, *words: str, code: int | None = 0) -> str:
        """Run a command as the user, on the display."""
        return self._run(words, "1000:1000", HOME, "$ ", code)

    def _run(
        self, words: tuple[str, ...], who: str, home: str, prompt: str, code: int | None
    ) -> str:
        inside = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        inside += [f"--mount-proc={self.path / 'proc'}", "chroot", f"--userspec={who}"]
        surroundings = {
            "DEBIAN_FRONTEND": "noninteractive",
            "HOME": home,
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        }
        if who != "0:0":
            surroundings["DISPLAY"] = self._display
        environment = [f"{name}={value}" for name, value in surroundings.items()]
        return self._transcript.run(
            *inside,
            self.path,
            *("env", "-i", "--chdir=/", *environment, *words),
            shown=f"{prompt}{shlex.join(words)}",
            code=code,
        )

    def bring(self, package: Path) -> str:
        """Copy a package into the root; returns its path there."""
        shutil.copyfile(package, self.path / "srv" / package.name)
        return f"/srv/{package.name}"

    def files(self) -> set[str]:
        """The paths of all files, links and folders, but for those of the kernel."""
        found = set()
        for folder, folders, names in os.walk(self.path):
            if Path(folder) == self.path:
                folders[:] = [name for name in folders if name not in _SYSTEM]
            here = folder.removeprefix(str(self.path))
            found |= {f"{here}/{name}" for name in (*folders, *names)}
        return found
