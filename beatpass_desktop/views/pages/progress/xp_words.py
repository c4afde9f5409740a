"""What earns experience points, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.experience import XP_EARNED, XpAction
from beatpass_desktop.models import formatting

_SHORT = 12
"""letters of a short text"""


def _tr(text: str) -> str:
    return QCoreApplication.translate("experience", text)


def action_text(action: XpAction) -> str:
    """What is done."""
    return {
        XpAction.UPLOAD: _tr("Upload a track"),
        XpAction.PLAY: _tr("Get a play"),
        XpAction.METADATA: _tr("Complete a track's metadata"),
        XpAction.COLLABORATION: _tr("Release a collaboration"),
        XpAction.ACHIEVEMENT: _tr("Unlock an achievement"),
    }[action]


def action_detail(action: XpAction) -> str:
    """When it counts."""
    return {
        XpAction.UPLOAD: _tr("Once it is published"),
        XpAction.PLAY: _tr("On any of your tracks"),
        XpAction.METADATA: _tr("BPM, key, scale, tag and description"),
        XpAction.COLLABORATION: _tr("Two or more credited artists"),
        XpAction.ACHIEVEMENT: _tr("Each one has its own reward"),
    }[action]


def earned_text(action: XpAction) -> str:
    """What it brings each time."""
    points = XP_EARNED.get(action)
    if points is None:
        return _tr("Varies")
    return _tr("{} XP").format(formatting.signed_number(points))


def action_icon(action: XpAction) -> str:
    """The icon's name."""
    return {
        XpAction.UPLOAD: "music",
        XpAction.PLAY: "play",
        XpAction.METADATA: "circle-check",
        XpAction.COLLABORATION: "users",
        XpAction.ACHIEVEMENT: "award",
    }[action]


def source_text(raw: str) -> str:
    """A source of points; one that is not known as it was sent."""
    known = {
        XpAction.UPLOAD: _tr("Uploads"),
        XpAction.PLAY: _tr("Plays"),
        XpAction.METADATA: _tr("Metadata"),
        XpAction.COLLABORATION: _tr("Collaborations"),
        XpAction.ACHIEVEMENT: _tr("Achievements"),
    }
    return _of(known, raw)


def short_source_text(raw: str) -> str:
    """A source in as few letters as an axis has room for."""
    known = {
        XpAction.UPLOAD: _tr("Uploads"),
        XpAction.PLAY: _tr("Plays"),
        XpAction.METADATA: _tr("Metadata"),
        XpAction.COLLABORATION: _tr("Collabs"),
        XpAction.ACHIEVEMENT: _tr("Awards"),
    }
    text = _of(known, raw)
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def _of(known: Mapping[XpAction, str], raw: str) -> str:
    for action, text in known.items():
        if action.value == raw:
            return text
    return formatting.one_line(raw) or formatting.UNKNOWN
