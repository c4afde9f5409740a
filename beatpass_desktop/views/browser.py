"""The one way to a web page, and to a folder of this computer."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from beatpass_desktop.domain.links import checked, onboarding


def open_link(address: str) -> bool:
    """Open an allowed address in the browser; False when no browser could be started.

    Raises LinkRefused for any other address.
    """
    return QDesktopServices.openUrl(QUrl(checked(address)))


def open_onboarding(address: str, server: str) -> bool:
    """Open a link that `server` gave to set up a Stripe account; False when no browser could be
    started.

    Raises LinkRefused for an address that `links.onboarding` does not let through.
    """
    return QDesktopServices.openUrl(QUrl(onboarding(address, server)))


def open_folder(path: str) -> bool:
    """Show a folder in the computer's file program; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(path))
