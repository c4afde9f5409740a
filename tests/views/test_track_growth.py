"""Growth on the Tracks page: meter, sentence and cards each say what the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock
from tracks_page import opened, texts

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import figures


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 3)
    with running(tmp_path) as found:
        yield found


@pytest.mark.parametrize(
    ("rate", "figure", "word", "zone", "meaning"),
    [
        (7.25, "+7.2", "Rising", "Strong growth", "Clearly more plays than in the period before."),
        (-3.26, "−3.3", "Falling", "Slight decline", "A little fewer plays than in the period"),
        (0.04, "0.0", "Steady", "Growing", "A little more plays than in the period before."),
    ],
)
def test_that_growth_is_told_once_as_figure_zone_and_meaning(
    qtbot: QtBot, stocked: StockedApp, rate: float, figure: str, word: str, zone: str, meaning: str
) -> None:
    who = stocked.app.who
    now = datetime.now(UTC)

    def job(connection: object) -> None:
        figures.record(connection, who.account, who.artist, {Figure.GROWTH: rate}, now)

    stocked.write(job, Resource.STATS)
    summary = opened(qtbot, stocked).summary
    cards = {card.title(): (card.value(), card.detail()) for card in summary.cards}
    percent = f"{figure}\N{NO-BREAK SPACE}%"
    assert cards["Growth Rate"] == (percent, word)
    assert cards["Total Plays"][1] == f"{percent} this period"
    shown = " ".join(texts(summary.growth))
    assert zone in shown
    assert meaning in shown
    assert percent not in shown
    assert summary.growth.gauge.accessibleName() == f"Growth: {percent}, {zone}"


def test_that_unknown_growth_is_a_dash_without_a_word(qtbot: QtBot, stocked: StockedApp) -> None:
    who = stocked.app.who
    now = datetime.now(UTC)

    def job(connection: object) -> None:
        figures.record(connection, who.account, who.artist, {Figure.GROWTH: None}, now)

    stocked.write(job, Resource.STATS)
    summary = opened(qtbot, stocked).summary
    cards = {card.title(): (card.value(), card.detail()) for card in summary.cards}
    assert cards["Growth Rate"] == ("—", "")
    assert cards["Total Plays"][1] == ""
    assert "Not enough data yet" in texts(summary.growth)
