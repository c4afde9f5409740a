"""Tolerant readers over raw JSON objects: what is not there or not right is None, never made up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import TypeVar

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded, Note

T = TypeVar("T")

LARGEST = 2**63 - 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DECIMAL = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{1,12})?")
_CURRENCY = re.compile(r"[A-Za-z0-9]{3,10}")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


class Unfit(Exception):
    """A raw value that is not what a field holds; the text names what came instead."""


def kind_of(raw: object) -> str:
    """The JSON type of a raw value, never its contents."""
    match raw:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float() | Decimal():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case dict():
            return "object"
        case _:
            return type(raw).__name__


def as_text(raw: object) -> str:
    """Text that can be stored: NUL and lone surrogates become U+FFFD."""
    if not isinstance(raw, str):
        raise Unfit(kind_of(raw))
    return _UNSTORABLE.sub("\ufffd", raw)


def as_integer(raw: object) -> int:
    """A whole number within ±(2^63-1); 120.0 is one, true and "120" are not."""
    if isinstance(raw, Decimal) and raw.is_finite() and raw.adjusted() <= 18:
        whole = int(raw)
        if whole != raw:
            raise Unfit("fraction")
        raw = whole
    elif isinstance(raw, Decimal):
        raise Unfit("number out of range")
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise Unfit(kind_of(raw))
    if abs(raw) > LARGEST:
        raise Unfit("number out of range")
    return raw


def as_id(raw: object) -> int:
    """An id: a whole number from 1."""
    number = as_integer(raw)
    if number < 1:
        raise Unfit("number out of range")
    return number


def as_count(raw: object) -> int:
    """A whole number from 0."""
    number = as_integer(raw)
    if number < 0:
        raise Unfit("number out of range")
    return number


def as_number(raw: object) -> float:
    """A finite number."""
    if not isinstance(raw, int | Decimal) or isinstance(raw, bool):
        raise Unfit(kind_of(raw))
    try:
        number = float(raw) + 0.0
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        raise Unfit("number out of range")
    return number


def as_decimal(raw: object) -> Decimal:
    """An exact amount, as a number or decimal text, below 10^19 with at most 12 decimals."""
    if isinstance(raw, str):
        if not _DECIMAL.fullmatch(raw):
            raise Unfit("text")
        raw = Decimal(raw)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        raw = Decimal(raw)
    if not isinstance(raw, Decimal):
        raise Unfit(kind_of(raw))
    exponent = raw.as_tuple().exponent
    if not isinstance(exponent, int) or raw.adjusted() > 18 or not -12 <= exponent <= 18:
        raise Unfit("number out of range")
    return raw.copy_abs() if raw.is_zero() else raw


def as_boolean(raw: object) -> bool:
    """true or false; 0 and 1 are neither."""
    if not isinstance(raw, bool):
        raise Unfit(kind_of(raw))
    return raw


def as_time(raw: object) -> datetime:
    """ISO 8601 or `YYYY-MM-DD HH:MM:SS`, UTC unless it says otherwise, within 1971 … 2199."""
    if not isinstance(raw, str):
        raise Unfit(kind_of(raw))
    if not (match := _TIME.fullmatch(raw)):
        raise Unfit("text")
    day, clock, fraction, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z") else zone
    try:
        time = datetime.fromisoformat(f"{day}T{clock or '00:00'}{(fraction or '')[:7]}{zone}")
        time = time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit("impossible date") from None
    if not 1971 <= time.year < 2200:
        raise Unfit("absurd date")
    return time


def as_date(raw: object) -> str:
    """A day as `YYYY-MM-DD`, within 1900 … 2199; of a time its day is taken."""
    if not isinstance(raw, str):
        raise Unfit(kind_of(raw))
    if not (match := _TIME.fullmatch(raw)):
        raise Unfit("text")
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        raise Unfit("impossible date") from None
    if not 1900 <= day.year < 2200:
        raise Unfit("absurd date")
    return match[1]


def as_currency(raw: object) -> str:
    """A currency code in upper case; whether it is known is not asked here."""
    if not isinstance(raw, str) or not _CURRENCY.fullmatch(raw):
        raise Unfit(kind_of(raw))
    return raw.upper()


class Fields:
    """Reads the fields of one JSON object and remembers which it carried.

    Every reader takes the wire's name and, where it differs, the domain's (`name`). Missing: None,
    not carried. Null: None, carried. Not fit: None, not carried, and a note.

    Attributes:
        carried: domain names of the fields that came validly, null included.
        notes: what did not fit, here and in nested objects.
    """

    __slots__ = ("_raw", "_where", "carried", "notes")

    def __init__(
        self, raw: dict[str, object], where: str = "", notes: list[Note] | None = None
    ) -> None:
        self._raw = raw
        self._where = where
        self.carried: set[str] = set()
        self.notes: list[Note] = [] if notes is None else notes

    def __contains__(self, wire: str) -> bool:
        return wire in self._raw

    def raw(self, wire: str) -> object:
        """The raw value; None when missing."""
        return self._raw.get(wire)

    def note(self, wire: str, expected: str, got: str) -> None:
        """Remember that `wire` did not fit."""
        self.notes.append(Note(self._path(wire), expected, got))

    def _path(self, wire: str) -> str:
        return f"{self._where}.{wire}" if self._where else wire

    def read(
        self, wire: str, convert: Callable[[object], T], expected: str, name: str | None = None
    ) -> T | None:
        """The field `wire` through `convert`, which raises `Unfit`."""
        if wire not in self._raw:
            return None
        raw = self._raw[wire]
        value: T | None = None
        if raw is not None:
            try:
                value = convert(raw)
            except Unfit as unfit:
                self.note(wire, expected, str(unfit))
                return None
        self.carried.add(name or wire)
        return value

    def text(self, wire: str, name: str | None = None) -> str | None:
        """Text."""
        return self.read(wire, as_text, "text", name)

    def integer(self, wire: str, name: str | None = None) -> int | None:
        """A whole number."""
        return self.read(wire, as_integer, "whole number", name)

    def id(self, wire: str = "id", name: str | None = None) -> int | None:
        """An id."""
        return self.read(wire, as_id, "id", name)

    def required_id(self, wire: str = "id") -> int | None:
        """The id of something that is nothing without it: noted also when absent."""
        value = self.id(wire)
        if value is None and self._raw.get(wire) is None:
            self.note(wire, "id", "null" if wire in self._raw else "nothing")
        return value

    def number(self, wire: str, name: str | None = None) -> float | None:
        """A number."""
        return self.read(wire, as_number, "number", name)

    def decimal(self, wire: str, name: str | None = None) -> Decimal | None:
        """An exact amount."""
        return self.read(wire, as_decimal, "amount", name)

    def boolean(self, wire: str, name: str | None = None) -> bool | None:
        """A boolean."""
        return self.read(wire, as_boolean, "boolean", name)

    def time(self, wire: str, name: str | None = None) -> datetime | None:
        """A time, UTC."""
        return self.read(wire, as_time, "time", name)

    def day(self, wire: str, name: str | None = None) -> str | None:
        """A day, `YYYY-MM-DD`."""
        return self.read(wire, as_date, "date", name)

    def money(self, wire: str, currency: str = "currency", name: str | None = None) -> Money | None:
        """The amount `wire` in the currency that the field `currency` names.

        An amount whose currency did not come is no money: None, not carried, and a note.
        """
        name = name or wire
        amount = self.decimal(wire, name)
        if amount is None:
            return None
        try:
            return Money(amount, as_currency(self._raw.get(currency)))
        except Unfit as unfit:
            self.carried.discard(name)
            self.note(wire, "currency", str(unfit))
            return None

    def one(
        self, wire: str, decode: Callable[[Fields], T | None], name: str | None = None
    ) -> T | None:
        """A nested object through `decode`; None from `decode` counts as not carried."""
        nested = self.nested(wire, name)
        if nested is None:
            return None
        value = decode(nested)
        if value is not None:
            self.carried.add(name or wire)
        return value

    def inner(self, place: str, raw: dict[str, object]) -> Fields:
        """A reader of the object at `place`, whose notes join these."""
        return Fields(raw, self._path(place), self.notes)

    def nested(self, wire: str, name: str | None = None) -> Fields | None:
        """A reader of a nested object; None when it is missing, null or no object."""
        if wire not in self._raw:
            return None
        raw = self._raw[wire]
        if raw is None:
            self.carried.add(name or wire)
        elif isinstance(raw, dict):
            return self.inner(wire, raw)
        else:
            self.note(wire, "object", kind_of(raw))
        return None

    def items(self, wire: str, name: str | None = None) -> Iterator[tuple[str, object]] | None:
        """The elements of a list, each with its place for notes; None when there is no list."""
        if wire not in self._raw:
            return None
        raw = self._raw[wire]
        if raw is not None and not isinstance(raw, list):
            self.note(wire, "list", kind_of(raw))
            return None
        self.carried.add(name or wire)
        if raw is None:
            return None
        return ((f"{wire}[{index}]", item) for index, item in enumerate(raw))

    def many(
        self, wire: str, decode: Callable[[Fields], T | None], name: str | None = None
    ) -> tuple[T, ...] | None:
        """A list of objects through `decode`; what is no object or decodes to None is left out."""
        items = self.items(wire, name)
        if items is None:
            return None
        values: list[T] = []
        for place, item in items:
            if not isinstance(item, dict):
                self.note(place, "object", kind_of(item))
                continue
            value = decode(self.inner(place, item))
            if value is not None:
                values.append(value)
        return tuple(values)

    def names(self, wire: str, name: str | None = None) -> tuple[str, ...] | None:
        """A list of names: plain text or objects with a `name`; others are left out with a note."""
        items = self.items(wire, name)
        if items is None:
            return None
        found: list[str] = []
        for place, item in items:
            try:
                found.append(as_text(item.get("name") if isinstance(item, dict) else item))
            except Unfit as unfit:
                self.note(place, "name", str(unfit))
        return tuple(found)

    def decoded(self, value: T) -> Decoded[T]:
        """`value`, decoded from this object, with what is known about its fields."""
        return Decoded(value, frozenset(self.carried), tuple(self.notes))
