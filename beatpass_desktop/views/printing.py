"""Paints composed pages as a PDF: Inter embedded, text that can be selected and searched.

Figures are set letter by letter, every digit as wide as the next: the font's own tabular figures
would have no characters behind them in a PDF, and nobody could copy or search an amount.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGlyphRun,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QRawFont,
)

from beatpass_desktop.domain.printing import Cell, Ink, Sheet, Strip
from beatpass_desktop.domain.statements import Paper
from beatpass_desktop.models.formatting import one_line

_UNITS = 20
"""painted units in a point"""
_INK, _FAINT, _RULE = "#16161c", "#5c5c68", "#c9c9d2"
_LOOKS = {
    Ink.TITLE: (18.0, True, _INK),
    Ink.HEADING: (11.0, True, _INK),
    Ink.TEXT: (8.5, False, _INK),
    Ink.STRONG: (8.5, True, _INK),
    Ink.MUTED: (8.5, False, _FAINT),
}
"""Size in points, whether bold, and colour."""
_PAGES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}
_LONGEST = 300
"""characters of a text that can come to fit in a line"""
_KEPT = 500
"""texts of which is known how they fit"""
_PLACE = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
).value | Qt.TextFlag.TextSingleLine.value
_CHARACTERS = re.compile(rb"\[(?:<[0-9A-F]+> ?)+\]")


class PdfPrinter:
    """One PDF in the making, painted on the thread of the window."""

    def __init__(self, paper: Paper, title: str) -> None:
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setTitle(title)
        self._writer.setCreator("BeatPass Desktop")
        self._writer.setResolution(72 * _UNITS)
        self._writer.setPageSize(QPageSize(_PAGES[paper]))
        self._writer.setPageMargins(QMarginsF())
        self._pens = {ink: _Pen(*look) for ink, look in _LOOKS.items()}
        self._painter: QPainter | None = None

    def paint(self, sheet: Sheet) -> None:
        """Paint the next page."""
        if self._painter is None:
            self._painter = QPainter(self._writer)
        else:
            self._writer.newPage()
        top = sheet.top
        for strip in sheet.strips:
            self._paint_strip(self._painter, sheet, strip, top)
            top += strip.height
        self._paint_strip(self._painter, sheet, sheet.footer, sheet.foot)

    def finish(self) -> bytes:
        """The whole document."""
        self.close()
        return _with_spaces(bytes(self._buffer.data().data()))

    def close(self) -> None:
        """Give up what was painted; harmless after `finish`."""
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    def _paint_strip(self, painter: QPainter, sheet: Sheet, strip: Strip, top: float) -> None:
        for cell in strip.cells:
            if cell.text:
                measures = (cell.left, top, cell.width, strip.height)
                place = QRectF(*(measure * _UNITS for measure in measures))
                self._pens[cell.ink].write(painter, cell, place)
        if strip.rule:
            painter.setPen(QPen(QColor(_RULE), _UNITS * 0.5))
            y = (top + strip.height) * _UNITS
            left = sheet.left * _UNITS
            painter.drawLine(QPointF(left, y), QPointF(left + sheet.width * _UNITS, y))


class _Pen:
    """Writes in one font and colour."""

    def __init__(self, size: float, is_bold: bool, hex_colour: str) -> None:
        font = QFont("Inter")
        font.setPixelSize(round(size * _UNITS))
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Alternates have no characters behind them either.
        font.setFeature(QFont.Tag("calt"), 0)
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._colour = QColor(hex_colour)
        self._raw = QRawFont.fromFont(font)
        # Types, states and currencies are the same on every line.
        self._fitting = lru_cache(_KEPT)(self._fit)
        self._digit = max(self._width(digit) for digit in "0123456789")

    def write(self, painter: QPainter, cell: Cell, place: QRectF) -> None:
        """Write the text of a cell into its place."""
        painter.setPen(self._colour)
        if cell.is_figure:
            self._write_figure(painter, cell.text, place)
            return
        painter.setFont(self._font)
        painter.drawText(place, _PLACE, self._fitting(cell.text, place.width()))

    def _fit(self, text: str, width: float) -> str:
        line = one_line(text[:_LONGEST])
        return self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)

    def _write_figure(self, painter: QPainter, text: str, place: QRectF) -> None:
        glyphs = self._raw.glyphIndexesForString(text)
        positions, x = [], 0.0
        for letter, advance in zip(text, self._raw.advancesForGlyphIndexes(glyphs), strict=True):
            room = self._digit if letter.isdecimal() else advance.x()
            positions.append(QPointF(x + (room - advance.x()) / 2, 0))
            x += room
        run = QGlyphRun()
        run.setRawFont(self._raw)
        run.setGlyphIndexes(glyphs)
        run.setPositions(positions)
        base = place.center().y() + (self._metrics.ascent() - self._metrics.descent()) / 2
        painter.drawGlyphRun(QPointF(place.right() - x, base), run)

    def _width(self, letter: str) -> float:
        glyphs = self._raw.glyphIndexesForString(letter)
        return float(self._raw.advancesForGlyphIndexes(glyphs)[0].x())


def _with_spaces(document: bytes) -> bytes:
    """The document with a space where Qt names the space's glyph after the tab, which shares it.

    Without that, what is copied has tabs between its words and no phrase can be found.
    """
    return _CHARACTERS.sub(lambda found: found[0].replace(b"<0009>", b"<0020>"), document)
