"""The uploads of a year on the Activity page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from activity_page import (
    BUSY,
    TODAY,
    YEAR,
    Shown,
    button,
    filled,
    in_window,
    year,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain import links
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.uploads import UploadDay
from beatpass_desktop.views.pages.activity.guide import ActivityGuide

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    with in_window(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def shown(qtbot: QtBot, stocked: StockedApp) -> Shown:
    return filled(qtbot, stocked)


def test_that_a_day_is_chosen_with_the_keyboard_and_its_tracks_open(
    qtbot: QtBot, shown: Shown
) -> None:
    section = shown.page.uploads
    section.heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(section.heat_map.hasFocus)
    assert "7 uploads" in section.heat_map.callout_text()
    QTest.keyClick(section.heat_map, Qt.Key.Key_Return)
    assert section.details.isVisible()
    assert str(TODAY.year) in section.details.title.text()
    assert section.details.line.text() == "7 uploads"
    rows = section.details.rows()
    assert [row.name() for row in rows] == [f"Beat {n}" for n in range(1, 6)]
    assert all(":" in row.word() for row in rows)
    assert "and 2 more" in shown.texts(section.details)
    QTest.keyClick(rows[1], Qt.Key.Key_Return)
    assert shown.stocked.links == [links.track(2)]
    QTest.keyClick(section.heat_map, Qt.Key.Key_Escape)
    assert not section.details.isVisible()


def test_that_a_day_without_its_tracks_says_so(shown: Shown) -> None:
    shown.put(year(UploadDay(BUSY.isoformat(), 3)), Resource.UPLOAD_DAYS, YEAR)
    shown.page.uploads.choose(BUSY)
    assert "BeatPass did not send the tracks of this day." in shown.texts(shown.page.uploads)


def test_that_x_ray_brings_the_platform_and_both_counts(shown: Shown) -> None:
    section = shown.page.uploads
    section.x_ray.click()
    assert (Resource.PLATFORM_DAYS, YEAR) in shown.wants()
    section.choose(BUSY)
    assert section.details.line.text() == "7 uploads  ·  Platform: —"
    shown.put(year(UploadDay(BUSY.isoformat(), 34)), Resource.PLATFORM_DAYS, YEAR)
    assert section.details.line.text() == "7 uploads  ·  Platform: 34"
    section.x_ray.click()
    assert section.details.line.text() == "7 uploads"


def test_that_the_map_can_be_read_as_a_table(shown: Shown) -> None:
    section = shown.page.uploads
    section.table_switch.click()
    table = section.table()
    assert table.isVisible()
    assert not section.heat_map.isVisible()
    assert table.accessibleName() == "Uploads by day"
    model = table.model()
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Your uploads"
    assert model.index(0, 1).data() == "7"
    section.table_switch.click()
    assert section.heat_map.isVisible()


def test_that_each_year_is_asked_for_and_shows_only_its_own(shown: Shown) -> None:
    section = shown.page.uploads
    before = TODAY.year - 1
    assert section.year.findData(before) >= 0
    section.year.setCurrentIndex(section.year.findData(before))
    section.year.activated.emit(section.year.currentIndex())
    assert shown.wants()[-1] == (Resource.UPLOAD_DAYS, str(before))
    texts = shown.texts(section)
    assert f"Uploads in {before}: —" in texts
    assert "This year is not here yet; it comes with the next refresh." in texts


def test_that_streaks_are_in_days_on_end(shown: Shown) -> None:
    shown.put(year(UploadDay(BUSY.isoformat(), 1)), Resource.UPLOAD_DAYS, YEAR)
    texts = shown.texts(shown.page.uploads)
    assert "Current streak: 1 day" in texts
    assert f"Longest streak in {YEAR}: 1 day" in texts


def test_that_the_guide_says_which_day_counts(qtbot: QtBot, shown: Shown) -> None:
    button(shown.page.uploads, "How uploads are counted").click()
    (guide,) = shown.page.findChildren(ActivityGuide)
    qtbot.waitUntil(guide.isVisible)
    assert any("midnight UTC" in text for text in shown.texts(guide))
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.page.findChildren(ActivityGuide))


def test_that_the_first_day_of_a_year_has_no_day_before(shown: Shown) -> None:
    section = shown.page.uploads
    QTest.keyClick(section.heat_map, Qt.Key.Key_Home)
    QTest.keyClick(section.heat_map, Qt.Key.Key_Up)
    assert section.heat_map.cursor_day == date(TODAY.year, 1, 1)
