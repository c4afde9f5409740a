"""When something is tried again, as tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from beatpass_desktop.api import errors
from beatpass_desktop.api.retries import (
    RetryPolicy,
    exhausted_for,
    http_date,
    is_retried,
    pause_delay,
    retry_after,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("60", 60.0),
        (" 7 ", 7.0),
        ("0", 1.0),
        ("900", 900.0),
        ("901", 900.0),
        ("1000000000", 900.0),
        ("9" * 5000, 900.0),
        ("Mon, 23 Nov 2026 10:05:00 GMT", 300.0),
        ("Mon, 23 Nov 2026 11:05:00 +0100", 300.0),
        ("Mon, 23 Nov 2026 10:05:00 -0000", 300.0),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 1.0),
        ("Mon, 23 Nov 2099 09:00:00 GMT", 900.0),
        ("Mon, 99 Nov 2026 09:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("1e9", None),
        ("soon", None),
        ("٣٠", None),
        ("", None),
        (None, None),
    ],
)
def test_that_retry_after_is_read_within_bounds(text: str | None, seconds: float | None) -> None:
    assert retry_after(text, NOW) == seconds


@pytest.mark.parametrize(
    ("remaining", "reset", "seconds"),
    [
        ("0", 30, 30.0),
        ("0", -30, 1.0),
        ("0", 100_000, 60.0),
        ("1", 30, None),
        (None, 30, None),
        ("zero", 30, None),
        ("0", None, None),
    ],
)
def test_that_an_exhausted_limit_waits_for_its_reset(
    remaining: str | None, reset: int | None, seconds: float | None
) -> None:
    text = None if reset is None else str(int(NOW.timestamp()) + reset)
    assert exhausted_for(remaining, text, NOW) == seconds


def test_that_a_reset_that_is_no_number_is_not_waited_for() -> None:
    assert exhausted_for("0", "tomorrow", NOW) is None


@pytest.mark.parametrize("text", [None, "", "yesterday", "Mon, 23 Nov 2026 99:00:00 GMT"])
def test_that_what_is_no_http_date_is_none(text: str | None) -> None:
    assert http_date(text) is None


@pytest.mark.parametrize(
    ("error", "retried"),
    [
        (errors.Unreachable(""), True),
        (errors.TimedOut(""), True),
        (errors.Maintenance("", status=503), True),
        (errors.ServerError("", status=500), True),
        (errors.ServerError("", status=502), True),
        (errors.ServerError("", status=504), True),
        (errors.ServerError("", status=501), False),
        (errors.Incomplete(""), True),
        (errors.Undecodable(""), False),
        (errors.Untrusted(""), False),
        (errors.Unauthorised(""), False),
        (errors.Refused(""), False),
        (errors.Limited(""), False),
    ],
)
def test_that_only_what_may_pass_is_tried_again(error: errors.ApiError, retried: bool) -> None:
    assert is_retried(error) is retried


def test_that_waits_double_up_to_the_cap_with_full_jitter() -> None:
    error = errors.Unreachable("")
    longest = RetryPolicy(tries=9, random=lambda: 1.0)
    assert [longest.delay(error, n) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 8, 8, 8]
    assert longest.delay(error, 9) is None
    assert RetryPolicy(random=lambda: 0.0).delay(error, 1) == 0.0
    assert RetryPolicy().delay(error, 3) is not None
    assert RetryPolicy().delay(error, 4) is None


def test_that_pauses_without_a_time_grow_to_a_quarter_of_an_hour() -> None:
    longest = [pause_delay(n, lambda: 1.0) for n in range(1, 12)]
    assert longest[:4] == [2, 4, 8, 16]
    assert longest[-1] == 900
    assert pause_delay(1, lambda: 0.0) == 1.0
    assert pause_delay(10_000, lambda: 0.0) == 450.0
