"""Achievements in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.models import formatting

RARITIES = ("common", "rare", "epic", "legendary")
"""The rarities that are known, from the most frequent one."""


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("achievements", text, "", count)


def rarity_text(raw: str | None) -> str:
    """A rarity; one that is not known as it was sent."""
    known = {
        "common": _tr("Common"),
        "rare": _tr("Rare"),
        "epic": _tr("Epic"),
        "legendary": _tr("Legendary"),
    }
    return _known(known, raw)


def category_text(raw: str | None) -> str:
    """A category; one that is not known as it was sent."""
    known = {
        "upload": _tr("Upload"),
        "trending": _tr("Trending"),
        "metadata": _tr("Metadata"),
        "profile": _tr("Profile"),
        "genre": _tr("Genre"),
        "collaboration": _tr("Collaboration"),
        "composite": _tr("Composite"),
        "excellence": _tr("Excellence"),
        "milestone": _tr("Milestone"),
        "seasonal": _tr("Seasonal"),
    }
    return _known(known, raw)


def name_text(achievement: Achievement) -> str:
    """The name in one line; an em dash when it was not sent."""
    return formatting.one_line(achievement.name or "") or formatting.UNKNOWN


def xp_text(achievement: Achievement) -> str:
    """What it is worth: "+150 XP", "0 XP" for one that counts without points."""
    xp = achievement.xp_reward
    if xp is None:
        return formatting.UNKNOWN
    return _tr("{} XP").format(formatting.signed_number(xp))


def state_text(achievement: Achievement) -> str:
    """Unlocked, locked, or an em dash when it was not sent."""
    if achievement.unlocked is None:
        return formatting.UNKNOWN
    return _tr("Unlocked") if achievement.unlocked else _tr("Locked")


def way_text(achievement: Achievement, now: datetime) -> str:
    """When it was unlocked and how long ago that is, or how far it is; empty when neither came."""
    if achievement.unlocked:
        at = achievement.unlocked_at
        if at is None:
            return _tr("Unlocked")
        age = _age(at, now)
        text = _tr("Unlocked {}").format(formatting.day(at))
        return f"{text} · {age}" if age else text
    if achievement.progress is None:
        return ""
    whole = float(achievement.progress).is_integer()
    percent = formatting.decimal(float(achievement.progress), 0 if whole else 1)
    return _tr("{} of the way").format(f"{percent}\N{NO-BREAK SPACE}%")


def spoken(achievement: Achievement, now: datetime) -> str:
    """Everything about an achievement, for who cannot see its card."""
    parts = [
        name_text(achievement),
        rarity_text(achievement.rarity),
        "" if achievement.unlocked else state_text(achievement),
        way_text(achievement, now),
        xp_text(achievement),
        formatting.one_line(achievement.description or ""),
    ]
    return ", ".join(part for part in parts if part and part != formatting.UNKNOWN)


def _age(moment: datetime, now: datetime) -> str:
    """By how many local days a moment is past; empty for one to come."""
    days = (now.astimezone().date() - moment.astimezone().date()).days
    if days < 0:
        return ""
    if days == 0:
        return _tr("today")
    if days == 1:
        return _tr("yesterday")
    return _tr("{} days ago").format(formatting.number(days))


def _known(known: dict[str, str], raw: str | None) -> str:
    if raw is None:
        return formatting.UNKNOWN
    return known.get(raw) or formatting.one_line(raw) or formatting.UNKNOWN
