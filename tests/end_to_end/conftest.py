"""Fixtures: private surroundings, sandboxes, and outputs attached to the report of a failure."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from failing import DRIP, FailingRun, failing_runs
from gateway import Gateway, running_gateway
from processes import Run, Sandbox, Surroundings, running_sandbox
from profile_tours import ProfileTour, ProfileTours
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shown_offline import ShownOffline, shown_offline


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Surroundings):
                report.sections.append(("outputs of the program", value.report()))
    return report


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[Surroundings]:
    """Where the runs of one test take place."""
    found = Surroundings(tmp_path / "surroundings")
    yield found
    found.end()


@pytest.fixture(scope="session")
def established() -> Iterator[Sandbox]:
    """The default profile, for tests that only read from it."""
    with running_sandbox("--rate-limit", "100000") as sandbox:
        yield sandbox


@pytest.fixture(scope="session")
def tours(established: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProfileTours]:
    """One tour of each profile; tests only read from it."""
    folder = tmp_path_factory.mktemp("tours")
    with ExitStack() as stack:

        @cache
        def tour(profile: str) -> ProfileTour:
            sandbox = established
            if profile != "established":
                options = ("--profile", profile, "--rate-limit", "100000")
                sandbox = stack.enter_context(running_sandbox(*options))
            surroundings = Surroundings(folder / profile)
            before = len(sandbox.requests_seen())
            run = surroundings.tour(*sandbox.arguments, "--size", "1280x832", token=sandbox.token)
            assert run.complaints == []
            asked = [request["path"] for request in sandbox.requests_seen()[before:]]
            return ProfileTour(sandbox, surroundings, run, asked)

        yield tour


@pytest.fixture(scope="session")
def synced(tours: ProfileTours) -> Surroundings:
    """Surroundings whose data folder holds the default profile; tests work on copies."""
    return tours("established").surroundings


@pytest.fixture(scope="session")
def shown_before(established: Sandbox, synced: Surroundings) -> Run:
    """What is shown of the default profile as it is stored."""
    return synced.tour(*established.arguments, "--offline")


@pytest.fixture(scope="session")
def dripping(
    established: Sandbox, synced: Surroundings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FailingRun]:
    """A tour that waits for a reply which never ends, begun with the first failing tours."""
    folder = tmp_path_factory.mktemp("dripping")
    with failing_runs({"drip": DRIP}, established, synced, folder) as runs:
        yield runs["drip"]


@pytest.fixture
def stocked(synced: Surroundings, tmp_path: Path) -> Iterator[Surroundings]:
    """A copy of the stored default profile for one test."""
    found = synced.copy_to(tmp_path / "stocked")
    yield found
    found.end()


@pytest.fixture
def run(
    qtbot: QtBot, qapp: QApplication, stocked: Surroundings, established: Sandbox
) -> Iterator[ShownOffline]:
    """The program within this process, over what is stored of the default profile."""
    data, url, token = stocked.data, established.base_url, established.token
    with shown_offline(qtbot, qapp, data, url, token) as found:
        yield found


@pytest.fixture
def gateway(established: Sandbox) -> Iterator[Gateway]:
    """A server before the default profile's that can be told to fail."""
    with running_gateway(established.base_url) as found:
        yield found
