"""Sizes in logical pixels at 100 % text scale; `Theme.px` turns them into what is drawn."""

from __future__ import annotations

from enum import Enum, IntEnum


class Space(IntEnum):
    """Distances on the 4 px grid."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 20
    XXL = 24


class Radius(IntEnum):
    """Corner radii. They do not grow with the text."""

    SMALL = 4
    CONTROL = 8
    CARD = 12


class Size(IntEnum):
    """Fixed measures of the building blocks."""

    ICON_SMALL = 14
    ICON = 18
    BADGE = 36
    CONTROL = 32
    ROW = 40
    FOCUS_RING = 2
    CONTENT_WIDTH = 1440
    SIDEBAR = 224
    SIDEBAR_COLLAPSED = 64
    SCROLL_BAR = 10


class Motion(IntEnum):
    """Durations in ms."""

    FAST = 120
    NORMAL = 180
    SWEEP = 450
    GLOW = 1000


class TextStyle(Enum):
    """The type scale: pixel size, weight, tabular numerals."""

    CAPTION = (11, 600, False)
    SECONDARY = (12, 400, False)
    SECONDARY_STRONG = (12, 600, False)
    BODY = (13, 400, False)
    BODY_STRONG = (13, 600, False)
    NUMBER = (13, 400, True)
    SECTION = (15, 600, False)
    TITLE = (18, 600, False)
    FIGURE = (24, 600, True)
    DISPLAY = (28, 600, True)
