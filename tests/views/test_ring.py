"""The ring."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.theme.metrics import Motion
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.ring import Ring

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


@pytest.fixture
def ring(qtbot: QtBot, theme: Theme) -> Ring:
    ring = Ring(theme, Hue.PROGRESS)
    qtbot.addWidget(ring)
    return ring


def share_of_hue(ring: Ring, theme: Theme) -> float:
    """How much of the picture has the ring's colour."""
    image = ring.grab().toImage()
    wanted = theme.hue(Hue.PROGRESS).mark.lower()
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(image.pixelColor(*point).name() == wanted for point in points) / len(points)


def test_that_it_fills_when_it_is_shown_within_150_to_600_ms(qtbot: QtBot, ring: Ring) -> None:
    assert 150 <= Motion.SWEEP <= 600
    ring.set_value(40.0, "40 %")
    ring.show()
    assert ring.is_moving()
    qtbot.waitUntil(lambda: not ring.is_moving())
    assert ring.shown() == 40.0
    ring.set_value(60.0, "60 %")
    assert ring.is_moving()
    assert ring.shown() < 60.0
    qtbot.waitUntil(lambda: ring.shown() == 60.0)


def test_that_with_reduced_motion_it_stands_at_once(qtbot: QtBot, theme: Theme, ring: Ring) -> None:
    theme.set_reduced_motion(True)
    ring.set_value(40.0, "40 %")
    ring.show()
    assert (ring.is_moving(), ring.shown()) == (False, 40.0)


def test_that_more_is_filled_the_further_it_is(theme: Theme, ring: Ring) -> None:
    theme.set_reduced_motion(True)
    ring.show()
    shares = []
    for value in (0.0, 25.0, 50.0, 100.0, 250.0):
        ring.set_value(value, "")
        shares.append(share_of_hue(ring, theme))
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert len(set(shares[:4])) == 4
    assert shares[3] == shares[4]


def test_that_an_unknown_value_is_an_empty_ring_with_a_dash(theme: Theme, ring: Ring) -> None:
    theme.set_reduced_motion(True)
    ring.show()
    ring.set_value(None, "—", "Level 4")
    assert ring.value() is None
    assert share_of_hue(ring, theme) == 0
    assert ring.accessibleName() == "— Level 4"


def test_that_it_does_not_move_while_nobody_sees_it(qtbot: QtBot, ring: Ring) -> None:
    ring.set_value(40.0, "40 %")
    ring.show()
    ring.hide()
    assert not ring.is_moving()
    ring.show()
    assert ring.shown() == 40.0
