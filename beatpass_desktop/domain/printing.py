"""Pages to be printed, composed before anything is painted. Measures are points, from the top left
corner of the page."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Ink(Enum):
    """How a text is set."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"


class Cell(NamedTuple):
    """One line of text between `left` and `left + width`. Figures stand at the right, digit below
    digit, and are never shortened; other texts are, where they are too long."""

    text: str
    left: float
    width: float
    ink: Ink = Ink.TEXT
    is_figure: bool = False


class Strip(NamedTuple):
    """Cells beside each other across the page; with a `rule` below them."""

    height: float
    cells: tuple[Cell, ...] = ()
    rule: bool = False


class Sheet(NamedTuple):
    """A page: strips from `top` on, and one at `foot`; rules run from `left` for `width`."""

    number: int
    left: float
    width: float
    top: float
    strips: tuple[Strip, ...]
    foot: float
    footer: Strip
