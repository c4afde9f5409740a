"""A track and its insights as names and values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDate

from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.insights import Insights
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_table import licence_text

Facts = list[tuple[str, str]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrackDetails", text)


def track_facts(track: Track) -> Facts:
    """What is known of the track itself; an em dash for what BeatPass did not send."""
    key = " ".join(formatting.one_line(part) for part in (track.key, track.scale) if part)
    facts = [
        (_tr("Album"), _text(track.album.name if track.album else None)),
        (_tr("Released"), _date(track.release_date)),
        (_tr("Added"), formatting.day(track.created_at)),
        (_tr("Duration"), formatting.duration(track.duration)),
        (_tr("BPM"), formatting.number(track.bpm)),
        (_tr("Key"), key or formatting.UNKNOWN),
        (_tr("Genres"), _names(track.genres)),
        (_tr("Tags"), _names(track.tags)),
        (_tr("Licence"), licence_text(track.licensing_type)),
        (_tr("Price"), _money(track.price)),
    ]
    if track.exclusive_price is not None or track.exclusive_status:
        facts.append((_tr("Exclusive"), _money(track.exclusive_price)))
    if track.exclusive_status:
        facts.append((_tr("Exclusive state"), formatting.one_line(track.exclusive_status)))
    facts += [
        (_tr("Plays"), formatting.number(track.plays)),
        (_tr("Likes"), formatting.number(track.likes)),
        (_tr("Reposts"), formatting.number(track.reposts)),
    ]
    return facts


def insight_facts(insights: Insights | None, growth: TrackGrowth | None) -> Facts:
    """The figures of the chosen period; em dashes until they have come."""
    found = insights or Insights()
    rate = None if growth is None else growth.growth_rate
    return [
        (_tr("Plays in this period"), formatting.number(found.plays_in_period)),
        (_tr("Plays in total"), formatting.number(found.plays)),
        (_tr("Plays, change"), formatting.percent(found.plays_change)),
        (_tr("Listeners"), formatting.number(found.listeners)),
        (_tr("Unique listeners"), formatting.number(found.unique_listeners)),
        (_tr("Listeners, change"), formatting.percent(found.listeners_change)),
        (_tr("Likes"), formatting.number(found.likes)),
        (_tr("Reposts"), formatting.number(found.reposts)),
        (_tr("Growth of the track"), formatting.percent(rate)),
    ]


def metadata_words(missing: Sequence[str] | None) -> str:
    """What the track still needs for complete metadata (help centre, XP rules)."""
    if missing is None:
        return _tr("BeatPass did not send all the fields that count.")
    if not missing:
        return _tr("BPM, key, scale, tags and description are all filled in.")
    names = {
        "bpm": _tr("BPM"),
        "key": _tr("key"),
        "scale": _tr("scale"),
        "tags": _tr("tags"),
        "description": _tr("description"),
    }
    filled = len(METADATA_FIELDS) - len(missing)
    text = _tr("{} of {} filled in. Missing: {}")
    words = ", ".join(names.get(field, field) for field in missing)
    return text.format(filled, len(METADATA_FIELDS), words)


def _text(text: str | None) -> str:
    return formatting.one_line(text or "") or formatting.UNKNOWN


def _names(names: Sequence[str] | None) -> str:
    return ", ".join(map(formatting.one_line, names or ())) or formatting.UNKNOWN


def _date(text: str | None) -> str:
    """`YYYY-MM-DD` as the locale writes it; anything else as it was sent."""
    if not text:
        return formatting.UNKNOWN
    found = QDate.fromString(text[:10], "yyyy-MM-dd")
    if not found.isValid():
        return formatting.one_line(text)
    return formatting.calendar_day(text[:10])


def _money(price: Money | None) -> str:
    if price is None:
        return formatting.UNKNOWN
    return formatting.money(str(price.amount), price.currency)
