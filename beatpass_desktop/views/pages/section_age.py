"""The age of a section that is not as old as its page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.freshness import Freshness, FreshnessState
from beatpass_desktop.models import formatting
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip


def show_age(
    chip: FreshnessChip, freshness: Freshness, *, is_refreshing: bool, now: datetime
) -> None:
    """Put an age on a chip, with why it could not be renewed in its tooltip."""
    if freshness.updated_at is None:
        text, exact = _tr("Not loaded yet"), ""
    else:
        text = _tr("Updated {}").format(formatting.ago(freshness.updated_at, now))
        exact = formatting.exact(freshness.updated_at)
    if freshness.state is FreshnessState.OFFLINE:
        text = _tr("Offline · {}").format(text)
    elif freshness.reason:
        exact = f"{exact}\n{freshness.reason}".strip()
    chip.set_freshness(freshness.state, text, exact)
    chip.set_refreshing(is_refreshing)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PageFrame", text)
