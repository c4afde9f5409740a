"""The pane beside the transactions: one of them with all that is known about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.transactions import TransactionRow
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.models.transaction_details import TransactionDetailsModel
from beatpass_desktop.views.pages.finances.facts import change_facts, entry_facts, split_facts
from beatpass_desktop.views.pages.finances.reconciliation import PayoutParts
from beatpass_desktop.views.pages.finances.status_look import status_hue
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, IconButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.fact_list import FactList
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.section import Section


class TransactionDetails(Card):
    """Everything about the current transaction; scrolls within itself.

    Signals:
        link_requested: a web address is to be opened.
        close_requested: the pane is to be put away.
        row_requested: another transaction is to be shown; its row number in the store.
    """

    link_requested = Signal(str)
    close_requested = Signal()
    row_requested = Signal(object)

    def __init__(self, theme: Theme, model: TransactionDetailsModel) -> None:
        super().__init__(theme, padding=Space.M)
        self.setAccessibleName(self.tr("Transaction details"))
        self._model = model
        self._nothing = EmptyState(
            theme,
            "wallet",
            self.tr("No transaction is selected"),
            self.tr("Select a row of the table to see its details here."),
            hue=Hue.FINANCES,
        )
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        # The keys that scroll come to it from the buttons.
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bars(self._area, theme)
        self.body.addLayout(self._build_top(theme))
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self._area, 1)
        self._build_figures(theme)
        self._facts, self._entry = self._facts_in(self.tr("Transaction"))
        self._split_facts, self._split = self._facts_in(self.tr("Your split"))
        self._parts = PayoutParts(theme)
        self._parts.row_requested.connect(self.row_requested)
        self._column.addWidget(self._parts)
        self._change_facts, self._changes = self._facts_in(self.tr("Changes"))
        self._changes.set_subtitle(self.tr("What BeatPass sent differently later"))
        self._column.addStretch(1)
        self._area.setWidget(self._content)
        model.changed.connect(self._show)
        theme.changed.connect(self._fit)
        self._fit()
        self._show()

    def _build_top(self, theme: Theme) -> QHBoxLayout:
        self._title = PlainLabel(theme, "", TextStyle.SECTION)
        self._title.setWordWrap(True)
        self._title.setMinimumWidth(1)
        close = IconButton(theme, "x", "")
        close.set_tooltip(self.tr("Close the details"), self.tr("Esc"))
        close.clicked.connect(self.close_requested)
        self._top = QHBoxLayout()
        self._top.addWidget(self._title, 1)
        self._top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return self._top

    def _build_figures(self, theme: Theme) -> None:
        self._amount = PlainLabel(theme, "", TextStyle.FIGURE)
        self._amount.setMinimumWidth(1)
        self._amount.setWordWrap(True)
        for label in (self._title, self._amount):
            # What reads from the left stands where the page's words begin, too.
            from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        self._status = Pill(theme)
        self._marks = FlowLayout()
        self._changed = Pill(theme, self.tr("Changed"), Hue.WARN, "refresh-cw")
        self._unlisted = Pill(theme, self.tr("Not listed any more"), Hue.NEUTRAL, "minus")
        for pill in (self._status, self._changed, self._unlisted):
            self._marks.addWidget(pill)
        self._meaning = self._wrapped(theme)
        self._note = self._wrapped(theme)
        self._track = Button(
            theme, self.tr("Open the track"), ButtonKind.SECONDARY, "external-link"
        )
        self._track.clicked.connect(self._on_track_requested)
        actions = FlowLayout()
        actions.addWidget(self._track)
        head = QVBoxLayout()
        head.addWidget(self._amount)
        head.addLayout(self._marks)
        head.addWidget(self._meaning)
        head.addWidget(self._note)
        head.addLayout(actions)
        self._head = head
        self._column.addLayout(head)

    @staticmethod
    def _wrapped(theme: Theme) -> PlainLabel:
        label = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        return label

    def _facts_in(self, title: str) -> tuple[FactList, Section]:
        facts = FactList(self._theme)
        section = Section(self._theme, title)
        section.add(facts)
        self._column.addWidget(section)
        return facts, section

    def _show(self) -> None:
        row = self._model.row
        self._nothing.setVisible(row is None)
        self._area.setVisible(row is not None)
        if row is None:
            self._title.setText(self.tr("Details"))
            return
        self._show_head(row)
        self._facts.set_facts(entry_facts(row))
        split = split_facts(row.transaction)
        self._split.setVisible(bool(split))
        self._split_facts.set_facts(split)
        self._parts.show_payout(row.transaction, self._model.reconciliation)
        self._changes.setVisible(bool(self._model.changes))
        self._change_facts.set_facts(change_facts(self._model.changes))

    def _show_head(self, row: TransactionRow) -> None:
        transaction = row.transaction
        self._title.setText(words.description_text(transaction))
        self._amount.setText(formatting.amount(transaction.amount, signed=True))
        self._amount.setAccessibleName(self.tr("Amount: {}").format(self._amount.text()))
        self._status.setVisible(transaction.status is not None)
        self._status.set_text(words.status_text(transaction.status))
        self._status.set_hue(status_hue(transaction.status))
        self._status.set_icon(words.status_icon(transaction.status))
        self._changed.setVisible(row.changed)
        self._unlisted.setVisible(row.unlisted_at is not None)
        meaning = words.status_meaning(transaction.status, transaction.kind)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        notes = [words.amount_note(transaction.amount)]
        if row.unlisted_at is not None:
            notes.append(
                self.tr("BeatPass lists its latest transactions only. This one is kept here.")
            )
        self._note.setText("\n".join(filter(None, notes)))
        self._note.setVisible(bool(self._note.text()))
        track = transaction.track
        self._track.setVisible(track is not None and track.id is not None)

    def _on_track_requested(self) -> None:
        row = self._model.row
        if row is not None and row.transaction.track and row.transaction.track.id is not None:
            self.link_requested.emit(links.track(row.transaction.track.id))

    def _fit(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(Space.XS), px(Space.XS), 0)
        self._column.setSpacing(px(Space.XL))
        self._head.setSpacing(px(Space.S))
        self._marks.setSpacing(px(Space.S))
        self._top.setSpacing(px(Space.M))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, colour(self._theme.tokens.surface))
        self._area.setPalette(palette)
