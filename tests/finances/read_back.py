"""Reads a statement's files back: what each says its rows and totals are."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from ledgers import DIGITS, scaled
from pdf_text import Text, texts

_CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")

Sums = dict[tuple[str, str], tuple[int, int]]
"""Count and sum by the words of a type and currency, sums as `ledgers.scaled`."""


class Said(NamedTuple):
    """What a file says: how many rows it has, what they come to, and its own totals."""

    rows: int
    sums: Sums
    totals: Sums


def csv_said(path: Path) -> Said:
    """What a CSV statement says."""
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert all(None not in line and None not in line.values() for line in lines)
    rows = [line for line in lines if line["Record"] == "Transaction"]
    return _said(rows, [line for line in lines if line["Record"] == "Total"])


def xlsx_said(path: Path) -> Said:
    """What an Excel statement says; numbers as the file writes them."""
    return _said(_sheet(path, 2), _sheet(path, 3))


def pdf_said(document: bytes) -> Said:
    """What a PDF says, read from the letters that were painted."""
    lines = _lines(texts(document))
    sums, totals = _Sums(), _Sums()
    rows = 0
    section = ""
    for at, line in enumerate(lines):
        words = [text.text for text in line]
        if words[0] in ("Totals", "Notes", "Transactions") and len(words) == 1:
            section = words[0]
        elif (section == "Transactions" and _DATE.fullmatch(words[0])) or words[0] == "—":
            rows += 1
            kind, currency = _between(line, 110, 205), _between(line, 390, 445)
            amount = _between(line, 446, 600) or lines[at + 1][-1].text
            if currency in DIGITS:
                sums.add(kind, currency, _number(amount))
        elif section == "Totals" and _between(line, 150, 190) in DIGITS:
            kind, currency = words[0], _between(line, 150, 190)
            count = int(words[2].replace(",", ""))
            own = (
                line
                if len(line) == 7
                else next(later for later in lines[at + 1 :] if later[0].text == "Total")
            )
            totals.put(kind, currency, count, _number(own[-1].text))
    return Said(rows, sums.found, totals.found)


class _Sums:
    def __init__(self) -> None:
        self.found: Sums = defaultdict(lambda: (0, 0))

    def add(self, kind: str, currency: str, amount: Decimal) -> None:
        count, before = self.found[kind, currency]
        self.found[kind, currency] = count + 1, before + scaled(amount)

    def put(self, kind: str, currency: str, count: int, amount: Decimal) -> None:
        assert (kind, currency) not in self.found
        self.found[kind, currency] = count, scaled(amount)


def _said(rows: list[dict[str, str]], totals: list[dict[str, str]]) -> Said:
    sums, own = _Sums(), _Sums()
    for line in rows:
        assert (line["In totals"] == "yes") == (line["Currency"] in DIGITS)
        if line["In totals"] == "yes":
            sums.add(line["Type"], line["Currency"], Decimal(line["Amount"]))
    for line in totals:
        amount = Decimal(line["Total"])
        own.put(line["Type"], line["Currency"], int(line["Rows"]), amount)
        parts = ("Paid", "On its way", "Failed or excluded", "Other status")
        assert sum(scaled(Decimal(line[part])) for part in parts) == scaled(amount)
    return Said(len(rows), sums.found, own.found)


def _sheet(path: Path, number: int) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    grid: list[dict[str, str]] = []
    for row in root.iter(f"{_CELLS}row"):
        cells = {}
        for cell in row.iter(f"{_CELLS}c"):
            assert cell.find(f"{_CELLS}f") is None, "a formula"
            column = re.sub(r"\d", "", cell.get("r") or "")
            cells[column] = "".join(cell.itertext())
        grid.append(cells)
    titles = grid[0]
    return [{title: row.get(at, "") for at, title in titles.items()} for row in grid[1:]]


def _lines(found: list[Text]) -> list[list[Text]]:
    """Texts that stand beside each other; fonts differ in their baselines by less than a point."""
    return [
        sorted(line, key=lambda text: text.x)
        for _, group in groupby(found, lambda text: (text.page, round(text.y)))
        if (line := list(group))
    ]


def _between(line: list[Text], left: float, right: float) -> str:
    return "".join(text.text for text in line if left <= text.x < right)


def _number(text: str) -> Decimal:
    return Decimal(text.removesuffix(" *").replace("\N{MINUS SIGN}", "-").replace(",", ""))
