"""The tolerant readers: missing, null, right and wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beatpass_desktop.api.documents import parse
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Note

Read = Callable[[Fields, str], object]
READERS: dict[str, Read] = {
    "text": Fields.text,
    "integer": Fields.integer,
    "id": Fields.id,
    "number": Fields.number,
    "decimal": Fields.decimal,
    "boolean": Fields.boolean,
    "time": Fields.time,
    "day": Fields.day,
    "money": Fields.money,
    "names": Fields.names,
    "one": lambda fields, wire: fields.one(wire, Fields.required_id),
    "many": lambda fields, wire: fields.many(wire, Fields.id),
}


def of(raw: str) -> Fields:
    """The object `{"x": raw, "currency": "cad"}` as it comes from the wire."""
    document = parse(f'{{"x": {raw}, "currency": "cad"}}'.encode())
    assert isinstance(document, dict)
    return Fields(document)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_that_missing_is_not_carried_and_null_is(read: Read) -> None:
    missing = Fields({})
    assert read(missing, "x") is None
    assert (missing.carried, missing.notes) == (set(), [])
    null = of("null")
    assert read(null, "x") is None
    assert (null.carried, null.notes) == ({"x"}, [])


@pytest.mark.parametrize(
    ("reader", "raw", "value"),
    [
        ("text", '"Dawn 🎹"', "Dawn 🎹"),
        ("text", '""', ""),
        ("text", r'"a\u0000b\ud800c\n"', "a\ufffdb\ufffdc\n"),
        ("text", r'"\ud83c\udfb9"', "🎹"),
        ("integer", "0", 0),
        ("integer", "-7", -7),
        ("integer", "120.0", 120),
        ("integer", "1.2e2", 120),
        ("integer", "9223372036854775807", 2**63 - 1),
        ("integer", "-9223372036854775807", -(2**63) + 1),
        ("id", "1", 1),
        ("number", "3", 3.0),
        ("number", "-12.5", -12.5),
        ("number", "1e308", 1e308),
        ("decimal", "29.99", Decimal("29.99")),
        ("decimal", '"29.990"', Decimal("29.990")),
        ("decimal", "-0.00", Decimal(0)),
        ("decimal", "5", Decimal(5)),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("time", '"2026-11-23T10:00:00Z"', datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("time", '"2026-11-23 10:00:00"', datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("time", '"2026-11-23T10:00:00"', datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("time", '"2026-11-23T10:00:00+05:30"', datetime(2026, 11, 23, 4, 30, tzinfo=UTC)),
        ("time", '"2026-11-23T10:00:00-0300"', datetime(2026, 11, 23, 13, tzinfo=UTC)),
        ("time", '"2026-11-23T10:00:00.123456789Z"',
         datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)),
        ("time", '"2026-11-23"', datetime(2026, 11, 23, tzinfo=UTC)),
        ("day", '"1982-11-19"', "1982-11-19"),
        ("day", '"1982-11-19T00:00:00.000000Z"', "1982-11-19"),
        ("money", "29.99", Money(Decimal("29.99"), "CAD")),
        ("money", '"1500"', Money(Decimal(1500), "CAD")),
        ("names", '["a", {"id": 1, "name": "b"}]', ("a", "b")),
        ("one", '{"id": 4}', 4),
        ("many", '[{"id": 4}, {"id": 5}]', (4, 5)),
        ("many", "[]", ()),
    ],
)  # fmt: skip
def test_that_a_right_value_is_read(reader: str, raw: str, value: object) -> None:
    fields = of(raw)
    read = READERS[reader](fields, "x")
    assert read == value
    assert type(read) is type(value)
    assert fields.carried == {"x"}
    assert fields.notes == []


@pytest.mark.parametrize(
    ("reader", "raw", "got"),
    [
        ("text", "5", "number"),
        ("text", "true", "boolean"),
        ("text", "[]", "list"),
        ("text", "{}", "object"),
        ("integer", '"120"', "text"),
        ("integer", "true", "boolean"),
        ("integer", "1.5", "fraction"),
        ("integer", "9223372036854775808", "number out of range"),
        ("integer", "-9223372036854775808", "number out of range"),
        ("integer", "1e308", "number out of range"),
        ("integer", "1e999999", "number out of range"),
        ("id", "0", "number out of range"),
        ("id", "-1", "number out of range"),
        ("number", '"1.5"', "text"),
        ("number", "false", "boolean"),
        ("number", "1e999", "number out of range"),
        ("number", "1" + "0" * 400, "number out of range"),
        ("decimal", '"29,99"', "text"),
        ("decimal", '"1e5"', "text"),
        ("decimal", "true", "boolean"),
        ("decimal", "1e999999999", "number out of range"),
        ("decimal", "1e-999999999", "number out of range"),
        ("decimal", "1" * 20, "number out of range"),
        ("boolean", "1", "number"),
        ("boolean", '"true"', "text"),
        ("time", "1700000000", "number"),
        ("time", '"yesterday"', "text"),
        ("time", '"0000-00-00 00:00:00"', "impossible date"),
        ("time", '"2026-02-30"', "impossible date"),
        ("time", '"1970-01-01T00:00:00Z"', "absurd date"),
        ("time", '"9999-12-31 23:59:59"', "absurd date"),
        ("time", '"10000-01-01"', "text"),
        ("time", '"0001-01-01T00:00:00+10:00"', "impossible date"),
        ("time", '"٢٠٢٦-11-23"', "text"),
        ("day", "20261123", "number"),
        ("day", '"0000-00-00"', "impossible date"),
        ("day", '"9999-01-01"', "absurd date"),
        ("day", '"soon"', "text"),
        ("money", "{}", "object"),
        ("names", '"a"', "text"),
        ("one", "[]", "list"),
        ("many", "{}", "object"),
    ],
)
def test_that_a_wrong_value_is_none_with_a_note_and_not_carried(
    reader: str, raw: str, got: str
) -> None:
    fields = of(raw)
    assert READERS[reader](fields, "x") is None
    assert fields.carried == set()
    assert [(note.where, note.got) for note in fields.notes] == [("x", got)]


@pytest.mark.parametrize("currency", ["", "US", "U$D", 5, None, "TOOLONGACODE"])
def test_that_an_amount_without_a_currency_is_no_money(currency: object) -> None:
    fields = Fields({"price": Decimal("9.99"), "currency": currency})
    assert fields.money("price") is None
    assert fields.carried == set()
    assert fields.notes[0].expected == "currency"


def test_that_an_unknown_currency_is_kept_as_it_is() -> None:
    fields = Fields({"price": 1, "currency": "xbt"})
    assert fields.money("price") == Money(Decimal(1), "XBT")


def test_that_carried_names_are_the_domains() -> None:
    fields = Fields({"likes_count": 4})
    assert fields.integer("likes_count", "likes") == 4
    assert fields.carried == {"likes"}


def test_that_bad_members_of_a_list_are_left_out_and_noted_by_place() -> None:
    raw = {"x": ["a", 5, {"name": None}, {"name": "b"}], "y": [{"id": "7"}, 3, {"id": 2}]}
    fields = Fields(raw, "track")
    assert fields.names("x") == ("a", "b")
    assert fields.many("y", Fields.id) == (2,)
    assert fields.carried == {"x", "y"}
    assert fields.notes == [
        Note("track.x[1]", "name", "number"),
        Note("track.x[2]", "name", "null"),
        Note("track.y[0].id", "id", "text"),
        Note("track.y[1]", "object", "number"),
    ]


def test_that_an_id_that_must_be_there_is_noted_when_it_is_not() -> None:
    fields = Fields({})
    assert fields.required_id() is None
    assert fields.notes == [Note("id", "id", "nothing")]
    fields = Fields({"id": None})
    assert fields.required_id() is None
    assert fields.notes == [Note("id", "id", "null")]


def test_that_notes_name_types_and_never_contents() -> None:
    fields = Fields({"x": {"name": "secret"}, "y": "secret"})
    fields.text("x")
    fields.integer("y")
    fields.time("y")
    assert "secret" not in repr(fields.notes)


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["2026-11-23", "0000-00-00", "12.5", "9999-99-99T99:99:99+99:99"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "x"]) | st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None, database=None)
@given(raw=JSON_VALUES, reader=st.sampled_from(sorted(READERS)))
def test_that_no_value_crashes_a_reader_or_becomes_another(raw: object, reader: str) -> None:
    fields = of(json.dumps(raw))
    value = READERS[reader](fields, "x")
    if "x" not in fields.carried:
        assert value is None
        assert fields.notes
    elif raw is None:
        assert value is None
    elif isinstance(value, float):
        assert isinstance(raw, int | float)
        assert value == float(raw)
    elif isinstance(value, bool | int | Decimal) and not isinstance(raw, str | dict):
        assert value == (Decimal(repr(raw)) if isinstance(raw, float) else raw)
    elif isinstance(value, str) and reader == "text":
        assert value == raw or "\ufffd" in value
