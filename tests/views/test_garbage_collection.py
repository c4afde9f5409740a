"""Garbage is collected by the event loop, in no other place."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.garbage_collection import GarbageCollection


class Ring(QObject):
    """Holds itself, so that only the collector frees it."""

    def __init__(self) -> None:
        super().__init__()
        self.self = self


@pytest.fixture(autouse=True)
def automatic() -> Iterator[None]:
    yield
    gc.enable()


def test_that_nothing_is_collected_where_objects_are_made(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    lost = weakref.ref(Ring())
    made = [[] for _ in range(10 * gc.get_threshold()[0])]
    assert made
    assert lost() is not None
    collection.deleteLater()


def test_that_the_event_loop_collects_what_is_due(qtbot: QtBot) -> None:
    collection = GarbageCollection()
    lost = weakref.ref(Ring())
    made = [[] for _ in range(10 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: lost() is None)
    assert made
    collection.deleteLater()


def test_that_every_generation_has_its_turn() -> None:
    collection = GarbageCollection()
    seen = []
    gc.callbacks.append(lambda phase, info: seen.append(info["generation"]))
    try:
        for _ in range(300):
            made = [[] for _ in range(2 * gc.get_threshold()[0])]
            collection.collect()
            del made
    finally:
        gc.callbacks.pop()
    assert set(seen) == {0, 1, 2}
    assert seen.count(0) > seen.count(1) > seen.count(2)
    collection.deleteLater()
