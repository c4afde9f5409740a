"""What is told of a long list above it: how far it has come, and that it shrank."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.events import CatalogueShrank
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.progress_line import ProgressLine

_SHRANK = "shrank"
_WORTH_COUNTING = 200
"""A list of a page or two has come before anybody could read a count."""


class ListWords(NamedTuple):
    """The words for one kind of list. `progress` has places for the rows that have come and all
    rows, `shrank` for the rows listed now and those stored."""

    progress: str
    shrank: str


class ListNews(QWidget):
    """Counts while a list comes, with a way to give it up, and asks whether a list that is far
    shorter than before is to be shown. Takes no room while there is nothing to tell."""

    def __init__(self, theme: Theme, model: PageModel, port: RequestPort, words: ListWords) -> None:
        super().__init__()
        self._model = model
        self._port = port
        self._words = words
        self._held_back: CatalogueShrank | None = None
        self._questions = BannerStack(theme)
        self._questions.action_requested.connect(self._on_accepted)
        self._questions.dismissed.connect(lambda: self._withdraw_question())
        self._progress = ProgressLine(theme)
        self._progress.cancel_requested.connect(self._on_cancel_requested)
        self._progress.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._questions)
        column.addWidget(self._progress)
        self.hide()
        model.progressed.connect(self._on_progressed)
        model.shrank.connect(self._on_shrank)
        model.changed.connect(self._on_changed)

    def questions(self) -> list[str]:
        """What is being asked."""
        return self._questions.texts()

    def _show(self) -> None:
        self.setVisible(self._held_back is not None or not self._progress.isHidden())

    def _withdraw_question(self) -> None:
        self._held_back = None
        self._questions.remove(_SHRANK)
        self._show()

    def _on_changed(self) -> None:
        """A question about another artist's list is none any more."""
        if self._held_back is not None and self._held_back.key.artist != self._model.who.artist:
            self._withdraw_question()

    def _on_progressed(self, done: int, total: int) -> None:
        self._progress.setVisible(total > _WORTH_COUNTING)
        if total:
            # A new walk forgets what an earlier one held back.
            self._withdraw_question()
            text = self._words.progress.format(formatting.number(done), formatting.number(total))
            self._progress.set_progress(done, total, text)
        self._show()

    def _on_cancel_requested(self) -> None:
        if self._model.long_fetch is not None:
            self._port.cancel(self._model.long_fetch)

    def _on_shrank(self, event: CatalogueShrank) -> None:
        self._held_back = event
        text = self._words.shrank.format(
            formatting.number(event.listed), formatting.number(event.stored)
        )
        self._questions.show_banner(
            _SHRANK, BannerKind.WARN, text, self.tr("Show the shorter list"), dismissible=True
        )
        self._show()

    def _on_accepted(self) -> None:
        held_back = self._held_back
        self._withdraw_question()
        if held_back is not None:
            self._port.accept_shrunken(held_back.key)
