"""Fixtures that run sandboxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sandbox_process import RunningSandbox, running_sandbox


@pytest.fixture(scope="session")
def established(measured: dict[str, str]) -> Iterator[RunningSandbox]:
    """The default profile, one process for the whole session."""
    with running_sandbox("--rate-limit", "100000", environment=measured) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def newcomer(measured: dict[str, str]) -> Iterator[RunningSandbox]:
    """The profile of an artist that has uploaded nothing, for tests that change no figures."""
    with running_sandbox(
        "--profile", "new-artist", "--rate-limit", "100000", environment=measured
    ) as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def without_artist(measured: dict[str, str]) -> Iterator[RunningSandbox]:
    """The profile of a user without an artist, for tests that change no figures."""
    with running_sandbox(
        "--profile", "no-artist", "--rate-limit", "100000", environment=measured
    ) as sandbox:
        yield sandbox


@pytest.fixture
def start_sandbox() -> Callable[..., Any]:
    """Start further sandboxes: a context manager taking command-line options."""
    return running_sandbox
