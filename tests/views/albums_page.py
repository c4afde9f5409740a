"""The Albums page with albums of a test."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import apsw
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import catalogue, documents, figures
from beatpass_desktop.store.catalogue import ALBUMS
from beatpass_desktop.views.pages.albums.catalogue import AlbumCatalogue
from beatpass_desktop.views.pages.albums.page import AlbumsPage
from beatpass_desktop.views.widgets.menu import Menu

WEB = "https://open.beatpass.ca"
MARKUP = "<b>Bold</b> & Sons"
LEFT = Qt.MouseButton.LeftButton


def album(number: int, **values: Any) -> Album:
    return Album(
        number,
        **{
            "name": f"Album {number:02}",
            "release_date": f"{2015 + number % 5}-03-01",
            "created_at": datetime(2020, 1, number, 12, tzinfo=UTC),
            "plays": number * 100,
            "track_ids": (number,),
            **values,
        },
    )


SOME = [album(number) for number in range(1, 13)]


def put(stocked: StockedApp, albums: list[Album]) -> None:
    """A complete walk over the albums."""
    key = stocked.key(Resource.ALBUMS)
    carried = frozenset(field.name for field in fields(Album))

    def job(connection: apsw.Connection) -> None:
        at = datetime.now(UTC)
        generation = catalogue.begin(connection, ALBUMS, key)
        rows = [Decoded(album, carried) for album in albums]
        catalogue.stage(connection, ALBUMS, key, generation, rows)
        shown = catalogue.replace(connection, ALBUMS, key, generation, at)
        figures.record(connection, key.account, key.artist, {Figure.ALBUMS: shown}, at)
        documents.succeeded(connection, key, at)

    stocked.write(job, Resource.ALBUMS)


def opened(qtbot: QtBot, stocked: StockedApp, albums: list[Album] = SOME) -> AlbumsPage:
    """The page with these albums."""
    put(stocked, albums)
    stocked.app.show()
    stocked.window.show_page(Page.ALBUMS)
    stocked.window.activateWindow()
    qtbot.waitUntil(stocked.window.isActiveWindow)
    qtbot.waitUntil(stocked.has_shortcuts)
    page = stocked.window.page_widget(Page.ALBUMS)
    assert isinstance(page, AlbumsPage)
    return page


def names(catalogue: AlbumCatalogue) -> list[str]:
    model = catalogue.table.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def menu_texts(stocked: StockedApp) -> list[QAction]:
    menu = next(m for m in stocked.window.findChildren(Menu) if m.isVisible())
    return [action for action in menu.actions() if action.text()]


def cards(page: AlbumsPage) -> dict[str, tuple[str, str]]:
    return {card.title(): (card.value(), card.detail()) for card in page.cards}


def select(catalogue: AlbumCatalogue, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for row in rows:
        index = catalogue.table.model().index(row, 0)
        catalogue.table.selectionModel().select(index, flags.Select | flags.Rows)
