"""Reads the text of a PDF back: what was painted where, by the fonts' own tables of characters."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_BLOCK = re.compile(rb"BT\n(.*?)ET", re.DOTALL)
_SHOWN = re.compile(rb"(-?[\d.]+) (-?[\d.]+) Td <([0-9A-F]+)> Tj")


class Text(NamedTuple):
    """A run of letters of one font; its place in points from the top left corner of its page."""

    page: int
    x: float
    y: float
    text: str


def texts(document: bytes) -> list[Text]:
    """Every text in the order in which it was painted."""
    assert document.startswith(b"%PDF-")
    assert document.rstrip().endswith(b"%%EOF")
    objects = {int(number): body for number, body in _OBJECT.findall(document)}
    maps: dict[int, dict[int, str]] = {}
    found: list[Text] = []
    for page, number in enumerate(_pages(objects), 1):
        body = objects[number]
        resources = objects[_reference(body, b"Resources")]
        fonts = {
            name: maps.setdefault(int(at), _characters(objects, int(at)))
            for name, at in re.findall(rb"/(F\d+) (\d+) 0 R", resources)
        }
        content = zlib.decompress(_stream(objects[_reference(body, b"Contents")]))
        scale = re.search(rb"([\d.]+) 0 0 -[\d.]+ 0 [\d.]+ cm", content)
        assert scale is not None
        for block in _BLOCK.findall(content):
            found.append(_text(page, block, fonts, float(scale[1])))
    return found


def _pages(objects: dict[int, bytes]) -> list[int]:
    tree = next(body for body in objects.values() if b"/Type /Pages" in body)
    kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
    assert kids is not None
    return [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def _characters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """The characters of a font by their codes."""
    table = _stream(objects[_reference(objects[font], b"ToUnicode")])
    found = {}
    for first, last, start, many in _RANGE.findall(table):
        low, high = int(first, 16), int(last, 16)
        if many:
            values = [int(value, 16) for value in re.findall(rb"<([0-9A-F]+)>", many)]
        else:
            values = [int(start, 16) + step for step in range(high - low + 1)]
        found.update({low + at: chr(value) for at, value in enumerate(values)})
    return found


def _text(page: int, block: bytes, fonts: dict[bytes, dict[int, str]], scale: float) -> Text:
    name = re.search(rb"/(F\d+) [\d.]+ Tf", block)
    assert name is not None
    characters = fonts[name[1]]
    shown = _SHOWN.findall(block)
    letters = "".join(
        characters.get(int(codes[at : at + 4], 16), "\N{REPLACEMENT CHARACTER}")
        for _, _, codes in shown
        for at in range(0, len(codes), 4)
    )
    x, y, _ = shown[0]
    return Text(page, float(x) * scale, -float(y) * scale, letters)


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found is not None, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    return found[1]
