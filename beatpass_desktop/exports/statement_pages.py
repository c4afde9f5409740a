"""How a statement is laid out on paper, before anything is painted.

Every height is known without measuring a letter, so that the number of pages is known before the
first one is painted. An amount too long for its column gets a line of its own.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.printing import Cell, Ink, Sheet, Strip
from beatpass_desktop.domain.statements import (
    BalanceRecord,
    KindTotal,
    Paper,
    Statement,
    left_out,
)
from beatpass_desktop.domain.transactions import TransactionRow
from beatpass_desktop.exports.statement import (
    INEXACT,
    amount_text,
    balance_text,
    day_text,
    facts,
    kind_text,
    local_text,
    notes,
    period_text,
    status_text,
)

Block = tuple[Strip, ...]
"""Strips that stand on one page."""

_MARGIN, _TOP, _BOTTOM, _FOOT = 48.0, 52.0, 64.0, 40.0
_LINE, _NOTE, _HEAD, _GAP = 15.0, 12.5, 18.0, 12.0
_NOTE_LETTERS = 100
"""letters of a note that fit in a line on either paper"""
_AMOUNT_LETTERS, _TOTAL_LETTERS = 17, 13
"""letters of an amount that fit in the column of amounts and in one of the totals"""
_UNKNOWN, _MINUS = "—", "\N{MINUS SIGN}"
_DATE, _TYPE, _STATUS, _CURRENCY, _AMOUNT = 62.0, 102.0, 56.0, 50.0, 100.0
_ROWS, _SUM = 44.0, 80.0
_SPACE = 8.0


class Section(NamedTuple):
    """Blocks with a head that is repeated on every page they reach."""

    head: Block
    blocks: Iterable[Block]


class Layout:
    """The places of everything on one size of paper."""

    def __init__(self, paper: Paper) -> None:
        width, self._height = paper.value
        self._width = width - 2 * _MARGIN
        self._room = self._height - _TOP - _BOTTOM

    def sheets(
        self, statement: Statement, rows: Iterable[TransactionRow], tall: Sequence[int]
    ) -> Iterator[Sheet]:
        """The pages of a statement; `tall` says of each row whether it is, as `is_tall` does."""
        count = sum(1 for _ in self._pages(statement, (_TALL if one else _FLAT for one in tall)))
        for number, strips in enumerate(self._pages(statement, map(self._row, rows)), 1):
            footer = self._footer(statement, number, count)
            foot = self._height - _FOOT
            yield Sheet(number, _MARGIN, self._width, _TOP, strips, foot, footer)

    def _pages(self, statement: Statement, rows: Iterable[Block]) -> Iterator[tuple[Strip, ...]]:
        summary = statement.summary
        sections = [
            Section((), self._title(statement)),
            Section((), self._facts(statement)),
            Section(self._heading("Balances"), self._balances(statement)),
            Section((*self._heading("Totals"), self._totals_head()), self._totals(statement)),
            Section(self._heading("Notes"), self._notes(statement)),
            Section((*self._heading("Transactions"), self._table_head()), rows),
        ]
        if not summary.totals:
            sections[3] = Section(self._heading("Totals"), [self._sentence("There are none.")])
        if not summary.lines:
            said = self._sentence("There are no transactions in this period.")
            sections[5] = Section(self._heading("Transactions"), [said])
        return _paginated(sections, self._room)

    def _title(self, statement: Statement) -> Iterator[Block]:
        days = f"{day_text(statement.period.first)} – {day_text(statement.period.last)}"
        yield (
            Strip(14, (self._across("BeatPass Desktop", Ink.MUTED),)),
            Strip(28, (self._across("Statement of transactions", Ink.TITLE),)),
            Strip(20, (self._across(f"{statement.artist}", Ink.HEADING),)),
            Strip(16, (self._across(days),)),
            Strip(_SPACE),
        )

    def _facts(self, statement: Statement) -> Iterator[Block]:
        known = dict(facts(statement))
        middle, label = round(self._width * 0.6), 84.0
        pairs = (
            ("Account", "Data as of"),
            ("Time zone", "Statement made"),
            ("Source", "Transactions"),
        )
        strips = [Strip(_SPACE / 2, rule=True), Strip(_SPACE)]
        for pair in pairs:
            cells = []
            for name, left, right in zip(pair, (0.0, middle), (middle, self._width), strict=True):
                cells.append(Cell(name, _MARGIN + left, label, Ink.MUTED))
                room = right - left - label - (_SPACE if left == 0 else 0)
                cells.append(Cell(known[name], _MARGIN + left + label, room))
            strips.append(Strip(_LINE, tuple(cells)))
        yield tuple(strips)

    def _balances(self, statement: Statement) -> Iterator[Block]:
        for name, record in (("Opening", statement.opening), ("Closing", statement.closing)):
            yield from self._balance(name, record)

    def _balance(self, name: str, record: BalanceRecord | None) -> Iterator[Block]:
        label, when = 84.0, 170.0
        if record is None:
            text = Cell(balance_text(None), _MARGIN + label, self._width - label)
            yield (Strip(_LINE, (Cell(name, _MARGIN, label, Ink.MUTED), text)),)
            return
        recorded = f"recorded {local_text(record.recorded_at)}"
        for at, money in enumerate(record.amounts):
            left = _MARGIN + label
            cells = (
                Cell(name if at == 0 else "", _MARGIN, label, Ink.MUTED),
                Cell(recorded if at == 0 else "", left, when, Ink.MUTED),
                Cell(money.currency, left + when, _CURRENCY),
                Cell(
                    grouped(money),
                    left + when + _CURRENCY,
                    self._width - label - when - _CURRENCY,
                    Ink.STRONG,
                    is_figure=True,
                ),
            )
            yield (Strip(_LINE, cells),)

    def _totals_head(self) -> Strip:
        titles = ("Paid", "On its way", "Failed or excl.", "Total")
        return Strip(_HEAD, self._total_cells("Type", "Currency", "Rows", titles, Ink.MUTED), True)

    def _totals(self, statement: Statement) -> Iterator[Block]:
        for total in statement.summary.totals:
            yield self._total(total)

    def _total(self, total: KindTotal) -> Block:
        amounts = (total.paid, total.pending, total.failed, total.amount)
        texts = [grouped(Money(amount, total.currency)) for amount in amounts]
        kind, rows = kind_text(total.kind), f"{total.count:,}"
        if not total.other and max(map(len, texts)) <= _TOTAL_LETTERS:
            return (Strip(_LINE, self._total_cells(kind, total.currency, rows, texts)),)
        cells = self._total_cells(kind, total.currency, rows, ("", "", "", ""))
        parts = [
            ("Paid", total.paid),
            ("On its way", total.pending),
            ("Failed or excluded", total.failed),
            *([("Other status", total.other)] if total.other else []),
            ("Total", total.amount),
        ]
        strips = [Strip(_LINE, cells)]
        for name, amount in parts:
            ink = Ink.STRONG if name == "Total" else Ink.TEXT
            text = grouped(Money(amount, total.currency))
            figure = Cell(text, _MARGIN + _TYPE, self._width - _TYPE, ink, is_figure=True)
            strips.append(Strip(_LINE, (Cell(name, _MARGIN + _SPACE, _TYPE, Ink.MUTED), figure)))
        return tuple(strips)

    def _total_cells(
        self, kind: str, currency: str, rows: str, texts: Sequence[str], ink: Ink = Ink.TEXT
    ) -> tuple[Cell, ...]:
        left = _MARGIN + self._width - 4 * _SUM
        return (
            Cell(kind, _MARGIN, _TYPE - _SPACE, ink),
            Cell(currency, _MARGIN + _TYPE, _CURRENCY - _SPACE, ink),
            Cell(rows, left - _ROWS, _ROWS - _SPACE, ink, is_figure=True),
            *(
                Cell(
                    text,
                    left + at * _SUM,
                    _SUM,
                    Ink.STRONG if at == 3 and ink is Ink.TEXT else ink,
                    is_figure=True,
                )
                for at, text in enumerate(texts)
            ),
        )

    def _notes(self, statement: Statement) -> Iterator[Block]:
        for note in notes(statement):
            lines = textwrap.wrap(note, _NOTE_LETTERS)
            yield tuple(Strip(_NOTE, (self._across(line, Ink.MUTED),)) for line in lines)

    def _table_head(self) -> Strip:
        titles = ("Date", "Type", "Description", "Status", "Currency", "Amount")
        return Strip(_HEAD, self._row_cells(titles, Ink.MUTED), True)

    def _row(self, row: TransactionRow) -> Block:
        one = row.transaction
        amount = _amount(row)
        tall = is_tall(row)
        texts = (
            _UNKNOWN if one.created_at is None else day_text(one.created_at.astimezone().date()),
            kind_text(one.kind),
            one.description or (one.track.name if one.track else None) or _UNKNOWN,
            status_text(one.status),
            one.amount.currency if one.amount else "",
            "" if tall else amount,
        )
        strip = Strip(_LINE, self._row_cells(texts))
        if not tall:
            return (strip,)
        figure = Cell(amount, _MARGIN, self._width, Ink.TEXT, is_figure=True)
        return strip, Strip(_LINE, (figure,))

    def _row_cells(self, texts: Sequence[str], ink: Ink = Ink.TEXT) -> tuple[Cell, ...]:
        fixed = (_DATE, _TYPE, 0.0, _STATUS, _CURRENCY, _AMOUNT)
        rest = self._width - sum(fixed)
        cells = []
        left = _MARGIN
        for at, (text, width) in enumerate(zip(texts, fixed, strict=True)):
            width = width or rest
            is_last = at == len(texts) - 1
            room = width if is_last else width - _SPACE
            cells.append(Cell(text, left, room, ink, is_figure=is_last))
            left += width
        return tuple(cells)

    def _heading(self, text: str) -> Block:
        return Strip(_GAP), Strip(_HEAD, (self._across(text, Ink.HEADING),))

    def _sentence(self, text: str) -> Block:
        return (Strip(_LINE, (self._across(text),)),)

    def _across(self, text: str, ink: Ink = Ink.TEXT) -> Cell:
        return Cell(text, _MARGIN, self._width, ink)

    def _footer(self, statement: Statement, number: int, count: int) -> Strip:
        what = f"{_isolated(statement.artist)} · {period_text(statement.period)} · Not a tax form"
        pages = 90.0
        return Strip(
            _LINE,
            (
                Cell(what, _MARGIN, self._width - pages, Ink.MUTED),
                Cell(
                    f"page {number} of {count}",
                    _MARGIN + self._width - pages,
                    pages,
                    Ink.MUTED,
                    is_figure=True,
                ),
            ),
        )


def _isolated(name: str) -> str:
    """A name that turns no other word around."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


