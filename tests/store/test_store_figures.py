"""Headline figures, their history, and what they were at each visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from rows import DAY, Desk

from beatpass_desktop.domain.figures import Figure, FigureReading
from beatpass_desktop.store import figures

HOUR = timedelta(hours=1)


def test_that_figures_come_back_with_their_values_and_times(desk: Desk) -> None:
    values = {
        Figure.PLAYS: 2**63 - 1,
        Figure.GROWTH: -12.5,
        Figure.LEVEL_TITLE: "𝕷egend \u202e‏ 🎹",
        Figure.TRACKS: 0,
    }
    at = DAY + timedelta(milliseconds=123)
    desk.write(lambda c: figures.record(c, desk.account, 1, values, at))
    assert figures.read(desk.store.reading, desk.account, 1) == {
        figure: FigureReading(value, at) for figure, value in values.items()
    }
    assert figures.read(desk.store.reading, desk.account, 2) == {}


def test_that_a_figure_without_a_value_is_forgotten_but_not_its_history(desk: Desk) -> None:
    values = {Figure.GROWTH: 4.5, Figure.PLAYS: 3}
    desk.write(lambda c: figures.record(c, desk.account, 1, values, DAY))
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.GROWTH: None}, DAY + HOUR))
    assert set(figures.read(desk.store.reading, desk.account, 1)) == {Figure.PLAYS}
    history = figures.history(desk.store.reading, desk.account, 1, Figure.GROWTH)
    assert history == [("2026-11-23", 4.5)]


def test_that_history_keeps_the_last_value_of_each_utc_day(desk: Desk) -> None:
    east = timezone(timedelta(hours=14))
    for at, plays in (
        (datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), 2),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), 3),
        (datetime(2026, 11, 25, 13, 0, tzinfo=east), 4),
        (datetime(2027, 1, 1, tzinfo=UTC), 5),
    ):
        values = {Figure.PLAYS: plays}
        desk.write(lambda c, v=values, at=at: figures.record(c, desk.account, 1, v, at))
    assert figures.history(desk.store.reading, desk.account, 1, Figure.PLAYS) == [
        ("2026-11-23", 1),
        ("2026-11-24", 4),
        ("2027-01-01", 5),
    ]


def test_that_a_figure_of_another_version_is_passed_over(desk: Desk) -> None:
    desk.write(
        lambda c: c.execute("INSERT INTO figures VALUES(?, 1, 'rank', 3, 0)", (desk.account,)).get
    )
    assert figures.read(desk.store.reading, desk.account, 1) == {}


def test_that_a_visit_is_compared_with_what_was_seen_last_before_it(desk: Desk) -> None:
    def at(hours: int) -> datetime:
        return DAY + hours * HOUR

    def record(plays: int, hours: int) -> None:
        values = {Figure.PLAYS: plays}
        desk.write(lambda c: figures.record(c, desk.account, 1, values, at(hours)))

    def begin(hours: int) -> int:
        return desk.write(lambda c: figures.begin_visit(c, desk.account, 1, at(hours)))

    def before(hours: int) -> figures.Visit | None:
        return figures.visit_before(desk.store.reading, desk.account, 1, at(hours))

    first = begin(0)
    assert before(1) is None  # nothing was known then
    record(10, 1)
    desk.write(lambda c: figures.continue_visit(c, first, at(2)))
    assert before(0) is None
    assert before(3) == figures.Visit(at(2), {Figure.PLAYS: 10})
    record(15, 3)
    begin(4)
    assert before(4) == figures.Visit(at(2), {Figure.PLAYS: 10})
    assert before(5) == figures.Visit(at(4), {Figure.PLAYS: 15})
    assert figures.visit_before(desk.store.reading, desk.account, 2, at(9)) is None


def test_that_only_the_latest_twenty_visits_of_an_artist_are_kept(desk: Desk) -> None:
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 1}, DAY))
    desk.write(lambda c: figures.begin_visit(c, desk.account, 2, DAY))
    for hour in range(25):
        desk.write(lambda c, h=hour: figures.begin_visit(c, desk.account, 1, DAY + h * HOUR))
    reading = desk.store.reading
    assert reading.execute("SELECT count(*) FROM visits WHERE artist = 1").get == 20
    assert reading.execute("SELECT count(*) FROM visits WHERE artist = 2").get == 1
    assert reading.execute("SELECT count(*) FROM visit_figures").get == 20
    assert reading.execute("SELECT min(begun_at) FROM visits WHERE artist = 1").get == (
        int((DAY + 5 * HOUR).timestamp() * 1000)
    )
