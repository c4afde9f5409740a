"""What is told in one place and used by every package: names, version, date, release notes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from beatpass_desktop.version import VERSION  # noqa: E402

__all__ = ["VERSION"]

NAME = "beatpass-desktop"
TITLE = "BeatPass Desktop"
SUMMARY = "Producer Dashboard for BeatPass that works offline"
DESCRIPTION = (
    (
        "BeatPass Desktop shows producers how their beats do: plays, downloads, growth, albums, "
        "earnings, leaderboards and achievements."
    ),
    (
        "It opens at once with what it last knew, says how old that is, brings it up to date in "
        "the background and stays readable without a network."
    ),
)
HOMEPAGE = "https://open.beatpass.ca"
AUTHOR = "BeatPass Desktop contributors"
MAINTAINER = f"{AUTHOR} <beatpass-desktop@users.noreply.github.com>"
BUILD = ROOT / "build"
BUNDLE = BUILD / "bundle" / NAME

_HEADING = re.compile(r"## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$")


class PackagingError(Exception):
    """A package cannot be made; the text is for people."""


class Release(NamedTuple):
    """A part of CHANGELOG.md; `sections` are headings with their points, in Markdown."""

    version: str
    date: datetime
    sections: list[tuple[str, list[str]]]


@cache
def epoch() -> int:
    """The date of all files, in s since 1970: SOURCE_DATE_EPOCH, or that of the last commit.

    Raises PackagingError where neither is known.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    try:
        return int(output("git", "-C", ROOT, "log", "-1", "--format=%ct"))
    except (OSError, PackagingError) as error:
        raise PackagingError("not a git checkout: set SOURCE_DATE_EPOCH") from error


def releases() -> list[Release]:
    """The release notes, the newest first; what is unreleased counts as this version."""
    found: list[Release] = []
    for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines():
        heading = _HEADING.match(line)
        if heading is not None:
            version, day = heading.groups()
            is_new = version == "Unreleased"
            date = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else _today()
            found.append(Release(VERSION if is_new else version, date, []))
        elif found and line.startswith("### "):
            found[-1].sections.append((line[4:], []))
        elif found and found[-1].sections and line.strip():
            points = found[-1].sections[-1][1]
            if line.startswith("- "):
                points.append(line[2:])
            elif points:
                points[-1] += f" {line.strip()}"
    noted = [release for release in found if release.sections]
    # With nothing new since the release, its own notes stand.
    return [noted[0], *(release for release in noted[1:] if release.version != noted[0].version)]


def _today() -> datetime:
    return datetime.fromtimestamp(epoch(), UTC)


def environment() -> dict[str, str]:
    """The environment of tools whose output must not depend on the day or the machine."""
    settled = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch()), "LC_ALL": "C.UTF-8"}
    return {**os.environ, **settled, "TZ": "UTC", "DPKG_DEB_THREADS_MAX": "1"}


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a tool. Raises PackagingError with what it said."""
    output(*command, cwd=cwd)


def output(*command: str | Path, cwd: Path | None = None) -> str:
    """What a tool writes. Raises PackagingError with what it said when it fails."""
    # Asking for the date of the last commit ends here too.
    surroundings = None if command[0] == "git" else environment()
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, cwd=cwd, env=surroundings
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise PackagingError(f"{command[0]} ended with {done.returncode}: {said}")
    return done.stdout


def settle(folder: Path) -> None:
    """Give everything below `folder` the date of the release and the usual modes."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def say(words: str | Sequence[str]) -> None:
    """Tell whoever waits."""
    text = words if isinstance(words, str) else " ".join(words)
    sys.stderr.write(f"package: {text}\n")