_FLAT: Block = (Strip(_LINE),)
_TALL: Block = (Strip(_LINE), Strip(_LINE))


def is_tall(row: TransactionRow) -> bool:
    """Whether an entry takes two lines, because its amount is too long for its column."""
    return len(_amount(row)) > _AMOUNT_LETTERS


def grouped(money: Money) -> str:
    """An amount with its thousands apart and a typographic minus: "−1,234.50"."""
    whole, point, fraction = amount_text(money).lstrip("-").partition(".")
    return f"{_MINUS if money.amount < 0 else ''}{int(whole):,}{point}{fraction}"


def _amount(row: TransactionRow) -> str:
    money = row.transaction.amount
    if money is None:
        return _UNKNOWN
    is_as_sent = left_out(row.transaction) is None and not money.is_exact
    return grouped(money) + (f" {INEXACT}" if is_as_sent else "")


def _paginated(sections: Iterable[Section], room: float) -> Iterator[tuple[Strip, ...]]:
    page: list[Strip] = []
    used = 0.0
    for section in sections:
        head = sum(strip.height for strip in section.head)
        is_begun = False
        for block in section.blocks:
            height = sum(strip.height for strip in block)
            is_full = used + height + (0 if is_begun else head) > room
            if is_full:
                yield tuple(page)
                page, used = [], 0.0
            if is_full or not is_begun:
                page += section.head
                used += head
                is_begun = True
            page += block
            used += height
    yield tuple(page)
