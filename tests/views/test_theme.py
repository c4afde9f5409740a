"""The theme follows the person and the desktop, and everything follows the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPainter, QPalette, QRawFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatpass_desktop.resources import resource_path
from beatpass_desktop.views.theme.glyphs import GLYPHS
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import DARK, LIGHT, Hue
from beatpass_desktop.views.widgets.labels import PlainLabel


def test_that_applying_the_theme_gives_the_application_its_font_and_palette(
    qapp: QApplication,
) -> None:
    theme = Theme(ThemeMode.LIGHT)
    theme.apply(qapp)
    assert "Inter" in QFontDatabase.families()
    assert qapp.font().family() == "Inter"
    assert qapp.font().pixelSize() == 13
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.window


def test_that_changing_the_mode_changes_the_colours_and_says_so(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ThemeMode.LIGHT)
    assert theme.tokens is LIGHT
    assert not theme.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == LIGHT.surface
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ThemeMode.LIGHT)


def test_that_the_system_mode_follows_the_desktop_while_running(qtbot: QtBot) -> None:
    hints = QGuiApplication.styleHints()
    theme = Theme(ThemeMode.SYSTEM)
    fixed = Theme(ThemeMode.DARK)
    try:
        hints.setColorScheme(Qt.ColorScheme.Light)
        if hints.colorScheme() is not Qt.ColorScheme.Light:
            # A platform without schemes: what it reports is what the theme must show.
            hints.colorSchemeChanged.emit(hints.colorScheme())
        light = hints.colorScheme() is Qt.ColorScheme.Light
        assert theme.tokens is (LIGHT if light else DARK)
        assert fixed.tokens is DARK
    finally:
        hints.unsetColorScheme()


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.8), (0.8, 0.8), (1.3, 1.3), (9.0, 2.0)])
def test_that_the_text_scale_stays_between_80_and_200_percent(asked: float, given: float) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.set_scale(asked)
    assert theme.scale == given
    assert Theme(ThemeMode.DARK, scale=asked).scale == given


def test_that_fonts_and_distances_follow_the_text_scale(qtbot: QtBot) -> None:
    theme = Theme(ThemeMode.DARK)
    label = PlainLabel(theme, "Plays")
    qtbot.addWidget(label)
    assert label.font().pixelSize() == 13
    with qtbot.waitSignal(theme.changed):
        theme.set_scale(2.0)
    assert label.font().pixelSize() == 26
    assert theme.px(16) == 32
    assert theme.font(TextStyle.FIGURE).pixelSize() == 48


def test_that_figures_have_digits_of_one_width(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    metrics = theme.metrics(TextStyle.FIGURE)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("8888")


def test_that_icons_are_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    pixmap = theme.icons.pixmap("house", "#FF0000", 24, 2.0)
    assert pixmap.width() == 48
    assert pixmap.devicePixelRatio() == 2.0
    image = pixmap.toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert solid
    assert {pixel.name() for pixel in solid} == {"#ff0000"}


def test_that_every_bundled_icon_has_a_shape_of_its_own(qapp: QApplication) -> None:
    icons = Theme(ThemeMode.DARK).icons
    shapes = {}
    for name in GLYPHS:
        image = icons.pixmap(name, "#FFFFFF", 24).toImage()
        shapes[name] = bytes(image.constBits())
    assert any(shapes["house"])
    assert len(set(shapes.values())) == len(GLYPHS)


def test_that_an_icon_is_painted_in_the_middle_of_its_place(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    image = QImage(60, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    theme.icons.paint(painter, QRect(0, 0, 60, 20), "minus", "#00FF00")
    painter.end()
    drawn = [x for x in range(60) for y in range(20) if image.pixelColor(x, y).alpha()]
    assert min(drawn) >= 20
    assert max(drawn) < 40


@pytest.mark.qt_log_level_fail("WARNING")
def test_that_an_icon_without_room_is_not_drawn(qapp: QApplication) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    before = image.copy()
    painter = QPainter(image)
    Theme(ThemeMode.DARK).icons.paint(painter, QRect(2, 2, 10, -3), "music", "#000000")
    painter.end()
    assert image == before


def test_that_an_icon_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Theme(ThemeMode.DARK).icons.pixmap("no-such-icon", "#FFFFFF", 16)


def test_that_menu_icons_have_a_disabled_form() -> None:
    icon = Theme(ThemeMode.DARK).icon("house", DARK.hue(Hue.GOOD).text)
    assert not icon.isNull()


def test_that_reduced_motion_is_announced(qtbot: QtBot) -> None:
    theme = Theme(ThemeMode.DARK)
    with qtbot.waitSignal(theme.changed):
        theme.set_reduced_motion(True)
    assert theme.reduced_motion


def test_that_resources_are_found() -> None:
    assert resource_path("icons", "lucide.ttf").is_file()
    assert resource_path("fonts", "Inter-Regular.ttf").is_file()


def test_that_bold_texts_are_written_with_their_own_font_of_the_family(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    for style, weight in ((TextStyle.BODY, 400), (TextStyle.FIGURE, 600), (TextStyle.TITLE, 600)):
        written = QRawFont.fromFont(theme.font(style))
        assert (written.familyName(), written.weight()) == ("Inter", weight), style


def test_that_the_font_holds_what_names_are_written_with(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    for style in (TextStyle.BODY, TextStyle.FIGURE):
        font = QRawFont.fromFont(theme.font(style))
        for letter in "AzÄéñŒłşźĞơệ¿€£¥₿−±×…—“”‹›•→↗✓ΑωΈЖяЇґ№™©ﬁ"[:-1]:
            assert font.supportsCharacter(ord(letter)), letter


def test_that_digits_of_figures_are_equally_wide(qapp: QApplication) -> None:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    metrics = theme.metrics(TextStyle.FIGURE)
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
