"""Texts, money, ages, growth zones and the keys of data sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatpass_desktop.domain.freshness import NEVER, Age, Attempt, FreshnessState, combined
from beatpass_desktop.domain.insights import InsightPeriod, InsightQuery, InsightSubject
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import DataSet, Page, Part, Resource, ResourceKey, Scope
from beatpass_desktop.domain.rules import GrowthZone, growth_zone
from beatpass_desktop.domain.text import folded
from beatpass_desktop.sync.resources import fetched_for, shown_by

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rêves D'ÉTÉ", "reves d'ete"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ｆｕｌｌ 𝕭eat", "full beat"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ ς", "σισυφοσ σ"),
        ("cafe\u0301", "cafe"),
        ("夜 شب 🎹", "夜 شب 🎹"),
        ("Plain ASCII 100%_\\", "plain ascii 100%_\\"),
        ("", ""),
    ],
)
def test_that_folding_takes_case_and_accents_away(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(st.text())
def test_that_a_name_is_found_however_it_is_typed(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    if text.isascii():
        assert folded(text.upper()) == folded(text)


@pytest.mark.parametrize(
    ("amount", "currency", "digits", "exact"),
    [
        ("29.99", "CAD", 2, True),
        ("29.990", "CAD", 2, True),
        ("29.999", "CAD", 2, False),
        ("3000", "JPY", 0, True),
        ("3000.5", "JPY", 0, False),
        ("1.250", "KWD", 3, True),
        ("1.2505", "KWD", 3, False),
        ("-0.001", "USD", 2, False),
        ("0.12345678", "BTC", None, True),
        ("9" * 19 + "." + "9" * 12, "USD", 2, False),
        ("9" * 19, "KWD", 3, True),
    ],
)
def test_that_money_knows_its_currency_s_digits(
    amount: str, currency: str, digits: int | None, exact: bool
) -> None:
    money = Money(Decimal(amount), currency)
    assert (money.digits, money.is_exact) == (digits, exact)


@pytest.mark.parametrize(
    ("percent", "zone"),
    [
        (15.1, GrowthZone.EXCEPTIONAL),
        (15, GrowthZone.STRONG),
        (5.1, GrowthZone.STRONG),
        (5, GrowthZone.GROWING),
        (0, GrowthZone.GROWING),
        (-0.1, GrowthZone.SLIGHT_DECLINE),
        (-5, GrowthZone.SLIGHT_DECLINE),
        (-5.1, GrowthZone.NEEDS_ATTENTION),
    ],
)
def test_that_growth_falls_into_the_published_zones(percent: float, zone: GrowthZone) -> None:
    assert growth_zone(percent) is zone


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (Age(), FreshnessState.NEVER),
        (Age(None, Attempt.FAILED, NOW, "x"), FreshnessState.NEVER),
        (Age(NOW, Attempt.SUCCEEDED, NOW), FreshnessState.LIVE),
        (Age(NOW - QUARTER, Attempt.SUCCEEDED), FreshnessState.STALE),
        (Age(NOW, Attempt.FAILED, NOW, "x"), FreshnessState.STALE),
        (Age(NOW, Attempt.UNREACHED, NOW, "x"), FreshnessState.OFFLINE),
        (Age(NOW - 9 * QUARTER, Attempt.UNREACHED), FreshnessState.OFFLINE),
        (Age(NOW + QUARTER, Attempt.SUCCEEDED), FreshnessState.STALE),
    ],
)
def test_that_an_age_has_one_of_four_words(age: Age, state: FreshnessState) -> None:
    assert age.state(NOW, QUARTER) is state


def test_that_a_page_is_as_fresh_as_its_worst_data_set() -> None:
    live, old = Age(NOW, Attempt.SUCCEEDED), Age(NOW - QUARTER, Attempt.SUCCEEDED)
    gone = Age(NOW - timedelta(minutes=1), Attempt.UNREACHED, NOW, "No network.")

    def state(*ages: Age, offline: bool = False) -> FreshnessState:
        return combined([(age, QUARTER) for age in ages], NOW, offline=offline).state

    assert combined([], NOW) == NEVER
    assert state(Age(), Age()) is FreshnessState.NEVER
    assert state(live, Age()) is FreshnessState.LIVE
    assert state(live, old) is FreshnessState.STALE
    assert state(old, live, gone) is FreshnessState.OFFLINE
    assert state(live, offline=True) is FreshnessState.OFFLINE
    assert state(Age(), offline=True) is FreshnessState.NEVER
    page = combined([(live, QUARTER), (gone, QUARTER), (old, QUARTER)], NOW)
    assert (page.updated_at, page.reason) == (old.fetched_at, "No network.")


@pytest.mark.parametrize(
    ("scope", "whom"), [(Scope.ACCOUNT, 0), (Scope.OWN_ARTIST, 7), (Scope.ARTIST, 8)]
)
def test_that_a_data_set_s_key_says_whom_it_describes(scope: Scope, whom: int) -> None:
    data_set = DataSet(Resource.STATS, scope, QUARTER)
    assert data_set.key(3, 7, 8) == ResourceKey(Resource.STATS, 3, whom)
    assert data_set.key(0, 7, 8) is None
    unknown = data_set.key(3, 0, 0)
    assert (unknown is None) == (scope is not Scope.ACCOUNT)


def test_that_the_table_of_data_sets_says_what_each_page_shows() -> None:
    shown = {one.resource for one in shown_by(Page.TRACKS) if one.part is Part.PAGE}
    assert shown == {Resource.STATS, Resource.TRACKS}
    assert len(fetched_for(Page.HOME)) == 7
    fresh = {one.resource: one.fresh_for for one in shown_by(Page.TRACKS)}
    assert fresh.pop(Resource.GROWTH) == timedelta(minutes=5)
    assert fresh.pop(Resource.OPPORTUNITIES) == timedelta(hours=24)
    assert set(fresh.values()) == {QUARTER}


def test_that_an_insight_query_survives_its_params() -> None:
    for subject in InsightSubject:
        for period in InsightPeriod:
            query = InsightQuery(subject, 2**63 - 1, period)
            assert InsightQuery.of(query.params) == query
    assert InsightQuery(InsightSubject.TRACK, 7, InsightPeriod.MONTH).params == "tracks/7/30-days"
    assert [period.timeframe for period in InsightPeriod] == ["7d", "30d", "90d", "1y"]


@pytest.mark.parametrize("text", ["", "tracks/7", "tracks/x/7-days", "songs/7/7-days", "a/b/c/d"])
def test_that_params_that_are_no_insight_query_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reason is of no interest
        InsightQuery.of(text)


def test_that_what_is_wished_for_does_not_come_with_a_page() -> None:
    assert {data_set.resource for data_set in fetched_for(Page.TRACKS)} == {
        Resource.STATS,
        Resource.TRACKS,
        Resource.NETWORK,
        Resource.OPPORTUNITIES,
        Resource.COLLABORATIVE_TRACKS,
        Resource.UPLOAD_INSIGHTS,
    }
    wished = {one.resource for one in shown_by(Page.TRACKS)} - {
        one.resource for one in fetched_for(Page.TRACKS)
    }
    assert wished == {
        Resource.PERFORMANCE,
        Resource.GROWTH,
        Resource.INSIGHTS,
        Resource.CHART,
    }
