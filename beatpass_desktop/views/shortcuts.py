"""The keys of the program: one table that installs them and lists them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.navigation import Destination


class Action(Enum):
    """What the window does at a key, besides showing a page."""

    REFRESH_PAGE = "refresh page"
    REFRESH_ALL = "refresh all"
    SEARCH = "search"
    FIND = "find"
    SETTINGS = "settings"
    SHORTCUTS = "shortcuts"
    QUIT = "quit"


class Shortcut(NamedTuple):
    """Keys for one thing, in Qt's portable names.

    `does` is None where the widget that has the keyboard listens for itself.
    """

    keys: tuple[str, ...]
    text: str
    does: Action | Page | None = None


class ShortcutGroup(NamedTuple):
    """Shortcuts that belong together."""

    title: str
    shortcuts: tuple[Shortcut, ...]


def shortcut_groups(places: Sequence[Destination]) -> list[ShortcutGroup]:
    """Every shortcut; `places` are the pages of the dashboard."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("shortcuts", text)

    pages = tuple(Shortcut((place.shortcut,), place.label, place.page) for place in places)
    return [
        ShortcutGroup(tr("Pages"), pages),
        ShortcutGroup(
            tr("Everywhere"),
            (
                Shortcut(("F5", "Ctrl+R"), tr("Refresh this page"), Action.REFRESH_PAGE),
                Shortcut(("Ctrl+Shift+R",), tr("Refresh everything"), Action.REFRESH_ALL),
                Shortcut(("Ctrl+K",), tr("Search everything"), Action.FIND),
                Shortcut(("Ctrl+F", "/"), tr("Search on this page"), Action.SEARCH),
                Shortcut(("Ctrl+,",), tr("Settings"), Action.SETTINGS),
                Shortcut(("?", "F1"), tr("Show this list"), Action.SHORTCUTS),
                Shortcut(("Ctrl+Q",), tr("Quit"), Action.QUIT),
                Shortcut(("Tab", "Shift+Tab"), tr("To the next or previous control")),
            ),
        ),
        ShortcutGroup(
            tr("In a table"),
            (
                Shortcut(("Up", "Down"), tr("To the row above or below")),
                Shortcut(("Shift+Up", "Shift+Down"), tr("Select several rows")),
                Shortcut(("Ctrl+A",), tr("Select all rows")),
                Shortcut(("Enter",), tr("Open the row on BeatPass")),
                Shortcut(("Space",), tr("Show or hide the details")),
                Shortcut(("Esc",), tr("Close the details, or clear the search")),
                Shortcut(("Ctrl+C",), tr("Copy the selected rows")),
                Shortcut(("A … Z",), tr("Search as you type")),
            ),
        ),
        ShortcutGroup(
            tr("In a chart"),
            (
                Shortcut(("Left", "Right"), tr("To the previous or next value")),
                Shortcut(("Home", "End"), tr("To the first or last value")),
                Shortcut(("+", "-"), tr("Zoom in or out")),
                Shortcut(("0",), tr("Show the whole span")),
            ),
        ),
    ]


def install(
    window: QWidget,
    groups: Sequence[ShortcutGroup],
    show_page: Callable[[Page], object],
    actions: Mapping[Action, Callable[[], object]],
) -> None:
    """Have the keys do what the table says while `window` is active.

    A key that types a character goes to the field being typed in: fields claim it for themselves.
    """
    for group in groups:
        for shortcut in group.shortcuts:
            does = shortcut.does
            if does is None:
                continue
            action = partial(show_page, does) if isinstance(does, Page) else actions[does]
            installed = QShortcut(window)
            installed.setKeys([keys for one in shortcut.keys for keys in _sequences(one)])
            installed.activated.connect(action)
            # Where the platform reports a character with and without Shift, both are this one.
            installed.activatedAmbiguously.connect(action)


def _sequences(keys: str) -> list[QKeySequence]:
    """The keys; a character on its own also with Shift, which many keyboards need to type it."""
    spellings = [keys, f"Shift+{keys}"] if len(keys) == 1 else [keys]
    return [QKeySequence(one) for one in spellings]


def key_text(keys: str) -> str:
    """Keys as they are called on this computer."""
    sequence = QKeySequence(keys)
    native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
    return native if native and "…" not in keys else keys
