"""What a tour shows when the server answers badly, after everything has come once.

All runs start together, each at a gateway of its own: most of their time is waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import apsw
import gateway as faults
import pytest
from gateway import Gateway, running_gateway
from processes import Run, Sandbox, Surroundings
from tour_record import check_page, values

pytestmark = pytest.mark.end_to_end

ERROR = b'{"message": "Nothing is as it should be."}'


@dataclass(frozen=True)
class Case:
    """A fault, the paths it befalls, and what the page then says."""

    fault: faults.Fault
    freshness: str
    sentence: str
    path: str = ""


CASES = {
    # First, for it takes longest: one data set of each page, 20 s each.
    "drip": Case(faults.drip, "stale", "took too long", "dashboard-stats"),
    "html": Case(faults.html, "stale", "sign in"),
    "truncated": Case(faults.truncated, "stale", "incomplete"),
    "reset": Case(faults.reset, "offline", "Offline: showing data from"),
    "maintenance": Case(faults.status(503, ERROR), "stale", "maintenance"),
    "server-error": Case(faults.status(500, ERROR), "stale", "BeatPass"),
    "refused": Case(
        faults.status(401, b'{"message": "Unauthenticated."}'), "stale", "Session expired"
    ),
}


def at_gateway(synced: Surroundings, old: str, new: str, folder: Any) -> Surroundings:
    """A copy of what is stored, as if it had been fetched through the gateway."""
    copy = synced.copy_to(folder)
    connection = apsw.Connection(str(copy.store))
    connection.execute("UPDATE accounts SET origin = ? WHERE origin = ?", (new, old))
    assert connection.changes() == 1
    connection.close()
    return copy


@pytest.fixture(scope="module")
def runs(
    established: Sandbox, synced: Surroundings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Surroundings, Run]]]:
    """A tour for each case, all started."""
    with ExitStack() as stack:
        found = {}
        for name, case in CASES.items():
            gateway = stack.enter_context(running_gateway(established.base_url))
            gateway.set_fault(case.fault, case.path)
            folder = tmp_path_factory.mktemp(name) / "surroundings"
            surroundings = at_gateway(synced, established.base_url, gateway.base_url, folder)
            stack.callback(surroundings.end)
            run = surroundings.start_tour(*gateway.arguments, token=established.token)
            found[name] = (surroundings, run)
        yield found


@pytest.mark.parametrize("name", [*list(CASES)[1:], "drip"])
def test_that_a_failed_refresh_keeps_the_figures_and_says_why(
    name: str,
    established: Sandbox,
    synced: Surroundings,
    runs: dict[str, tuple[Surroundings, Run]],
) -> None:
    surroundings, run = runs[name]
    before = synced.tour(*established.arguments, "--offline").pages()
    assert run.wait() == 0, surroundings.report()
    for page, old in zip(run.pages(), before, strict=True):
        check_page(page)
        assert (page["cards"], page["tables"]) == (old["cards"], old["tables"])
        assert (page["state"], page["freshness"]) == ("ready", CASES[name].freshness)
        assert any(CASES[name].sentence in banner for banner in page["banners"]), page["banners"]
        assert not any("Traceback" in text or "Error" in text for text in page["banners"])
    assert run.complaints == []
    assert not list(surroundings.data.rglob("*.log")) or "Traceback" not in surroundings.report()


@pytest.mark.parametrize(
    ("fault", "state", "freshness"),
    [
        (faults.html, {"error", "signed-out"}, "never"),
        (faults.truncated, {"error", "signed-out"}, "never"),
        (faults.reset, {"error", "signed-out"}, "never"),
    ],
    ids=["html", "truncated", "reset"],
)
def test_that_an_unknown_token_shows_nobodys_figures_whatever_the_server_says(
    stocked: Surroundings,
    established: Sandbox,
    gateway: Gateway,
    tmp_path: Any,
    fault: faults.Fault,
    state: set[str],
    freshness: str,
) -> None:
    theirs = at_gateway(stocked, established.base_url, gateway.base_url, tmp_path / "theirs")
    gateway.set_fault(fault)
    run = theirs.tour(*gateway.arguments, token="somebody-elses-token")
    for page in run.pages():
        check_page(page)
        assert page["state"] in state
        assert page["freshness"] == freshness
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
