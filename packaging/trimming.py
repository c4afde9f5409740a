"""What of all that PyInstaller finds belongs into the bundle."""

from __future__ import annotations

import re
import sys
from pathlib import PurePath

_PLUGINS = {
    "platforms": "qxcb qwayland qoffscreen qwindows qcocoa",
    "imageformats": "qjpeg qwebp",
    "platforminputcontexts": "composeplatforminputcontextplugin ibusplatforminputcontextplugin",
    "platformthemes": "qxdgdesktopportal",
    "styles": "qmodernwindowsstyle qmacstyle",
    "wayland-decoration-client": "*",
    "wayland-graphics-integration-client": "*",
    "wayland-shell-integration": "*",
    "xcbglintegrations": "*",
}
"""The Qt plugins that are used, by kind; the other kinds are not used."""

_PLUGIN = re.compile(r"(?:^|/)PySide6/(?:Qt/)?plugins/([^/]+)/(?:lib)?([^/.]+)\.\w+$")
_UNUSED = re.compile(
    r"(?:^|/)PySide6/(?:Qt/)?(?:translations|qml|libexec|resources)/"
    r"|(?:^|/)(?:lib)?(?:Qt6(?:Pdf|Qml\w*|Quick\w*|VirtualKeyboard\w*|EglF[Ss]\w*|Test)\b)"
    r"|(?:^|/)pyqtgraph/(?:examples|opengl|icons/peegee)/"
    r"|(?:^|/)numpy/(?:[^/]+/)*tests/"
    r"|\.dist-info/(?:licenses/|sboms/|RECORD$)"
    r"|(?:^|/)opengl32sw\.dll$"
)
_BUNDLED = re.compile(r"lib(?:python3|ssl|crypto|ffi|sqlite3|bz2|lzma)[-.]")
"""Libraries of the building system that go with the program: what Python itself links to."""


def is_wanted(destination: str) -> bool:
    """Whether a file belongs into the bundle; `destination` is its path there.

    On Linux the libraries of the desktop (X11, Wayland, GL, GLib, D-Bus, fonts) are the system's:
    they fit its drivers and settings, and the packages depend on them.
    """
    path = PurePath(destination).as_posix()
    plugin = _PLUGIN.search(path)
    if plugin is not None:
        kind, name = plugin.groups()
        wanted = _PLUGINS.get(kind, "").split()
        return "*" in wanted or name in wanted
    if _UNUSED.search(path):
        return False
    is_of_system = sys.platform.startswith("linux") and "/" not in path and ".so" in path
    return not is_of_system or not path.startswith("lib") or bool(_BUNDLED.match(path))
