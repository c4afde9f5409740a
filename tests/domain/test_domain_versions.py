"""Which version is later, and which release is told of."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from beatpass_desktop.domain.releases import Release, ReleaseFile
from beatpass_desktop.domain.versions import Version
from beatpass_desktop.version import VERSION

ASCENDING = (
    "0.9.0",
    "0.9.10",
    "0.10.0-alpha",
    "0.10.0-alpha.1",
    "0.10.0-alpha.beta",
    "0.10.0-beta",
    "0.10.0-beta.2",
    "0.10.0-beta.11",
    "0.10.0-rc.1",
    "0.10.0",
    "0.10.1",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-a",
    "1.0.0",
    "2.0.0",
    "10.0.0",
)


def test_that_versions_stand_in_the_order_of_semantic_versioning() -> None:
    for earlier, later in pairwise(ASCENDING):
        assert Version.of(earlier) < Version.of(later), (earlier, later)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.2", "1.2.0"), ("1.2.0rc1", "1.2.0-rc.1"), ("1.2.0+build.5", "1.2.0"), ("01.2.0", "1.2.0")],
)
def test_that_ways_to_write_one_version_are_equal(one: str, other: str) -> None:
    assert Version.of(one) == Version.of(other)


@pytest.mark.parametrize(
    "text",
    ["", "1", "v1.2", "1.2.3.4", "1.2.x", "1.-2", " 1.2", "1.2\n", "1.2.0-", "1.2.0 (evil)",
     "1.2.0-RC", "9999999.0.0", "１.２.０", "1.2.0-" + "a" * 50, "<b>1.2.0</b>"],
)  # fmt: skip
def test_that_anything_else_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match="not a version"):
        Version.of(text)


def test_that_the_program_has_a_version() -> None:
    assert Version.of(VERSION) >= Version.of("0.1.0")


@pytest.mark.parametrize(
    ("own", "told", "is_told"),
    [
        ("0.9.0", "0.10.0", True),
        ("0.10.0", "0.9.0", False),
        ("0.10.0", "0.10.0", False),
        ("0.10.0", "0.11.0-rc.1", False),
        ("0.11.0-beta.1", "0.11.0-rc.1", True),
        ("0.11.0-rc.1", "0.11.0", True),
        ("0.11.0", "0.11.0-rc.1", False),
    ],
)
def test_that_a_release_is_told_of_to_those_for_whom_it_is_new(
    own: str, told: str, is_told: bool
) -> None:
    files = (ReleaseFile("linux", "https://x", 1, "0" * 64),)
    release = Release(told, date(2026, 12, 1), "https://x", files)
    assert release.is_for(own, "linux") is is_told
    assert not release.is_for(own, "windows")
