"""Every page at twice the text size: nothing is cut, nothing scrolls sideways."""

from __future__ import annotations

import contextlib

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shown_offline import ShownOffline, visible

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard

SIZES = [(960, 600), (1280, 832)]


def cut(parent: QWidget) -> list[str]:
    """The texts that do not fit where they stand."""
    found = []
    for widget in visible(parent, QWidget):
        name = widget.accessibleName() or getattr(widget, "text", str)()
        if is_cut(widget):
            found.append(f"{type(widget).__name__} {name!r} in {widget.width()} px")
        if sticks_out(widget):
            found.append(f"{type(widget).__name__} {name!r} sticks out")
    return found


def is_cut(widget: QWidget) -> bool:
    match widget:
        case ClampedLabel() | ElidedLabel():
            return widget.is_elided()
        case PlainLabel() if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
        case PlainLabel():
            return widget.sizeHint().width() > widget.width() + 1
        case StatCard() | LinkStatCard():
            return bool(widget.toolTip()) and widget.sizeHint().width() > widget.width()
        case QAbstractButton():
            hint = widget.sizeHint()
            return hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1
        case _:
            return False


def sticks_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractItemView) or widget.isWindow():
        return False
    scrolls = isinstance(parent, QAbstractScrollArea) or isinstance(
        parent.parentWidget(), QAbstractScrollArea
    )
    return not scrolls and not parent.rect().contains(widget.geometry())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", list(Page))
def test_that_twice_the_text_size_cuts_nothing(
    qtbot: QtBot, run: ShownOffline, page: Page, size: tuple[int, int]
) -> None:
    if page not in run.window.pages:
        pytest.skip("this page opens on the web")
    run.resize(*size, 2.0)
    shown = run.open(page)
    sideways = shown.scroll_area.horizontalScrollBar()
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: cut(shown) == [] and sideways.maximum() == 0)
    assert cut(shown) == []
    assert sideways.maximum() == 0
    assert (run.window.width(), run.window.height()) == size


def test_that_a_window_that_was_wide_can_be_made_small_again(
    qtbot: QtBot, run: ShownOffline
) -> None:
    run.resize(2560, 1440, 2.0)
    for page in run.window.pages:
        run.open(page)
    run.resize(960, 600, 2.0)
    qtbot.waitUntil(lambda: run.window.width() == 960)
    for page in run.window.pages:
        shown = run.open(page)
        assert run.window.centralWidget().minimumSizeHint().width() <= 960
        sideways = shown.scroll_area.horizontalScrollBar()
        qtbot.waitUntil(lambda sideways=sideways: sideways.maximum() == 0)
