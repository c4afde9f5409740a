"""Every form in which the API wraps what it sends."""

from __future__ import annotations

import pytest

from beatpass_desktop.api.envelope import object_in, page_in
from beatpass_desktop.api.errors import Undecodable

USER = {"id": 1, "display_name": "Ada"}
PAGE = {"current_page": 2, "per_page": 50, "last_page": 3, "total": 120, "data": [{"id": 1}]}


@pytest.mark.parametrize(
    "document",
    [
        {"success": True, "data": USER},
        {"status": "success", "data": USER},
        {"status": "success", "user": USER},
        {"success": True, "data": {"user": USER}},
        {"user": USER},
        USER,
    ],
)
def test_that_an_object_is_found_in_each_envelope(document: object) -> None:
    assert object_in(document, "user") == USER


@pytest.mark.parametrize(
    "document", [[], None, "x", 5, {"status": "success", "user": []}, {"success": True, "data": 1}]
)
def test_that_another_top_level_is_not_taken(document: object) -> None:
    with pytest.raises(Undecodable):
        object_in(document, "user")


def test_that_a_status_of_its_own_is_no_envelope() -> None:
    bare = {"status": "active", "data": {"id": 2}, "id": 1}
    assert object_in(bare) is bare


@pytest.mark.parametrize(
    "document",
    [
        {"status": "success", "pagination": PAGE},
        {"success": True, "data": PAGE},
        {"success": True, "data": {"pagination": PAGE}},
        {"status": "success", **PAGE},
        {"pagination": PAGE},
        PAGE,
    ],
)
def test_that_a_page_is_found_in_each_envelope(document: object) -> None:
    page = page_in(document)
    assert page.rows == [{"id": 1}]
    assert (page.page, page.per_page, page.last_page, page.total) == (2, 50, 3, 120)


@pytest.mark.parametrize(
    "document", [[{"id": 1}], {"success": True, "data": [{"id": 1}]}, {"data": [{"id": 1}]}]
)
def test_that_a_list_without_numbers_is_a_page_without_numbers(document: object) -> None:
    page = page_in(document)
    assert page.rows == [{"id": 1}]
    assert (page.page, page.per_page, page.last_page, page.total) == (None, None, None, None)


def test_that_numbers_that_make_no_sense_are_none() -> None:
    page = page_in({"current_page": "1", "per_page": 0, "last_page": -1, "total": -5, "data": []})
    assert (page.page, page.per_page, page.last_page, page.total) == (None, None, None, None)
    assert len(page.notes) == 4


@pytest.mark.parametrize(
    "document",
    [{}, None, 5, {"status": "success"}, {"pagination": {"data": {}}}, {"pagination": []}],
)
def test_that_what_holds_no_page_is_not_taken(document: object) -> None:
    with pytest.raises(Undecodable):
        page_in(document)
