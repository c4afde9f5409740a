"""The Tracks page built to its end, with replies of a test."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain.collaboration import (
    Collaborator,
    Network,
)
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import documents
from beatpass_desktop.views.pages.tracks.details import TrackDetails
from beatpass_desktop.views.pages.tracks.page import TracksPage

BOLD = "<b>Bold</b> & Sons"
LUNA = Collaborator(90, "Luna", None, True, 2, True)
SONS = Collaborator(91, BOLD, None, False, 1, False)
NETWORK = Network(2, 3, (LUNA, SONS))
REFUSED = "BeatPass has a problem of its own just now."


def put(stocked: StockedApp, value: Any, resource: Resource, params: str = "") -> None:
    """A whole reply came."""
    key = stocked.key(resource)._replace(params=params)

    def job(connection: Any) -> None:
        documents.merge(connection, key, value, [field.name for field in fields(value)])
        documents.succeeded(connection, key, datetime.now(UTC))

    stocked.app.store.write(job).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({key})))


def opened(qtbot: QtBot, stocked: StockedApp) -> TracksPage:
    """The Tracks page, built to its end."""
    stocked.window.show()
    stocked.window.show_page(Page.TRACKS)
    page = stocked.tracks_page
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return page


def part(page: TracksPage, kind: type[Any]) -> Any:
    return page.findChild(kind)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def details(qtbot: QtBot, page: TracksPage, row: int = 0) -> TrackDetails:
    """The details, open, of a row of the table."""
    page.table.selectRow(row)
    page.show_details()
    pane = page.details
    assert pane is not None
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return pane
