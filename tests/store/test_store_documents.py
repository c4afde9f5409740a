"""Documents that are merged field by field, and the age of data sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from rows import DAY, Desk

from beatpass_desktop.domain.freshness import Age, Attempt
from beatpass_desktop.domain.profiles import Profile
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents

LATER = DAY + timedelta(minutes=5)


@pytest.fixture
def key(desk: Desk) -> ResourceKey:
    return desk.key(resource=Resource.PROFILE)


def test_that_a_document_keeps_fields_a_reply_did_not_carry(desk: Desk, key: ResourceKey) -> None:
    joined = datetime(2020, 2, 29, 12, tzinfo=UTC)
    whole = Profile(1, "Ada", True, 10, 99, joined, "bio", None)
    desk.write(
        lambda c: documents.merge(
            c, key, whole, ["id", "name", "total_plays", "member_since", "bio"]
        )
    )
    part = Profile(2, "Not carried", bio=None, total_plays=100)
    desk.write(lambda c: documents.merge(c, key, part, ["bio", "total_plays"]))
    assert documents.body(desk.store.reading, key) == {
        "id": 1,
        "name": "Ada",
        "total_plays": 100,
        "member_since": "2020-02-29T12:00:00+00:00",
        "bio": None,
    }


def test_that_money_is_kept_exactly(desk: Desk, key: ResourceKey) -> None:
    @dataclass(frozen=True)
    class Priced:
        amount: Decimal

    value = Priced(Decimal("0.10000000000000000001"))
    desk.write(lambda c: documents.merge(c, key, value, ["amount"]))
    assert documents.body(desk.store.reading, key) == {"amount": "0.10000000000000000001"}


@pytest.mark.parametrize("value", [{"a": 1}, Profile, None])
def test_that_only_dataclass_values_are_documents(
    desk: Desk, key: ResourceKey, value: object
) -> None:
    with pytest.raises(TypeError):
        desk.write(lambda c: documents.merge(c, key, value, []))


def test_that_what_was_never_stored_has_neither_age_nor_body(desk: Desk, key: ResourceKey) -> None:
    reading = desk.store.reading
    assert documents.age(reading, key) == Age()
    assert documents.body(reading, key) is None
    assert documents.etag(reading, key) is None
    assert documents.server_time(reading, key) is None


def test_that_an_age_goes_from_failure_to_success_and_back(desk: Desk, key: ResourceKey) -> None:
    reading = desk.store.reading
    desk.write(lambda c: documents.failed(c, key, DAY, Attempt.UNREACHED, "No network."))
    assert documents.age(reading, key) == Age(None, Attempt.UNREACHED, DAY, "No network.")
    assert documents.body(reading, key) is None
    said = DAY - timedelta(seconds=3)
    desk.write(lambda c: documents.succeeded(c, key, DAY, etag='"1"', server_time=said))
    assert documents.age(reading, key) == Age(DAY, Attempt.SUCCEEDED, DAY, "")
    assert documents.etag(reading, key) == '"1"'
    assert documents.server_time(reading, key) == said
    desk.write(lambda c: documents.failed(c, key, LATER, Attempt.FAILED, "Rubbish."))
    assert documents.age(reading, key) == Age(DAY, Attempt.FAILED, LATER, "Rubbish.")
    assert documents.etag(reading, key) == '"1"'
    desk.write(lambda c: documents.succeeded(c, key, LATER))
    assert documents.age(reading, key) == Age(LATER, Attempt.SUCCEEDED, LATER, "")
    assert documents.etag(reading, key) is None


def test_that_artists_and_parameters_are_kept_apart(desk: Desk) -> None:
    keys = [
        ResourceKey(Resource.DOWNLOADS, desk.account, artist, params)
        for artist in (1, 2)
        for params in ("", "7d")
    ]
    for number, key in enumerate(keys):
        at = DAY + timedelta(minutes=number)
        desk.write(lambda c, key=key, at=at: documents.succeeded(c, key, at))
    ages = [documents.age(desk.store.reading, key).fetched_at for key in keys]
    assert ages == [DAY + timedelta(minutes=number) for number in range(4)]
