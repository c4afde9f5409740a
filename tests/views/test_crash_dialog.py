"""What nobody foresaw: told once, with a report that can be copied, and the app goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import TOKEN, StockedApp, running, stock

from beatpass_desktop.last_resort import LastResort
from beatpass_desktop.store.store import Store
from beatpass_desktop.system.logs import Redaction
from beatpass_desktop.views.crash_dialog import CrashDialog

SECRET = "11|canaryCanaryCanary4711"


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found


@pytest.fixture
def last_resort(shown: StockedApp) -> Iterator[LastResort]:
    found = LastResort(shown.app, Redaction(TOKEN, SECRET))
    found.install()
    yield found
    found.uninstall()


def _fail(message: str) -> None:
    raise LookupError(message)


def _dialog(qtbot: QtBot, last_resort: LastResort) -> CrashDialog:
    qtbot.waitUntil(lambda: last_resort.dialog is not None)
    assert last_resort.dialog is not None
    qtbot.waitExposed(last_resort.dialog)
    return last_resort.dialog


def test_that_an_exception_in_a_slot_is_shown_with_a_report_that_can_be_copied(
    qtbot: QtBot, shown: StockedApp, last_resort: LastResort, caplog: pytest.LogCaptureFixture
) -> None:
    QTimer.singleShot(0, lambda: _fail(f"no room for {SECRET}"))
    dialog = _dialog(qtbot, last_resort)
    text = dialog.report.toPlainText()
    assert "LookupError: no room for [redacted]" in text
    assert SECRET not in text
    assert any(record.exc_info for record in caplog.records)
    qtbot.mouseClick(dialog.copy_report, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == text
    assert dialog.copy_report.label() == "Copied"
    assert shown.window.isVisible()


def test_that_one_report_is_shown_at_a_time_and_the_next_after_it(
    qtbot: QtBot, shown: StockedApp, last_resort: LastResort
) -> None:
    for number in range(5):
        QTimer.singleShot(0, lambda n=number: _fail(f"mistake {n}"))
    dialog = _dialog(qtbot, last_resort)
    assert shown.window.findChildren(CrashDialog) == [dialog]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: last_resort.dialog is None)
    QTimer.singleShot(0, lambda: _fail("another one"))
    assert "another one" in _dialog(qtbot, last_resort).report.toPlainText()


def test_that_an_exception_of_another_thread_is_shown_too(
    qtbot: QtBot, shown: StockedApp, last_resort: LastResort
) -> None:
    thread = threading.Thread(target=_fail, args=("on a thread",))
    thread.start()
    thread.join()
    assert "on a thread" in _dialog(qtbot, last_resort).report.toPlainText()


def test_that_a_damaged_page_is_told_as_damage_and_set_aside_at_the_next_start(
    qtbot: QtBot, shown: StockedApp, last_resort: LastResort, tmp_path: Path
) -> None:
    def read() -> None:
        raise apsw.CorruptError("database disk image is malformed")

    QTimer.singleShot(0, read)
    banners = shown.app.banners
    qtbot.waitUntil(lambda: any("damaged" in banner.text for banner in banners.banners()))
    assert last_resort.dialog is None
    shown.app.store.close()
    store = Store(shown.app.store.path)
    assert "set aside" in store.notice
    store.close()


def test_that_what_was_there_before_is_given_back(shown: StockedApp) -> None:
    before = sys.excepthook, threading.excepthook
    found = LastResort(shown.app, Redaction())
    found.install()
    assert (sys.excepthook, threading.excepthook) != before
    found.uninstall()
    assert (sys.excepthook, threading.excepthook) == before
