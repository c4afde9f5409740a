"""The global search: pages and actions at once, what is stored a moment later."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from beatpass_desktop.domain.money import amounts_in
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.domain.text import words
from beatpass_desktop.models import formatting
from beatpass_desktop.models.transaction_words import kind_text
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import search
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store

DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""A text beside the title."""
KIND_ROLE = DETAIL_ROLE + 1
"""The HitKind."""
TARGET_ROLE = KIND_ROLE + 1
"""What it opens: see Hit."""

LIMIT = 6
"""hits of each kind"""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SearchModel(QAbstractListModel):
    """Hits for what was typed last; `fixed` are the pages and actions, which are always searched.

    Signals:
        settled: all hits for the text typed last are there.
    """

    settled = Signal()
    _answered = Signal(object, object)

    def __init__(self, store: Store, who: Who, fixed: Sequence[Hit]) -> None:
        super().__init__()
        self._store = store
        self._who = who
        self._fixed = list(fixed)
        self._hits: list[Hit] = list(fixed)
        self._wanted: list[str] = []
        self._at_once: list[Hit] = []
        self._pending: Future[list[Hit]] | None = None
        self._answered.connect(self._on_answered)

    @property
    def is_settled(self) -> bool:
        """Whether all hits for the text typed last are there."""
        return self._pending is None

    def search(self, text: str) -> None:
        """Look for every word of `text`, without case and accents."""
        self.cancel()
        wanted = self._wanted = words(text)
        found = [hit for hit in self._fixed if search.matches(wanted, hit.title, hit.detail)]
        self._at_once = search.titled_first(wanted, found)
        if not wanted or not self._who.account:
            self._show(self._at_once)
            return
        key = self._who.own_artist
        job = partial(_look, self._who.account, self._who.artist, key, text)
        self._pending = self._store.query(job)
        self._pending.add_done_callback(self._announce)

    def cancel(self) -> None:
        """Give up looking."""
        if self._pending is not None:
            self._store.cancel(self._pending)
            self._pending = None

    def hit(self, row: int) -> Hit | None:
        """What stands in a row."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def _announce(self, future: Future[list[Hit]]) -> None:
        """Runs on the reader thread; the signal crosses over to ours."""
        # The model of a palette that has closed may be gone.
        if future is self._pending and not future.cancelled():
            error = future.exception()
            self._answered.emit(future, error if error is not None else future.result())

    def _on_answered(self, future: Future[list[Hit]], answer: list[Hit] | Exception) -> None:
        if future is not self._pending:
            return
        self._pending = None
        if isinstance(answer, BaseException):
            if not isinstance(answer, StoreError):
                raise answer
            answer = []
        self._show(search.titled_first(self._wanted, [*self._at_once, *answer]))

    def _show(self, hits: list[Hit]) -> None:
        if hits != self._hits:
            self.beginResetModel()
            self._hits = hits
            self.endResetModel()
        self.settled.emit()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title = kind_text(hit.title) if hit.kind is HitKind.TRANSACTION else hit.title
            return formatting.one_line(title) or formatting.UNKNOWN
        if role == DETAIL_ROLE:
            is_money = hit.kind is HitKind.TRANSACTION
            return _money(hit.detail) if is_money else formatting.one_line(hit.detail)
        return {KIND_ROLE: hit.kind, TARGET_ROLE: hit.target}.get(role)


def _money(text: str) -> str:
    return ", ".join(formatting.amount(one, signed=True) for one in amounts_in(text))


def _look(account: int, artist: int, own_artist: int, text: str, connection: Any) -> list[Hit]:
    return search.search(connection, account, artist, own_artist, text, LIMIT)
