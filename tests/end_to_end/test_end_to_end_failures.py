"""What a tour shows when the server answers badly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gateway as faults
import pytest
from failing import CASES, FailingRun, failing_runs, stored_at
from gateway import Gateway
from processes import Run, Sandbox, Surroundings
from tour_record import check_page, values

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def runs(
    established: Sandbox,
    synced: Surroundings,
    dripping: FailingRun,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, FailingRun]]:
    """A tour for each case, all started."""
    with failing_runs(CASES, established, synced, tmp_path_factory.mktemp("failing")) as found:
        yield found


@pytest.mark.parametrize("name", CASES)
def test_that_a_failed_refresh_keeps_the_figures_and_says_why(
    name: str, runs: dict[str, FailingRun], shown_before: Run
) -> None:
    runs[name].check(shown_before)


@pytest.mark.parametrize(
    "fault", [faults.html, faults.truncated, faults.reset], ids=["html", "truncated", "reset"]
)
def test_that_an_unknown_token_shows_nobodys_figures_whatever_the_server_says(
    stocked: Surroundings,
    established: Sandbox,
    gateway: Gateway,
    tmp_path: Path,
    fault: faults.Fault,
) -> None:
    theirs = stored_at(stocked, established.base_url, gateway.base_url, tmp_path / "theirs")
    gateway.set_fault(fault)
    run = theirs.tour(*gateway.arguments, token="somebody-elses-token")
    for page in run.pages():
        check_page(page)
        assert page["state"] in ("error", "signed-out")
        assert page["freshness"] == "never"
        assert (page["cards"], page["tables"]) == ([], [])
        assert "Tempest Beats" not in str(page)


def test_that_a_rate_limit_in_a_tour_is_waited_for(
    surroundings: Surroundings, established: Sandbox, gateway: Gateway
) -> None:
    limited = faults.status(
        429, b'{"message": "Too Many Attempts.", "retry_after": 2}', ("Retry-After", "2")
    )
    gateway.set_fault(limited, "dashboard-stats", times=1)
    run = surroundings.tour(*gateway.arguments, token=established.token)
    for page in run.pages():
        check_page(page)
        assert (page["state"], page["freshness"], page["banners"]) == ("ready", "live", [])
    assert values(run.page("home"))["Tracks"] == "180"
    asked = [moment for moment, path in gateway.seen if "dashboard-stats" in path]
    assert asked[1] - asked[0] >= 2.0
    assert not [m for m, _ in gateway.seen if asked[0] + 0.5 < m < asked[0] + 1.95]


def test_that_a_first_start_with_a_broken_server_says_so_instead_of_inventing(
    surroundings: Surroundings, established: Sandbox, gateway: Gateway
) -> None:
    gateway.set_fault(faults.html)
    run = surroundings.tour(*gateway.arguments, token=established.token)
    for page in run.pages():
        check_page(page)
        assert page["state"] in ("error", "signed-out")
        assert page["freshness"] == "never"
        assert page["cards"] == []
        assert any("network asking you to sign in" in text for text in all_texts(page))


def all_texts(page: dict[str, Any]) -> list[str]:
    """Banners and texts."""
    return [*page["banners"], *page["texts"]]
