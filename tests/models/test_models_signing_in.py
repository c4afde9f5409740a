"""What the screen says about tokens: lacking, refused, near their end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from stage import BROKEN, REFUSED, STATS, Stage

from beatpass_desktop.domain.sign_in import SignInField, SignInProblem, SignInWay
from beatpass_desktop.models.banners import BannersModel, BannerText, Notice, Tone
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.sign_in import SignInModel, SignInStep
from beatpass_desktop.models.who import Who


def _model(stage: Stage, who: Who, *, offline: bool = False) -> BannersModel:
    model = BannersModel(stage.feed, who, stage.clock, offline=offline)
    model.page = HomeModel([STATS], stage.store, stage.feed, who, stage.clock, offline=offline)  # type: ignore[attr-defined]
    model.show_page(model.page)  # type: ignore[attr-defined]
    return model


def _expiry(model: BannersModel) -> BannerText | None:
    return next((b for b in model.banners() if b.notice is Notice.EXPIRY), None)


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (15, None, ""),
        (14, Tone.INFO, "Token expires in 14 days (estimate)"),
        (4, Tone.INFO, "Token expires in 4 days (estimate)"),
        (3, Tone.WARN, "Token expires in 3 days (estimate)"),
        (1, Tone.WARN, "Token expires tomorrow (estimate)"),
        (0, Tone.WARN, "Token expires today (estimate)"),
        (-5, Tone.WARN, "Your token is older than 90 days and may end at any time (estimate)"),
        (300, None, ""),
    ],
)
def test_that_the_end_of_a_token_is_announced(
    stage: Stage, left: int, tone: Tone | None, words: str
) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    who.has_token(stage.now.astimezone().date() - timedelta(days=90 - left))
    banner = _expiry(model)
    if tone is None:
        assert banner is None
    else:
        assert banner is not None
        assert (banner.tone, banner.text) == (tone, words)
        assert banner.dismissible
        assert banner.action


def test_that_a_dismissed_announcement_comes_back_only_at_the_next_stage(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    who.has_token(stage.now.astimezone().date() - timedelta(days=90 - 14))
    shown = []
    for _ in range(17):
        if (banner := _expiry(model)) is not None:
            shown.append(banner.text)
            model.dismiss(Notice.EXPIRY)
        stage.advance(days=1)
    assert [text.split(" (")[0] for text in shown] == [
        "Token expires in 14 days",
        "Token expires in 3 days",
        "Token expires tomorrow",
        "Token expires today",
    ]


def test_that_only_the_server_says_that_a_token_has_ended(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    stage.fetched(STATS)
    who.has_token(stage.now.astimezone().date() - timedelta(days=3650))
    assert [b.notice for b in model.banners()] == [Notice.EXPIRY]
    stage.identified(1, 1, REFUSED)
    assert [(b.notice, b.action) for b in model.banners()] == [(Notice.SESSION, "Sign in again")]


def test_that_without_a_day_nothing_is_estimated(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    who.has_token(None)
    assert model.banners() == []


def test_that_a_lacking_token_leaves_what_is_stored_readable(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    page = model.page  # type: ignore[attr-defined]
    assert page.state is PageState.LOADING
    who.lacks_token()
    assert page.state is PageState.SIGNED_OUT  # nothing is stored
    stage.fetched(STATS)
    assert page.state is PageState.READY
    assert [(b.notice, b.text, b.action) for b in model.banners()] == [
        (
            Notice.SESSION,
            "You are signed out. What is stored stays readable.",
            "Sign in again",
        )
    ]


def test_that_a_keychain_in_the_way_is_named_with_what_can_be_done(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who)
    who.lacks_token("It is locked.", can_retry=True)
    assert [(b.notice, b.text, b.action) for b in model.banners()] == [
        (Notice.KEYCHAIN, "It is locked.", "Try again")
    ]
    who.lacks_token("There is none.")
    (banner,) = model.banners()
    assert (banner.notice, banner.action) == (Notice.SESSION, "Sign in again")
    assert banner.text.startswith("There is none. ")
    who.has_token(None)
    assert model.banners() == []


def test_that_offline_by_choice_nobody_is_asked_to_sign_in(stage: Stage) -> None:
    who = stage.sign_in()
    model = _model(stage, who, offline=True)
    stage.fetched(STATS)
    who.is_asking = False
    assert [b.notice for b in model.banners()] == [Notice.OFFLINE]


def test_that_somebody_else_starts_without_the_failures_of_the_one_before(stage: Stage) -> None:
    who = stage.sign_in()
    stage.identified(1, 1, BROKEN)
    who.lacks_token("It is locked.", can_retry=True)
    who.show(None)
    assert (who.account, who.artist, who.name, who.lack) == (0, 0, None, "")
    assert who.failure is None
    assert not who.is_asking
    assert not who.is_known


def test_that_problems_of_signing_in_are_told_by_field() -> None:
    model = SignInModel()
    asked: list[object] = []
    model.way_requested.connect(asked.append)
    model.show(
        SignInStep.ASKING,
        [
            SignInProblem("One.", SignInField.EMAIL),
            SignInProblem("Two.", SignInField.EMAIL),
            SignInProblem("All."),
        ],
    )
    assert model.problem(SignInField.EMAIL) == "One.\nTwo."
    assert (model.problem(), model.problem(SignInField.TOKEN)) == ("All.", "")
    model.show(SignInStep.CHECKING)
    assert model.is_busy
    assert model.problem(SignInField.EMAIL) == ""
    model.ask_for(SignInWay.TOKEN)
    assert asked == [SignInWay.TOKEN]
