"""A start, up to the first paint; then `online.py` goes on."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from beatpass_desktop.app import App
from beatpass_desktop.models.formatting import UNKNOWN
from beatpass_desktop.options import Options
from beatpass_desktop.store.connection import check_library
from beatpass_desktop.store.errors import StoreBusy, StoreError, StoreReadOnly, is_damage
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.store.opening import mark_damaged
from beatpass_desktop.store_key import NOT_ENCRYPTED, says_that_it_is_plain, system_keychain
from beatpass_desktop.system.folders import Folders, folders
from beatpass_desktop.views.theme.theme import STYLE_ARGUMENTS

if TYPE_CHECKING:
    from beatpass_desktop.store_key import KeyFetch
    from beatpass_desktop.system.keychain import Keychain


def run(
    options: Options,
    keychain: Callable[[], Keychain] = system_keychain,
    key: KeyFetch | None = None,
) -> int:
    """Run the program; the exit code is 0, or 1 after a message on standard error. `key` is the key
    of the store, when it was asked for already."""
    check_library()
    places = folders(options.data_dir)
    if options.sandbox:
        places = places.of_sandbox()
    guard = InstanceGuard(places.data)
    if not _can_show(options):
        return _fail("There is no display to open a window on; --tour DIR draws pictures instead.")
    try:
        with contextlib.suppress(StoreReadOnly):
            guard.acquire()
    except StoreBusy as error:
        return 0 if _is_handed_over(options, places) else _fail(error.sentence)
    try:
        qt = _application()
        app = _composed(options, places, guard, keychain, key)
    except StoreError as error:
        return _fail(error.sentence)
    app.theme.apply(qt)
    # Not quit(), which would close the window.
    app.window.first_painted.connect(qt.exit)
    if sys.platform == "darwin" and options.tour is None:
        from beatpass_desktop.views.application import LinkedApplication

        assert isinstance(qt, LinkedApplication)
        qt.page_requested.connect(app.come_to_the_front)
    app.show()
    qt.exec()
    gc.freeze()
    if options.quit_after_first_paint:
        # Written by hand: importing json would be measured as part of the start.
        page, figures = app.window.page.value, _figures_shown(app)
        sys.stdout.write(f'{{"painted": "{page}", "values": {figures}}}\n')
        sys.stdout.flush()
        if says_that_it_is_plain(options, app.settings, app.store):
            sys.stderr.write(f"beatpass-desktop: {NOT_ENCRYPTED}\n")
        app.close()
        # All is closed; taking the interpreter apart is no part of what is measured.
        os._exit(0)
    from beatpass_desktop.online import run_online

    return run_online(qt, app)


def _is_handed_over(options: Options, places: Folders) -> bool:
    """Whether the program that runs already came to the front in our place."""
    if options.tour is not None or options.quit_after_first_paint:
        return False
    from beatpass_desktop.views.second_start import hand_over

    return hand_over(places.data, options.page or "")


def _composed(
    options: Options,
    places: Folders,
    guard: InstanceGuard,
    keychain: Callable[[], Keychain],
    key: KeyFetch | None,
) -> App:
    """The app; when a page of the store that the start needs turns out damaged, with a new one."""
    try:
        return App(options, places, guard, keychain, key)
    except Exception as error:
        if not is_damage(error) or isinstance(error, StoreError):
            raise
        mark_damaged(places.store)
        return App(options, places, guard, keychain, key)


def _can_show(options: Options) -> bool:
    """Whether there is a display; what needs nobody to look draws without one."""
    given = os.environ
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in given:
        return True
    if given.get("DISPLAY") or given.get("WAYLAND_DISPLAY"):
        return True
    if options.tour is None and not options.quit_after_first_paint:
        return False
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return True


def _application() -> QApplication:
    QCoreApplication.setApplicationName("BeatPass Desktop")
    QCoreApplication.setOrganizationName("beatpass-desktop")
    if sys.platform == "darwin":
        from beatpass_desktop.views.application import LinkedApplication

        qt: QApplication = LinkedApplication([sys.argv[0], *STYLE_ARGUMENTS])
    else:
        qt = QApplication([sys.argv[0], *STYLE_ARGUMENTS])
    qt.setDesktopFileName("beatpass-desktop")
    qt.setQuitOnLastWindowClosed(False)
    QLocale.setDefault(_locale())
    return qt


def _locale() -> QLocale:
    """The user's locale; English where the system names none, since "C" groups no digits."""
    system = QLocale.system()
    if system.language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return system


def _figures_shown(app: App) -> int:
    return sum(card.value() != UNKNOWN for card in app.window.current_page.cards)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"beatpass-desktop: {sentence}\n")
    return 1
