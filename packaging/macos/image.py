"""Makes the macOS disk image from what `python packaging/build.py bundle` froze; runs on macOS.

    python packaging/macos/image.py

Signing and notarising are driven by the environment, and it is said when they are left out:

    CODESIGN_IDENTITY                            "Developer ID Application: …", in the keychain
    NOTARY_APPLE_ID, NOTARY_TEAM, NOTARY_PASSWORD  an account of Apple's notary service, with an
                                                 app-specific password

Without an identity the app gets the ad-hoc signature that Apple's processors ask for; whoever opens
it has to agree in the system settings.
"""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from project import BUILD, BUNDLE, NAME, ROOT, TITLE, VERSION, PackagingError, run, say  # noqa: E402

APP = BUNDLE.parent / f"{TITLE}.app"
_NOTARY = ("NOTARY_APPLE_ID", "NOTARY_TEAM", "NOTARY_PASSWORD")


def main() -> int:
    """Make it; 1 after a message when that is not possible."""
    try:
        image = build()
    except PackagingError as error:
        say(str(error))
        return 1
    say(f"{image}: {image.stat().st_size / 1e6:.1f} MB")
    return 0


def build() -> Path:
    """Make the image and return it. Raises PackagingError."""
    if sys.platform != "darwin":
        raise PackagingError("a disk image can be made on macOS only")
    if not APP.is_dir():
        raise PackagingError(f"there is no {APP}: run packaging/build.py bundle first")
    describe(APP)
    identity = os.environ.get("CODESIGN_IDENTITY", "")
    _sign(APP, identity)
    image = ROOT / "dist" / f"{NAME}-{VERSION}-macos-{platform.machine()}.dmg"
    _write_image(image)
    if identity:
        run("codesign", "--force", "--timestamp", "--sign", identity, image)
        _notarise(image)
    else:
        say("neither signed nor notarised: CODESIGN_IDENTITY is not set")
    return image


def describe(app: Path) -> None:
    """Put the values of Info.plist beside this file into that of the app."""
    path = app / "Contents" / "Info.plist"
    found: dict[str, Any] = plistlib.loads(path.read_bytes())
    found |= plistlib.loads((HERE / "Info.plist").read_bytes())
    path.write_bytes(plistlib.dumps(found))


def _sign(app: Path, identity: str) -> None:
    """Seal the app anew; what is within it was signed when it was frozen."""
    words = ["codesign", "--force", "--sign", identity or "-"]
    if identity:
        words += ["--timestamp", "--options", "runtime"]
        words += ["--entitlements", str(HERE / "entitlements.plist")]
    run(*words, app)
    run("codesign", "--verify", "--deep", "--strict", app)


def _write_image(image: Path) -> None:
    """A window with the app, the folder to drag it to, and the licences."""
    content = BUILD / "image"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    # ditto keeps what the signature covers: links, modes, attributes.
    run("ditto", APP, content / APP.name)
    (content / "Applications").symlink_to("/Applications")
    shutil.copy2(BUNDLE / "LICENCES.txt", content)
    image.parent.mkdir(exist_ok=True)
    image.unlink(missing_ok=True)
    words = ["hdiutil", "create", "-volname", TITLE, "-fs", "HFS+", "-format", "UDZO", "-ov"]
    run(*words, "-srcfolder", content, image)


def _notarise(image: Path) -> None:
    account, team, password = (os.environ.get(name, "") for name in _NOTARY)
    if not (account and team and password):
        say(f"not notarised: {', '.join(_NOTARY)} are not all set")
        return
    words = ["xcrun", "notarytool", "submit", "--wait", "--apple-id", account, "--team-id", team]
    # Not through run(), whose report of a failure might quote the password.
    done = subprocess.run([*words, "--password", password, image])
    if done.returncode:
        raise PackagingError(f"Apple's notary service did not accept {image.name}")
    run("xcrun", "stapler", "staple", image)


if __name__ == "__main__":
    sys.exit(main())
