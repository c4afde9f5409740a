"""docs/faults.md is honest: every fault has a row, and every row a test that exists or a reason."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from effort import ROOT

_ROWS = {"N": 25, "S": 22, "A": 10, "D": 10, "U": 7}
_ROW = re.compile(r"^\| ([NSADU]\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def _rows() -> dict[str, str]:
    text = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {name: tried for name, _, _, tried in _ROW.findall(text)}


@cache
def _tests_of(file: Path) -> frozenset[str]:
    if not file.exists():
        return frozenset()
    text = file.read_text(encoding="utf-8")
    return frozenset(re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE))


def _place_of(test: str) -> str:
    found = [
        str(f.relative_to(ROOT)) for f in ROOT.glob("tests/*/test_*.py") if test in _tests_of(f)
    ]
    return f"it is in {', '.join(found)}" if found else "there is none of that name"


def test_that_every_fault_has_a_row() -> None:
    expected = {f"{group}{n}" for group, count in _ROWS.items() for n in range(1, count + 1)}
    assert set(_rows()) == expected


@pytest.mark.parametrize("row", sorted(_rows()))
def test_that_a_row_names_tests_that_exist_or_a_reason(row: str) -> None:
    tried = _rows()[row]
    tests = _TEST.findall(tried)
    assert tests or tried.startswith("*no test*: "), tried
    for file, test in tests:
        assert test in _tests_of(ROOT / file), f"{file}::{test}: {_place_of(test)}"
