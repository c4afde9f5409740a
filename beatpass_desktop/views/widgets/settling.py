"""One paint for one change, however deep the layouts are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

_DEPTH = 16
"""more than there are layouts within one another anywhere"""


def settle() -> None:
    """Have everything in place and marked as to be painted, before the next paint.

    A layout tells the one around it by an event, so a change climbs by one level in each turn of
    the event loop; the first turn already paints, and whatever moves in a later one is painted
    again. A widget that is shown is marked by an event as well, and a chart paints the window
    without waiting for these.
    """
    for _ in range(_DEPTH):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateLater)
