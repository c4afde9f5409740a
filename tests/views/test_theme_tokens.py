"""The colours of both themes are readable wherever they are used."""

from __future__ import annotations

import pytest

from beatpass_desktop.views.theme.contrast import contrast, mixed, readable
from beatpass_desktop.views.theme.tokens import DARK, LIGHT, Hue, Tokens, colour

THEMES = [pytest.param(DARK, id="dark"), pytest.param(LIGHT, id="light")]
COLOURED = [hue for hue in Hue if hue is not Hue.NEUTRAL]


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#FFFFFF", "#000000", 21.0), ("#777777", "#FFFFFF", 4.48), ("#123456", "#123456", 1.0)],
)
def test_that_contrast_is_what_wcag_says(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "raised", "pressed", "selection"])
@pytest.mark.parametrize("text", ["text", "muted"])
def test_that_text_is_readable_on_every_ground(tokens: Tokens, ground: str, text: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_that_control_borders_are_visible(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.control_border, getattr(tokens, ground)) >= 3.0


@pytest.mark.parametrize("tokens", THEMES)
def test_that_text_on_the_accent_is_readable_in_every_state(tokens: Tokens) -> None:
    for share in (0.0, 0.12, 0.25):
        ground = mixed(tokens.text, tokens.accent, share)
        assert contrast(tokens.on_accent, ground) >= 4.5


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("hue", COLOURED)
def test_that_hues_are_readable_as_text_and_visible_as_marks(tokens: Tokens, hue: Hue) -> None:
    colours = tokens.hue(hue)
    for ground in (tokens.window, tokens.surface, tokens.raised, colours.tint):
        assert contrast(colours.text, ground) >= 4.5
        assert contrast(colours.mark, ground) >= 3.0


@pytest.mark.parametrize("tokens", THEMES)
@pytest.mark.parametrize("hue", COLOURED)
def test_that_ordinary_text_is_readable_on_a_tint(tokens: Tokens, hue: Hue) -> None:
    assert contrast(tokens.text, tokens.hue(hue).tint) >= 4.5


@pytest.mark.parametrize("hue", [Hue.GOOD, Hue.LEADERBOARDS, Hue.FINANCES, Hue.ACTIVITY])
def test_that_a_hue_which_is_readable_already_is_left_alone(hue: Hue) -> None:
    colours = DARK.hue(hue)
    assert colours.text == colours.mark


def test_that_readable_moves_a_colour_only_as_far_as_needed() -> None:
    assert readable("#FFFFFF", ["#000000"], 4.5, "#FFFFFF") == "#FFFFFF"
    moved = readable("#3B82F6", ["#202024"], 4.5, "#FFFFFF")
    assert 4.5 <= contrast(moved, "#202024") < 4.8
    assert readable("#808080", ["#808080"], 21.0, "#FFFFFF") == "#FFFFFF"


def test_that_qcolors_are_made_once_and_carry_their_alpha() -> None:
    assert colour("#4F9BE6") is colour("#4F9BE6")
    assert colour("#4F9BE6").name().upper() == "#4F9BE6"
    assert colour("#4F9BE6", 0.5).alpha() == 128
