"""The program's own composition inside a benchmark's process, without its command line."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

from PySide6.QtWidgets import QApplication

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import Options
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.system.folders import folders


def compose(data: Path, page: Page = Page.HOME, options: Options | None = None) -> App:
    """An app that has painted its first page and remembers nothing of earlier runs.

    `options` default to being offline in the sandbox. The garbage collector is left as the
    program's start leaves it.
    """
    options = options or Options(sandbox="established", offline=True)
    options = options._replace(data_dir=data, page=page)
    places = folders(data).of_sandbox() if options.sandbox else folders(data)
    shutil.rmtree(places.config, ignore_errors=True)
    gc.disable()
    qt = QApplication.instance() or QApplication(["bench"])
    assert isinstance(qt, QApplication)
    qt.setQuitOnLastWindowClosed(False)
    app = App(options, places, InstanceGuard(places.data))
    app.theme.apply(qt)
    app.window.first_painted.connect(qt.exit)
    app.show()
    qt.exec()
    gc.freeze()
    gc.enable()
    return app
