"""The folders that the Linux packages install, the same for each kind of package."""

from __future__ import annotations

import gzip
import shutil
import textwrap
from pathlib import Path

import icons
from metainfo import APPLICATION_ID, metainfo
from project import BUNDLE, MAINTAINER, NAME, PackagingError, releases, settle

LINUX = Path(__file__).with_name("linux")
_COMPLETIONS = {
    f"{NAME}.bash": f"bash-completion/completions/{NAME}",
    f"{NAME}.fish": f"fish/vendor_completions.d/{NAME}.fish",
}
_ZSH = f"_{NAME}"


def lay_out(prefix: Path, sbom: Path, zsh: str = "site-functions") -> None:
    """Fill `prefix` (what will be /usr) from the bundle. `zsh` is the folder of its completions.

    Raises PackagingError when a file that belongs there is missing.
    """
    shutil.rmtree(prefix, ignore_errors=True)
    shutil.copytree(BUNDLE, prefix / "lib" / NAME, symlinks=True)
    (prefix / "bin").mkdir()
    (prefix / "bin" / NAME).symlink_to(Path("..", "lib", NAME, NAME))
    share = prefix / "share"
    _copy(LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    icons.install(share)
    _write(share / "metainfo" / f"{APPLICATION_ID}.metainfo.xml", metainfo().encode())
    for name, target in _COMPLETIONS.items():
        _copy(LINUX / "completions" / name, share / target)
    _copy(LINUX / "completions" / _ZSH, share / "zsh" / zsh / _ZSH)
    _write(share / "man" / "man1" / f"{NAME}.1.gz", _packed(_read(LINUX / f"{NAME}.1")))
    documents = share / "doc" / NAME
    # In the bundle for systems without such a folder.
    (prefix / "lib" / NAME / "LICENCES.txt").rename(_made(documents / "copyright"))
    _write(documents / "changelog.gz", _packed(_changelog().encode()))
    _copy(sbom, documents / sbom.name)
    settle(prefix)


def _changelog() -> str:
    """The release notes in Debian's format."""
    parts = []
    for release in releases():
        points = [point for _, points in release.sections for point in points]
        lines = "\n".join(_wrapped(point) for point in points)
        date = release.date.strftime("%a, %d %b %Y %H:%M:%S +0000")
        parts.append(
            f"{NAME} ({release.version}) stable; urgency=medium\n\n{lines}\n\n"
            f" -- {MAINTAINER}  {date}\n"
        )
    return "\n".join(parts)


def _wrapped(point: str) -> str:
    return textwrap.fill(point, 78, initial_indent="  * ", subsequent_indent="    ")


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PackagingError(f"{path.relative_to(LINUX.parents[1])} is missing") from error


def _copy(source: Path, target: Path) -> None:
    _write(target, _read(source))


def _write(target: Path, content: bytes) -> None:
    _made(target).write_bytes(content)


def _made(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
